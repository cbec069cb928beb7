"""Questions about the calendar."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import User
from meetings.base.errors import NotFound
from meetings.bodies.models import AgendaItem, Session
from meetings.bodies.queries import session_for
from meetings.schedule.models import Allotment, Meeting, Room, SessionMeeting


@dataclass(frozen=True)
class Sitting:
    """A meeting as one of its sessions sees it: the Nth of that session, in its room."""

    session: Session
    meeting: Meeting
    number: int
    room: Room

    @property
    def path(self) -> str:
        return f"/sessions/{self.session.slug}/meetings/{self.number}"

    @property
    def channel(self) -> str:
        return channel_of(self.meeting.id)


@dataclass(frozen=True)
class Allotted:
    """An item taken up in a meeting, with the session whose agenda it is on."""

    allotment: Allotment
    item: AgendaItem
    session: Session


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


async def allotted_to(db: AsyncSession, meeting_id: UUID) -> list[Allotted]:
    """The items taken up in a meeting, in their order; a joint meeting has those of all sessions."""
    found = await db.exec(
        select(Allotment, AgendaItem, Session)
        .join(AgendaItem, col(AgendaItem.id) == Allotment.item_id)
        .join(Session, col(Session.id) == AgendaItem.session_id)
        .where(Allotment.meeting_id == meeting_id)
        .order_by(col(Allotment.position))
    )
    return [Allotted(*row) for row in found.all()]
