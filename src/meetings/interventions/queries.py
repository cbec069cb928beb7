"""Questions about the log."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from meetings.accounts.models import User
from meetings.base.errors import NotFound
from meetings.base.ids import derived_id
from meetings.bodies.models import AgendaItem, Session
from meetings.bodies.queries import session_for
from meetings.delegations.models import Delegation, Participation
from meetings.interventions.grammar import Words
from meetings.interventions.models import Intervention, Point, Topic, View
from meetings.schedule.models import Meeting, SessionMeeting
from meetings.speakers.models import Inscription, InscriptionState, SpeakerList

PAGE = 50  # interventions on one page of the log


@dataclass(frozen=True)
class Tagged:
    """A point with the names of its tags."""

    point: Point
    topic: Topic | None
    view: View | None


@dataclass(frozen=True)
class Logged:
    """An intervention as the log shows it, with the session on whose agenda its item is."""

    intervention: Intervention
    delegation: Delegation
    item: AgendaItem
    session: Session
    points: tuple[Tagged, ...]


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits on a list of the meeting."""

    inscription: Inscription
    delegation: Delegation
    speaker_list: SpeakerList

    @property
    def floor_id(self) -> UUID:
        """The id of the intervention that this request leads to: called twice, it is one."""
        return derived_id("floor", self.inscription.id)


@dataclass(frozen=True)
class Floor:
    """Who has the floor in a meeting, and who comes next on the lists of its items."""

    meeting: Meeting
    speaking: Logged | None
    limit: int  # minutes, of the current speaker's list
    following: tuple[Waiting, ...]


async def log_of(db: AsyncSession, meeting_id: UUID, before: UUID | None = None) -> list[Logged]:
    """A page of a meeting's log, newest first; `before` is the last one of the page before."""
    asked = _interventions().where(Intervention.meeting_id == meeting_id)
    if before:
        edge = select(Intervention.started_at).where(Intervention.id == before).scalar_subquery()
        started = col(Intervention.started_at)
        asked = asked.where(
            sa.or_(started < edge, sa.and_(started == edge, col(Intervention.id) < before))
        )
    newest = (col(Intervention.started_at).desc(), col(Intervention.id).desc())
    return await _logged(db, asked.order_by(*newest).limit(PAGE))


async def logged(db: AsyncSession, intervention_id: UUID) -> Logged:
    """One intervention as the log shows it.

    Raises:
        NotFound: no such intervention.
    """
    found = await _logged(db, _interventions().where(Intervention.id == intervention_id))
    if not found:
        raise NotFound
    return found[0]


def _interventions() -> "Select[Intervention, Delegation, AgendaItem, Session]":
    return (
        select(Intervention, Delegation, AgendaItem, Session)
        .join(Delegation, col(Delegation.id) == Intervention.delegation_id)
        .join(AgendaItem, col(AgendaItem.id) == Intervention.item_id)
        .join(Session, col(Session.id) == AgendaItem.session_id)
    )


async def _logged(
    db: AsyncSession, asked: "Select[Intervention, Delegation, AgendaItem, Session]"
) -> list[Logged]:
    rows = (await db.exec(asked)).all()
    points = await points_of(db, [row[0].id for row in rows])
    return [Logged(*row, tuple(points.get(row[0].id, ()))) for row in rows]


async def points_of(db: AsyncSession, interventions: list[UUID]) -> dict[UUID, list[Tagged]]:
    """The points of these interventions, in their order, with their tags."""
    if not interventions:
        return {}
    found = await db.exec(
        select(Point, Topic, View)
        .join(Topic, col(Topic.id) == Point.topic_id, isouter=True)
        .join(View, col(View.id) == Point.view_id, isouter=True)
        .where(col(Point.intervention_id).in_(interventions))
        .order_by(col(Point.intervention_id), col(Point.position))
    )
    points: dict[UUID, list[Tagged]] = {}
    for point, topic, view in found.all():
        points.setdefault(point.intervention_id, []).append(Tagged(point, topic, view))
    return points


async def floor_of(db: AsyncSession, meeting: Meeting) -> Floor:
    """Who has the floor, and the next five on the lists of the meeting."""
    speaking = await _logged(
        db,
        _interventions().where(
            Intervention.meeting_id == meeting.id, col(Intervention.ended_at).is_(None)
        ),
    )
    waiting = await db.exec(
        select(Inscription, Delegation, SpeakerList)
        .join(SpeakerList, col(SpeakerList.id) == Inscription.speaker_list_id)
        .join(Delegation, col(Delegation.id) == Inscription.delegation_id)
        .where(
            SpeakerList.meeting_id == meeting.id,
            Inscription.state == InscriptionState.WAITING,
        )
        .order_by(col(SpeakerList.id), col(Inscription.place))
        .limit(5)
    )
    limits = await db.exec(
        select(SpeakerList.item_id, SpeakerList.limit).where(SpeakerList.meeting_id == meeting.id)
    )
    by_item = dict(limits.all())
    current = speaking[0] if speaking else None
    limit = by_item.get(current.item.id, 0) if current else 0
    return Floor(meeting, current, limit, tuple(Waiting(*row) for row in waiting.all()))


