"""Two rapporteurs log a debate by keyboard alone: every point once, in order, with its tags.

`MEETINGS_DEBATE_PACE=90` types as people do, `MEETINGS_DEBATE_CUT=600` cuts for ten minutes.
"""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect
from sqlmodel import col, select

from meetings.accounts.actions import begin_login
from meetings.accounts.models import User
from meetings.accounts.web import LOGIN
from meetings.base.db import Store, make_engine
from meetings.delegations.models import Delegation
from meetings.interventions.models import Intervention, Point, Topic
from tests.browser import debate
from tests.browser.debate import Rapporteur, first_rapporteur, play, second_rapporteur
from tests.cast import named, the_week
from tests.support.cutting import Network
from tests.support.server import Server

LOG = "/sessions/eg1-2021/meetings/1/log"


def in_store(url, act):
    """Do something with a store, in a thread of its own: here the browser's event loop runs."""

    async def whole():
        store = Store(make_engine(url))
        try:
            return await act(store)
        finally:
            await store.engine.dispose()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, whole()).result()


async def stage(store):
    """The week of the cast, forty delegations on the list, and two who are signed in."""
    rows = [debate.a_speaker(number) for number in range(1, debate.INTERVENTIONS + 1)]
    async with store.write() as db:
        db.info["audit"] = False
        for batch in (*the_week(), *zip(*rows, strict=True)):
            db.add_all(batch)
            await db.flush()
        users = [await db.get_one(User, named("user", who, None)) for who in WHO]
        return [await begin_login(db, user, 12) for user in users]


WHO = ("rapporteur", "secretariat")  # both may log; their points are told apart by their names


@pytest.fixture
def desks(browser, sqlite_url):
    """A server, a network that can be cut, and two rapporteurs at their desks."""
    tokens = in_store(sqlite_url, stage)
    server = Server(sqlite_url)
    server.start()
    network = Network(server.port)
    pages, faults, contexts = [], [], []
    for token in tokens:
        context = browser.new_context(base_url=network.url, locale="en-GB")
        context.add_cookies([{"name": LOGIN, "value": token, "url": network.url}])
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(LOG)
        expect(page.locator("#desk[data-ready]")).to_be_visible()
        pages.append(page)
        contexts.append(context)
    yield server, network, pages
    for context in contexts:
        context.close()
    network.close()
    server.kill()
    assert faults == []


async def logged(store):
    """What is in the log: (delegation, text, topic), and how often each delegation spoke."""
    async with store.read() as db:
        points = await db.exec(
            select(Delegation.name, Point.text, Topic.slug)
            .join(Intervention, col(Intervention.delegation_id) == Delegation.id)
            .join(Point, col(Point.intervention_id) == Intervention.id)
            .join(Topic, col(Topic.id) == Point.topic_id, isouter=True)
            .order_by(col(Intervention.started_at), col(Point.logged_at))
        )
        spoke = await db.exec(select(Intervention.delegation_id))
        return [(name["en"], *rest) for name, *rest in points.all()], list(spoke.all())


def check(url):
    points, spoke = in_store(url, logged)
    assert sorted(points) == debate.wanted()
    assert len(spoke) == len(set(spoke)) == debate.INTERVENTIONS
    firsts = [text for _, text, _ in points if text.endswith("-1")]
    assert firsts == [debate.said(number, 1)[1] for number in range(1, debate.INTERVENTIONS + 1)]


def sent(page):
    """Everything has reached the server, and the page says so."""
    expect(page.locator(".is-waiting:visible")).to_have_count(0, timeout=60_000)
    expect(page.locator("#kept")).to_contain_text("Saved on the server", timeout=60_000)


def test_a_debate_is_logged_by_keyboard_alone(desks, sqlite_url):
    _server, _network, (one, other) = desks
    hands, others = Rapporteur(one), Rapporteur(other)
    numbers, done = range(1, debate.INTERVENTIONS + 1), set()

    one.keyboard.press("F8")
    play(
        (hands, first_rapporteur(hands, numbers, done)),
        (others, second_rapporteur(others, numbers, done)),
    )

    for page in (one, other):
        sent(page)
    check(sqlite_url)
    keys = (1 + hands.keys + others.keys) / debate.INTERVENTIONS
    assert keys == pytest.approx(3, abs=0.03)  # three ends of lines, one of which calls the next


def test_a_debate_survives_the_network_a_reload_and_the_server(desks, sqlite_url):
    server, network, (one, other) = desks
    hands, others = Rapporteur(one), Rapporteur(other)
    done = set()
    before, while_cut, after = range(1, 11), range(11, 31), range(31, debate.INTERVENTIONS + 1)

    one.keyboard.press("F8")
    play(
        (hands, first_rapporteur(hands, before, done)),
        (others, second_rapporteur(others, before, done)),
    )
    expect(other.locator("#writing-name")).to_have_text(debate.speaker(11))
    for page in (one, other):
        sent(page)

    network.cut()
    began = time.monotonic()
    half = len(while_cut) // 2
    for part in (while_cut[:half], while_cut[half:]):
        play(
            (hands, first_rapporteur(hands, part, done)),
            (others, second_rapporteur(others, part, done, calls=range(12, 31))),
        )
        one.keyboard.type("an unfinished line")
        expect(one.locator("#kept")).to_contain_text("waiting to send since")
        one.reload()
        expect(one.locator("#desk[data-ready]")).to_be_visible()
        expect(one.locator("#text")).to_have_value("an unfinished line")
        one.locator("#text").fill("")
    time.sleep(max(0, debate.CUT - (time.monotonic() - began)))

    server.kill()
    network.restore()
    server.start()
    one.wait_for_timeout(300)
    server.kill()  # in the middle of what is being sent
    server.start()
    for page in (one, other):
        sent(page)
    expect(other.locator("#writing-name")).to_have_text(debate.speaker(31))
    play(
        (hands, first_rapporteur(hands, after, done)),
        (others, second_rapporteur(others, after, done)),
    )

    for page in (one, other):
        sent(page)
        expect(page.locator("#refused li")).to_have_count(0)
    check(sqlite_url)
