"""Lists of speakers: one request, the opening rush, a long list, and many screens."""

import asyncio
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from sqlmodel import select

from benchmarks.followers import EVENTS, LIMIT, SAVES, allow_connections, following, lateness
from benchmarks.measuring import Client, Timing, timed
from benchmarks.staging import MEETING, Stage
from meetings.accounts.actions import begin_login
from meetings.accounts.models import User
from meetings.accounts.web import LOGIN
from meetings.base.db import Store, make_engine
from meetings.base.ids import derived_id
from meetings.base.web import csrf_token
from meetings.speakers.models import Inscription
from tests.cast import named
from tests.speakers.crowd import focal_points
from tests.support.crowd import a_request, rush
from tests.support.server import Server

LIST = f"{MEETING}/speakers/3"
OTHER = "/sessions/eg1-2021/meetings/2/speakers/4"
DELEGATIONS, TABS, AGAIN, CALLS = 200, 3, 2_000, 50
SCREENS = 5_000
PACE = 0.2
USUAL = {"speaker": "", "capacity": "national", "on_behalf_of": "", "language": ""}


def measured(stage: Stage, floor: Timing) -> Iterator[str]:
    """What delegations, the secretariat and the hall wait for."""
    tokens, chair = asyncio.run(_staged(stage.url))
    allow_connections(SCREENS)
    with stage.serving() as server:
        yield _added(server, chair, tokens).row(floor)
        yield _rushed(server, "rush of 600, in a second", tokens * TABS, 1).row(floor)
        again = [tokens[number % DELEGATIONS] for number in range(AGAIN)]
        yield _rushed(server, "2,000 more, in two seconds", again, 2).row(floor)
        page = _client(server, chair)
        size = len(page.send("GET", LIST)) / 1000
        opened = timed("open a list of 200", lambda: page.send("GET", LIST), 40)
        yield opened.row(floor, f"{size:.0f} kB")
        yield _called(stage.url, server, chair).row(floor)
        yield from _screens(server, chair, floor)


async def _staged(url: str) -> tuple[list[str], str]:
    store = Store(make_engine(url))
    try:
        tokens = await focal_points(store, DELEGATIONS)
        async with store.write() as db:
            chair = await db.get_one(User, named("user", "secretariat", None))
            return tokens, await begin_login(db, chair, 12)
    finally:
        await store.engine.dispose()


def _client(server: Server, token: str) -> Client:
    headers = {"cookie": f"{LOGIN}={token}", "x-csrf-token": csrf_token(token)}
    return Client(server.port, headers | {"hx-request": "true"})


def _added(server: Server, chair: str, tokens: list[str]) -> Timing:
    """One after another, on the list of another meeting, until two hundred wait on it."""
    _client(server, chair).send("POST", f"{OTHER}/open", "limit=3")
    client, turns = _client(server, chair), iter(tokens)

    def add() -> bytes:
        token = next(turns)
        client.headers |= {"cookie": f"{LOGIN}={token}", "x-csrf-token": csrf_token(token)}
        form = {"id": str(uuid4()), **USUAL}
        return client.send("POST", f"{OTHER}/inscriptions", urlencode(form))

    return timed("add a speaker", add, len(tokens) * 10 // 11)


def _rushed(server: Server, name: str, tokens: list[str], seconds: float) -> Timing:
    requests = [a_request(LIST, token) for token in tokens]
    answers = asyncio.run(rush(server.port, requests, seconds))
    assert {answer.status for answer in answers} <= {200, 422}
    times = tuple(answer.milliseconds for answer in answers)
    return Timing(name, times, max(seconds, max(times) / 1000))


def _called(url: str, server: Server, token: str) -> Timing:
    """The floor to the next on the list, again and again; who is next was asked before."""
    waiting = iter(asyncio.run(_waiting(url)))
    client, believed = _client(server, token), ""

    def call() -> bytes:
        nonlocal believed
        inscription = next(waiting)
        floor = str(derived_id("floor", inscription))
        form = {"id": floor, "inscription": str(inscription), "believed": believed}
        believed = floor
        client.headers["accept"] = "application/json"
        return client.send("POST", f"{MEETING}/log/floor", urlencode(form))

    return timed("next speaker", call, CALLS)


async def _waiting(url: str) -> list[object]:
    store = Store(make_engine(url))
    try:
        async with store.read() as db:
            asked = select(Inscription.id).where(
                Inscription.state == "waiting", Inscription.speaker_list_id == named("list", "3")
            )
            return list((await db.exec(asked.order_by(Inscription.stand))).all())  # type: ignore[arg-type]
    finally:
        await store.engine.dispose()


def _screens(server: Server, token: str, floor: Timing) -> Iterator[str]:
    """From a change of the list to every screen, and what a screen costs in memory."""
    client = _client(server, token)
    page = client.send("GET", "/screens/eg1-2021/1").decode()
    path = page.partition('hx-sse:connect="')[2].partition('"')[0].replace("&amp;", "&")
    first = first_waiting(client.send("GET", LIST).decode())
    moves = cycle([{"down": first, "reason": ""}, {"up": first, "reason": ""}])
    before, sent = _memory(server), list[float]()

    def move() -> bytes:
        sent.append(time.monotonic())
        return client.send("POST", f"{LIST}/acts", urlencode(next(moves)))

    with following(server, path, "", SCREENS, EVENTS) as screens:
        client = _client(server, token)  # the one before was idle for too long
        each = (_memory(server) - before) / SCREENS
        moved = timed("move a speaker, 5,000 screens follow", move, SAVES, PACE)
        late = lateness(screens, sent)
    reached = Timing("  … until 5,000 screens show it", late, moved.seconds)
    yield moved.row(floor)
    verdict = "kept" if reached.at(0.99) < LIMIT else "MISSED"
    yield reached.row(floor, f"p99 below {LIMIT} ms: {verdict}; {each:.1f} kB a screen")


def first_waiting(page: str) -> str:
    """The number of the first request that may be moved down."""
    return page.partition('name="down" value="')[2].partition('"')[0]


def _memory(server: Server) -> float:
    """What the server holds in memory, in kilobytes."""
    assert server.process
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    return float(status.partition("VmRSS:")[2].split()[0])
