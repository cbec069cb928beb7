"""What can be wrong with a plan: the rules alone, on plain values."""

from datetime import date, time
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from meetings.schedule.conflicts import Fault, Slot, Wrong, faults, overlap
from meetings.schedule.models import Half

A, B = UUID(int=1), UUID(int=2)  # rooms
EG, WG = UUID(int=3), UUID(int=4)  # sessions
ONE, TWO = UUID(int=5), UUID(int=6)  # meetings
DAY = date(2021, 9, 7)
DAYS = {EG: (date(2021, 9, 6), date(2021, 9, 10))}

times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
hours = st.tuples(times, times).map(sorted).filter(lambda pair: pair[0] < pair[1])


def a_slot(**changes):
    usual = {
        "room": A,
        "day": DAY,
        "starts": time(10),
        "ends": time(13),
        "sessions": frozenset({EG}),
    }
    return Slot(**(usual | changes))


def wrong(plan, half=Half.MORNING, *, days=DAYS, closed=(), held=()):
    return faults(plan, half, days=days, closed=closed, held=held)


@given(hours, hours)
def test_overlap_is_mutual(one, other):
    first, second = (a_slot(starts=starts, ends=ends) for starts, ends in (one, other))

    assert overlap(first, second) == overlap(second, first)


@given(times, times, times)
def test_a_meeting_that_begins_when_another_ends_does_not_overlap_it(one, two, three):
    start, middle, end = sorted((one, two, three))
    if not start < middle < end:
        return

    assert not overlap(a_slot(starts=start, ends=middle), a_slot(starts=middle, ends=end))


@given(hours, hours)
def test_meetings_overlap_when_they_share_a_minute(one, other):
    minutes = [set(range(*(at.hour * 60 + at.minute for at in pair))) for pair in (one, other)]
    slots = [a_slot(starts=starts, ends=ends) for starts, ends in (one, other)]

    assert overlap(*slots) == bool(minutes[0] & minutes[1])


@given(hours)
def test_meetings_of_two_days_never_overlap(pair):
    starts, ends = pair

    tomorrow = a_slot(starts=starts, ends=ends, day=date(2021, 9, 8))

    assert not overlap(a_slot(starts=starts, ends=ends), tomorrow)


def test_a_good_plan_has_no_faults():
    assert wrong(a_slot()) == []


def test_a_room_holds_one_meeting_at_a_time():
    held = a_slot(starts=time(12), ends=time(14), sessions=frozenset({WG}), meeting=ONE)

    assert wrong(a_slot(), held=[held]) == [Fault(Wrong.TAKEN, slot=held)]


def test_another_room_is_free_while_this_one_is_taken():
    held = a_slot(room=B, sessions=frozenset({WG}), meeting=ONE)

    assert wrong(a_slot(), held=[held]) == []


def test_a_session_sits_in_one_room_at_a_time():
    held = a_slot(room=B, sessions=frozenset({EG, WG}), meeting=ONE)
    plan = a_slot(sessions=frozenset({EG}))

    assert wrong(plan, held=[held]) == [Fault(Wrong.ELSEWHERE, slot=held, session=EG)]


def test_a_joint_plan_names_each_session_that_sits_elsewhere():
    held = a_slot(room=B, sessions=frozenset({EG, WG}), meeting=ONE)
    plan = a_slot(sessions=frozenset({EG, WG}))

    found = wrong(plan, held=[held])

    assert found == [Fault(Wrong.ELSEWHERE, slot=held, session=each) for each in (EG, WG)]


def test_the_own_session_in_the_own_room_is_told_once_as_a_taken_room():
    held = a_slot(meeting=ONE)

    assert wrong(a_slot(), held=[held]) == [Fault(Wrong.TAKEN, slot=held)]


def test_a_meeting_that_is_moved_is_not_in_its_own_way():
    held = [a_slot(meeting=ONE), a_slot(starts=time(9), ends=time(10), meeting=TWO)]

    assert wrong(a_slot(starts=time(11), meeting=ONE), held=held) == []


def test_the_day_is_one_of_each_session():
    days = {**DAYS, WG: (date(2021, 9, 8), date(2021, 9, 10))}

    assert wrong(a_slot(), days=days) == [Fault(Wrong.OUTSIDE, session=WG)]


def test_the_first_and_the_last_day_are_days_of_the_session():
    for day in DAYS[EG]:
        assert wrong(a_slot(day=day)) == []


def test_a_room_is_closed_on_its_closed_days():
    assert wrong(a_slot(), closed=[DAY]) == [Fault(Wrong.CLOSED)]


def test_a_meeting_ends_after_it_starts():
    assert wrong(a_slot(ends=time(10))) == [Fault(Wrong.HOURS)]


def test_a_morning_begins_before_one_and_an_afternoon_at_noon_or_later():
    noon = a_slot(starts=time(12))
    one = a_slot(starts=time(13), ends=time(14))

    found = [wrong(plan, half) for plan in (noon, one) for half in Half]

    assert found == [[], [], [Fault(Wrong.HALF)], []]


def test_all_faults_are_told_at_once():
    held = a_slot(day=date(2021, 9, 11), starts=time(9), ends=time(18), meeting=ONE)
    plan = a_slot(day=date(2021, 9, 11), starts=time(17), ends=time(16))

    found = wrong(plan, closed=[plan.day], held=[held])

    assert [fault.wrong for fault in found] == [
        Wrong.HOURS,
        Wrong.HALF,
        Wrong.OUTSIDE,
        Wrong.CLOSED,
        Wrong.TAKEN,
    ]
