"""The store: one database, reads side by side, writes one at a time."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.sqlite import Driver

POOL = 4  # readers at once per process; more only queue up behind the disk
BUSY = 5_000  # milliseconds that SQLite waits for a lock held by a backup or the command line
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY}")


class Base(SQLModel):
    """What every table inherits: constraints that have names, so that migrations can drop them."""

    audited: ClassVar[bool] = True  # False: traffic, not an act of a person on the work

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UTCDateTime(sa.TypeDecorator[datetime]):
    """A moment in UTC. Refuses a naive datetime; always hands back an aware one."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        if value is not None and value.tzinfo is None:
            raise ValueError(f"a moment needs its time zone: {value!r}")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


def async_url(url: str) -> str:
    """The address with our driver in it: people write sqlite:/// or postgresql://.

    Raises:
        ValueError: another kind of database.
    """
    kind, _, rest = url.partition("://")
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}
    if kind not in drivers:
        raise ValueError(f"MEETINGS_DATABASE_URL={url!r}: expected sqlite:/// or postgresql://")
    return f"{drivers[kind]}://{rest}"


def make_engine(url: str) -> AsyncEngine:
    """An engine on either database; on SQLite every commit is on the disk when it returns."""
    driver = {"module": Driver()} if url.startswith("sqlite") else {}
    engine = create_async_engine(async_url(url), pool_size=POOL, max_overflow=2 * POOL, **driver)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        sa.event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    # A write that began as a read can be refused half-way; BEGIN IMMEDIATE waits its turn first.
    write = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


# Called after a commit with what was told to live pages in it; must not wait for anything.
Teller = Callable[[list[Any]], None]


class Store:
    """Opens sessions on one database: many readers, one writer per process on SQLite."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        # All questions of one page see the same moment, on PostgreSQL as on SQLite.
        same = {"isolation_level": "REPEATABLE READ"} if self.is_postgresql else {}
        self._reads = async_sessionmaker(
            engine.execution_options(**same), class_=AsyncSession, expire_on_commit=False
        )
        self._writes = async_sessionmaker(
            engine.execution_options(write=True), class_=AsyncSession, expire_on_commit=False
        )
        self._turn = None if self.is_postgresql else asyncio.Lock()
        self._writing = 0
        self.idle = asyncio.Event()  # nobody writes: what can wait may go on
        self.idle.set()
        self.after_commit: Teller | None = None

    @property
    def is_postgresql(self) -> bool:
        return self.engine.dialect.name == "postgresql"

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        async with self._reads() as db:
            yield db

    @asynccontextmanager
    async def write(self, who: UUID | None = None) -> AsyncIterator[AsyncSession]:
        """All or nothing: committed when the block ends, undone when it raises.

        `who` is written beside each change in the audit; None is the program itself. What was told
        to live pages during the block goes out after the commit, never before.
        """
        async with AsyncExitStack() as stack:
            stack.enter_context(self._noted())
            if self._turn:
                await stack.enter_async_context(self._turn)
            db = await stack.enter_async_context(self._writes.begin())
            db.info["who"] = who
            yield db
        if self.after_commit and (told := db.info.get("told")):
            self.after_commit(told)

    @contextmanager
    def _noted(self) -> Iterator[None]:
        self._writing += 1
        self.idle.clear()
        try:
            yield
        finally:
            self._writing -= 1
            if not self._writing:
                self.idle.set()
