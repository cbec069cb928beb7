"""When each who waits may expect the floor. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID


@dataclass(frozen=True)
class Queue:
    """Those who wait on one list, in order, and how long each is expected to speak.

    `not_before` is when the programme takes the item up; None once it has been, or where no time
    is set.
    """

    waiting: tuple[tuple[UUID, timedelta], ...]
    not_before: datetime | None = None


def free_at(now: datetime, starts: datetime, since: datetime | None, limit: timedelta) -> datetime:
    """When the floor is free: once the meeting has begun, and the speaker's time is over.

    `since` is when the present speaker began; one who speaks on past the limit ends at any moment.
    """
    if since is None:
        return max(now, starts)
    return max(now, since + limit)


def forecast(free: datetime, queues: Sequence[Queue]) -> dict[UUID, datetime]:
    """When each speaks, if items follow in order and everybody takes the time expected."""
    expected = {}
    at = free
    for queue in queues:
        at = max(at, queue.not_before or at)
        for one, time in queue.waiting:
            expected[one] = at
            at += time
    return expected


def planned_starts(starts: datetime, minutes: Sequence[int | None]) -> list[datetime | None]:
    """When the programme takes up each of a meeting's items.

    After an item without minutes nobody knows: None from there on.
    """
    planned: list[datetime | None] = []
    at: datetime | None = starts
    for each in minutes:
        planned.append(at)
        at = at + timedelta(minutes=each) if at and each else None
    return planned
