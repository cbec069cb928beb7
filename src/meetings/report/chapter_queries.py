"""What the chapters besides the discussion are made of."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.columns import Text
from meetings.bodies.models import AgendaItem, Body, Document, Session
from meetings.delegations.attendance import Attendance
from meetings.delegations.queries import TakingPart, delegations_of, participants_of
from meetings.report.chapters import ATTENDED, MeetingHeld, Recommended, SessionMaterial
from meetings.report.models import Adoption, Issue, Recommendation
from meetings.report.quantifiers import Rules
from meetings.schedule.models import Meeting, SessionMeeting


async def session_material(db: AsyncSession, session: Session, language: str) -> SessionMaterial:
    """All that is known of a session for its report, in a language."""
    body = await db.get_one(Body, session.body_id)
    meetings = await _held(db, session, language)
    attended, participants = await _attendance(db, session, language)
    return SessionMaterial(
        meeting=session.title.in_language(language),
        place=session.place.in_language(language),
        first=session.starts_on,
        last=session.ends_on,
        mandate=Text.of(Rules.of(dict(body.rules)).mandate).in_language(language),
        meetings=tuple(meetings),
        agenda=await _agenda(db, session, language),
        attended=attended,
        documents=await _documents(db, session, language),
        recommendations=await _recommended(db, session, language),
        adopted_at=await _adopted_at(db, session, meetings),
        participants=participants,
    )


async def _held(db: AsyncSession, session: Session, language: str) -> list[MeetingHeld]:
    """The meetings of a session by number, each with the other bodies whose it is."""
    own, other = sa.orm.aliased(SessionMeeting), sa.orm.aliased(SessionMeeting)
    found = await (await db.connection()).execute(
        sa.select(col(own.number), col(Meeting.day), col(Body.name))
        .join(Meeting, col(Meeting.id) == own.meeting_id)
        .outerjoin(
            other,
            sa.and_(col(other.meeting_id) == own.meeting_id, col(other.session_id) != session.id),
        )
        .outerjoin(Session, col(Session.id) == other.session_id)
        .outerjoin(Body, col(Body.id) == Session.body_id)
        .where(col(own.session_id) == session.id)
        .order_by(col(own.number), col(Body.code))
    )
    held: dict[int, MeetingHeld] = {}
    for number, day, name in found.all():
        names = (name.in_language(language),) if name else ()
        before = held.get(number, MeetingHeld(number, day)).with_bodies
        held[number] = MeetingHeld(number, day, (*before, *names))
    return list(held.values())


async def _agenda(db: AsyncSession, session: Session, language: str) -> tuple[tuple[str, str], ...]:
    found = await db.exec(
        select(AgendaItem)
        .where(AgendaItem.session_id == session.id)
        .order_by(col(AgendaItem.position))
    )
    return tuple((one.number, one.title.in_language(language)) for one in found.all())


async def _documents(
    db: AsyncSession, session: Session, language: str
) -> tuple[tuple[str, str], ...]:
    found = await db.exec(
        select(Document).where(Document.session_id == session.id).order_by(col(Document.position))
    )
    return tuple((one.symbol, one.title.in_language(language)) for one in found.all())


async def _recommended(
    db: AsyncSession, session: Session, language: str
) -> tuple[Recommended, ...]:
    found = await db.exec(
        select(Recommendation)
        .where(Recommendation.session_id == session.id)
        .order_by(col(Recommendation.number))
    )
    return tuple(
        Recommended(one.number, one.text.in_language(language), one.addressee.in_language(language))
        for one in found.all()
    )


async def _attendance(
    db: AsyncSession, session: Session, language: str
) -> tuple[dict[str, list[str]], tuple[tuple[str, tuple[str, ...]], ...]]:
    """Who attended, by the groups of a report, and the people of each."""
    everybody = await delegations_of(db, session.id, language)
    people = await participants_of(db, [one.participation.id for one in everybody])
    attended: dict[str, list[str]] = {}
    for one in everybody:
        attended.setdefault(one.attendance.name.lower(), []).append(_name(one, language))
    named = (one for one in everybody if one.attendance.name.lower() in ATTENDED)
    listed = sorted(named, key=_group)
    participants = tuple(
        (_name(one, language), tuple(person.name for person in people[one.participation.id]))
        for one in listed
    )
    return attended, participants


def _group(one: TakingPart) -> Attendance:
    return one.attendance


def _name(one: TakingPart, language: str) -> str:
    return one.delegation.name.in_language(language)


async def _adopted_at(
    db: AsyncSession, session: Session, meetings: Sequence[MeetingHeld]
) -> MeetingHeld | None:
    """The meeting that adopted the report, once one has."""
    found = await db.exec(
        select(SessionMeeting.number)
        .join(Adoption, col(Adoption.meeting_id) == SessionMeeting.meeting_id)
        .join(Issue, col(Issue.id) == Adoption.issue_id)
        .where(
            Issue.session_id == session.id,
            SessionMeeting.session_id == session.id,
            col(Adoption.ended_at).is_not(None),
        )
        .order_by(col(Adoption.ended_at).desc())
    )
    number = found.first()
    return next((one for one in meetings if one.number == number), None)
