"""What is read of lists of speakers: the items that are taken up, the requests, and how they stand.

Who may see what of it is decided in list_queries.py.
"""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import Role
from meetings.base.db import UTCDateTime
from meetings.base.live import Audience
from meetings.bodies.models import AgendaItem, Session
from meetings.delegations.models import Delegation, Participation
from meetings.schedule.models import Allotment, SessionMeeting
from meetings.speakers.fitting import pace
from meetings.speakers.models import Inscription, InscriptionState, SpeakerList, Statement, Swap
from meetings.speakers.rules import Sight, limit_by_class, limit_of, rules_of

HEARD = 60  # of a session's latest statements, for how long speakers really take
KEPT = 200  # readings of lists that are kept in memory
FRESH = 10.0  # seconds: what lists do not count themselves (a name that changes) is seen by then

# By table name, for it is of a later room: when somebody on a list spoke.
FLOOR = sa.table(
    "intervention",
    sa.column("meeting_id", sa.Uuid),
    sa.column("item_id", sa.Uuid),
    sa.column("delegation_id", sa.Uuid),
    sa.column("inscription_id", sa.Uuid),
    sa.column("started_at", UTCDateTime),
    sa.column("ended_at", UTCDateTime),
)


@dataclass(frozen=True)
class Asked:
    """A request with who asks, when it was heard, and what was sent along."""

    inscription: Inscription
    delegation: Delegation
    started_at: datetime | None
    ended_at: datetime | None
    statement: str | None  # the name of its file
    swap: tuple[UUID, UUID] | None  # an offer to change places: its id, and with whom


@dataclass(frozen=True)
class TakenUp:
    """An item taken up in a meeting, with its list; `begun` when somebody has spoken on it."""

    allotment: Allotment
    item: AgendaItem
    session: Session
    number: int
    speaker_list: SpeakerList | None
    visible: bool
    begun: bool
    speaking_since: datetime | None  # of whoever has the floor in the meeting


class Turn(NamedTuple):
    """A request as far as the time of others depends on it."""

    id: UUID
    state: InscriptionState
    time: timedelta  # its limit


@dataclass(frozen=True)
class Board:
    """The order of all who are on some lists, and how long speakers take in each session."""

    turns: Mapping[UUID, Sequence[Turn]]  # by list, in order
    paces: Mapping[UUID, float]  # by session

    def of(self, one: TakenUp) -> Sequence[Turn]:
        return self.turns.get(one.speaker_list.id, ()) if one.speaker_list else ()

    def waiting(self, one: TakenUp) -> list[Turn]:
        return [turn for turn in self.of(one) if turn.state is InscriptionState.WAITING]

    def pace(self, one: TakenUp) -> float:
        return self.paces.get(one.session.id, 1.0)


