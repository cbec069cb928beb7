"""Stores on both databases, and people who enter the house signed in."""

import gc
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import sqlalchemy as sa
from httpx import ASGITransport, AsyncClient

from meetings.accounts.actions import begin_login
from meetings.accounts.models import User
from meetings.accounts.web import LOGIN
from meetings.app import make_app
from meetings.base.db import Store, make_engine
from meetings.base.migrating import migrate
from meetings.base.web import csrf_token
from tests.cast import named, the_week
from tests.support.postgres import running_postgres


@pytest.fixture(scope="session", autouse=True)
def spare_the_collector():
    """Each test builds an app of thousands of objects: look for garbage as seldom as the server."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def anyio_backend():
    return "asyncio"


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server of the tests' own; gives its address without a database's name."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory):
    """An SQLite file with the schema, to be copied: migrating takes longer than a test."""
    path = tmp_path_factory.mktemp("schema") / "meetings.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres):
    """A PostgreSQL database with the schema, to be copied."""
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE schema_only")
    migrate(f"{postgres}/schema_only")
    return "schema_only"


@pytest.fixture
def sqlite_url(migrated_file, tmp_path):
    path = tmp_path / "meetings.db"
    path.write_bytes(Path(migrated_file).read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres, migrated_postgres):
    name = f"test_{uuid4().hex}"
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_postgres}")
    yield f"{postgres}/{name}"
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request):
    """A database with the schema and nothing in it; each test that asks for it runs on both."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
async def store(database_url, anyio_backend) -> AsyncIterator[Store]:
    store = Store(make_engine(database_url))
    yield store
    await store.engine.dispose()


@pytest.fixture
async def week(store):
    """The store with the week of tests/cast.py in it."""
    async with store.write() as db:
        db.info["audit"] = False
        for rows in the_week():
            db.add_all(rows)
            await db.flush()
    return store


@pytest.fixture
async def enter(week):
    """Enter as a person of the cast: `await enter("rapporteur")`, `enter("delegation", "a")`."""
    app = make_app(week)
    async with app.lifespan(), AsyncExitStack() as doors:

        async def enter_as(role=None, delegation=None, *, htmx=True):
            client = AsyncClient(
                transport=ASGITransport(app), base_url="http://meetings.test", follow_redirects=True
            )
            await doors.enter_async_context(client)
            client.headers["accept-language"] = "en"
            if htmx:
                client.headers["hx-request"] = "true"
            if role:
                async with week.write() as db:
                    user = await db.get_one(User, named("user", role, delegation))
                    token = await begin_login(db, user, 1)
                client.cookies.set(LOGIN, token)
                client.headers["x-csrf-token"] = csrf_token(token)
            return client

        yield enter_as


@pytest.fixture
async def rapporteur(enter):
    return await enter("rapporteur")


@pytest.fixture
async def secretariat(enter):
    return await enter("secretariat")


@pytest.fixture
def count_statements(week):
    """`with count_statements() as told:` … `len(told)`: the SQL that was sent in between."""

    @contextmanager
    def counting():
        told = []

        def note(_connection, _cursor, statement, *_):
            told.append(statement)

        engine = week.engine.sync_engine
        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            yield told
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)

    return counting
