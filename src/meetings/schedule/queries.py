"""Questions about the calendar."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import User
from meetings.base.errors import NotFound
from meetings.bodies.models import AgendaItem, Session
from meetings.bodies.queries import is_visible, session_for
from meetings.schedule.models import Allotment, Meeting, Room, SessionMeeting

# By table name, for these are later rooms: what they hold keeps a meeting where it is.
INTERVENTION = sa.table(
    "intervention",
    sa.column("meeting_id", sa.Uuid),
    sa.column("item_id", sa.Uuid),
    sa.column("ended_at"),
)
SPEAKER_LIST = sa.table(
    "speaker_list",
    sa.column("id", sa.Uuid),
    sa.column("meeting_id", sa.Uuid),
    sa.column("item_id", sa.Uuid),
)
INSCRIPTION = sa.table("inscription", sa.column("speaker_list_id", sa.Uuid))


@dataclass(frozen=True)
class Sitting:
    """A meeting as one of its sessions sees it: the Nth of that session, in its room."""

    session: Session
    meeting: Meeting
    number: int
    room: Room

    @property
    def path(self) -> str:
        return meeting_path(self.session.slug, self.number)

    @property
    def channel(self) -> str:
        return channel_of(self.meeting.id)


@dataclass(frozen=True)
class Allotted:
    """An item taken up in a meeting, with the session whose agenda it is on.

    It is `continued` when an earlier meeting took it up too.
    """

    allotment: Allotment
    item: AgendaItem
    session: Session
    continued: bool = False


@dataclass(frozen=True)
class Numbered:
    """A meeting's number in one of its sessions; `visible` when the person asking may see that."""

    session: Session
    number: int
    visible: bool

    @property
    def path(self) -> str:
        return meeting_path(self.session.slug, self.number)


@dataclass(frozen=True)
class Scheduled:
    """A meeting in the calendar with all its sessions: several when it is joint."""

    meeting: Meeting
    room: Room
    numbers: tuple[Numbered, ...]

    def of(self, session_id: UUID) -> Numbered | None:
        """Its number in this session; None when it does not belong to it."""
        return next((n for n in self.numbers if n.session.id == session_id), None)


def meeting_path(slug: str, number: int) -> str:
    return f"/sessions/{slug}/meetings/{number}"


def channel_of(meeting_id: UUID) -> str:
    """The live channel of a meeting."""
    return f"meeting:{meeting_id}"


async def sitting_for(
    db: AsyncSession, slug: str, number: int, user: User, *, lock: bool = False
) -> Sitting:
    """A meeting of a session that this user may see; `lock` keeps others from changing it.

    Raises:
        NotFound: no such meeting, or none of this user's business.
    """
    session = await session_for(db, slug, user)
    asked = (
        select(Meeting, Room)
        .join(SessionMeeting, col(SessionMeeting.meeting_id) == Meeting.id)
        .join(Room, col(Room.id) == Meeting.room_id)
        .where(SessionMeeting.session_id == session.id, SessionMeeting.number == number)
    )
    found = await db.exec(asked.with_for_update(of=Meeting) if lock else asked)
    if (row := found.first()) is None:
        raise NotFound
    return Sitting(session, row[0], number, row[1])


async def sitting_at(db: AsyncSession, slug: str, number: int, *, lock: bool = False) -> Sitting:
    """A meeting by its address alone, where who may see it is asked of several people at once.

    Raises:
        NotFound: no such meeting.
    """
    asked = (
        select(Session, Meeting, SessionMeeting.number, Room)
        .join(SessionMeeting, col(SessionMeeting.session_id) == Session.id)
        .join(Meeting, col(Meeting.id) == SessionMeeting.meeting_id)
        .join(Room, col(Room.id) == Meeting.room_id)
        .where(Session.slug == slug, SessionMeeting.number == number)
    )
    found = await db.exec(asked.with_for_update(of=Meeting) if lock else asked)
    if (row := found.first()) is None:
        raise NotFound
    return Sitting(*row)


async def allotted_to(db: AsyncSession, meeting_id: UUID) -> list[Allotted]:
    """The items taken up in a meeting, in their order; in a joint one those of all sessions."""
    return await _allotted(db, col(Allotment.meeting_id) == meeting_id)


async def allotted_in(
    db: AsyncSession, meeting_ids: Collection[UUID]
) -> dict[UUID, list[Allotted]]:
    """The items taken up in each of these meetings, in their order."""
    found = await _allotted(db, col(Allotment.meeting_id).in_(meeting_ids))
    by_meeting: dict[UUID, list[Allotted]] = {id_: [] for id_ in meeting_ids}
    for allotted in found:
        by_meeting[allotted.allotment.meeting_id].append(allotted)
    return by_meeting


async def _allotted(db: AsyncSession, chosen: sa.ColumnElement[bool]) -> list[Allotted]:
    before, earlier = aliased(Allotment), aliased(Meeting)
    continued = (
        sa.select(sa.literal(1))
        .select_from(before)
        .join(earlier, col(earlier.id) == before.meeting_id)
        .where(
            col(before.item_id) == Allotment.item_id,
            sa.tuple_(col(earlier.day), col(earlier.starts))
            < sa.tuple_(col(Meeting.day), col(Meeting.starts)),
        )
        .correlate(Allotment, Meeting)
        .exists()
    )
    found = await db.exec(
        select(Allotment, AgendaItem, Session, continued)
        .join(AgendaItem, col(AgendaItem.id) == Allotment.item_id)
        .join(Session, col(Session.id) == AgendaItem.session_id)
        .join(Meeting, col(Meeting.id) == Allotment.meeting_id)
        .where(chosen)
        .order_by(col(Allotment.position))
    )
    return [Allotted(*row) for row in found.all()]


