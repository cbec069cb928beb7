"""When those began and ended whose log was kept elsewhere."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from meetings.exchange.log_times import Hours, beginnings, endings

FIVE = timedelta(minutes=5)


def hours(*recorded):
    return Hours(date(2021, 9, 6), time(10), time(13), "Europe/Vienna", recorded)


def at(hour, minute=0, second=0):
    """A moment by the clock of Vienna in summer."""
    return datetime(2021, 9, 6, hour - 2, minute, second, tzinfo=UTC)


def begun(times, *recorded):
    return beginnings(times, [FIVE] * len(times), hours(*recorded))


def test_a_given_time_is_that_of_the_place():
    assert begun([time(10, 32), time(10, 20)]) == [at(10, 32), at(10, 20)]


def test_without_times_they_follow_one_another_from_the_planned_hour():
    assert begun([None, None, None]) == [at(10), at(10, 5), at(10, 10)]


def test_without_times_they_come_after_the_last_recorded():
    assert begun([None, None], (at(11), at(11, 4))) == [at(11, 4), at(11, 9)]
    assert begun([None], (at(11), None)) == [at(11, 0, 1)]


def test_those_without_a_time_share_what_is_left_before_the_next():
    assert begun([time(10), None, None, time(10, 6)]) == [at(10), at(10, 2), at(10, 4), at(10, 6)]
    assert begun([None, time(10, 6)]) == [at(10), at(10, 6)]
    assert begun([None, time(9)]) == [at(8, 55), at(9)]


def test_many_without_a_time_stay_inside_the_hours():
    starts = begun([None] * 500)

    assert starts == sorted(set(starts))
    assert starts[-1] < at(13)


def test_two_at_the_same_minute_keep_their_order():
    starts = begun([time(10, 32), time(10, 32), None, time(10, 32), time(10, 33)])

    assert starts == sorted(set(starts))
    assert {start.minute for start in starts[:4]} == {32}


@given(st.lists(st.one_of(st.none(), st.integers(0, 170)), min_size=1, max_size=40))
def test_ascending_times_keep_the_order_of_the_log(minutes):
    known = iter(sorted(minute for minute in minutes if minute is not None))
    times = [None if m is None else time(10 + (n := next(known)) // 60, n % 60) for m in minutes]

    starts = begun(times)

    assert starts == sorted(set(starts))


def test_each_ends_as_the_next_begins_and_the_last_when_its_time_is_up():
    starts = [at(10), at(10, 3)]

    assert endings(starts, [FIVE, FIVE], hours()) == [at(10, 3), at(10, 8)]
    assert endings(starts, [FIVE, FIVE], hours((at(10, 5), None))) == [at(10, 3), at(10, 5)]
    assert endings(starts, [FIVE, FIVE], hours((at(12), None))) == [at(10, 3), at(10, 8)]
