"""The rapporteur's hour: what is still to do on each item before its draft is right."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.bodies.models import AgendaItem
from meetings.delegations.models import Delegation
from meetings.interventions.models import Intervention, InterventionKind, Point, View
from meetings.schedule.models import Meeting
from meetings.schedule.queries import allotted_to

LISTED = 50  # of each kind on the page; the count says how many there are

_MARK = re.compile(r"(?<!\S)[#@!=][^\s#@!=]\S*")
# They make no point of their own for the report.
_WITHOUT_POINTS = (InterventionKind.POINT_OF_ORDER, InterventionKind.CHAIR)


@dataclass(frozen=True)
class Loose:
    """A point, or an intervention without one, that still needs somebody."""

    intervention: Intervention
    delegation: Delegation
    point: Point | None = None


@dataclass
class Hour:
    """An item so far: how long, how many, and what is still to do."""

    item: AgendaItem
    planned: int | None  # minutes
    seconds: int = 0
    speakers: set[UUID] = field(default_factory=set)
    points: int = 0
    without_topic: list[Loose] = field(default_factory=list)
    without_view: list[Loose] = field(default_factory=list)
    with_marks: list[Loose] = field(default_factory=list)
    without_points: list[Loose] = field(default_factory=list)
    unworded: list[View] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        return round(self.seconds / 60)

    @property
    def left(self) -> int:
        """How many things there are to do."""
        lists = (self.without_topic, self.without_view, self.with_marks, self.without_points)
        return sum(map(len, lists)) + len(self.unworded)


async def hour_of(db: AsyncSession, meeting: Meeting, at: datetime) -> list[Hour]:
    """The items of a meeting, each with what was said on it here and what is still to do."""
    allotted = await allotted_to(db, meeting.id)
    hours = {one.item.id: Hour(one.item, one.allotment.minutes) for one in allotted}
    found = await db.exec(
        select(Intervention, Delegation, Point)
        .join(Delegation, col(Delegation.id) == Intervention.delegation_id)
        .join(Point, col(Point.intervention_id) == Intervention.id, isouter=True)
        .where(Intervention.meeting_id == meeting.id)
        .order_by(col(Intervention.started_at), col(Intervention.id), col(Point.position))
    )
    seen: set[UUID] = set()
    for intervention, delegation, point in found.all():
        hour = hours.get(intervention.item_id)
        if hour is None:
            continue
        if intervention.id not in seen:
            seen.add(intervention.id)
            _count(hour, intervention, at)
        _sort(hour, Loose(intervention, delegation, point))
    await _add_unworded(db, hours)
    return list(hours.values())


def _count(hour: Hour, intervention: Intervention, at: datetime) -> None:
    lasted = (intervention.ended_at or at) - intervention.started_at
    hour.seconds += max(0, int(lasted / timedelta(seconds=1)) - intervention.paused)
    hour.speakers.add(intervention.delegation_id)


def _sort(hour: Hour, loose: Loose) -> None:
    point = loose.point
    if point is None:
        if loose.intervention.kind not in _WITHOUT_POINTS:
            hour.without_points.append(loose)
        return
    hour.points += 1
    if point.topic_id is None:
        hour.without_topic.append(loose)
    if point.view_id is None:
        hour.without_view.append(loose)
    if _MARK.search(point.text):
        hour.with_marks.append(loose)


async def _add_unworded(db: AsyncSession, hours: dict[UUID, Hour]) -> None:
    found = await db.exec(
        select(View).where(col(View.item_id).in_(hours)).order_by(col(View.position))
    )
    for view in found.all():
        if not view.clauses:
            hours[view.item_id].unworded.append(view)
