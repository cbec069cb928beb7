"""Questions about lists of speakers and the requests on them, for those who change them."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import SECRETARIAT, Role, User
from meetings.base.errors import NotFound
from meetings.bodies.models import AgendaItem, Session
from meetings.bodies.queries import item_address
from meetings.delegations.finding import place_in
from meetings.delegations.models import Delegation, Participation
from meetings.schedule.models import Allotment, Meeting, MeetingState, Room, SessionMeeting
from meetings.schedule.queries import Sitting, sitting_at, sitting_for
from meetings.speakers.models import (
    Inscription,
    InscriptionState,
    ListChange,
    SpeakerList,
    SpeakingCapacity,
    SpeakingClass,
    Statement,
    Swap,
)
from meetings.speakers.record import Line, replay
from meetings.speakers.rules import Sight, rules_of

RECORD = 200  # lines on a page of a list's record


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


async def numbered_request(
    db: AsyncSession, speaker_list: SpeakerList | None, number: int | None
) -> tuple[SpeakerList, Inscription]:
    """A request by the number under which it was written, with its list.

    Raises:
        NotFound: no such request on this list.
    """
    asked = select(Inscription).where(
        Inscription.speaker_list_id == (speaker_list.id if speaker_list else None),
        Inscription.place == number,
    )
    found = (await db.exec(asked)).first()
    if speaker_list is None or found is None:
        raise NotFound
    return speaker_list, found


async def request_for(
    db: AsyncSession, address: tuple[str, int, str], inscription_id: UUID, user: User
) -> tuple[Sitting, SpeakerList, Inscription]:
    """A request that is this user's business, to be changed: its meeting's row is locked.

    `address` is that of its list: the session's slug, the meeting's number, the item.

    Raises:
        NotFound: no such request, or none of this user's business.
    """
    slug, number, item = address
    sitting = await sitting_for(db, slug, number, user, lock=True)
    _, known = await item_for(db, sitting, item)
    return sitting, *await inscription_for(db, known, inscription_id, user)


async def asked_on(db: AsyncSession, list_id: UUID) -> list[Inscription]:
    """All requests on a list, in their order: also those that were heard or taken back."""
    found = await db.exec(
        select(Inscription)
        .where(Inscription.speaker_list_id == list_id)
        .order_by(col(Inscription.stand), col(Inscription.place))
    )
    return list(found.all())


class Brief(NamedTuple):
    """What of a request others depend on: whether it waits already, and which number comes next."""

    id: UUID
    delegation_id: UUID
    capacity: SpeakingCapacity
    on_behalf_of: str
    speaking_class: SpeakingClass
    state: InscriptionState
    single: bool
    place: int
    group: str  # its delegation's regional group


def brief(one: Inscription, group: str) -> Brief:
    """A request that has just been made, as others see it."""
    return Brief._make([*(getattr(one, name) for name in Brief._fields[:-1]), group])


async def briefly_asked_on(db: AsyncSession, list_id: UUID) -> list[Brief]:
    """All requests on a list, with the least that is needed of each."""
    columns = [getattr(Inscription, name) for name in Brief._fields[:-1]]
    asked = (
        sa.select(*columns, col(Delegation.group))
        .join(Delegation, col(Delegation.id) == Inscription.delegation_id)
        .where(col(Inscription.speaker_list_id) == list_id)
    )
    return [Brief._make(row) for row in (await (await db.connection()).execute(asked)).all()]


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


async def hold_participations(
    db: AsyncSession, meeting_id: UUID, delegation_ids: Collection[UUID]
) -> dict[UUID, tuple[Delegation, list[Participation]]]:
    """As what these delegations take part in a meeting's sessions; that stays, until the commit."""
    found = await db.exec(
        select(Delegation, Participation)
        .join(Participation, col(Participation.delegation_id) == Delegation.id)
        .join(SessionMeeting, col(SessionMeeting.session_id) == Participation.session_id)
        .where(
            SessionMeeting.meeting_id == meeting_id,
            col(Participation.delegation_id).in_(delegation_ids),
        )
        .order_by(col(Participation.id))
        .with_for_update(read=True, key_share=True, of=Participation)
    )
    parts: dict[UUID, tuple[Delegation, list[Participation]]] = {}
    for delegation, participation in found.all():
        parts.setdefault(delegation.id, (delegation, []))[1].append(participation)
    return parts


async def list_told(db: AsyncSession, list_id: UUID) -> tuple[SpeakerList, Meeting] | None:
    """The list that a live event speaks of, with its meeting; None when it is no longer there."""
    found = await db.exec(
        select(SpeakerList, Meeting)
        .join(Meeting, col(Meeting.id) == SpeakerList.meeting_id)
        .where(SpeakerList.id == list_id)
    )
    row = found.first()
    return (row[0], row[1]) if row else None


