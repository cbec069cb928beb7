"""`make bench`: the program beside the floor, measured in one run."""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from benchmarks.floor import durable_insert
from benchmarks.measuring import HEADER, Client, Timing, timed, together
from meetings.accounts.actions import begin_login
from meetings.accounts.models import User
from meetings.accounts.web import LOGIN
from meetings.base.db import Store, make_engine
from meetings.base.migrating import migrate
from meetings.base.web import csrf_token
from meetings.interventions.models import Intervention
from tests.cast import NOON, named, the_week
from tests.support.postgres import running_postgres
from tests.support.server import free_port, running_server

TEXT = "Asked for direct contacts between central authorities, also by video link. #networks @46"
LOG = "/sessions/eg1-2021/meetings/1/log"
TIMES = 400


INTERVENTIONS = 2_000


def an_intervention() -> Intervention:
    return Intervention(
        meeting_id=named("meeting", "first"),
        item_id=named("item", "3"),
        delegation_id=named("delegation", "a"),
        started_at=NOON,
        ended_at=NOON,
    )


async def stage(url: str) -> tuple[str, list[str]]:
    """Put the week of the tests on a database; gives a sign-in's token, and interventions."""
    store = Store(make_engine(url))
    async with store.write() as db:
        db.info["audit"] = False
        for rows in the_week():
            db.add_all(rows)
            await db.flush()
        user = await db.get_one(User, named("user", "rapporteur", None))
        token = await begin_login(db, user, 1)
    interventions = [an_intervention() for _ in range(INTERVENTIONS)]
    async with store.write() as db:
        db.info["audit"] = False
        db.add_all(interventions)
    await store.engine.dispose()
    return token, [str(intervention.id) for intervention in interventions]


def signed_in(port: int, token: str) -> Client:
    return Client(
        port,
        {
            "cookie": f"{LOGIN}={token}",
            "x-csrf-token": csrf_token(token),
            "hx-request": "true",
        },
    )


@contextmanager
def bare_server() -> Iterator[int]:
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


def floors(folder: Path) -> tuple[Timing, Timing]:
    with bare_server() as port:
        client = Client(port, {})
        route = timed("bare route of the framework", lambda: client.send("GET", "/"), TIMES * 3)
    connection = durable_insert(folder / "floor.db")
    insert = timed(
        "bare durable insert (SQLite, FULL)",
        lambda: connection.execute("INSERT INTO point (text) VALUES (?)", [TEXT]),
        TIMES * 3,
    )
    connection.close()
    return route, insert


def measure(database: str, url: str) -> list[Timing]:
    """Save points and open pages on a server of its own."""
    migrate(url)
    token, interventions = asyncio.run(stage(url))
    turns = cycle(interventions)

    def saver(port: int) -> Callable[[], object]:
        client = signed_in(port, token)

        def save() -> bytes:
            form = {"id": str(uuid4()), "intervention": next(turns), "text": TEXT}
            return client.send("POST", f"{LOG}/points", urlencode(form))

        return save

    with running_server(url) as server:
        reader = signed_in(server.port, token)
        pages = {
            "programme": "/sessions/eg1-2021/programme",
            f"log of {INTERVENTIONS:,} interventions": LOG,
        }
        timings = [
            timed(f"{name}, {database}", lambda path=path: reader.send("GET", path), TIMES)
            for name, path in pages.items()
        ]
    with running_server(url) as server:
        for clients in (1, 8):
            acts = [saver(server.port) for _ in range(clients)]
            name = f"save a point, {clients} at once, {database}"
            timings.append(together(name, acts, TIMES // clients))
    return timings


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        route, insert = floors(Path(folder))
        print(HEADER, route.row(), insert.row(), sep="\n")
        for timing in measure("SQLite", f"sqlite:///{folder}/meetings.db"):
            print(timing.row(route))
    with running_postgres() as address:
        for timing in measure("PostgreSQL", f"{address}/postgres"):
            print(timing.row(route))


if __name__ == "__main__":
    main()
