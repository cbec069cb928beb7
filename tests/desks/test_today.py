"""Today's page: what matters to each person now, at the place where it happens."""

from datetime import UTC, date, datetime

import pytest

from meetings.accounts.models import User
from meetings.bodies.models import Session, SessionState
from meetings.desks.queries import meetings_now, sessions_now
from meetings.schedule.models import Meeting, MeetingState
from tests.cast import a_session, named
from tests.schedule.stage import EG, ITEM_3, ITEM_4, add_meeting
from tests.support.reading import reads, texts

pytestmark = pytest.mark.anyio


async def adjourn_first(store):
    async with store.write() as db:
        (await db.get_one(Meeting, named("meeting", "first"))).state = MeetingState.ADJOURNED


async def now_for(store, role, at):
    async with store.read() as db:
        user = await db.get_one(User, named("user", role, None))
        sessions = [session for session, _ in await sessions_now(db, user, at.date())]
        meetings, is_today = await meetings_now(db, user, at, sessions)
    return [one.meeting.id for one in meetings], is_today


async def test_an_open_meeting_is_shown_whatever_the_date(secretariat):
    page = await secretariat.get("/")

    assert texts(page, "//article/h3") == ["1st meeting Open"]
    assert texts(page, "//article//li") == ["3. Cooperation 180 min · Speakers on item 3"]


async def test_today_is_the_day_of_the_place(week):
    await adjourn_first(week)
    midnight_in_vienna = datetime(2021, 9, 5, 22, 0, tzinfo=UTC)

    today = await now_for(week, "secretariat", midnight_in_vienna)
    just_before = await now_for(week, "secretariat", datetime(2021, 9, 5, 21, 59, tzinfo=UTC))

    both = [named("meeting", "first"), named("meeting", "joint")]
    assert (today, just_before) == ((both, True), (both, False))


async def test_without_a_meeting_today_those_of_the_nearest_session_are_shown(secretariat, week):
    await adjourn_first(week)

    page = await secretariat.get("/")

    assert texts(page, "//main/h2[1]") == ["Meetings of Session eg1-2021"]
    assert texts(page, "//article/h3/a") == ["1st meeting", "2nd meeting"]


@pytest.mark.parametrize(
    ("role", "has_log"),
    [("secretariat", True), ("rapporteur", True), ("chair", False), ("delegation", False)],
)
async def test_only_writers_are_led_to_the_log(enter, role, has_log):
    person = await enter(role, "a" if role == "delegation" else None)

    page = await person.get("/")

    assert texts(page, "//article//a[starts-with(., 'Log')]/@href") == (
        ["/sessions/eg1-2021/meetings/1/log"] if has_log else []
    )


async def test_a_delegation_sees_its_own_sessions_and_meetings(enter):
    only_in_wg = await enter("delegation", "c")

    page = await only_in_wg.get("/")

    assert texts(page, "//h1") == ["Delegation C"]
    assert texts(page, "//tbody/tr/th/a/@href") == ["/sessions/wg-2021/meetings/1"]
    assert texts(page, "//tbody/tr/td[3]/a/@href") == ["/sessions/wg-2021/meetings/1/speakers/2"]
    assert texts(page, "//section/h2") == ["Session wg-2021"]


async def test_sessions_under_way_come_first_then_the_next_then_the_latest(secretariat, week):
    async with week.write() as db:
        for slug, year, state in (
            ("old", 2019, SessionState.CLOSED),
            ("older", 2018, SessionState.CLOSED),
            ("later", 2101, SessionState.PLANNED),
            ("next", 2100, SessionState.PLANNED),
        ):
            session = a_session(slug, "wg", 1)
            session.starts_on, session.ends_on = date(year, 1, 1), date(year, 1, 5)
            session.state = state
            db.add(session)
        (await db.get_one(Session, named("session", "wg-2021"))).state = SessionState.CLOSED

    page = await secretariat.get("/")

    assert texts(page, "//tbody//th/a") == [
        f"Session {slug}" for slug in ("eg1-2021", "next", "later", "wg-2021", "old", "older")
    ]


async def test_an_empty_house_says_what_to_do(enter, week):
    async with week.write() as db:
        delegate = await db.get_one(User, named("user", "delegation", "a"))
        delegate.delegation_id = None
    person = await enter("delegation", "a")

    page = await person.get("/")

    assert texts(page, "//p[@class='empty']") == [
        "Your delegation takes part in no session yet. The secretariat registers it."
    ]


async def test_today_costs_the_same_with_more_meetings(secretariat, week, count_statements):
    with count_statements() as one:
        await secretariat.get("/")
    await adjourn_first(week)
    await add_meeting(week, "third", 7, "am", {EG: 3}, [ITEM_3, ITEM_4])

    with count_statements() as three:
        page = await secretariat.get("/")

    assert len(texts(page, "//article")) == 3
    # Who asks, the sessions, the meetings, their items.
    assert (len(reads(one)), len(reads(three))) == (4, 4)
