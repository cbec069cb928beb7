"""Questions about recommendations: a session's own, and those of its body that are followed up."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.errors import NotFound
from meetings.bodies.models import Session
from meetings.report.models import FollowUp, FollowUpState, Recommendation


@dataclass(frozen=True)
class Followed:
    """A recommendation with the session that made it, and what was noted of it, newest first."""

    recommendation: Recommendation
    session: Session
    follow_ups: tuple[FollowUp, ...]


async def recommendations_of(
    db: AsyncSession, session: Session
) -> tuple[list[Followed], list[Followed]]:
    """A session's own in their order, and those of its body's earlier ones: what is due first."""
    found = await db.exec(
        select(Recommendation, Session)
        .join(Session, col(Session.id) == Recommendation.session_id)
        .where(
            Session.body_id == session.body_id,
            (col(Session.id) == session.id) | (col(Session.starts_on) < session.starts_on),
        )
        .order_by(
            col(Recommendation.state) == FollowUpState.DONE,
            col(Recommendation.due).is_(None),
            col(Recommendation.due),
            col(Session.starts_on),
            col(Recommendation.number),
        )
    )
    rows = found.all()
    notes = await db.exec(
        select(FollowUp)
        .where(col(FollowUp.recommendation_id).in_([one.id for one, _ in rows]))
        .order_by(col(FollowUp.noted_on).desc(), col(FollowUp.id).desc())
    )
    noted: dict[UUID, list[FollowUp]] = {}
    for note in notes.all():
        noted.setdefault(note.recommendation_id, []).append(note)
    followed = [Followed(one, of, tuple(noted.get(one.id, ()))) for one, of in rows]
    own = [one for one in followed if one.session.id == session.id]
    own.sort(key=lambda one: one.recommendation.number)
    return own, [one for one in followed if one.session.id != session.id]


async def recommendation_for(
    db: AsyncSession, session: Session, recommendation_id: UUID, *, of_body: bool = False
) -> Recommendation:
    """A recommendation of a session, or (`of_body`) of any session of its body; its row locked.

    Raises:
        NotFound: no such recommendation.
    """
    found = await db.exec(
        select(Recommendation)
        .join(Session, col(Session.id) == Recommendation.session_id)
        .where(Recommendation.id == recommendation_id, Session.body_id == session.body_id)
        .with_for_update(of=Recommendation)
    )
    one = found.first()
    if one is None or (one.session_id != session.id and not of_body):
        raise NotFound
    return one
