"""Questions about the delegations' check: what one sees of itself, and what it would have said."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import User
from meetings.base.errors import NotFound
from meetings.bodies.models import AgendaItem, Session
from meetings.bodies.queries import session_for
from meetings.delegations.models import Delegation
from meetings.interventions.differing import Piece, difference, squeezed
from meetings.interventions.models import Correction, CorrectionState, Intervention, Point
from meetings.schedule.models import Meeting, SessionMeeting
from meetings.schedule.queries import meeting_path

PAGE = 50  # settled corrections on a page


@dataclass(frozen=True)
class Recorded:
    """A point as its delegation sees it: its text, and what was proposed about it."""

    id: UUID
    text: str
    corrections: tuple[Correction, ...]


@dataclass(frozen=True)
class Checked:
    """An intervention as its delegation sees it.

    `others` are the corrections without a point: those that say one is missing, and those whose
    point is no longer in the log.
    """

    intervention: Intervention
    item: AgendaItem
    meeting: Meeting
    number: int
    points: tuple[Recorded, ...]
    others: tuple[Correction, ...]


@dataclass(frozen=True)
class Proposed:
    """A correction beside what the log has now; `point` is None where the log has none (more)."""

    correction: Correction
    intervention: Intervention
    delegation: Delegation
    item: AgendaItem
    number: int
    point: Point | None
    proposer: User
    settler: User | None

    @property
    def present(self) -> str:
        return self.point.text if self.point else ""

    @property
    def has_changed(self) -> bool:
        """Whether the log says something else than when this was proposed."""
        return squeezed(self.present) != squeezed(self.correction.was)

    @property
    def difference(self) -> list[Piece]:
        """From what the log says to what is proposed; once settled, from what it said then."""
        is_open = self.correction.state is CorrectionState.PROPOSED
        return difference(self.present if is_open else self.correction.was, self.correction.text)

    def log_path(self, slug: str) -> str:
        return f"{meeting_path(slug, self.number)}/log"


async def checked_session_for(db: AsyncSession, slug: str, user: User) -> Session:
    """A session whose log this user's delegation may check.

    Raises:
        NotFound: no such session, none of this user's business, or the check is switched off.
    """
    session = await session_for(db, slug, user)
    if not session.delegation_check:
        raise NotFound
    return session


async def check_of(db: AsyncSession, session: Session, user: User) -> list[Checked]:
    """What the log of a session has of this user's delegation, in the order it was said."""
    found = await db.exec(
        select(Intervention, AgendaItem, Meeting, SessionMeeting.number)
        .join(AgendaItem, col(AgendaItem.id) == Intervention.item_id)
        .join(Meeting, col(Meeting.id) == Intervention.meeting_id)
        .join(SessionMeeting, col(SessionMeeting.meeting_id) == Meeting.id)
        .where(*_own(session, user), SessionMeeting.session_id == session.id)
        .order_by(
            col(Meeting.day),
            col(Meeting.starts),
            col(SessionMeeting.number),
            col(Intervention.started_at),
            col(Intervention.id),
        )
    )
    rows = found.all()
    ids = [row[0].id for row in rows]
    points = await db.exec(
        select(Point.intervention_id, Point.id, Point.text)
        .where(col(Point.intervention_id).in_(ids))
        .order_by(col(Point.position))
    )
    texts = points.all()
    corrections = await _corrections(db, ids, user)
    about = {id_: _about(corrections, id_) for _, id_, _ in texts}
    return [
        Checked(
            *row,
            points=tuple(
                Recorded(id_, text, about[id_]) for of, id_, text in texts if of == row[0].id
            ),
            others=tuple(
                one
                for one in corrections
                if one.point_id is None and one.intervention_id == row[0].id
            ),
        )
        for row in rows
    ]


def _own(session: Session, user: User) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        col(AgendaItem.session_id) == session.id,
        col(Intervention.delegation_id) == sa.bindparam("own", user.delegation_id, sa.Uuid),
    )


def _about(corrections: Collection[Correction], point_id: UUID) -> tuple[Correction, ...]:
    return tuple(one for one in corrections if one.point_id == point_id)


async def _corrections(db: AsyncSession, ids: list[UUID], user: User) -> list[Correction]:
    # Of this delegation only, also where an intervention was another one's before it was put right.
    found = await db.exec(
        select(Correction)
        .where(
            col(Correction.intervention_id).in_(ids),
            Correction.delegation_id == user.delegation_id,
        )
        .order_by(col(Correction.proposed_at), col(Correction.id))
    )
    return list(found.all())


