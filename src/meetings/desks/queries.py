"""Questions of people at work, over several rooms at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import User
from meetings.base.errors import NotFound
from meetings.bodies.models import AgendaItem, Body, Session, SessionState
from meetings.bodies.queries import is_visible
from meetings.delegations.models import Delegation
from meetings.interventions.models import Intervention
from meetings.report.adoption_queries import OnScreen, on_screen
from meetings.schedule.models import Meeting, MeetingState, SessionMeeting
from meetings.schedule.queries import Scheduled, scheduled
from meetings.speakers.models import Inscription, InscriptionState, SpeakerList
from meetings.speakers.rules import limit_of

SESSIONS = 6  # on today's page
AHEAD = 20  # meetings on a delegation's own page
DAY = timedelta(days=1)
NEXT = 5  # speakers named on a screen


async def sessions_now(db: AsyncSession, user: User, today: date) -> list[tuple[Session, Body]]:
    """The sessions under way, then those to come, the nearest first; then the latest others."""
    ahead = sa.and_(col(Session.state) == SessionState.PLANNED, col(Session.ends_on) >= today)
    rank = sa.case((col(Session.state) == SessionState.OPEN, 0), (ahead, 1), else_=2)
    found = await db.exec(
        select(Session, Body)
        .join(Body, col(Body.id) == Session.body_id)
        .where(is_visible(user))
        .order_by(
            rank,
            sa.case((ahead, Session.starts_on)),
            col(Session.starts_on).desc(),
            col(Session.slug),
        )
        .limit(SESSIONS)
    )
    return [(session, body) for session, body in found.all()]


async def meetings_now(
    db: AsyncSession, user: User, at: datetime, sessions: Sequence[Session]
) -> tuple[list[Scheduled], bool]:
    """Today's meetings and those that are open, of the sessions this user may see.

    Today is the day of the place. When there is none, the meetings of the first of `sessions` are
    given instead; the second value says whether it is really today.
    """
    day = timedelta(days=1)  # the date here and the date there are never further apart
    near = col(Meeting.day).between(at.date() - day, at.date() + day)
    first = sa.select(col(SessionMeeting.meeting_id)).where(
        col(SessionMeeting.session_id).in_([session.id for session in sessions[:1]])
    )
    is_open = col(Meeting.state) == MeetingState.OPEN
    found = await scheduled(db, user, sa.or_(near, is_open, col(Meeting.id).in_(first)))
    mine = [one for one in found if any(numbered.visible for numbered in one.numbers)]
    now = [one for one in mine if _is_now(one, at)]
    return (now, True) if now else ([one for one in mine if one.of(sessions[0].id)], False)


async def meetings_of(
    db: AsyncSession, user: User, sessions: Sequence[Session], at: datetime
) -> list[Scheduled]:
    """The meetings of a delegation's sessions that are not over, as many as fit on its page."""
    theirs = sa.select(col(SessionMeeting.meeting_id)).where(
        col(SessionMeeting.session_id).in_([session.id for session in sessions])
    )
    found = await scheduled(
        db,
        user,
        col(Meeting.id).in_(theirs),
        sa.or_(col(Meeting.state) == MeetingState.OPEN, col(Meeting.day) >= at.date() - DAY),
    )
    ahead = [one for one in found if any(numbered.visible for numbered in one.numbers)]
    if ahead:
        return ahead[:AHEAD]
    past = await scheduled(db, user, col(Meeting.id).in_(theirs))
    return [one for one in past if any(numbered.visible for numbered in one.numbers)][-AHEAD:]


def _is_now(one: Scheduled, at: datetime) -> bool:
    zone = ZoneInfo(one.numbers[0].session.timezone)
    return one.meeting.state is MeetingState.OPEN or one.meeting.day == at.astimezone(zone).date()


@dataclass(frozen=True)
class Screen:
    """What the public sees in the room: who speaks, on what, and who is next."""

    session: Session
    meeting: Meeting
    number: int
    item: AgendaItem | None
    speaking: Delegation | None
    following: tuple[Delegation, ...]
    intervention: Intervention | None = None
    limit: int = 0  # minutes of the present speaker; 0: none
    adopting: OnScreen | None = None  # the paragraph of a report that the meeting has before it

    @property
    def path(self) -> str:
        return f"/screens/{self.session.slug}/{self.number}"


async def screen_of(db: AsyncSession, slug: str, number: int) -> Screen:
    """The screen of a meeting, in two queries: the hall's screens ask every few seconds.

    The next speakers are those on the list of the item under discussion; while nobody has the
    floor, those of the first list on which somebody waits.

    Raises:
        NotFound: no such meeting.
    """
    return await _screen(db, col(Session.slug) == slug, col(SessionMeeting.number) == number)


async def screen_of_meeting(db: AsyncSession, meeting_id: UUID) -> Screen:
    """The screen of a meeting, as the first of its sessions has it: for live events.

    Raises:
        NotFound: no such meeting.
    """
    return await _screen(db, col(Meeting.id) == meeting_id)


async def _screen(db: AsyncSession, *which: sa.ColumnElement[bool]) -> Screen:
    speaking, waiting = aliased(Delegation), aliased(Delegation)
    spoken = aliased(Inscription)
    on_list = sa.and_(
        col(SpeakerList.meeting_id) == Meeting.id,
        sa.or_(col(Intervention.id).is_(None), col(SpeakerList.item_id) == Intervention.item_id),
    )
    is_waiting = sa.and_(
        col(Inscription.speaker_list_id) == SpeakerList.id,
        col(Inscription.state) == InscriptionState.WAITING,
    )
    has_floor = sa.and_(
        col(Intervention.meeting_id) == Meeting.id, col(Intervention.ended_at).is_(None)
    )
    item = sa.func.coalesce(Intervention.item_id, SpeakerList.item_id)
    found = await db.exec(  # type: ignore[call-overload]  # it knows four columns
        sa.select(
            Session,
            Meeting,
            AgendaItem,
            speaking,
            waiting,
            Intervention,
            spoken,
            SpeakerList,
            col(SessionMeeting.number),
        )
        .join(SessionMeeting, col(SessionMeeting.session_id) == Session.id)
        .join(Meeting, col(Meeting.id) == SessionMeeting.meeting_id)
        .outerjoin(Intervention, has_floor)
        .outerjoin(speaking, col(speaking.id) == Intervention.delegation_id)
        .outerjoin(SpeakerList, on_list)
        .outerjoin(Inscription, is_waiting)
        .outerjoin(waiting, col(waiting.id) == Inscription.delegation_id)
        .outerjoin(AgendaItem, col(AgendaItem.id) == item)
        .outerjoin(spoken, col(spoken.id) == Intervention.inscription_id)
        .where(*which)
        .order_by(
            col(Session.slug),
            col(waiting.id).is_(None),
            col(AgendaItem.position),
            item,
            col(Inscription.stand),
            col(Inscription.place),
        )
        .limit(NEXT)
    )
    if not (rows := found.all()):
        raise NotFound
    session, meeting, item_now, speaker, _, intervention, one, of, number = rows[0]
    here = [row for row in rows if row[0] is session and row[2] is item_now]
    limit = (limit_of(of, one) if one else of.limit or 0) if of and intervention else 0
    following = tuple(row[4] for row in here if row[4])
    adopting = await on_screen(db, meeting.id)
    return Screen(
        session, meeting, number, item_now, speaker, following, intervention, limit, adopting
    )
