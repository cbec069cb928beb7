"""The list of sessions, and the way from a session's name to its programme."""

from datetime import date

import pytest

from tests.cast import a_session, named
from tests.support.reading import reads, texts

pytestmark = pytest.mark.anyio


async def add_sessions(store, count):
    async with store.write() as db:
        for number in range(1, count + 1):
            session = a_session(f"old-{number}", "wg", number)
            session.id = named("session", f"old-{number}")
            session.starts_on, session.ends_on = date(2019, 1, 1), date(2019, 1, 2)
            db.add(session)


async def test_sessions_are_listed_with_body_dates_place_and_state(secretariat):
    page = await secretariat.get("/sessions")

    assert texts(page, "//tbody/tr[1]/*") == [
        "Session eg1-2021CAC/COSP/EG.1/2021",
        "Expert group",
        "6 Sept 2021 – 8 Sept 2021",
        "ViennaCentral European Time",
        "Under way",
    ]


async def test_a_delegation_sees_only_the_sessions_it_takes_part_in(enter):
    only_in_wg = await enter("delegation", "c")

    page = await only_in_wg.get("/sessions")

    assert texts(page, "//tbody//a/@href") == ["/sessions/wg-2021"]


async def test_a_session_leads_to_its_programme(secretariat):
    answer = await secretariat.get("/sessions/eg1-2021", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/sessions/eg1-2021/programme",
    )


async def test_many_sessions_come_a_page_at_a_time(secretariat, week, count_statements):
    with count_statements() as two:
        await secretariat.get("/sessions")
    await add_sessions(week, 60)

    with count_statements() as many:
        pages = [await secretariat.get(path) for path in ("/sessions", "/sessions?page=2")]

    assert [len(texts(page, "//tbody/tr")) for page in pages] == [50, 12]
    assert [texts(page, "//nav[@aria-label='Pages']/a/@href") for page in pages] == [
        ["/sessions?page=2"],
        ["/sessions?page=1"],
    ]
    # Who asks, and the sessions.
    assert (len(reads(two)), len(reads(many))) == (2, 4)


async def test_a_page_before_the_first_is_refused(secretariat):
    answer = await secretariat.get("/sessions?page=0")

    assert answer.status_code == 422
