"""The secretariat puts a meeting in the calendar; two of them never put it in the same place."""

import anyio
import pytest
from sqlmodel import select

from meetings.accounts.models import User
from meetings.base.db import Store, make_engine
from meetings.base.errors import Refused
from meetings.bodies.models import Session
from meetings.schedule.actions import add_meeting
from meetings.schedule.models import Meeting, NewMeeting, Room
from tests.cast import named
from tests.schedule.stage import EG, ITEM_3, ITEM_4, WG_ITEM, a_plan, items_form
from tests.support.reading import faults, reads, texts

pytestmark = pytest.mark.anyio

NEW = "/sessions/eg1-2021/meetings"


async def meetings_of(store):
    async with store.read() as db:
        return list((await db.exec(select(Meeting).order_by(Meeting.day, Meeting.starts))).all())


async def test_a_meeting_is_added_with_the_next_number_and_the_usual_hours(secretariat):
    answer = await secretariat.post(NEW, data=a_plan())

    assert answer.headers["hx-redirect"] == "/sessions/eg1-2021/meetings/3"
    page = await secretariat.get("/sessions/eg1-2021/meetings/3")
    assert texts(page, "//*[@id='meeting-state']/p") == [
        "Tuesday, 7 September 2021, 10:00–13:00 · Central European Time · Boardroom B"
    ]


async def test_a_form_without_scripts_leads_to_the_meeting(enter):
    person = await enter("secretariat", htmx=False)

    answer = await person.post(NEW, data=a_plan())

    assert answer.url.path == "/sessions/eg1-2021/meetings/3"


async def test_a_joint_meeting_gets_a_number_in_each_session(secretariat):
    await secretariat.post(NEW, data=a_plan(joint="wg-2021", title_en="Networks"))

    page = await secretariat.get("/sessions/wg-2021/meetings/2")

    assert texts(page, "//main//h2") == ["2nd meeting – Networks"]
    assert texts(page, "//p[starts-with(., 'Joint')]") == [
        "Joint meeting: Session eg1-2021 (3rd meeting); Session wg-2021 (2nd meeting)"
    ]


async def test_items_are_taken_up_in_their_order_with_their_minutes(secretariat):
    items = items_form(ITEM_3, ITEM_4, **{f"place-{ITEM_4}": "1", f"minutes-{ITEM_4}": "30"})

    await secretariat.post(NEW, data=a_plan(**items))

    page = await secretariat.get("/sessions/eg1-2021/meetings/3")
    assert texts(page, "//th[@scope='row']") == [
        "4. Other matters (continued) 30 min",
        "3. Cooperation (continued)",
    ]


async def test_minutes_beyond_a_day_are_a_slip_of_the_key(secretariat, week):
    items = items_form(ITEM_3, **{f"minutes-{ITEM_3}": "9999"})

    answer = await secretariat.post(NEW, data=a_plan(**items))

    assert answer.status_code == 422
    assert len(await meetings_of(week)) == 2


async def test_an_item_of_another_session_is_refused(secretariat, week):
    answer = await secretariat.post(NEW, data=a_plan(items=str(WG_ITEM)))

    assert faults(answer) == {
        "items": "Choose items from the agendas of the sessions of this meeting."
    }
    assert len(await meetings_of(week)) == 2


async def test_a_room_that_is_taken_is_told_with_the_hours_and_the_meeting(secretariat, week):
    answer = await secretariat.post(
        "/sessions/wg-2021/meetings",
        data=a_plan(room="a", day="2021-09-06", starts="12:30", ends="14:00"),
    )

    assert answer.status_code == 422
    assert faults(answer) == {
        "room": "Boardroom A is taken on Monday 6 September, 10:00–13:00, by the 1st meeting of"
        " Session eg1-2021: choose another room or time."
    }
    assert len(await meetings_of(week)) == 2


async def test_a_session_does_not_sit_in_two_rooms_at_once(secretariat):
    answer = await secretariat.post(NEW, data=a_plan(day="2021-09-06"))

    assert faults(answer) == {
        "half": "Session eg1-2021 sits in Boardroom A on Monday 6 September, 10:00–13:00:"
        " choose another time."
    }


async def test_all_faults_are_told_at_once_at_their_fields(secretariat, week):
    async with week.write() as db:
        (await db.get_one(Room, named("room", "b"))).closed = ["2021-09-09"]

    answer = await secretariat.post(
        NEW, data=a_plan(day="2021-09-09", starts="17:00", ends="16:00")
    )

    assert faults(answer) == {
        "ends": "A meeting ends after it starts: give a later hour.",
        "starts": "A morning meeting starts before 13:00, an afternoon meeting not before 12:00.",
        "day": "Session eg1-2021 sits from Monday 6 September to Wednesday 8 September:"
        " choose one of these days.",
        "room": "Boardroom B is closed on Thursday 9 September:"
        " choose another room or another day.",
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [({"room": "nowhere"}, "room"), ({"day": ""}, "day"), ({"joint": "eg1-2021"}, "joint")],
)
async def test_what_cannot_be_read_is_told_at_its_field(secretariat, change, field):
    answer = await secretariat.post(NEW, data=a_plan(**change))

    assert (answer.status_code, list(faults(answer))) == (422, [field])


@pytest.mark.parametrize("role", ["rapporteur", "chair", "delegation"])
async def test_others_may_not_add_meetings(enter, week, role):
    person = await enter(role, "a" if role == "delegation" else None)

    answers = [await person.get(f"{NEW}/new"), await person.post(NEW, data=a_plan())]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert len(await meetings_of(week)) == 2


async def test_the_form_offers_the_sessions_of_the_same_days(secretariat, count_statements):
    with count_statements() as told:
        page = await secretariat.get(f"{NEW}/new")

    assert texts(page, "//fieldset[@id='joint']//label") == ["Session wg-2021"]
    assert texts(page, "//fieldset[@id='items']//label") == ["3. Cooperation", "4. Other matters"]
    # Who asks, the session, the rooms, the sessions beside, the items.
    assert len(reads(told)) == 5


async def plan(store, *, began=None, go_on=None):
    """Add the same meeting as everybody else, and wait before the commit; says how it went."""
    form = NewMeeting(**a_plan())
    try:
        async with store.write() as db:
            session = await db.get_one(Session, EG)
            user = await db.get_one(User, named("user", "secretariat", None))
            await add_meeting(db, session, form, user)
            if began:
                began.set()
                await go_on.wait()
    except Refused as refusal:
        return refusal.field
    return "added"


async def test_of_two_secretaries_who_want_the_same_room_one_gets_it(week, database_url):
    """The second asks while the first has checked and written, but not yet committed."""
    other_process = Store(make_engine(database_url))
    began, go_on, outcomes = anyio.Event(), anyio.Event(), []

    async def first():
        outcomes.append(await plan(week, began=began, go_on=go_on))

    async def second():
        await began.wait()
        outcomes.append(await plan(other_process))

    async with anyio.create_task_group() as secretaries:
        secretaries.start_soon(first)
        secretaries.start_soon(second)
        await began.wait()
        await anyio.sleep(0.3)
        go_on.set()

    await other_process.engine.dispose()
    assert outcomes == ["added", "room"]
    assert len(await meetings_of(week)) == 3