async def scheduled(
    db: AsyncSession, user: User, *chosen: sa.ColumnElement[bool]
) -> list[Scheduled]:
    """The meetings that fit, by day, hour and room, each with all its sessions.

    All are given, also those that are none of this user's business: that a room is taken, and by
    whom, is no secret. `Numbered.visible` says where a link may lead.
    """
    found = await db.exec(  # type: ignore[call-overload]  # it knows four columns
        sa.select(Meeting, Room, Session, col(SessionMeeting.number), is_visible(user))
        .join(Room, col(Room.id) == Meeting.room_id)
        .join(SessionMeeting, col(SessionMeeting.meeting_id) == Meeting.id)
        .join(Session, col(Session.id) == SessionMeeting.session_id)
        .where(*chosen)
        .order_by(
            col(Meeting.day),
            col(Meeting.starts),
            col(Room.code),
            col(Meeting.id),
            col(Session.slug),
        )
    )
    by_meeting = [list(rows) for _, rows in groupby(found.all(), lambda row: row[0].id)]
    return [
        Scheduled(rows[0][0], rows[0][1], tuple(Numbered(*row[2:]) for row in rows))
        for rows in by_meeting
    ]


async def programme_of(db: AsyncSession, session: Session, user: User) -> list[Scheduled]:
    """A session's meetings, and those of others in the same rooms during its days."""
    own = sa.select(col(SessionMeeting.meeting_id)).where(
        col(SessionMeeting.session_id) == session.id
    )
    rooms = sa.select(col(Meeting.room_id)).where(col(Meeting.id).in_(own))
    beside = sa.and_(
        col(Meeting.day).between(session.starts_on, session.ends_on),
        col(Meeting.room_id).in_(rooms),
    )
    return await scheduled(db, user, sa.or_(col(Meeting.id).in_(own), beside))


async def scheduled_meeting(db: AsyncSession, meeting_id: UUID, user: User) -> Scheduled:
    """One meeting with all its sessions."""
    return (await scheduled(db, user, col(Meeting.id) == meeting_id))[0]


async def held_on(
    db: AsyncSession, day: date, room_id: UUID, session_ids: Collection[UUID], user: User
) -> list[Scheduled]:
    """The meetings of a day that could be in the way: in this room, or of one of these sessions."""
    theirs = sa.select(col(SessionMeeting.meeting_id)).where(
        col(SessionMeeting.session_id).in_(session_ids)
    )
    in_the_way = sa.or_(col(Meeting.room_id) == room_id, col(Meeting.id).in_(theirs))
    return await scheduled(db, user, col(Meeting.day) == day, in_the_way)


async def rooms(db: AsyncSession) -> list[Room]:
    """All rooms by their code."""
    return list((await db.exec(select(Room).order_by(col(Room.code)))).all())


async def next_number(db: AsyncSession, session_id: UUID) -> int:
    """One more than the highest number of a session's meetings.

    Numbers are given in the order of adding, not of time: they stand in addresses, documents and
    diaries, so a meeting keeps its number when it is moved or another one is removed.
    """
    found = await db.exec(
        select(sa.func.max(SessionMeeting.number)).where(SessionMeeting.session_id == session_id)
    )
    return (found.one() or 0) + 1


async def path_of(db: AsyncSession, meeting_id: UUID) -> str:
    """The address of a meeting, in the first of its sessions."""
    return (await sitting_of(db, meeting_id)).path


async def sitting_of(db: AsyncSession, meeting_id: UUID) -> Sitting:
    """A meeting as the first of its sessions sees it: for what is drawn for all who look."""
    found = await db.exec(
        select(Session, Meeting, SessionMeeting.number, Room)
        .join(SessionMeeting, col(SessionMeeting.session_id) == Session.id)
        .join(Meeting, col(Meeting.id) == SessionMeeting.meeting_id)
        .join(Room, col(Room.id) == Meeting.room_id)
        .where(SessionMeeting.meeting_id == meeting_id)
        .order_by(col(Session.slug))
        .limit(1)
    )
    return Sitting(*found.one())


async def floor_taken(db: AsyncSession, meeting_id: UUID) -> bool:
    """Whether somebody has the floor in a meeting."""
    speaking = sa.exists().where(
        INTERVENTION.c.meeting_id == meeting_id, INTERVENTION.c.ended_at.is_(None)
    )
    return bool((await (await db.connection()).execute(sa.select(speaking))).scalar())


async def items_spoken_of(db: AsyncSession, meeting_id: UUID) -> set[UUID]:
    """The items on which somebody has spoken in a meeting, or has asked to."""
    spoken = sa.select(INTERVENTION.c.item_id).where(INTERVENTION.c.meeting_id == meeting_id)
    asked = (
        sa.select(SPEAKER_LIST.c.item_id)
        .join(INSCRIPTION, INSCRIPTION.c.speaker_list_id == SPEAKER_LIST.c.id)
        .where(SPEAKER_LIST.c.meeting_id == meeting_id)
    )
    return set((await (await db.connection()).execute(sa.union(spoken, asked))).scalars())