async def own_intervention(
    db: AsyncSession, session: Session, id_: UUID, user: User, *, lock: bool = False
) -> tuple[Intervention, AgendaItem]:
    """An intervention of this user's delegation; `lock` lets one proposal in at a time.

    Raises:
        NotFound: no such intervention, or another delegation's.
    """
    asked = (
        select(Intervention, AgendaItem)
        .join(AgendaItem, col(AgendaItem.id) == Intervention.item_id)
        .where(Intervention.id == id_, *_own(session, user))
    )
    found = await db.exec(asked.with_for_update(of=Intervention) if lock else asked)
    if (row := found.first()) is None:
        raise NotFound
    return row[0], row[1]


async def point_of(db: AsyncSession, intervention: Intervention, id_: UUID) -> Point:
    """A point of an intervention.

    Raises:
        NotFound: the intervention has no such point.
    """
    found = await db.exec(
        select(Point).where(Point.id == id_, Point.intervention_id == intervention.id)
    )
    if (point := found.first()) is None:
        raise NotFound
    return point


async def own_correction(db: AsyncSession, session: Session, id_: UUID, user: User) -> Correction:
    """A correction that this user's delegation proposed, kept from others until it is settled.

    Raises:
        NotFound: no such correction, or another delegation's.
    """
    correction = await correction_in(db, session, id_)
    if correction.delegation_id != user.delegation_id:
        raise NotFound
    return correction


async def correction_in(db: AsyncSession, session: Session, id_: UUID) -> Correction:
    """A correction of what was said under a session's items, kept from others until settled.

    Raises:
        NotFound: the session has no such correction.
    """
    found = await db.exec(
        select(Correction)
        .join(Intervention, col(Intervention.id) == Correction.intervention_id)
        .join(AgendaItem, col(AgendaItem.id) == Intervention.item_id)
        .where(Correction.id == id_, AgendaItem.session_id == session.id)
        .with_for_update(of=Correction)
    )
    if (correction := found.first()) is None:
        raise NotFound
    return correction


async def open_corrections(db: AsyncSession, session: Session) -> list[Proposed]:
    """The corrections of a session that wait for a decision, the oldest first."""
    waiting = col(Correction.state) == CorrectionState.PROPOSED
    oldest = (col(Correction.proposed_at), col(Correction.id))
    return await _proposed(db, _beside_the_log(session).where(waiting).order_by(*oldest))


async def settled_corrections(db: AsyncSession, session: Session, page: int) -> list[Proposed]:
    """A page of those that were settled, the latest first; one more where there is a next page."""
    settled = col(Correction.state) != CorrectionState.PROPOSED
    latest = (col(Correction.settled_at).desc(), col(Correction.id))
    asked = _beside_the_log(session).where(settled).order_by(*latest)
    return await _proposed(db, asked.offset((page - 1) * PAGE).limit(PAGE + 1))


async def _proposed(db: AsyncSession, asked: "sa.Select[*tuple[Any, ...]]") -> list[Proposed]:
    found = await db.exec(asked)  # type: ignore[call-overload]  # it knows four columns
    return [Proposed(*row) for row in found.all()]


def _beside_the_log(session: Session) -> "sa.Select[*tuple[Any, ...]]":
    proposer, settler = aliased(User), aliased(User)
    number = col(SessionMeeting.number)
    return (
        sa.select(
            Correction, Intervention, Delegation, AgendaItem, number, Point, proposer, settler
        )
        .join(Intervention, col(Intervention.id) == Correction.intervention_id)
        .join(Delegation, col(Delegation.id) == Correction.delegation_id)
        .join(AgendaItem, col(AgendaItem.id) == Intervention.item_id)
        .join(SessionMeeting, col(SessionMeeting.meeting_id) == Intervention.meeting_id)
        .outerjoin(Point, col(Point.id) == Correction.point_id)
        .join(proposer, col(proposer.id) == Correction.proposed_by)
        .outerjoin(settler, col(settler.id) == Correction.settled_by)
        .where(
            col(AgendaItem.session_id) == session.id,
            col(SessionMeeting.session_id) == session.id,
        )
    )


async def open_counts(db: AsyncSession, sessions: Collection[Session]) -> dict[UUID, int]:
    """How many corrections wait, for those of these sessions whose delegations check."""
    counts = {session.id: 0 for session in sessions if session.delegation_check}
    if not counts:
        return {}
    found = await db.exec(
        select(AgendaItem.session_id, sa.func.count())
        .join(Intervention, col(Intervention.item_id) == AgendaItem.id)
        .join(Correction, col(Correction.intervention_id) == Intervention.id)
        .where(
            col(AgendaItem.session_id).in_(counts),
            Correction.state == CorrectionState.PROPOSED,
        )
        .group_by(col(AgendaItem.session_id))
    )
    return counts | dict(found.all())


async def corrections_to(db: AsyncSession, intervention_id: UUID) -> list[Correction]:
    """What was ever proposed about an intervention."""
    found = await db.exec(select(Correction).where(Correction.intervention_id == intervention_id))
    return list(found.all())
