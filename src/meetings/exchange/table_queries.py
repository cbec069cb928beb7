"""Questions whose answers are exported: the chapters of a report, the tables of a session."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.errors import NotFound
from meetings.bodies.models import AgendaItem, Body, Session
from meetings.bodies.queries import agenda_of
from meetings.delegations.models import Delegation
from meetings.delegations.queries import TakingPart, delegations_of, participants_of
from meetings.exchange.documents import Drafted
from meetings.interventions.models import Intervention, Point, Topic, View
from meetings.report.queries import chapters_of, draft_of
from meetings.schedule.models import Allotment, Meeting, Room, SessionMeeting
from meetings.speakers.models import Inscription, SpeakerList


@dataclass(frozen=True)
class MeetingRow:
    number: int
    meeting: Meeting
    room: Room
    items: tuple[str, ...]


@dataclass(frozen=True)
class WorkRow:
    """An item in a meeting: a line of the organization of work."""

    number: int
    meeting: Meeting
    allotment: Allotment
    item: AgendaItem


@dataclass(frozen=True)
class ViewRow:
    view: View
    item: str
    topic: Topic | None


@dataclass(frozen=True)
class InscriptionRow:
    number: int
    item: str
    inscription: Inscription
    delegation: Delegation


@dataclass(frozen=True)
class SpokenRow:
    """A point with its intervention; an intervention without points has one row without one."""

    number: int
    item: str
    intervention: Intervention
    delegation: Delegation
    point: Point | None
    topic: Topic | None
    view: View | None
    order: int


async def drafted_chapters(
    db: AsyncSession,
    session: Session,
    language: str,
    item: AgendaItem | None = None,
    symbol: str = "",
) -> list[Drafted]:
    """The chapters of a session's report, drafted; or one item's; or those of one document.

    A session without a planned report has a chapter for each item on which something was said.

    Raises:
        NotFound: the session has no document of this symbol.
    """
    planned = await chapters_of(db, session.id)
    if symbol:
        planned = [chapter for chapter in planned if chapter.report.symbol == symbol]
        if not planned:
            raise NotFound
    if item:
        chapter = next((c for c in planned if c.item.id == item.id), None)
        return [Drafted(chapter, await draft_of(db, session, item, language))]
    if planned:
        return [Drafted(c, await draft_of(db, session, c.item, language)) for c in planned]
    drafts = [
        await draft_of(db, session, each, language) for each in await agenda_of(db, session.id)
    ]
    return [Drafted(None, draft) for draft in drafts if draft.texts]


async def organ_of(db: AsyncSession, session: Session) -> Body:
    """The organ that a session's documents are issued by: the body's parent, where it has one."""
    body = await db.get_one(Body, session.body_id)
    return await db.get_one(Body, body.parent_id) if body.parent_id else body


async def meeting_rows(db: AsyncSession, session_id: UUID) -> list[MeetingRow]:
    """The meetings of a session by number, with the numbers of their items."""
    found = await db.exec(
        select(SessionMeeting.number, Meeting, Room)
        .join(Meeting, col(Meeting.id) == SessionMeeting.meeting_id)
        .join(Room, col(Room.id) == Meeting.room_id)
        .where(SessionMeeting.session_id == session_id)
        .order_by(col(SessionMeeting.number))
    )
    allotted = await db.exec(
        select(Allotment.meeting_id, AgendaItem.number)
        .join(AgendaItem, col(AgendaItem.id) == Allotment.item_id)
        .where(AgendaItem.session_id == session_id)
        .order_by(col(Allotment.position))
    )
    items: dict[UUID, list[str]] = {}
    for meeting_id, number in allotted.all():
        items.setdefault(meeting_id, []).append(number)
    return [MeetingRow(*row, tuple(items.get(row[1].id, ()))) for row in found.all()]


async def work_rows(db: AsyncSession, session_id: UUID) -> list[WorkRow]:
    """The organization of work of a session: the items of each meeting in their order."""
    found = await db.exec(
        select(SessionMeeting.number, Meeting, Allotment, AgendaItem)
        .join(Meeting, col(Meeting.id) == SessionMeeting.meeting_id)
        .join(Allotment, col(Allotment.meeting_id) == Meeting.id)
        .join(AgendaItem, col(AgendaItem.id) == Allotment.item_id)
        .where(SessionMeeting.session_id == session_id, AgendaItem.session_id == session_id)
        .order_by(col(SessionMeeting.number), col(Allotment.position))
    )
    return [WorkRow(*row) for row in found.all()]


async def attendance_rows(db: AsyncSession, session_id: UUID, language: str) -> list[TakingPart]:
    """Those who take part, with their people."""
    taking_part = await delegations_of(db, session_id, language)
    people = await participants_of(db, [one.participation.id for one in taking_part])
    return [replace(one, participants=tuple(people[one.participation.id])) for one in taking_part]


async def view_rows(db: AsyncSession, session_id: UUID) -> list[ViewRow]:
    """The views on a session's items, in the order of the agenda."""
    found = await db.exec(
        select(View, AgendaItem.number, Topic)
        .join(AgendaItem, col(AgendaItem.id) == View.item_id)
        .join(Topic, col(Topic.id) == View.topic_id, isouter=True)
        .where(AgendaItem.session_id == session_id)
        .order_by(col(AgendaItem.position), col(View.position), col(View.key))
    )
    return [ViewRow(*row) for row in found.all()]


