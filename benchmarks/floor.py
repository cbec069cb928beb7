"""The floors: a bare route of the framework, and a durable insert without anything around it."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from litestar import Litestar, get

from benchmarks.measuring import Client, Timing, timed
from tests.support.server import free_port

TIMES = 1_200


@get("/")
async def bare() -> str:
    return "bare"


app = Litestar([bare], openapi_config=None, logging_config=None)


def floors(folder: Path) -> tuple[Timing, Timing]:
    """The fastest that a route can answer here, and the fastest that a row can be kept."""
    with _bare_server() as port:
        client = Client(port, {})
        route = timed("bare route of the framework", lambda: client.send("GET", "/"), TIMES)
    connection = _durable(folder / "floor.db")
    insert = timed(
        "bare durable insert (SQLite, FULL)",
        lambda: connection.execute("INSERT INTO point (text) VALUES (?)", ["A point."]),
        TIMES,
    )
    connection.close()
    return route, insert


@contextmanager
def _bare_server() -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "benchmarks.floor:app", "--port", str(port)]
    process = subprocess.Popen([*command, "--log-level", "warning"])
    try:
        for _ in range(200):
            with suppress(OSError):
                Client(port, {}).send("GET", "/")
                break
            time.sleep(0.05)
        yield port
    finally:
        process.kill()
        process.wait()


def _durable(path: Path) -> sqlite3.Connection:
    """A table to insert into, with every commit on the disk as the program has it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE point (id INTEGER PRIMARY KEY, text TEXT)")
    return connection
