"""When the interventions of a log kept elsewhere began and ended. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TICK = timedelta(seconds=1)
INSTANT = timedelta(milliseconds=1)  # between two that were noted at the same minute


@dataclass(frozen=True)
class Hours:
    """A meeting's planned hours at its place, and what it has recorded: (start, end) of each."""

    day: date
    starts: time
    ends: time
    zone: str
    recorded: tuple[tuple[datetime, datetime | None], ...] = ()

    def moment(self, at: time) -> datetime:
        local = datetime.combine(self.day, at, ZoneInfo(self.zone))
        return local.astimezone(UTC)

    @property
    def first(self) -> datetime:
        """When the first that names no time begins: as planned, or after the last recorded."""
        ends = (_after(start, end) for start, end in self.recorded)
        return max((self.moment(self.starts), *ends))


def _after(start: datetime, end: datetime | None) -> datetime:
    return end if end and end > start else start + TICK


def beginnings(
    given: Sequence[time | None], limits: Sequence[timedelta], hours: Hours
) -> list[datetime]:
    """When each began: as given, or one after another in the time there is; their order stays."""
    starts: list[datetime] = []
    latest: time | None = None  # of those given so far
    for place, at in enumerate(given):
        if at is not None:
            starts.append(starts[-1] + INSTANT if at == latest else hours.moment(at))
            latest = at
            continue
        coming = next((n for n in range(place, len(given)) if given[n] is not None), len(given))
        following = given[coming] if coming < len(given) else None
        until = hours.moment(hours.ends if following is None else following)
        if not starts:
            early = until - coming * limits[place]
            starts.append(hours.first if following is None or hours.first < until else early)
        elif following is not None and following == latest:
            starts.append(starts[-1] + INSTANT)
        else:
            starts.append(starts[-1] + _step(until - starts[-1], coming - place, limits[place - 1]))
    return starts


def _step(left: timedelta, waiting: int, limit: timedelta) -> timedelta:
    """How long one speaks so that all who wait find room in the time that is left."""
    step = min(limit, left / (waiting + 1)) if left > timedelta() else limit
    return step - step % TICK if step > TICK else step


def endings(
    starts: Sequence[datetime], limits: Sequence[timedelta], hours: Hours
) -> list[datetime]:
    """When each ended: as the next began; the last when its time was up, if nobody came before."""
    every = sorted([*starts, *(start for start, _end in hours.recorded)])
    last = max(starts, default=None)
    ends = []
    for start, limit in zip(starts, limits, strict=True):
        following = bisect_right(every, start)
        later = every[following] if following < len(every) else None
        up = start + limit
        ends.append(min(later or up, up) if start == last else later or up)
    return ends
