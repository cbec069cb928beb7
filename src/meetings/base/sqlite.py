"""SQLite behind its thread: one hop there and back per statement.

SQLAlchemy's own adapter makes four of one question: for a cursor, for the statement, for its rows,
and to close the cursor. A hop costs more than what SQLite does in it, and waits behind everything
else that the loop has to do.
"""

import sqlite3
from collections import deque
from collections.abc import Sequence
from typing import Any, NamedTuple

import aiosqlite
from sqlalchemy.connectors.asyncio import AsyncAdapt_dbapi_cursor
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util.concurrency import await_


class Answer(NamedTuple):
    """What is left of SQLite's cursor when a statement has run."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    arraysize: int = 1


def _run(
    connection: sqlite3.Connection, method: str, statement: str, parameters: Sequence[Any]
) -> tuple[Answer, deque[Any]]:
    """In the connection's thread: run a statement to its end."""
    cursor = connection.cursor()
    try:
        getattr(cursor, method)(statement, parameters)
        rows = deque(cursor.fetchall() if cursor.description else ())
        return Answer(cursor.description, cursor.rowcount, cursor.lastrowid), rows
    finally:
        cursor.close()


class Cursor(AsyncAdapt_dbapi_cursor):
    """Has all its rows, and is closed, as soon as the statement has run."""

    __slots__ = ()

    def _make_new_cursor(self, connection: Any) -> Any:  # noqa: ARG002
        return Answer()

    def _aenter_cursor(self, cursor: Any) -> Any:
        return cursor

    def execute(self, operation: Any, parameters: Any = None) -> None:
        self._run("execute", operation, parameters or ())

    def executemany(self, operation: Any, seq_of_parameters: Any) -> None:
        self._run("executemany", operation, seq_of_parameters)

    def _run(self, method: str, statement: str, parameters: Sequence[Any]) -> None:
        driver: Any = self._connection
        try:
            raw = driver._conn  # noqa: SLF001
            ran = await_(driver._execute(_run, raw, method, statement, parameters))  # noqa: SLF001
        except Exception as error:  # noqa: BLE001 (told on as what it is)
            self._adapt_connection._handle_exception(error)  # noqa: SLF001
        self._cursor, self._rows = ran

    async def _async_soft_close(self) -> None:
        """Nothing is open any more."""

    def close(self) -> None:
        self._rows.clear()


class Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ()

    _cursor_cls = Cursor  # type: ignore[assignment]


class Driver(AsyncAdapt_aiosqlite_dbapi):
    """What create_engine() is given as its module."""

    def __init__(self) -> None:
        super().__init__(aiosqlite, sqlite3)

    def connect(self, *arg: Any, **kw: Any) -> Connection:
        return Connection(self, super().connect(*arg, **kw)._connection)  # noqa: SLF001
