"""When who may expect the floor."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from meetings.speakers.forecast import Queue, forecast, free_at, planned_starts

TEN = datetime(2021, 9, 6, 10, 0, tzinfo=UTC)
A, B, C = (UUID(int=n) for n in range(1, 4))


def minutes(number):
    return timedelta(minutes=number)


a_queue = st.builds(
    Queue,
    waiting=st.lists(
        st.tuples(st.uuids(), st.integers(1, 15).map(minutes)),
        max_size=6,
        unique_by=lambda one: one[0],
    ).map(tuple),
    not_before=st.none() | st.integers(-60, 240).map(lambda after: TEN + minutes(after)),
)
queues = st.lists(a_queue, max_size=4, unique_by=lambda queue: queue.waiting)


def a_list(number, *waiting, not_before=None):
    return Queue(tuple((one, minutes(number)) for one in waiting), not_before)


def test_each_speaker_is_expected_when_those_before_have_taken_their_time():
    expected = forecast(TEN, [a_list(5, A, B), a_list(3, C)])

    assert expected == {A: TEN, B: TEN + minutes(5), C: TEN + minutes(10)}


def test_an_item_is_not_expected_before_the_programme_takes_it_up():
    later = TEN + minutes(90)

    expected = forecast(TEN, [a_list(5, A), a_list(5, B, not_before=later)])

    assert expected == {A: TEN, B: later}


def test_an_item_waits_until_the_speakers_on_the_one_before_have_ended():
    early = TEN + minutes(5)

    expected = forecast(TEN, [a_list(5, A, B), a_list(5, C, not_before=early)])

    assert expected[C] == TEN + minutes(10)


def test_before_a_meeting_the_floor_is_free_when_it_starts():
    assert free_at(TEN - minutes(60), TEN, None, minutes(5)) == TEN


def test_the_present_speaker_has_the_rest_of_the_time():
    assert free_at(TEN, TEN, TEN - minutes(2), minutes(5)) == TEN + minutes(3)


def test_a_speaker_past_the_limit_ends_at_any_moment():
    assert free_at(TEN, TEN, TEN - minutes(9), minutes(5)) == TEN


def test_items_follow_each_other_until_one_has_no_minutes():
    starts = planned_starts(TEN, [30, None, 60])

    assert starts == [TEN, TEN + minutes(30), None]


@given(queues)
def test_nobody_is_expected_before_the_floor_is_free_nor_two_at_once(queues):
    expected = forecast(TEN, queues)

    in_turn = [(expected[one], time) for queue in queues for one, time in queue.waiting]
    assert all(at >= TEN for at, _ in in_turn)
    assert all(at + time <= then for (at, time), (then, _) in pairwise(in_turn))


@given(queues, a_queue)
def test_who_asks_later_delays_nobody(queues, last):
    alone = {one for queue in queues for one, _ in queue.waiting}
    joined = Queue(tuple(each for each in last.waiting if each[0] not in alone))

    before, after = forecast(TEN, queues), forecast(TEN, [*queues, joined])

    assert {one: after[one] for one in before} == before
