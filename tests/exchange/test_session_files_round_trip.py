"""What is loaded is given back the same, whatever it says, on both databases."""

import json
from collections import Counter
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from meetings.exchange.actions import load_session_file
from meetings.exchange.plain_yaml import read_yaml, write_yaml
from meetings.exchange.queries import dump_sessions
from meetings.exchange.reading import read_session_file
from meetings.exchange.rows import wanted_rows
from tests.exchange.strategies import session_files

pytestmark = pytest.mark.anyio

ANY_FILE = settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a whole file takes minutes to shrink
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class Undo(Exception):  # noqa: N818
    """Ends a write that leaves nothing behind."""


@asynccontextmanager
async def undone(store):
    """A write block of which nothing stays: the next example finds the database empty."""
    with suppress(Undo):
        async with store.write() as db:
            yield db
            raise Undo


def rows(text):
    """All rows that a file asks for, in no order."""
    wanted = wanted_rows(read_session_file(text))
    return Counter(
        f"{model.__name__} {json.dumps(row, default=plain, sort_keys=True)}"
        for model in wanted.rows
        for row in wanted.rows[model]
    )


def plain(value):
    return str(value.astimezone(UTC)) if isinstance(value, datetime) else str(value)


@given(data=session_files())
@ANY_FILE
async def test_a_file_is_given_back_with_the_same_rows(store, data):
    text = write_yaml(data)

    async with undone(store) as db:
        await load_session_file(db, text)
        dumped = await dump_sessions(db)

    assert rows(dumped) == rows(text)


@given(data=session_files())
@ANY_FILE
async def test_a_dump_is_given_back_to_the_letter(store, data):
    async with undone(store) as db:
        await load_session_file(db, write_yaml(data))
        first = await dump_sessions(db)

    async with undone(store) as db:
        await load_session_file(db, first)
        second = await dump_sessions(db)

    assert second == first


@given(data=session_files())
@ANY_FILE
async def test_loading_again_changes_nothing(store, data):
    text = write_yaml(data)

    async with undone(store) as db:
        await load_session_file(db, text)
        again = await load_session_file(db, text)
        dump_again = await load_session_file(db, await dump_sessions(db))

    assert (again.nothing, dump_again.nothing) == (True, True)


@given(old=session_files(), new=session_files())
@ANY_FILE
async def test_a_file_takes_the_place_of_another_one(store, old, new):
    kept = {one["slug"] for one in new["sessions"]}
    if not kept.issuperset(one["slug"] for one in old["sessions"]):
        return
    async with undone(store) as db:
        await load_session_file(db, write_yaml(old))
        await load_session_file(db, write_yaml(new))
        again = await load_session_file(db, write_yaml(new))
        dumped = await dump_sessions(db, sorted(kept))

    assert again.nothing
    assert dumped.count("requested:") == write_yaml(new).count("requested:")


@given(data=session_files())
def test_yaml_gives_back_what_was_written(data):
    plain = read_yaml(write_yaml(data))

    assert (plain.data, plain.flaws) == (data, [])
