"""A list of speakers as somebody sees it: the requests on it, their places, and when they speak."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import Role
from meetings.base.db import UTCDateTime
from meetings.base.errors import NotFound
from meetings.base.live import Audience
from meetings.bodies.models import AgendaItem, Session
from meetings.bodies.queries import item_address
from meetings.delegations.models import Delegation, Participation
from meetings.schedule.models import Allotment, Meeting, MeetingState, SessionMeeting
from meetings.schedule.queries import Sitting, meeting_path
from meetings.speakers.forecast import Queue, forecast, free_at, planned_starts
from meetings.speakers.models import LIMIT, Inscription, InscriptionState, SpeakerList
from meetings.speakers.order import in_order
from meetings.speakers.queries import item_for

# By table name, for it is of a later room: when somebody on a list spoke.
FLOOR = sa.table(
    "intervention",
    sa.column("meeting_id", sa.Uuid),
    sa.column("item_id", sa.Uuid),
    sa.column("inscription_id", sa.Uuid),
    sa.column("started_at", UTCDateTime),
    sa.column("ended_at", UTCDateTime),
)


@dataclass(frozen=True)
class Inscribed:
    """A request for the floor as its list shows it.

    While it waits it has a `place` among those who wait, from 1, and an expected time; afterwards
    the times at which it was heard.
    """

    inscription: Inscription
    delegation: Delegation
    started_at: datetime | None
    ended_at: datetime | None
    place: int | None
    expected: datetime | None


@dataclass(frozen=True)
class SpeakersList:
    """The speakers on an item in a meeting, as far as somebody may see them.

    `speaker_list` is None as long as nobody has opened it. `waiting` counts all who wait;
    `requests` are those shown: a delegation's own, everybody's for the others.
    """

    session: Session
    meeting: Meeting
    number: int
    item: AgendaItem
    speaker_list: SpeakerList | None
    waiting: int
    requests: tuple[Inscribed, ...]

    @property
    def path(self) -> str:
        return f"{meeting_path(self.session.slug, self.number)}/speakers/{item_address(self.item)}"

    @property
    def is_open(self) -> bool:
        return self.speaker_list is not None and self.speaker_list.open

    @property
    def ends(self) -> datetime:
        """When the meeting ends, as planned."""
        return _moment(self.meeting, self.session, starts=False)

    def request(self, inscription_id: UUID) -> Inscribed:
        """One of the requests shown.

        Raises:
            NotFound: no such request, or none that may be seen.
        """
        for one in self.requests:
            if one.inscription.id == inscription_id:
                return one
        raise NotFound

    def those(self, state: InscriptionState) -> list[Inscribed]:
        return [one for one in self.requests if one.inscription.state == state]


def _moment(meeting: Meeting, session: Session, *, starts: bool = True) -> datetime:
    hour = meeting.starts if starts else meeting.ends
    return datetime.combine(meeting.day, hour, ZoneInfo(session.timezone))


@dataclass(frozen=True)
class _Taken:
    """An item taken up in a meeting, with its list; `begun` when somebody has spoken on it."""

    allotment: Allotment
    item: AgendaItem
    session: Session
    number: int
    speaker_list: SpeakerList | None
    visible: bool
    begun: bool


async def lists_of(
    db: AsyncSession, meeting: Meeting, eyes: Audience, at: datetime, only: UUID | None = None
) -> list[SpeakersList]:
    """The lists of a meeting's items in their order, as these eyes may see them; or `only` one's.

    A delegation sees its own requests, their places and times, in the sessions it takes part in.
    """
    taken = await _taken_up(db, meeting.id, eyes)
    places = await _waiting(db, meeting.id)
    expected = await _expected(db, meeting, taken, places, at)
    shown = [one for one in taken if one.visible and only in {None, one.item.id}]
    ids = [one.speaker_list.id for one in shown if one.speaker_list]
    requests = await _requests(db, ids, eyes)
    return [_seen(one, meeting, _places(one, places), expected, requests) for one in shown]


def _seen(
    one: _Taken,
    meeting: Meeting,
    places: Mapping[UUID, int],
    expected: Mapping[UUID, datetime],
    requests: Sequence[Any],
) -> SpeakersList:
    list_id = one.speaker_list.id if one.speaker_list else None
    return SpeakersList(
        session=one.session,
        meeting=meeting,
        number=one.number,
        item=one.item,
        speaker_list=one.speaker_list,
        waiting=len(places),
        requests=tuple(
            _inscribed(row, places, expected)
            for row in requests
            if row[0].speaker_list_id == list_id and _is_settled(row[0], places)
        ),
    )


def _order(one: _Taken, places: Mapping[UUID, list[UUID]]) -> list[UUID]:
    return places.get(one.speaker_list.id, []) if one.speaker_list else []


def _places(one: _Taken, places: Mapping[UUID, list[UUID]]) -> dict[UUID, int]:
    return {id_: place for place, id_ in enumerate(_order(one, places), 1)}


def _is_settled(inscription: Inscription, places: Mapping[UUID, int]) -> bool:
    """Who asked after the order was read has no place in it yet: the next event brings them."""
    return inscription.state is not InscriptionState.WAITING or inscription.id in places


def _inscribed(
    row: Any, places: Mapping[UUID, int], expected: Mapping[UUID, datetime]
) -> Inscribed:
    inscription, delegation, started_at, ended_at = row
    return Inscribed(
        inscription,
        delegation,
        started_at,
        ended_at,
        place=places.get(inscription.id),
        expected=expected.get(inscription.id),
    )


async def _taken_up(db: AsyncSession, meeting_id: UUID, eyes: Audience) -> list[_Taken]:
    visible: sa.ColumnElement[bool] = sa.true()
    if eyes.role == Role.DELEGATION:
        visible = sa.exists().where(
            col(Participation.session_id) == Session.id,
            col(Participation.delegation_id) == eyes.delegation_id,
        )
    begun = sa.exists().where(FLOOR.c.meeting_id == meeting_id, FLOOR.c.item_id == AgendaItem.id)
    found = await db.exec(  # type: ignore[call-overload]  # it knows four columns
        sa.select(
            Allotment, AgendaItem, Session, col(SessionMeeting.number), SpeakerList, visible, begun
        )
        .join(AgendaItem, col(AgendaItem.id) == Allotment.item_id)
        .join(Session, col(Session.id) == AgendaItem.session_id)
        .join(
            SessionMeeting,
            sa.and_(
                col(SessionMeeting.session_id) == Session.id,
                col(SessionMeeting.meeting_id) == Allotment.meeting_id,
            ),
        )
        .outerjoin(
            SpeakerList,
            sa.and_(
                col(SpeakerList.meeting_id) == Allotment.meeting_id,
                col(SpeakerList.item_id) == Allotment.item_id,
            ),
        )
        .where(col(Allotment.meeting_id) == meeting_id)
        .order_by(col(Allotment.position))
    )
    return [_Taken(*row) for row in found.all()]


async def _waiting(db: AsyncSession, meeting_id: UUID) -> dict[UUID, list[UUID]]:
    """Who waits on each list of a meeting, in order: only their identifiers."""
    found = await db.exec(
        select(Inscription.speaker_list_id, Inscription.id, Inscription.place)
        .join(SpeakerList, col(SpeakerList.id) == Inscription.speaker_list_id)
        .where(SpeakerList.meeting_id == meeting_id, Inscription.state == InscriptionState.WAITING)
    )
    places: dict[UUID, dict[UUID, int]] = {}
    for list_id, id_, place in found.all():
        places.setdefault(list_id, {})[id_] = place
    return {list_id: in_order(waiting) for list_id, waiting in places.items()}


async def _expected(
    db: AsyncSession,
    meeting: Meeting,
    taken: Sequence[_Taken],
    places: Mapping[UUID, list[UUID]],
    at: datetime,
) -> dict[UUID, datetime]:
    """When each who waits may expect the floor; nobody does in a meeting that has adjourned."""
    if meeting.state is MeetingState.ADJOURNED or not places:
        return {}
    asked = sa.select(FLOOR.c.started_at, FLOOR.c.item_id).where(
        FLOOR.c.meeting_id == meeting.id, FLOOR.c.ended_at.is_(None)
    )
    speaking = (await (await db.connection()).execute(asked)).first()
    limits = {one.item.id: _limit(one.speaker_list) for one in taken}
    starts = _moment(meeting, taken[0].session)
    free = free_at(
        at,
        starts if meeting.state is MeetingState.PLANNED else at,
        speaking.started_at if speaking else None,
        limits.get(speaking.item_id, _limit(None)) if speaking else _limit(None),
    )
    planned = planned_starts(starts, [one.allotment.minutes for one in taken])
    return forecast(
        free,
        [
            Queue(
                waiting=tuple(_order(one, places)),
                limit=limits[one.item.id],
                not_before=None if one.begun else not_before,
            )
            for one, not_before in zip(taken, planned, strict=True)
        ],
    )


def _limit(speaker_list: SpeakerList | None) -> timedelta:
    return timedelta(minutes=speaker_list.limit if speaker_list else LIMIT)


async def _requests(db: AsyncSession, list_ids: Collection[UUID], eyes: Audience) -> Sequence[Any]:
    """The requests on these lists with who asks and when they were heard, in their order."""
    asked = (
        sa.select(Inscription, Delegation, FLOOR.c.started_at, FLOOR.c.ended_at)
        .join(Delegation, col(Delegation.id) == Inscription.delegation_id)
        .outerjoin(FLOOR, FLOOR.c.inscription_id == Inscription.id)
        .where(col(Inscription.speaker_list_id).in_(list_ids))
        .order_by(col(Inscription.place), col(Inscription.id))
    )
    if eyes.role == Role.DELEGATION:
        asked = asked.where(col(Inscription.delegation_id) == eyes.delegation_id)
    found = await db.exec(asked)  # type: ignore[call-overload]  # it knows no table of names
    rows: Sequence[Any] = found.all()
    return rows


async def list_for(
    db: AsyncSession, sitting: Sitting, address: str, eyes: Audience, at: datetime
) -> SpeakersList:
    """The list of an item as these eyes may see it.

    Raises:
        NotFound: the meeting takes up no such item of this session.
    """
    item, _ = await item_for(db, sitting, address)
    return (await lists_of(db, sitting.meeting, eyes, at, item.id))[0]
