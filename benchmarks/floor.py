"""The floors: a bare route of the framework, and a durable insert without anything around it."""

import sqlite3
from pathlib import Path

from litestar import Litestar, get


@get("/")
async def bare() -> str:
    return "bare"


app = Litestar([bare], openapi_config=None, logging_config=None)


def durable_insert(path: Path) -> sqlite3.Connection:
    """A table to insert into, with every commit on the disk as the program has it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE point (id INTEGER PRIMARY KEY, text TEXT)")
    return connection
