"""Speaking time and points are counted as the secretariat would by hand."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Thing

from meetings.exchange.session_counts import Spoken, points_by_group, speaking_time

NINE = datetime(2031, 5, 5, 9, tzinfo=UTC)


def a_row(key, group, minutes=3, paused=0, *, topic="trust", point=True):
    ended = minutes is not None and NINE + timedelta(minutes=minutes)
    one = Thing(id=key, started_at=NINE, ended_at=ended or None, paused=paused)
    delegation = Thing(group=group)
    return Thing(intervention=one, delegation=delegation, point=point or None, topic=topic)


def of_group(row):
    return row.delegation.group


def test_an_intervention_with_several_points_counts_once():
    rows = [a_row("p", "First"), a_row("p", "First"), a_row("q", "First", 4)]

    assert speaking_time(rows, of_group) == [Spoken("First", 2, 7.0)]


def test_pauses_and_who_still_speaks_do_not_count():
    rows = [a_row("p", "First", 5, paused=90), a_row("q", "Second", None)]

    assert speaking_time(rows, of_group) == [Spoken("First", 1, 3.5), Spoken("Second", 1, 0.0)]


def test_the_longest_come_first_and_then_the_alphabet():
    rows = [a_row("p", "B", 2), a_row("q", "A", 2), a_row("r", "C", 9)]

    assert [one.name for one in speaking_time(rows, of_group)] == ["C", "A", "B"]


def test_points_are_counted_by_topic_and_group():
    rows = [
        *(a_row("p", "A"), a_row("p", "A", topic="other"), a_row("q", "B")),
        a_row("r", "C", point=False),
    ]

    groups, counted = points_by_group(rows, lambda row: row.topic)

    assert groups == ["A", "B"]
    assert {topic: dict(counts) for topic, counts in counted.items()} == {
        "trust": {"A": 1, "B": 1},
        "other": {"A": 1},
    }
