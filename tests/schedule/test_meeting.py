"""A meeting's page: what it leads to, how it is opened and adjourned, moved and removed."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from meetings.accounts.models import Entry
from meetings.base.models import LiveEvent
from meetings.interventions.models import Intervention
from meetings.schedule.models import Allotment, Meeting, MeetingState, SessionMeeting
from meetings.speakers.models import Inscription, SpeakerList
from tests.cast import named
from tests.schedule.stage import EG, ITEM_3, ITEM_4, WG_ITEM, a_plan, add_meeting, items_form
from tests.support.reading import faults, reads, texts

pytestmark = pytest.mark.anyio

FIRST = "/sessions/eg1-2021/meetings/1"
JOINT = "/sessions/eg1-2021/meetings/2"
AT = datetime(2021, 9, 6, 8, 30, tzinfo=UTC)


async def meeting(store, name):
    async with store.read() as db:
        return await db.get(Meeting, named("meeting", name))


async def give_floor(store, *, ended_at=None):
    async with store.write() as db:
        db.add(
            Intervention(
                meeting_id=named("meeting", "first"),
                item_id=ITEM_3,
                delegation_id=named("delegation", "a"),
                started_at=AT,
                ended_at=ended_at,
            )
        )


async def ask_for_floor(store, meeting_name, item):
    async with store.write() as db:
        speakers = SpeakerList(meeting_id=named("meeting", meeting_name), item_id=item)
        db.add(speakers)
        await db.flush()
        db.add(
            Inscription(
                speaker_list_id=speakers.id,
                delegation_id=named("delegation", "a"),
                requested_at=AT,
                place=1,
            )
        )


async def items_of(store, name):
    async with store.read() as db:
        rows = await db.exec(
            select(Allotment.item_id, Allotment.minutes)
            .where(Allotment.meeting_id == named("meeting", name))
            .order_by(Allotment.position)
        )
        return list(rows.all())


async def told(store):
    async with store.read() as db:
        events = await db.exec(select(LiveEvent.channel, LiveEvent.kind))
        return list(events.all())


# What it shows --------------------------------------------------------------------------------


async def test_each_item_leads_to_its_list_in_its_own_session(secretariat):
    page = await secretariat.get(JOINT)

    assert texts(page, "//table//a/@href") == [
        "/sessions/eg1-2021/meetings/2/speakers/4",
        "/sessions/wg-2021/meetings/1/speakers/2",
    ]


async def test_a_delegation_is_led_only_to_lists_of_its_sessions(enter):
    only_in_wg = await enter("delegation", "c")

    page = await only_in_wg.get("/sessions/wg-2021/meetings/1")

    assert texts(page, "//table//a/@href") == ["/sessions/wg-2021/meetings/1/speakers/2"]
    assert (await only_in_wg.get(JOINT)).status_code == 404


@pytest.mark.parametrize(
    ("role", "buttons", "ways"),
    [
        ("secretariat", ["Adjourn the meeting"], ["Log of what is said", "Change this meeting"]),
        ("rapporteur", [], ["Log of what is said"]),
        ("chair", ["Adjourn the meeting"], []),
        ("delegation", [], []),
    ],
)
async def test_a_meeting_offers_to_each_role_what_it_may_do(enter, role, buttons, ways):
    person = await enter(role, "a" if role == "delegation" else None)

    page = await person.get(FIRST)

    assert texts(page, "//*[@id='meeting-state']//button") == buttons
    found = set(texts(page, "//main//a"))
    assert sorted(found & {"Log of what is said", "Change this meeting"}) == sorted(ways)


async def test_a_meeting_costs_the_same_with_more_items(secretariat, week, count_statements):
    await add_meeting(week, "third", 7, "am", {EG: 3}, [ITEM_3, ITEM_4])
    counts = []

    for path in (FIRST, JOINT, "/sessions/eg1-2021/meetings/3"):
        with count_statements() as sent:
            await secretariat.get(path)
        counts.append(len(reads(sent)))

    # Who asks, the session, the meeting, the last event, the meeting again, its sessions, items.
    assert counts == [7, 7, 7]


# Its course -----------------------------------------------------------------------------------


async def test_a_meeting_is_opened_and_everybody_who_looks_is_told(secretariat, week):
    answer = await secretariat.post(f"{JOINT}/open")

    kept = await meeting(week, "joint")
    assert (kept.state, kept.opened_at is not None) == (MeetingState.OPEN, True)
    assert texts(answer, "//button") == ["Adjourn the meeting"]
    assert await told(week) == [(f"meeting:{kept.id}", "meeting_state")]


async def test_the_chair_adjourns_and_only_the_secretariat_reopens(enter, week):
    chair, secretariat = await enter("chair"), await enter("secretariat")

    answers = [
        await chair.post(f"{FIRST}/adjourn"),
        await chair.post(f"{FIRST}/reopen"),
        await secretariat.post(f"{FIRST}/reopen"),
    ]

    assert [answer.status_code for answer in answers] == [200, 403, 200]
    kept = await meeting(week, "first")
    assert (kept.state, kept.adjourned_at) == (MeetingState.OPEN, None)


@pytest.mark.parametrize("step", ["open", "adjourn", "reopen", "remove", "items", ""])
@pytest.mark.parametrize("role", ["rapporteur", "delegation"])
async def test_others_change_nothing_of_a_meeting(enter, week, role, step):
    person = await enter(role, "a" if role == "delegation" else None)

    answer = await person.post(f"{FIRST}/{step}", data=a_plan(version=1))

    assert answer.status_code == 403
    assert (await meeting(week, "first")).version == 1


async def test_opening_twice_is_opening_once(secretariat, week):
    await secretariat.post(f"{JOINT}/open")
    opened_at = (await meeting(week, "joint")).opened_at
    again = await secretariat.post(f"{JOINT}/open")

    assert again.status_code == 200
    assert (await meeting(week, "joint")).opened_at == opened_at


async def test_a_meeting_does_not_adjourn_while_somebody_has_the_floor(secretariat, week):
    await give_floor(week)

    answer = await secretariat.post(f"{FIRST}/adjourn")

    assert faults(answer) == {
        "": "Somebody has the floor. End the intervention, then adjourn the meeting."
    }
    assert (await meeting(week, "first")).state is MeetingState.OPEN


@pytest.mark.parametrize("step", ["adjourn", "reopen"])
async def test_a_meeting_that_was_not_opened_is_not_adjourned(secretariat, step):
    answer = await secretariat.post(f"{JOINT}/{step}")

    assert faults(answer) == {"": "This meeting has not been opened yet."}


async def test_an_adjourned_meeting_is_not_simply_opened(secretariat):
    await secretariat.post(f"{FIRST}/adjourn")

    answer = await secretariat.post(f"{FIRST}/open")

    assert faults(answer) == {"": "This meeting has adjourned. The secretariat can reopen it."}


# Moving ---------------------------------------------------------------------------------------


async def test_a_meeting_is_moved_and_keeps_its_number_and_other_titles(secretariat, week):
    async with week.write() as db:
        (await db.get_one(Meeting, named("meeting", "first"))).title = {"es": "Redes", "fr": "X"}

    answer = await secretariat.post(
        FIRST, data=a_plan(half="pm", ends="17:30", title_en="Networks", version=1)
    )

    kept = await meeting(week, "first")
    assert answer.headers["hx-redirect"] == FIRST
    assert (str(kept.day), f"{kept.starts:%H:%M}", f"{kept.ends:%H:%M}", kept.version) == (
        "2021-09-07",
        "15:00",
        "17:30",
        2,
    )
    assert kept.title == {"es": "Redes", "en": "Networks"}


async def test_a_meeting_may_stay_where_it_is(secretariat):
    answer = await secretariat.post(
        FIRST, data=a_plan(room="a", day="2021-09-06", ends="13:30", version=1)
    )

    assert answer.headers["hx-redirect"] == FIRST


async def test_a_joint_meeting_is_in_the_way_of_all_its_sessions(secretariat, week):
    await add_meeting(week, "theirs", 7, "am", {named("session", "wg-2021"): 2})

    answer = await secretariat.post(JOINT, data=a_plan(version=1))

    assert faults(answer) == {
        "half": "Session wg-2021 sits in Boardroom A on Tuesday 7 September, 10:00–13:00:"
        " choose another time."
    }


async def test_who_comes_second_sees_both_versions(secretariat, week):
    await secretariat.post(FIRST, data=a_plan(version=1))

    answer = await secretariat.post(FIRST, data=a_plan(room="a", day="2021-09-08", version=1))

    assert answer.status_code == 409
    assert texts(answer, "//tbody/tr/*") == [
        *("Room", "Boardroom B", "Boardroom A"),
        *("Day", "Tuesday 7 September", "Wednesday 8 September"),
    ]
    assert str((await meeting(week, "first")).day) == "2021-09-07"


# Items ----------------------------------------------------------------------------------------


async def test_items_are_reordered_added_and_given_minutes(secretariat, week):
    places = {f"place-{WG_ITEM}": 1, f"place-{ITEM_4}": 2, f"minutes-{ITEM_4}": 45}
    form = items_form(ITEM_3, ITEM_4, WG_ITEM, version=1, **places)

    answer = await secretariat.post(f"{JOINT}/items", data=form)

    assert answer.headers["hx-redirect"] == JOINT
    assert await items_of(week, "joint") == [(WG_ITEM, None), (ITEM_4, 45), (ITEM_3, None)]
    assert (await meeting(week, "joint")).version == 2


async def test_an_item_that_is_not_ticked_goes(secretariat, week):
    await secretariat.post(f"{JOINT}/items", data=items_form(WG_ITEM, version=1))

    assert await items_of(week, "joint") == [(WG_ITEM, None)]


async def test_an_item_on_which_somebody_asked_to_speak_stays(secretariat, week):
    await ask_for_floor(week, "joint", ITEM_4)

    answer = await secretariat.post(f"{JOINT}/items", data=items_form(version=1))

    assert faults(answer) == {
        "items": "Somebody has spoken, or has asked to speak, on item 4: it stays."
    }
    assert await items_of(week, "joint") == [(ITEM_4, None), (WG_ITEM, None)]


async def test_items_changed_by_two_are_shown_to_the_second(secretariat, week):
    await secretariat.post(f"{JOINT}/items", data=items_form(ITEM_4, version=1))

    answer = await secretariat.post(f"{JOINT}/items", data=items_form(ITEM_3, ITEM_4, version=1))

    assert texts(answer, "//tbody/tr/*") == ["Items", "4", "3, 4"]
    assert await items_of(week, "joint") == [(ITEM_4, None)]


# Removing -------------------------------------------------------------------------------------


async def test_a_meeting_in_which_nothing_was_said_is_removed_from_all_its_sessions(
    secretariat, week
):
    answer = await secretariat.post(f"{JOINT}/remove")

    assert answer.headers["hx-redirect"] == "/sessions/eg1-2021/programme"
    async with week.read() as db:
        numbers = (await db.exec(select(SessionMeeting.number))).all()
        removed = (await db.exec(select(Entry.subject).where(Entry.what == "removed"))).all()
    assert (list(numbers), await items_of(week, "joint")) == ([1], [])
    assert sorted(removed) == [
        *("allotment", "allotment"),
        "meeting",
        *("session_meeting", "session_meeting"),
    ]


async def test_a_meeting_with_an_empty_list_of_speakers_is_removed(secretariat, week):
    await secretariat.post(f"{FIRST}/remove")

    assert await meeting(week, "first") is None


async def test_a_meeting_in_which_somebody_spoke_stays(secretariat, week):
    await give_floor(week, ended_at=AT)

    answer = await secretariat.post(f"{FIRST}/remove")

    assert faults(answer) == {
        "": "Somebody has spoken in this meeting, or has asked to: it cannot be removed."
    }
    assert await items_of(week, "first") == [(ITEM_3, 180)]


async def test_a_meeting_in_which_somebody_asked_to_speak_stays(secretariat, week):
    await ask_for_floor(week, "joint", WG_ITEM)

    answer = await secretariat.post(f"{JOINT}/remove")

    assert answer.status_code == 422


async def test_what_a_removal_takes_is_named_before(secretariat):
    page = await secretariat.get(f"{JOINT}/edit")

    assert texts(page, "//details//p") == [
        (
            "This takes the meeting of Monday 6 September, 15:00–18:00, out of the programme of:"
            " Session eg1-2021 (2nd meeting); Session wg-2021 (1st meeting)."
            " Its items go back to the agenda; other meetings keep their numbers."
            " It cannot be undone."
        )
    ]
