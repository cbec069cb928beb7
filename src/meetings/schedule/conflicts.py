"""What can be wrong with a plan: pure rules, for the form, the planner and whoever else plans.

Hours are those of the place. A meeting that begins when another one ends does not overlap it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from uuid import UUID

from meetings.schedule.models import Half

MIDDAY = (time(12), time(13))  # a morning starts before the latter, an afternoon not before noon


@dataclass(frozen=True)
class Slot:
    """A room and hours of a day, and the sessions that sit there then: one, or several jointly."""

    room: UUID
    day: date
    starts: time
    ends: time
    sessions: frozenset[UUID]
    meeting: UUID | None = None  # None while it is only wished for


class Wrong(StrEnum):
    HOURS = "hours"  # ends before it starts
    HALF = "half"  # a morning in the afternoon
    OUTSIDE = "outside"  # the day is not one of the session's
    CLOSED = "closed"  # the room, that day
    TAKEN = "taken"  # the room, by another meeting
    ELSEWHERE = "elsewhere"  # the session sits in another room then


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and with what: the slot in the way, or the session concerned."""

    wrong: Wrong
    slot: Slot | None = None
    session: UUID | None = None


def overlap(one: Slot, other: Slot) -> bool:
    """Whether two slots share a moment of a day, in whatever rooms."""
    return one.day == other.day and one.starts < other.ends and other.starts < one.ends


def faults(
    plan: Slot,
    half: Half,
    *,
    days: Mapping[UUID, tuple[date, date]],
    closed: Collection[date],
    held: Collection[Slot],
) -> list[Fault]:
    """Everything that is wrong with a plan, in the order in which a person would mend it.

    `days` are the first and last day of each session, `closed` the days on which the room is shut,
    `held` the other meetings; the plan's own meeting may be among them.
    """
    return [
        *_hours(plan, half),
        *_days(plan, days),
        *([Fault(Wrong.CLOSED)] if plan.day in closed else []),
        *_clashes(plan, held),
    ]


def _hours(plan: Slot, half: Half) -> Iterator[Fault]:
    if plan.ends <= plan.starts:
        yield Fault(Wrong.HOURS)
    noon, one = MIDDAY
    if plan.starts >= one if half is Half.MORNING else plan.starts < noon:
        yield Fault(Wrong.HALF)


def _days(plan: Slot, days: Mapping[UUID, tuple[date, date]]) -> Iterator[Fault]:
    for session, (first, last) in days.items():
        if not first <= plan.day <= last:
            yield Fault(Wrong.OUTSIDE, session=session)


def _clashes(plan: Slot, held: Collection[Slot]) -> Iterator[Fault]:
    for slot in held:
        if not overlap(plan, slot) or (plan.meeting and slot.meeting == plan.meeting):
            continue
        if slot.room == plan.room:
            yield Fault(Wrong.TAKEN, slot=slot)
            continue
        for session in sorted(plan.sessions & slot.sessions):
            yield Fault(Wrong.ELSEWHERE, slot=slot, session=session)
