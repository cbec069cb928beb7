"""Who has spoken how often and how long: summed by delegation, and by regional group. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Heard:
    """One time that somebody had the floor."""

    who: str  # a delegation's code, or a group
    time: timedelta


@dataclass(frozen=True)
class Total:
    """What somebody has had of the time; `left` is of a budget, where there is one."""

    who: str
    statements: int
    time: timedelta
    left: timedelta | None = None


def totals(heard: Iterable[Heard], budgets: Mapping[str, int] | None = None) -> list[Total]:
    """Who has spoken longest comes first; `budgets` are minutes."""
    counts: dict[str, int] = {}
    times: dict[str, timedelta] = {}
    for one in heard:
        counts[one.who] = counts.get(one.who, 0) + 1
        times[one.who] = times.get(one.who, timedelta()) + one.time
    budgets = budgets or {}
    everybody = {*counts, *budgets}
    found = [
        Total(
            who,
            counts.get(who, 0),
            times.get(who, timedelta()),
            timedelta(minutes=budgets[who]) - times.get(who, timedelta())
            if who in budgets
            else None,
        )
        for who in everybody
    ]
    return sorted(found, key=lambda one: (-one.time, one.who))
