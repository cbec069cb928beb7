"""The stage: the week of the tests on a database, with a log in it, and a server before it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import psycopg

from benchmarks.measuring import Client
from meetings.accounts.actions import begin_login
from meetings.accounts.models import User
from meetings.accounts.web import LOGIN
from meetings.base.db import Store, make_engine
from meetings.base.migrating import migrate
from meetings.base.web import csrf_token
from meetings.interventions.models import Intervention
from tests.cast import NOON, named, the_week
from tests.support.postgres import running_postgres
from tests.support.server import Server, running_server

TEXT = "Asked for direct contacts between central authorities, also by video link. #networks @46"
MEETING = "/sessions/eg1-2021/meetings/1"
LOG = f"{MEETING}/log"
INTERVENTIONS = 2_000


@dataclass(frozen=True)
class Stage:
    """A prepared database, with a rapporteur who has signed in."""

    database: str  # as people call it
    url: str
    token: str
    interventions: tuple[str, ...]

    @contextmanager
    def serving(self) -> Iterator[Server]:
        with running_server(self.url) as server:
            yield server

    def client(self, server: Server) -> Client:
        headers = {
            "cookie": f"{LOGIN}={self.token}",
            "x-csrf-token": csrf_token(self.token),
            "hx-request": "true",
        }
        return Client(server.port, headers)

    def saver(self, server: Server) -> Callable[[], object]:
        """A writer with a connection of its own: each call saves one more point, as a desk does."""
        client = self.client(server)
        client.headers |= {"accept": "application/json"}
        turns = cycle(self.interventions)

        def save() -> bytes:
            form = {"id": str(uuid4()), "intervention": next(turns), "text": TEXT}
            return client.send("POST", f"{LOG}/points", urlencode(form))

        return save


@contextmanager
def stages(folder: Path) -> Iterator[Callable[[], Iterator[Stage]]]:
    """Hands out fresh stages, one on SQLite and one on PostgreSQL, as often as it is asked."""
    with running_postgres() as address:
        numbers = iter(range(1_000))

        def both() -> Iterator[Stage]:
            name = f"stage_{next(numbers)}"
            yield _staged("SQLite", f"sqlite:///{folder}/{name}.db")
            with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
            yield _staged("PostgreSQL", f"{address}/{name}")

        yield both


def _staged(database: str, url: str) -> Stage:
    migrate(url)
    token, interventions = asyncio.run(_fill(url))
    return Stage(database, url, token, tuple(interventions))


async def _fill(url: str) -> tuple[str, list[str]]:
    store = Store(make_engine(url))
    async with store.write() as db:
        db.info["audit"] = False
        for rows in the_week():
            db.add_all(rows)
            await db.flush()
        user = await db.get_one(User, named("user", "rapporteur", None))
        token = await begin_login(db, user, 1)
    interventions = [_an_intervention() for _ in range(INTERVENTIONS)]
    async with store.write() as db:
        db.info["audit"] = False
        db.add_all(interventions)
    await store.engine.dispose()
    return token, [str(intervention.id) for intervention in interventions]


def _an_intervention() -> Intervention:
    return Intervention(
        meeting_id=named("meeting", "first"),
        item_id=named("item", "3"),
        delegation_id=named("delegation", "a"),
        started_at=NOON,
        ended_at=NOON,
    )
