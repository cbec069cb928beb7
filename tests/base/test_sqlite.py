"""SQLite behind its thread: what a statement gives back, and how often it crosses over."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from meetings.base.db import Store, make_engine

pytestmark = pytest.mark.anyio


@pytest.fixture
async def connection(tmp_path):
    store = Store(make_engine(f"sqlite:///{tmp_path}/some.db"))
    async with store.engine.begin() as connection:
        await connection.execute(sa.text("CREATE TABLE word (id INTEGER PRIMARY KEY, word UNIQUE)"))
        yield connection
    await store.engine.dispose()


async def insert(connection, *words):
    return await connection.execute(
        sa.text("INSERT INTO word (word) VALUES (:word)"), [{"word": word} for word in words]
    )


async def test_rows_come_back_in_their_order_with_their_names(connection):
    await insert(connection, "one", "two")

    found = await connection.execute(sa.text("SELECT id, word FROM word ORDER BY id"))

    assert list(found.mappings()) == [{"id": 1, "word": "one"}, {"id": 2, "word": "two"}]


async def test_rows_come_back_one_by_one_and_some_at_a_time(connection):
    await insert(connection, *"abcde")

    found = await connection.execute(sa.text("SELECT word FROM word ORDER BY id"))

    assert found.fetchone() == ("a",)
    assert found.fetchmany(2) == [("b",), ("c",)]
    assert found.fetchall() == [("d",), ("e",)]


async def test_a_change_says_how_many_rows_it_changed(connection):
    await insert(connection, "one", "two", "three")

    changed = await connection.execute(sa.text("DELETE FROM word WHERE id > 1"))

    assert changed.rowcount == 2


async def test_an_insert_gives_back_what_it_made(connection):
    made = await connection.execute(sa.text("INSERT INTO word (word) VALUES ('x') RETURNING id"))

    assert made.scalar_one() == 1


async def test_a_statement_that_is_refused_is_refused_as_what_it_is(connection):
    await insert(connection, "one")

    with pytest.raises(IntegrityError, match="UNIQUE"):
        await insert(connection, "one")


async def test_rows_can_be_streamed(connection):
    await insert(connection, "one", "two")

    async with connection.stream(sa.text("SELECT word FROM word ORDER BY id")) as streamed:
        assert [row async for row in streamed] == [("one",), ("two",)]


async def test_a_statement_crosses_to_the_thread_once(connection, monkeypatch):
    driver = (await connection.get_raw_connection()).driver_connection
    crossings, cross = [], driver._execute  # noqa: SLF001

    async def counted(*it):
        crossings.append(it)
        return await cross(*it)

    monkeypatch.setattr(driver, "_execute", counted)

    await connection.execute(sa.text("SELECT word FROM word"))

    assert len(crossings) == 1
