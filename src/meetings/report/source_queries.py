"""What is behind the sentences of a report: for the secretariat's eyes only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.bodies.models import Session
from meetings.delegations.models import Delegation
from meetings.interventions.models import Intervention, Point
from meetings.report.models import Sentence
from meetings.schedule.models import SessionMeeting


@dataclass(frozen=True)
class Source:
    """A point behind a sentence: who made it, when, and in which meeting of the session."""

    point: Point
    intervention: Intervention
    delegation: Delegation
    meeting: int


async def sources_of(
    db: AsyncSession, session: Session, points: Collection[UUID]
) -> dict[str, Source]:
    """These points, by their identifiers, in the order in which they were made."""
    found = await db.exec(
        select(Point, Intervention, Delegation, SessionMeeting.number)
        .join(Intervention, col(Intervention.id) == Point.intervention_id)
        .join(Delegation, col(Delegation.id) == Intervention.delegation_id)
        .join(SessionMeeting, col(SessionMeeting.meeting_id) == Intervention.meeting_id)
        .where(col(Point.id).in_(points))
        .order_by(
            # In a joint meeting: its number in this session before that in another one.
            (col(SessionMeeting.session_id) != session.id),
            col(Intervention.started_at),
            col(Intervention.id),
            col(Point.position),
        )
    )
    sources: dict[str, Source] = {}
    for point, intervention, delegation, number in found.all():
        sources.setdefault(str(point.id), Source(point, intervention, delegation, number))
    return sources


def points_behind(sentences: Sequence[Sentence]) -> list[UUID]:
    """The points that these sentences tell."""
    return [UUID(point) for one in sentences for point in one.get("points", [])]