async def taken_up(
    db: AsyncSession, meeting_ids: Collection[UUID], eyes: Audience
) -> list[TakenUp]:
    """The items of these meetings in their order; `visible` those of sessions that are theirs."""
    visible: sa.ColumnElement[bool] = sa.true()
    if eyes.role == Role.DELEGATION:
        visible = sa.exists().where(
            col(Participation.session_id) == Session.id,
            col(Participation.delegation_id) == sa.bindparam("eyes", eyes.delegation_id, sa.Uuid),
        )
    here = FLOOR.c.meeting_id == Allotment.meeting_id
    speaking = sa.select(FLOOR.c.started_at).where(here, FLOOR.c.ended_at.is_(None))
    found = await db.exec(  # type: ignore[call-overload]  # it knows four columns
        sa.select(
            Allotment,
            AgendaItem,
            Session,
            col(SessionMeeting.number),
            SpeakerList,
            visible,
            sa.exists().where(here, FLOOR.c.item_id == AgendaItem.id),
            speaking.scalar_subquery(),
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
        .where(col(Allotment.meeting_id).in_(meeting_ids))
        .order_by(col(Allotment.meeting_id), col(Allotment.position))
    )
    return [TakenUp(*row) for row in found.all()]


# What a list's record has counted is the mark of all that is drawn of it: as long as it stays, the
# requests are those that were read before. By engine, for a process may know several databases.
_kept: WeakKeyDictionary[Any, OrderedDict[Any, tuple[Any, float, Any]]] = WeakKeyDictionary()


async def _by_mark(
    db: AsyncSession, what: str, taken: Sequence[TakenUp], read: Callable[[], Awaitable[Any]]
) -> Any:
    """What was read of these lists when they were as they are now, else what is read now."""
    lists = [one.speaker_list for one in taken if one.speaker_list]
    key = (what, *(one.id for one in lists))
    mark = tuple((one.changes, one.limit) for one in lists)
    kept = _kept.setdefault(db.get_bind().engine, OrderedDict())
    if key in kept and kept[key][0] == mark and time.monotonic() < kept[key][1]:
        kept.move_to_end(key)
        return kept[key][2]
    found = await read()
    kept[key] = (mark, time.monotonic() + FRESH, found)
    while len(kept) > KEPT:
        kept.popitem(last=False)
    return found


async def board_of(db: AsyncSession, taken: Sequence[TakenUp]) -> Board:
    """How all lists of these items stand."""
    lists = {one.speaker_list.id: one.speaker_list for one in taken if one.speaker_list}
    if not lists:
        return Board({}, {})

    async def read() -> Board:
        return Board(await _turns(db, lists), await _paces(db, {one.session.id for one in taken}))

    board: Board = await _by_mark(db, "board", taken, read)
    return board


async def _turns(db: AsyncSession, lists: Mapping[UUID, SpeakerList]) -> dict[UUID, list[Turn]]:
    """The requests on these lists in their order, with the least that is needed of each."""
    found = await (await db.connection()).execute(
        sa.select(
            col(Inscription.speaker_list_id),
            col(Inscription.id),
            col(Inscription.state),
            col(Inscription.speaking_class),
            col(Inscription.minutes),
        )
        .where(col(Inscription.speaker_list_id).in_(lists))
        .order_by(col(Inscription.stand), col(Inscription.place))
    )
    turns: dict[UUID, list[Turn]] = {id_: [] for id_ in lists}
    for list_id, id_, state, speaking_class, minutes in found.all():
        limit = limit_by_class(lists[list_id], speaking_class, minutes)
        turns[list_id].append(Turn(id_, state, timedelta(minutes=limit)))
    return turns


async def requests_on(
    db: AsyncSession, taken: Sequence[TakenUp], shown: Sequence[TakenUp], eyes: Audience
) -> Mapping[UUID, Sequence[Asked]]:
    """The requests that these eyes may see, whole. A delegation that sees no others: its own."""
    ids = [one.speaker_list.id for one in shown if one.speaker_list]
    if not ids:
        return {}
    blind = all(rules_of(one.speaker_list).sight is Sight.NOTHING for one in shown)
    if eyes.role == Role.DELEGATION and blind:
        return await _asked(db, ids, eyes.delegation_id)
    every = [one.speaker_list.id for one in taken if one.speaker_list]
    found: Mapping[UUID, Sequence[Asked]] = await _by_mark(
        db, "requests", taken, lambda: _asked(db, every)
    )
    return found


async def _asked(
    db: AsyncSession, list_ids: Sequence[UUID], own: UUID | None = None
) -> dict[UUID, list[Asked]]:
    """The requests on these lists, in their order; or a delegation's `own`."""
    asking = (
        sa.select(
            Inscription,
            Delegation,
            FLOOR.c.started_at,
            FLOOR.c.ended_at,
            col(Statement.name),
            col(Swap.id),
            col(Swap.with_id),
        )
        .join(Delegation, col(Delegation.id) == Inscription.delegation_id)
        .outerjoin(FLOOR, FLOOR.c.inscription_id == Inscription.id)
        .outerjoin(Statement, col(Statement.inscription_id) == Inscription.id)
        .outerjoin(Swap, col(Swap.inscription_id) == Inscription.id)
        .where(col(Inscription.speaker_list_id).in_(list_ids))
        .order_by(col(Inscription.stand), col(Inscription.place), col(Swap.offered_at))
    )
    if own:
        # With those who offer to change places with one of them.
        mine = col(Inscription.delegation_id) == own
        theirs = sa.select(col(Inscription.id)).where(mine).correlate(None)
        asking = asking.where(sa.or_(mine, col(Swap.with_id).in_(theirs)))
    found = await db.exec(asking)  # type: ignore[call-overload]  # it knows no table of names
    asked: dict[UUID, dict[UUID, Asked]] = {id_: {} for id_ in list_ids}
    for one, delegation, started_at, ended_at, statement, swap, other in found.all():
        swapped = (swap, other) if swap else None
        asked[one.speaker_list_id].setdefault(
            one.id, Asked(one, delegation, started_at, ended_at, statement, swapped)
        )
    return {id_: list(requests.values()) for id_, requests in asked.items()}


async def _paces(db: AsyncSession, session_ids: Collection[UUID]) -> dict[UUID, float]:
    """How much of their time the latest speakers of each session have taken."""
    of_session = col(SessionMeeting.session_id)
    newest = sa.func.row_number().over(partition_by=of_session, order_by=FLOOR.c.started_at.desc())
    heard = (
        sa.select(
            of_session.label("session_id"),
            FLOOR.c.inscription_id,
            newest.label("newest"),
            FLOOR.c.started_at,
            FLOOR.c.ended_at,
        )
        .join(SessionMeeting, col(SessionMeeting.meeting_id) == FLOOR.c.meeting_id)
        .where(
            of_session.in_(session_ids),
            FLOOR.c.inscription_id.is_not(None),
            FLOOR.c.ended_at > FLOOR.c.started_at,
        )
        .subquery()
    )
    found = await db.exec(  # type: ignore[call-overload]  # it knows no table of names
        sa.select(
            heard.c.session_id, heard.c.started_at, heard.c.ended_at, SpeakerList, Inscription
        )
        .join(Inscription, col(Inscription.id) == heard.c.inscription_id)
        .join(SpeakerList, col(SpeakerList.id) == Inscription.speaker_list_id)
        .where(heard.c.newest <= HEARD)
    )
    taken: dict[UUID, list[tuple[timedelta, timedelta]]] = {}
    for session_id, began, ended, of, one in found.all():
        limit = timedelta(minutes=limit_of(of, one))
        taken.setdefault(session_id, []).append((ended - began, limit))
    return {session_id: pace(times) for session_id, times in taken.items()}
