"""The screen in the room: anybody sees who speaks and who is next, and nothing else."""

from datetime import UTC, datetime

import pytest

from meetings.interventions.models import Intervention
from meetings.schedule.models import Meeting, MeetingState
from meetings.speakers.models import Inscription, InscriptionState, SpeakerList
from tests.cast import named
from tests.schedule.stage import ITEM_3, ITEM_4
from tests.support.reading import texts

pytestmark = pytest.mark.anyio

SCREEN = "/screens/eg1-2021/1"
AT = datetime(2021, 9, 6, 8, 30, tzinfo=UTC)
FIRST = named("meeting", "first")


async def add(store, *rows):
    async with store.write() as db:
        db.add_all(rows)


def speaking(letter, **changes):
    usual = {"meeting_id": FIRST, "item_id": ITEM_3, "started_at": AT, "speaker": "Ms. First"}
    return Intervention(delegation_id=named("delegation", letter), **(usual | changes))


def waiting(letter, place, speaker_list=None, **changes):
    return Inscription(
        speaker_list_id=speaker_list or named("list", "3"),
        delegation_id=named("delegation", letter),
        requested_at=AT,
        place=place,
        **changes,
    )


async def test_the_screen_says_who_speaks_on_what_and_who_is_next(enter, week, count_statements):
    spoken = {"state": InscriptionState.SPOKEN}
    await add(week, speaking("a"), waiting("c", 3), waiting("b", 2), waiting("a", 1, **spoken))
    nobody = await enter()

    with count_statements() as told:
        page = await nobody.get(SCREEN)

    assert texts(page, "//main//text()[normalize-space()]") == [
        "Session eg1-2021",
        "1st meeting",
        "3. Cooperation",
        "Has the floor",
        "Delegation A",
        "Next speakers",
        "Delegation B",
        "Delegation C",
    ]
    assert len([statement for statement in told if "SELECT" in statement]) == 3


async def test_the_next_are_those_on_the_list_of_the_item_under_discussion(enter, week):
    other = SpeakerList(id=named("list", "4"), meeting_id=FIRST, item_id=ITEM_4)
    await add(week, other)
    await add(week, waiting("b", 1), waiting("c", 1, other.id), speaking("a", item_id=ITEM_4))
    nobody = await enter()

    page = await nobody.get(SCREEN)

    assert texts(page, "//p[@class='screen-item']") == ["4. Other matters"]
    assert texts(page, "//li") == ["Delegation C"]


async def test_while_nobody_speaks_the_first_list_with_speakers_is_shown(enter, week):
    other = SpeakerList(id=named("list", "4"), meeting_id=FIRST, item_id=ITEM_4)
    await add(week, other)
    await add(week, waiting("b", 1, other.id), speaking("a", ended_at=AT))
    nobody = await enter()

    page = await nobody.get(SCREEN)

    assert texts(page, "//p[@class='screen-item']") == ["4. Other matters"]
    assert texts(page, "//p[@class='screen-speaker']") == []
    assert texts(page, "//li") == ["Delegation B"]


async def test_a_meeting_to_come_shows_when(enter):
    nobody = await enter()

    page = await nobody.get("/screens/eg1-2021/2")

    assert texts(page, "//section/p") == [
        "Monday 6 September, 15:00–18:00",
        "Central European Time",
    ]


async def test_an_adjourned_meeting_names_nobody(enter, week):
    await add(week, waiting("b", 1))
    async with week.write() as db:
        (await db.get_one(Meeting, FIRST)).state = MeetingState.ADJOURNED
    nobody = await enter()

    page = await nobody.get(SCREEN)

    assert texts(page, "//section//p | //li") == ["The meeting has adjourned."]


async def test_there_is_no_screen_of_a_meeting_that_is_not(enter):
    nobody = await enter()

    assert (await nobody.get("/screens/eg1-2021/9")).status_code == 404
