"""How a programme is laid out: days and halves of days down, rooms across. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from meetings.schedule.models import HOURS, Half, Room
from meetings.schedule.queries import Scheduled

FRIDAY = 4  # as date.weekday() counts


@dataclass(frozen=True)
class Row:
    """Half a day: its hours, and what sits in each room, in the order of the rooms."""

    half: Half
    hours: tuple[time, time]
    cells: tuple[tuple[Scheduled, ...], ...]


@dataclass(frozen=True)
class Day:
    day: date
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Programme:
    rooms: tuple[Room, ...]
    days: tuple[Day, ...]


def programme(meetings: Sequence[Scheduled], first: date, last: date) -> Programme:
    """Lay out meetings: all working days from first to last, and other days with a meeting."""
    rooms = {one.room.id: one.room for one in sorted(meetings, key=lambda one: one.room.code)}
    days = sorted({*_working_days(first, last), *(one.meeting.day for one in meetings)})
    return Programme(
        rooms=tuple(rooms.values()),
        days=tuple(Day(day, tuple(_rows(meetings, day, list(rooms)))) for day in days),
    )


def _working_days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        day = first + timedelta(number)
        if day.weekday() <= FRIDAY:
            yield day


def _rows(meetings: Sequence[Scheduled], day: date, rooms: Sequence[UUID]) -> Iterator[Row]:
    for half in Half:
        sitting = [one for one in meetings if (one.meeting.day, one.meeting.half) == (day, half)]
        in_room = (tuple(one for one in sitting if one.room.id == room) for room in rooms)
        yield Row(half, _hours(half, sitting), tuple(in_room))


def _hours(half: Half, sitting: Sequence[Scheduled]) -> tuple[time, time]:
    """The hours that all meetings of a half share, else the usual ones."""
    hours = {(one.meeting.starts, one.meeting.ends) for one in sitting}
    return hours.pop() if len(hours) == 1 else HOURS[half]
