"""Questions about lists of speakers and the requests on them, for those who change them."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import Role, User
from meetings.base.errors import NotFound
from meetings.bodies.models import AgendaItem
from meetings.bodies.queries import item_address
from meetings.delegations.finding import place_in
from meetings.delegations.models import Delegation, Participation
from meetings.schedule.models import Allotment, Meeting, SessionMeeting
from meetings.schedule.queries import Sitting
from meetings.speakers.models import Inscription, InscriptionState, SpeakerList


async def item_for(
    db: AsyncSession, sitting: Sitting, address: str
) -> tuple[AgendaItem, SpeakerList | None]:
    """An item that a meeting takes up, by its number in addresses, and its list if there is one.

    Raises:
        NotFound: the meeting takes up no such item of this session.
    """
    found = await db.exec(
        select(AgendaItem, SpeakerList)
        .join(Allotment, col(Allotment.item_id) == AgendaItem.id)
        .outerjoin(
            SpeakerList,
            sa.and_(
                col(SpeakerList.meeting_id) == Allotment.meeting_id,
                col(SpeakerList.item_id) == AgendaItem.id,
            ),
        )
        .where(
            Allotment.meeting_id == sitting.meeting.id, AgendaItem.session_id == sitting.session.id
        )
    )
    for item, speaker_list in found.all():
        if item_address(item) == address:
            return item, speaker_list
    raise NotFound


async def inscription_for(
    db: AsyncSession, speaker_list: SpeakerList | None, inscription_id: UUID, user: User
) -> tuple[SpeakerList, Inscription]:
    """A request that is this user's business, with its list: a delegation's own, else any.

    Raises:
        NotFound: no such request on this list, or none of this user's business.
    """
    found = await db.get(Inscription, inscription_id)
    if found is None or speaker_list is None or found.speaker_list_id != speaker_list.id:
        raise NotFound
    if user.role is Role.DELEGATION and found.delegation_id != user.delegation_id:
        raise NotFound
    return speaker_list, found


async def waiting_on(db: AsyncSession, list_id: UUID) -> list[Inscription]:
    """Those who wait on a list, in their order."""
    found = await db.exec(
        select(Inscription)
        .where(
            Inscription.speaker_list_id == list_id, Inscription.state == InscriptionState.WAITING
        )
        .order_by(col(Inscription.place), col(Inscription.id))
    )
    return list(found.all())


async def next_waiting(db: AsyncSession, list_id: UUID) -> Inscription | None:
    """Who is to be given the floor next on a list; None when nobody waits."""
    waiting = await waiting_on(db, list_id)
    return waiting[0] if waiting else None


async def last_place(db: AsyncSession, list_id: UUID) -> int:
    """The last place that was given on a list, also to those who no longer wait; 0 if none was."""
    found = await db.exec(
        select(sa.func.max(Inscription.place)).where(Inscription.speaker_list_id == list_id)
    )
    return found.one() or 0


async def delegations_in(db: AsyncSession, meeting_id: UUID, language: str) -> list[Delegation]:
    """The delegations that may speak in a meeting, in this language's order.

    In a joint one those of all its sessions.
    """
    found = await db.exec(select(Delegation).where(_takes_part_in(meeting_id)))
    return sorted(found.all(), key=lambda one: place_in(language, one))


def _takes_part_in(meeting_id: UUID) -> sa.ColumnElement[bool]:
    return col(Delegation.id).in_(
        select(Participation.delegation_id)
        .join(SessionMeeting, col(SessionMeeting.session_id) == Participation.session_id)
        .where(SessionMeeting.meeting_id == meeting_id)
    )


async def hold_participation(db: AsyncSession, meeting_id: UUID, delegation_id: UUID) -> bool:
    """Whether a delegation takes part in a meeting's sessions; if so it stays, until the commit."""
    found = await db.exec(
        select(Participation)
        .join(SessionMeeting, col(SessionMeeting.session_id) == Participation.session_id)
        .where(
            SessionMeeting.meeting_id == meeting_id, Participation.delegation_id == delegation_id
        )
        .with_for_update(read=True, key_share=True, of=Participation)
    )
    return bool(found.all())


async def list_told(db: AsyncSession, list_id: UUID) -> tuple[SpeakerList, Meeting] | None:
    """The list that a live event speaks of, with its meeting; None when it is no longer there."""
    found = await db.exec(
        select(SpeakerList, Meeting)
        .join(Meeting, col(Meeting.id) == SpeakerList.meeting_id)
        .where(SpeakerList.id == list_id)
    )
    row = found.first()
    return (row[0], row[1]) if row else None
