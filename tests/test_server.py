"""The server as a process: what it acknowledged is kept, what it tells arrives, and it stops."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from sqlmodel import select

from meetings.accounts.actions import begin_login
from meetings.accounts.models import User
from meetings.accounts.web import LOGIN
from meetings.base.web import csrf_token
from meetings.interventions.models import Intervention, Point
from tests.cast import NOON, named
from tests.support.server import Server, running_server

pytestmark = pytest.mark.anyio

LOG = "/sessions/eg1-2021/meetings/1/log"
LIVE = "/sessions/eg1-2021/meetings/1/live"


@pytest.fixture
async def spoken(week):
    """Delegation A has spoken; the rapporteur's sign-in token comes with it."""
    intervention = Intervention(
        meeting_id=named("meeting", "first"),
        item_id=named("item", "3"),
        delegation_id=named("delegation", "a"),
        started_at=NOON,
        ended_at=NOON + timedelta(minutes=3),
    )
    async with week.write() as db:
        db.add(intervention)
        user = await db.get_one(User, named("user", "rapporteur", None))
        token = await begin_login(db, user, 1)
    return intervention, token


@pytest.fixture
def server(database_url, spoken):
    with running_server(database_url) as running:
        yield running


def person(server, token):
    return httpx.AsyncClient(
        base_url=server.url,
        cookies={LOGIN: token},
        headers={"hx-request": "true", "x-csrf-token": csrf_token(token)},
        timeout=10,
    )


async def log_point(client, intervention, text):
    form = {"id": str(uuid4()), "intervention": str(intervention.id), "text": text}
    answer = await client.post(f"{LOG}/points", data=form)
    assert answer.status_code == 200
    return text


async def kept(store):
    async with store.read() as db:
        return set((await db.exec(select(Point.text))).all())


async def told(client, after, count):
    """The ids and the texts of the next events of a live page."""
    events = []
    headers = {"last-event-id": str(after)}
    async with client.stream("GET", LIVE, headers=headers) as stream:
        lines = []
        async for line in stream.aiter_lines():
            if line or not lines:
                lines.append(line)
                continue
            if lines[-1].startswith("id:") or any(part.startswith("data:") for part in lines):
                number = next(part for part in lines if part.startswith("id:"))
                events.append((int(number.removeprefix("id:")), "\n".join(lines)))
            lines = []
            if len(events) == count:
                return events
    return events


async def test_every_acknowledged_point_survives_a_kill(server: Server, spoken, week):
    intervention, token = spoken
    acknowledged: list[str] = []
    enough = asyncio.Event()

    async def rapporteur(number):
        async with person(server, token) as client:
            for turn in range(200):
                with suppress(httpx.TransportError):
                    acknowledged.append(
                        await log_point(client, intervention, f"Point {number}-{turn}")
                    )
                if len(acknowledged) >= 50:
                    enough.set()

    burst = [asyncio.create_task(rapporteur(number)) for number in range(4)]
    await enough.wait()
    server.kill()
    at_the_kill = set(acknowledged)
    await asyncio.gather(*burst)
    server.start()

    after = await kept(week)
    assert len(at_the_kill) >= 50
    assert at_the_kill <= after
    assert len(after) <= len(at_the_kill) + 4  # at most what was on its way, once


async def test_what_one_logs_reaches_another_within_a_second(server: Server, spoken):
    intervention, token = spoken
    async with person(server, token) as one, person(server, token) as other:
        async with asyncio.timeout(5):
            waiting = asyncio.create_task(told(other, 0, 1))
            await asyncio.sleep(0.5)

            await log_point(one, intervention, "Heard at once.")

            async with asyncio.timeout(1):
                events = await waiting
    assert [number for number, _ in events] == [1]
    assert "Heard at once." in events[0][1]


async def test_a_page_goes_on_where_it_stopped_after_a_restart(server: Server, spoken):
    intervention, token = spoken
    async with person(server, token) as client:
        await log_point(client, intervention, "Before.")
        await log_point(client, intervention, "Between.")
    server.kill()
    server.start()

    async with person(server, token) as client:
        await log_point(client, intervention, "After.")
        async with asyncio.timeout(5):
            events = await told(client, 1, 2)

    assert [number for number, _ in events] == [2, 3]
    assert "After." in events[1][1]


async def test_it_stops_when_asked_though_pages_are_open(server: Server, spoken):
    _intervention, token = spoken
    async with person(server, token) as client:
        following = asyncio.create_task(told(client, 0, 1))
        await asyncio.sleep(0.5)

        seconds = await asyncio.to_thread(server.stop)

        with suppress(httpx.TransportError):
            await following
    assert seconds < 3


async def test_two_servers_on_one_postgresql_tell_each_other(server: Server, spoken):
    intervention, token = spoken
    if server.database_url.startswith("sqlite"):
        return  # one process only: the other is refused, see test_cli.py
    with running_server(server.database_url) as there:
        async with person(server, token) as one, person(there, token) as other:
            async with asyncio.timeout(5):
                waiting = asyncio.create_task(told(other, 0, 1))
                await asyncio.sleep(0.5)

                await log_point(one, intervention, "Said here.")
                events = await waiting

    assert "Said here." in events[0][1]
