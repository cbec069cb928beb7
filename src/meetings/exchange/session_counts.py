"""What the rows of a session come to: speaking time, and points by topic and group. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from meetings.exchange.table_queries import SpokenRow


@dataclass(frozen=True)
class Spoken:
    """How often somebody had the floor, and how long."""

    name: str
    times: int
    minutes: float


def speaking_time(rows: Iterable[SpokenRow], named: Callable[[SpokenRow], str]) -> list[Spoken]:
    """The speaking time of each whom `named` tells apart, the longest first.

    A pause, when another had the floor, does not count; nor does who has not ended yet.
    """
    times: Counter[str] = Counter()
    lengths: dict[str, timedelta] = {}
    for row in _interventions(rows):
        name = named(row)
        times[name] += 1
        lengths[name] = lengths.get(name, timedelta()) + _length(row)
    spoken = (
        Spoken(name, times[name], round(length / timedelta(minutes=1), 1))
        for name, length in lengths.items()
    )
    return sorted(spoken, key=lambda one: (-one.minutes, one.name))


def _interventions(rows: Iterable[SpokenRow]) -> Iterable[SpokenRow]:
    """One row of each intervention, which has one for each of its points."""
    return {row.intervention.id: row for row in rows}.values()


def _length(row: SpokenRow) -> timedelta:
    one = row.intervention
    if one.ended_at is None:
        return timedelta()
    return max(one.ended_at - one.started_at - timedelta(seconds=one.paused), timedelta())


def points_by_group(
    rows: Iterable[SpokenRow], topic: Callable[[SpokenRow], str]
) -> tuple[list[str], dict[str, Counter[str]]]:
    """The groups that made points, and of each topic how many points each of them made."""
    counted: dict[str, Counter[str]] = {}
    groups: set[str] = set()
    for row in rows:
        if row.point:
            counted.setdefault(topic(row), Counter())[row.delegation.group] += 1
            groups.add(row.delegation.group)
    return sorted(groups), counted