async def inscription_rows(db: AsyncSession, session_id: UUID) -> list[InscriptionRow]:
    """The requests for the floor on a session's items, by meeting, item and place."""
    found = await db.exec(
        select(SessionMeeting.number, AgendaItem.number, Inscription, Delegation)
        .join(SpeakerList, col(SpeakerList.id) == Inscription.speaker_list_id)
        .join(AgendaItem, col(AgendaItem.id) == SpeakerList.item_id)
        .join(SessionMeeting, _of_session(SpeakerList.meeting_id))
        .join(Delegation, col(Delegation.id) == Inscription.delegation_id)
        .where(AgendaItem.session_id == session_id)
        .order_by(
            col(SessionMeeting.number),
            col(AgendaItem.position),
            col(Inscription.stand),
            col(Inscription.place),
        )
    )
    return [InscriptionRow(*row) for row in found.all()]


async def spoken_rows(db: AsyncSession, session_id: UUID) -> list[SpokenRow]:
    """What was said on a session's items, in its order, with every point and its tags."""
    found = await db.exec(
        select(Intervention, Delegation, Point, AgendaItem.number)  # type: ignore[call-overload]
        .add_columns(col(SessionMeeting.number), Topic, View)
        .select_from(Intervention)
        .join(AgendaItem, col(AgendaItem.id) == Intervention.item_id)
        .join(SessionMeeting, _of_session(Intervention.meeting_id))
        .join(Delegation, col(Delegation.id) == Intervention.delegation_id)
        .join(Point, col(Point.intervention_id) == Intervention.id, isouter=True)
        .join(Topic, col(Topic.id) == Point.topic_id, isouter=True)
        .join(View, col(View.id) == Point.view_id, isouter=True)
        .where(col(AgendaItem.session_id) == session_id)
        .order_by(col(Intervention.started_at), col(Intervention.id), col(Point.position))
    )
    return [
        SpokenRow(number, item, intervention, delegation, point, topic, view, order)
        for order, (intervention, delegation, point, item, number, topic, view) in enumerate(
            found.all()
        )
    ]


def _of_session(meeting_id: Any) -> sa.ColumnElement[bool]:
    """A meeting's number is the one it has in the session of the item."""
    return sa.and_(
        col(SessionMeeting.meeting_id) == meeting_id,
        col(SessionMeeting.session_id) == AgendaItem.session_id,
    )
