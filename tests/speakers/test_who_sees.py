"""What a delegation may see of a list: its own requests; who else waits is not its business."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from meetings.app import WORDS
from meetings.base.live import Audience
from meetings.base.pages import make_environment
from meetings.base.web import asking
from meetings.interventions.models import Intervention
from meetings.schedule.models import Meeting
from meetings.speakers.list_queries import lists_of
from meetings.speakers.models import Inscription, SpeakerList
from meetings.speakers.web import draw_speakers_list
from tests.cast import named
from tests.speakers.stage import FIRST, LIST, A, a_form, a_request, add, at, kept
from tests.support.reading import texts

pytestmark = pytest.mark.anyio

HALF_PAST_TEN = datetime(2021, 9, 6, 8, 30, tzinfo=UTC)  # in Vienna
DELEGATE = Audience("delegation", A, "en")
CHAIR = Audience("chair", None, "en")


def minutes(number):
    return timedelta(minutes=number)


@pytest.fixture
async def three(week):
    """B, then A, then B for a group wait on the list of item 3."""
    group = {"capacity": "group", "on_behalf_of": "Group of Six"}
    await add(
        week,
        a_request("b", 1, speaker="Mr. Other"),
        a_request("a", 2, speaker="Ms. First"),
        a_request("b", 3, speaker="Mr. Other", **group),
    )
    return week


async def seen(store, eyes, now=HALF_PAST_TEN, meeting="first"):
    async with store.read() as db:
        held = await db.get_one(Meeting, named("meeting", meeting))
        return await lists_of(db, [held], eyes, now)


async def drawn(store, eyes, subject=None):
    async with store.read() as db:
        drawing = await draw_speakers_list(db, subject or named("list", "3"), eyes)
    environment = make_environment(asking=asking.get, **WORDS)
    return drawing and environment.get_template(drawing.template).render(drawing.context)


@pytest.mark.parametrize("path", [LIST, FIRST])
async def test_a_delegation_sees_its_own_request_and_how_many_wait_before_it(enter, three, path):
    delegate = await enter("delegation", "a")

    page = await delegate.get(path)

    assert texts(page, "//*[@class='who-speaks']") == ["1 speaker waits before you"]
    for others in ("Delegation B", "delegation-b", "Mr. Other", "Group of Six"):
        assert others not in page.text


async def test_a_live_list_shows_to_each_what_it_may_see(three):
    for_delegate, for_chair = await drawn(three, DELEGATE), await drawn(three, CHAIR)

    assert "1 speaker waits before you" in for_delegate
    assert [name for name in ("Delegation B", "Mr. Other", "Group of Six") if name in for_delegate
            ] == []  # fmt: skip
    assert for_chair.count("Mr. Other") == 2


async def test_a_live_list_of_a_session_that_is_not_theirs_is_not_shown(three):
    elsewhere = Audience("delegation", named("delegation", "c"), "en")
    nowhere = Audience("delegation", None, "en")

    assert [await drawn(three, eyes) for eyes in (elsewhere, nowhere)] == [None, None]


async def test_a_list_that_is_no_longer_there_is_not_shown(week):
    assert await drawn(week, CHAIR, uuid4()) is None


async def test_a_joint_meeting_shows_a_delegation_only_its_sessions_items(week):
    only_in_wg = Audience("delegation", named("delegation", "c"), "en")

    both, one = (
        await seen(week, DELEGATE, meeting="joint"),
        await seen(week, only_in_wg, meeting="joint"),
    )

    assert [each.item.number for each in both] == ["4", "2"]
    assert [each.item.number for each in one] == ["2"]


async def test_a_list_of_another_session_is_not_found(enter, three):
    stranger = await enter("delegation", "c")

    answers = [
        await stranger.get(FIRST),
        await stranger.get(LIST),
        await stranger.post(f"{LIST}/inscriptions", data=a_form()),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.parametrize("verb", ["withdraw", "again"])
async def test_a_delegation_does_not_touch_what_is_anothers(enter, three, verb):
    delegate = await enter("delegation", "a")

    answer = await delegate.post(at("b", 1, verb))

    assert answer.status_code == 404
    assert await kept(three, Inscription.state) == ["waiting"] * 3


async def test_a_delegation_asks_for_itself_only(enter, week):
    delegate = await enter("delegation", "a")

    await delegate.post(f"{LIST}/inscriptions", data=a_form(delegation="delegation-b"))

    assert await kept(week, Inscription.delegation_id) == [A]


async def test_anothers_request_cannot_be_read_by_sending_its_id(enter, three):
    delegate = await enter("delegation", "a")

    answer = await delegate.post(
        f"{LIST}/inscriptions", data=a_form(id=str(named("inscription", "b", 1)))
    )

    assert answer.status_code == 404
    assert await kept(three, Inscription.place) == [1, 2, 3]


@pytest.mark.parametrize(
    ("role", "buttons"),
    [
        ("secretariat", ["up", "down", "absent", "withdraw"]),
        ("chair", ["up", "down", "absent"]),
        ("rapporteur", []),
    ],
)
async def test_a_list_offers_to_each_role_what_it_may_do(enter, week, role, buttons):
    await add(week, a_request("a"))
    person = await enter(role)

    page = await person.get(LIST)

    section = "//section[contains(@class, 'speakers-list')]"
    assert texts(page, f"{section}//td//button/@name") == buttons
    assert ("Close the list" in texts(page, f"{section}//button")) is bool(buttons)
    assert bool(texts(page, "//*[@id='registration']")) is (role == "secretariat")


# When ----------------------------------------------------------------------------------------


async def test_a_delegation_is_told_when_its_turn_comes(three):
    (speakers,) = await seen(three, DELEGATE)

    (own,) = speakers.requests
    assert (own.place, own.expected) == (2, HALF_PAST_TEN + minutes(5))
    assert speakers.waiting == 3


async def test_the_present_speaker_is_waited_for(three):
    speaking = Intervention(
        meeting_id=named("meeting", "first"),
        item_id=named("item", "3"),
        delegation_id=named("delegation", "c"),
        started_at=HALF_PAST_TEN - minutes(2),
    )
    await add(three, speaking)

    (speakers,) = await seen(three, CHAIR)

    assert [one.expected for one in speakers.requests] == [
        HALF_PAST_TEN + minutes(after) for after in (3, 8, 13)
    ]


async def test_a_later_item_is_expected_when_the_programme_takes_it_up(week):
    lists = [
        SpeakerList(
            id=named("list", item),
            meeting_id=named("meeting", "joint"),
            item_id=named("item", item),
        )
        for item in ("4", "wg2")
    ]
    await add(week, *lists)
    await add(week, a_request("a", 1, speaker_list_id=named("list", "4")),
              a_request("a", 2, speaker_list_id=named("list", "wg2")))  # fmt: skip
    three_pm = HALF_PAST_TEN.replace(hour=13, minute=0)

    first, second = await seen(week, DELEGATE, meeting="joint")

    assert first.requests[0].expected == three_pm
    assert second.requests[0].expected == three_pm + minutes(5)


async def test_who_would_speak_after_the_end_is_told_so(three):
    page = await drawn(three, DELEGATE)

    assert "after the meeting’s end" in page
