"""A list opens, and everybody asks in the same second: once each, in the order of receipt.

Real servers: one process on SQLite; two on PostgreSQL, behind a local nginx.
"""

import asyncio
from collections import Counter
from contextlib import ExitStack
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from sqlmodel import select

from meetings.accounts.actions import begin_login
from meetings.accounts.models import User
from meetings.base.clock import now
from meetings.base.ids import derived_id
from meetings.interventions.models import Intervention
from meetings.speakers.models import Inscription, SpeakerList
from meetings.speakers.queries import replayed
from tests.cast import named
from tests.speakers.crowd import focal_points
from tests.speakers.stage import LIST
from tests.support.crowd import a_request, post, rush
from tests.support.proxy import running_nginx
from tests.support.reading import texts
from tests.support.server import running_server

pytestmark = pytest.mark.anyio

DELEGATIONS, TABS, AGAIN = 200, 3, 2_000


@pytest.fixture
async def tokens(week):
    return await focal_points(week, DELEGATIONS)


@pytest.fixture
def ports(request, database_url, week, tokens, tmp_path):
    """Where the program answers, and each of its processes: [the door, a process, …]."""
    count = 1 if database_url.startswith("sqlite") else 2
    with ExitStack() as stack:
        servers = [stack.enter_context(running_server(database_url)) for _ in range(count)]
        each = [server.port for server in servers]
        door = each[0] if count == 1 else stack.enter_context(running_nginx(tmp_path, each))
        yield [door, *each]


async def in_order(store):
    async with store.read() as db:
        asked = select(Inscription.delegation_id, Inscription.requested_at)
        return list((await db.exec(asked.order_by(Inscription.stand))).all())


async def test_each_stands_once_and_in_the_order_of_receipt(ports, week, tokens):
    door, *processes = ports
    opens = now() + timedelta(seconds=1.5)
    async with week.write() as db:
        speakers = await db.get_one(SpeakerList, named("list", "3"))
        speakers.open, speakers.opens_at = False, opens

    early = await rush(door, [a_request(LIST, tokens[0])], 0)
    await asyncio.sleep((opens - now()).total_seconds())
    tabs = [a_request(LIST, token) for _ in range(TABS) for token in tokens]
    first = await rush(door, tabs, 1)
    stood = await in_order(week)
    again = await rush(door, [a_request(LIST, tokens[n % DELEGATIONS]) for n in range(AGAIN)], 2)

    assert [answer.status for answer in early] == [422]
    assert Counter(answer.status for answer in first) == {200: DELEGATIONS, 422: DELEGATIONS * 2}
    assert Counter(answer.status for answer in again) == {422: AGAIN}
    assert len({delegation for delegation, _ in stood}) == len(stood) == DELEGATIONS
    received = [at for _, at in stood]
    assert received == sorted(received)
    assert received[0] >= opens
    assert await in_order(week) == stood
    async with week.read() as db:
        by_record, shown = await replayed(db, await db.get_one(SpeakerList, named("list", "3")))
    assert by_record == shown
    assert len(shown) == DELEGATIONS
    screens = [await names_shown(port, "/screens/eg1-2021/1") for port in processes]
    assert all(screen == screens[0] != [] for screen in screens)


async def names_shown(port, path):
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        return texts(await client.get(path), "//ol/li")


async def test_fifty_double_clicks_on_next_call_fifty_and_skip_nobody(ports, week, tokens):
    door = ports[0]
    await rush(door, [a_request(LIST, token) for token in tokens[:51]], 0.5)
    waiting = [delegation for delegation, _ in await in_order(week)]
    async with week.write() as db:
        chair = await db.get_one(User, named("user", "chair", None))
        token = await begin_login(db, chair, 1)

    believed = ""
    for _ in range(50):
        async with week.read() as db:
            next_one = (
                await db.exec(
                    select(Inscription)
                    .where(Inscription.state == "waiting")
                    .order_by(Inscription.stand)
                )
            ).first()
        floor = derived_id("floor", next_one.id)
        call = post(
            "/sessions/eg1-2021/meetings/1/log/floor",
            token,
            id=str(floor),
            inscription=str(next_one.id),
            believed=believed,
        )
        other = post(
            "/sessions/eg1-2021/meetings/1/log/floor",
            token,
            id=str(uuid4()),  # from another page: not even the same click
            inscription=str(next_one.id),
            believed=believed,
        )
        await rush(door, [call, call, other], 0)
        async with week.read() as db:
            speaking = (
                await db.exec(select(Intervention).where(Intervention.ended_at == None))  # noqa: E711
            ).one()
        believed = str(speaking.id)

    async with week.read() as db:
        spoken = await db.exec(select(Intervention.delegation_id).order_by(Intervention.started_at))
    assert list(spoken.all()) == waiting[:50]


async def test_one_request_sent_four_times_in_parallel_stands_once(ports, week, tokens):
    one = a_request(LIST, tokens[0])

    answers = await rush(ports[0], [one, one, one, one], 0)

    assert [answer.status for answer in answers] == [200] * 4
    assert len(await in_order(week)) == 1
