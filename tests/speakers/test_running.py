"""Running a list: times that act by themselves, the body's rules, speaking time, and words."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from meetings.base.clock import now
from meetings.bodies.models import Body
from meetings.interventions.models import Intervention
from meetings.speakers.board_queries import Asked
from meetings.speakers.fitting import fit, pace
from meetings.speakers.list_queries import Inscribed
from meetings.speakers.models import Act, ListChange, SpeakerList
from meetings.speakers.speaking_time import Heard, totals
from meetings.speakers.timing_actions import _until_next
from meetings.speakers.words import reason_of
from tests.cast import NOON, named
from tests.speakers.stage import A, a_request, add
from tests.support.reading import faults, texts

pytestmark = pytest.mark.anyio

RULES = "/sessions/eg1-2021/speakers-rules"
TIME = "/sessions/eg1-2021/meetings/1/time"


def minutes(*numbers):
    return [timedelta(minutes=number) for number in numbers]


# Times --------------------------------------------------------------------------------------------


async def test_what_opens_and_closes_by_itself_is_written_down(week):
    async with week.write() as db:
        speakers = await db.get_one(SpeakerList, named("list", "3"))
        speakers.open, speakers.opens_at = False, now() - timedelta(seconds=2)
        speakers.closes_at = now() + timedelta(seconds=1)

    pause = await _until_next(week)
    async with week.write() as db:
        (await db.get_one(SpeakerList, named("list", "3"))).closes_at = now()
    await _until_next(week)

    assert 0 < pause <= 1
    async with week.read() as db:
        lines = (await db.exec(select(ListChange).order_by(ListChange.number))).all()
        speakers = await db.get_one(SpeakerList, named("list", "3"))
    assert [(line.act, line.who) for line in lines] == [(Act.OPENED, None), (Act.CLOSED, None)]
    assert (speakers.open, speakers.opens_at, speakers.closes_at) == (False, None, None)


# Whether it fits ----------------------------------------------------------------------------------


def test_a_list_that_fits_needs_nothing():
    found = fit(minutes(5, 5), *minutes(10), 1.0)

    assert (found.fits, found.limit, found.carry) == (True, None, 0)


def test_a_list_that_is_too_long_says_what_would_help():
    found = fit(minutes(*[5] * 10), *minutes(40), 1.0)

    assert (found.fits, found.limit, found.carry) == (False, 4, 2)
    assert found.over == timedelta(minutes=10)


def test_where_no_limit_helps_only_carrying_over_does():
    found = fit(minutes(*[1] * 10), *minutes(4), 1.0)

    assert (found.limit, found.carry) == (None, 6)


def test_the_pace_of_a_session_counts_once_three_have_spoken():
    slow = [(minutes(6)[0], minutes(5)[0])]

    assert pace(slow * 2) == 1.0
    assert pace(slow * 3) == pytest.approx(1.2)


# The body's rules ---------------------------------------------------------------------------------


async def test_the_rules_of_a_body_are_changed_on_a_page(secretariat, week):
    form = {"place-minister": "1", "place-group": "2", "minutes-state-party": "4",
            "within": "rotation", "sight": "names", "language": "fr", "letter": "M",
            "excluded-non-governmental": "yes", "single": "yes", "words_per_minute": "120",
            "reply-first": "5", "reply-second": "2", "budget-African States": "60"}  # fmt: skip

    answer = await secretariat.post(RULES, data=form)
    page = await secretariat.get(RULES)

    assert answer.headers["hx-redirect"] == RULES
    async with week.read() as db:
        kept = (await db.get_one(Body, named("body", "eg"))).rules["speakers"]
    assert kept["classes"][:2] == ["minister", "group"]
    assert kept["minutes"] == {"state-party": 4}
    assert (kept["within"], kept["sight"], kept["replies"]) == ("rotation", "names", [5, 2])
    assert (kept["single"], kept["warn_covered"]) == (True, False)
    assert kept["budgets"] == {"African States": 60}
    assert texts(page, "//tbody/tr[1]/th") == ["Minister or above"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"minutes-group": "many"}, {"minutes-group": "Give a whole number."}),
        ({"minutes-group": "0"}, {"minutes-group": "Give a whole number."}),
        ({"within": "lottery"}, {""}),
        ({"minutes-group": "99"}, {""}),
    ],
)
async def test_rules_that_cannot_be_are_told_and_change_nothing(secretariat, week, wrong, told):
    answer = await secretariat.post(RULES, data=wrong)

    assert answer.status_code == 422
    assert set(faults(answer)) == set(told)
    async with week.read() as db:
        assert (await db.get_one(Body, named("body", "eg"))).rules == {}


# Speaking time ------------------------------------------------------------------------------------


def test_speaking_time_is_summed_and_taken_from_the_budget():
    heard = [Heard("a", timedelta(minutes=5)), Heard("b", timedelta(minutes=9)),
             Heard("a", timedelta(minutes=2))]  # fmt: skip

    found = totals(heard, {"a": 5, "c": 3})

    assert [(one.who, one.statements) for one in found] == [("b", 1), ("a", 2), ("c", 0)]
    assert [one.left for one in found] == [None, timedelta(minutes=-2), timedelta(minutes=3)]


@pytest.mark.parametrize("query", ["", "?of=session&sort=name", "?sort=statements"])
async def test_speaking_time_is_shown_by_delegation_and_group(enter, week, query):
    spoken = Intervention(meeting_id=named("meeting", "first"), item_id=named("item", "3"),
                          delegation_id=A, started_at=NOON,
                          ended_at=NOON + timedelta(minutes=6, seconds=10))  # fmt: skip
    await add(week, spoken)
    chair = await enter("chair")

    page = await chair.get(f"{TIME}{query}")

    assert texts(page, "//table[1]/tbody/tr/*") == ["Delegation A", "1", "6:10"]
    assert texts(page, "//table[2]/tbody/tr/*")[:3] == ["Of no group", "1", "6:10"]


async def test_the_times_of_a_statement_are_corrected_and_the_record_keeps_what_they_were(
    secretariat, week
):
    await add(week, a_request("a", state="spoken"))
    spoken = Intervention(meeting_id=named("meeting", "first"), item_id=named("item", "3"),
                          delegation_id=A, inscription_id=named("inscription", "a", 1),
                          started_at=NOON, ended_at=NOON + timedelta(minutes=9))  # fmt: skip
    await add(week, spoken)
    path = f"/sessions/eg1-2021/interventions/{spoken.id}/times"
    form = {
        "started": "12:01:00",
        "ended": "12:04:30",
        "reason": "The clock ran on",
        "version": "1",
    }

    wrong = await secretariat.post(path, data=form | {"ended": "11:59"})
    answer = await secretariat.post(path, data=form)
    stale = await secretariat.post(path, data=form)

    assert faults(wrong) == {"ended": "A statement ends after it begins."}
    assert answer.status_code < 300
    assert stale.status_code == 409
    async with week.read() as db:
        kept = await db.get_one(Intervention, spoken.id)
        line = (await db.exec(select(ListChange))).one()
    assert kept.ended_at - kept.started_at == timedelta(minutes=3, seconds=30)
    assert line.detail["reason"] == "The clock ran on"
    assert line.detail["times"][0] == NOON.isoformat()


# Why somebody stands there ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "State party, inscribed 11:00:01.204"),
        ({"speaking_class": "minister"}, "Minister or above, inscribed 11:00:01.204"),
        ({"moved": True, "reason": "x"}, "moved by the secretariat or the Chair: x"),
        ({"moved": True, "absences": 1}, "was called and not in the room"),
    ],
)
def test_each_place_is_explained_in_words(changes, told):
    at = datetime(2021, 9, 6, 9, 0, 1, 204_000, tzinfo=UTC)
    one = a_request("a", requested_at=at, **changes)

    assert (
        reason_of(Inscribed(Asked(one, None, None, None, None, None), 3, 1, None), "Europe/Vienna")
        == told
    )


def test_others_are_not_told_the_reason_of_a_move():
    one = a_request("a", moved=True, reason="x")
    placed = Inscribed(Asked(one, None, None, None, None, None), 3, 1, None)

    assert (
        reason_of(placed, "Europe/Vienna", staff=False) == "moved by the secretariat or the Chair"
    )