async def later_lists(db: AsyncSession, sitting: Sitting, item_id: UUID) -> list[Sitting]:
    """The later meetings of a session that take up an item too: where a list can be carried to."""
    this = sitting.meeting
    found = await db.exec(
        select(Session, Meeting, SessionMeeting.number, Room)
        .join(SessionMeeting, col(SessionMeeting.session_id) == Session.id)
        .join(Meeting, col(Meeting.id) == SessionMeeting.meeting_id)
        .join(Room, col(Room.id) == Meeting.room_id)
        .join(Allotment, col(Allotment.meeting_id) == Meeting.id)
        .where(
            Session.id == sitting.session.id,
            Allotment.item_id == item_id,
            Meeting.state != MeetingState.ADJOURNED,
            sa.tuple_(col(Meeting.day), col(Meeting.starts)) > sa.tuple_(this.day, this.starts),
        )
        .order_by(col(Meeting.day), col(Meeting.starts))
    )
    return [Sitting(*row) for row in found.all()]


async def later_meeting(db: AsyncSession, sitting: Sitting, number: int) -> Sitting:
    """A later meeting of the same session, its row locked: always after that of an earlier one.

    Raises:
        NotFound: no such meeting, or none that is later.
    """
    known = await sitting_at(db, sitting.session.slug, number)
    this, other = sitting.meeting, known.meeting
    if (other.day, other.starts) <= (this.day, this.starts):
        raise NotFound
    return await sitting_at(db, sitting.session.slug, number, lock=True)


async def statement_for(
    db: AsyncSession, speaker_list: SpeakerList | None, inscription_id: UUID, user: User
) -> Statement:
    """The text of a statement, if this user may have it now.

    Before it is delivered: its own delegation and the secretariat; where it is under no embargo
    also who else works in the meeting. Afterwards whoever may see the whole list.

    Raises:
        NotFound: no such text, or none of this user's business yet.
    """
    one = await db.get(Inscription, inscription_id)
    if one is None or speaker_list is None or one.speaker_list_id != speaker_list.id:
        raise NotFound
    statement = await db.get(Statement, inscription_id)
    if statement is None:
        raise NotFound
    delivered = one.state is InscriptionState.SPOKEN
    if user.role is Role.DELEGATION:
        may = user.delegation_id == one.delegation_id or (
            delivered and rules_of(speaker_list).sight is Sight.LIST
        )
    else:
        may = user.role in SECRETARIAT or delivered or not statement.embargo
    if not may:
        raise NotFound
    return statement


async def swap_for(
    db: AsyncSession, swap_id: UUID, own: Inscription, *, made_to_it: bool = False
) -> Swap:
    """An offer to change places that concerns a request; `made_to_it`: not one of its own.

    Raises:
        NotFound: no such offer, or none that concerns it.
    """
    swap = await db.get(Swap, swap_id)
    if swap is None or own.id not in {swap.with_id, None if made_to_it else swap.inscription_id}:
        raise NotFound
    return swap


async def record_of(
    db: AsyncSession, speaker_list: SpeakerList, before: int | None = None
) -> list[tuple[ListChange, str | None, Delegation | None]]:
    """A page of a list's record, newest first: each line with who wrote it, and of whom it is."""
    asked = (
        select(ListChange, User.name, Delegation)
        .outerjoin(User, col(User.id) == ListChange.who)
        .outerjoin(Inscription, col(Inscription.id) == ListChange.inscription_id)
        .outerjoin(Delegation, col(Delegation.id) == Inscription.delegation_id)
        .where(ListChange.speaker_list_id == speaker_list.id)
    )
    if before:
        asked = asked.where(ListChange.number < before)
    found = await db.exec(asked.order_by(col(ListChange.number).desc()).limit(RECORD))
    return [(line, name, delegation) for line, name, delegation in found.all()]


async def replayed(db: AsyncSession, speaker_list: SpeakerList) -> tuple[list[UUID], list[UUID]]:
    """The order that the record alone leads to, and the order of the list: they are the same."""
    found = await db.exec(
        select(ListChange.act, ListChange.inscription_id, ListChange.detail)
        .where(ListChange.speaker_list_id == speaker_list.id)
        .order_by(col(ListChange.number))
    )
    asked = await asked_on(db, speaker_list.id)
    waiting = [one.id for one in asked if one.state is InscriptionState.WAITING]
    return replay(Line(*row) for row in found.all()).order, waiting