async def meeting_by_id(db: AsyncSession, meeting_id: UUID) -> Meeting:
    """A meeting that an event or a row speaks of."""
    return await db.get_one(Meeting, meeting_id)


async def speaking_in(db: AsyncSession, meeting_id: UUID) -> Intervention | None:
    """The intervention that has not ended."""
    found = await db.exec(
        select(Intervention).where(
            Intervention.meeting_id == meeting_id, col(Intervention.ended_at).is_(None)
        )
    )
    return found.first()


async def inscription_by_id(
    db: AsyncSession, meeting_id: UUID, inscription_id: UUID
) -> tuple[Inscription, SpeakerList]:
    """A request for the floor on one of the lists of a meeting.

    Raises:
        NotFound: no such request in this meeting.
    """
    found = await db.exec(
        select(Inscription, SpeakerList)
        .join(SpeakerList, col(SpeakerList.id) == Inscription.speaker_list_id)
        .where(Inscription.id == inscription_id, SpeakerList.meeting_id == meeting_id)
    )
    if (row := found.first()) is None:
        raise NotFound
    return row[0], row[1]


async def delegation_in(db: AsyncSession, meeting_id: UUID, code: str) -> Delegation | None:
    """A delegation that takes part in one of the sessions of a meeting, by its code."""
    found = await db.exec(
        select(Delegation).where(Delegation.code == code, _takes_part_in(meeting_id))
    )
    return found.first()


async def delegations_in(db: AsyncSession, meeting_id: UUID) -> list[Delegation]:
    """The delegations that may take the floor in a meeting, by code."""
    found = await db.exec(
        select(Delegation).where(_takes_part_in(meeting_id)).order_by(col(Delegation.code))
    )
    return list(found.all())


def _takes_part_in(meeting_id: UUID) -> sa.ColumnElement[bool]:
    return col(Delegation.id).in_(
        select(Participation.delegation_id)
        .join(SessionMeeting, col(SessionMeeting.session_id) == Participation.session_id)
        .where(SessionMeeting.meeting_id == meeting_id)
    )


async def intervention_in(
    db: AsyncSession, meeting_id: UUID, id_: UUID, *, lock: bool = False
) -> Intervention:
    """An intervention of a meeting; `lock` lets one writer at a time number its points.

    Raises:
        NotFound: the meeting has no such intervention.
    """
    asked = select(Intervention).where(
        Intervention.id == id_, Intervention.meeting_id == meeting_id
    )
    found = await db.exec(asked.with_for_update() if lock else asked)
    if (intervention := found.first()) is None:
        raise NotFound
    return intervention


async def point_for(
    db: AsyncSession, slug: str, point_id: UUID, user: User
) -> tuple[Tagged, Intervention]:
    """A point that was made under an item of a session that this user may see.

    Raises:
        NotFound: no such point, or none of this user's business.
    """
    session = await session_for(db, slug, user)
    found = await db.exec(
        select(Point, Topic, View, Intervention)
        .join(Intervention, col(Intervention.id) == Point.intervention_id)
        .join(AgendaItem, col(AgendaItem.id) == Intervention.item_id)
        .join(Topic, col(Topic.id) == Point.topic_id, isouter=True)
        .join(View, col(View.id) == Point.view_id, isouter=True)
        .where(Point.id == point_id, AgendaItem.session_id == session.id)
    )
    if (row := found.first()) is None:
        raise NotFound
    return Tagged(*row[:3]), row[3]


async def topics_in_order(db: AsyncSession) -> list[Topic]:
    """The whole tree of topics, in its order."""
    return list((await db.exec(select(Topic).order_by(col(Topic.position), col(Topic.slug)))).all())


async def views_of(db: AsyncSession, item_id: UUID) -> list[tuple[View, int]]:
    """The views on an item with their support (distinct delegations), widest first."""
    support = sa.func.count(sa.distinct(col(Intervention.delegation_id)))
    found = await db.exec(
        select(View, support)
        .join(Point, col(Point.view_id) == View.id, isouter=True)
        .join(Intervention, col(Intervention.id) == Point.intervention_id, isouter=True)
        .where(View.item_id == item_id)
        .group_by(col(View.id))
        .order_by(support.desc(), col(View.position))
    )
    return list(found.all())


async def words_of(db: AsyncSession, item_id: UUID) -> tuple[Words, dict[str, UUID]]:
    """What marks can name while an item is discussed; and the ids: "#slug" and "=key"."""
    topics = await db.exec(select(Topic.slug, Topic.id))
    views = await db.exec(select(View.key, View.id).where(View.item_id == item_id))
    ids = {f"#{slug}": id_ for slug, id_ in topics.all()}
    ids |= {f"={key}": id_ for key, id_ in views.all()}
    names = {sign: frozenset(n[1:] for n in ids if n[0] == sign) for sign in "#="}
    return Words(topics=names["#"], views=names["="]), ids
