"""A list of speakers as somebody sees it: the requests on it, their places, and when they speak."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import col
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
from meetings.speakers.fitting import Fit, fit, pace
from meetings.speakers.forecast import Queue, forecast, free_at, planned_starts
from meetings.speakers.models import (
    LIMIT,
    Inscription,
    InscriptionState,
    SpeakerList,
    Statement,
    Swap,
)
from meetings.speakers.queries import item_for
from meetings.speakers.rules import ListRules, Sight, limit_by_class, limit_of, rules_of

EVERYBODY = Audience(Role.SECRETARIAT, None, "en")
HEARD = 60  # of the session's latest statements, for how long speakers really take
KEPT = 200  # lists whose requests are kept in memory, as of their last change

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
class Inscribed:
    """A request for the floor as its list shows it.

    While it waits it has a `place` among those who wait, from 1, and an expected time; afterwards
    the times at which it was heard. `minutes` is its limit.
    """

    asked: Asked
    minutes: int
    place: int | None
    expected: datetime | None

    @property
    def inscription(self) -> Inscription:
        return self.asked.inscription

    @property
    def delegation(self) -> Delegation:
        return self.asked.delegation

    @property
    def started_at(self) -> datetime | None:
        return self.asked.started_at

    @property
    def ended_at(self) -> datetime | None:
        return self.asked.ended_at


@dataclass(frozen=True)
class SpeakersList:
    """The speakers on an item in a meeting, as far as somebody may see them.

    `speaker_list` is None as long as nobody has made it. `waiting` counts all who wait; `requests`
    are those shown whole: a delegation's own, everybody's for the others. `others` are those who
    wait besides, as far as the rules let delegations see them. `fit` is for those who run it.
    """

    session: Session
    meeting: Meeting
    number: int
    item: AgendaItem
    speaker_list: SpeakerList | None
    waiting: int
    requests: tuple[Inscribed, ...]
    others: tuple[Inscribed, ...]
    fit: Fit | None
    is_open: bool

    @property
    def path(self) -> str:
        return f"{meeting_path(self.session.slug, self.number)}/speakers/{item_address(self.item)}"

    @property
    def rules(self) -> ListRules:
        return rules_of(self.speaker_list)

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

    def those(self, *states: InscriptionState) -> list[Inscribed]:
        return [one for one in self.requests if one.inscription.state in states]

    def offers_to(self, own: Inscribed) -> list[Inscribed]:
        """Those who offer to change places with one of the requests shown whole."""
        everybody = (*self.requests, *self.others)
        return [
            one for one in everybody if one.asked.swap and one.asked.swap[1] == own.inscription.id
        ]


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
    speaking_since: datetime | None


class Turn(NamedTuple):
    """A request as far as the time of others depends on it."""

    id: UUID
    state: InscriptionState
    time: timedelta  # its limit


@dataclass(frozen=True)
class _Board:
    """The order of all who are on the lists of a meeting, and how long speakers take."""

    turns: Mapping[UUID, Sequence[Turn]]  # by list, in order
    pace: float

    def of(self, one: _Taken) -> Sequence[Turn]:
        return self.turns.get(one.speaker_list.id, ()) if one.speaker_list else ()

    def waiting(self, one: _Taken) -> list[Turn]:
        return [turn for turn in self.of(one) if turn.state is InscriptionState.WAITING]


async def lists_of(
    db: AsyncSession, meeting: Meeting, eyes: Audience, at: datetime, only: UUID | None = None
) -> list[SpeakersList]:
    """The lists of a meeting's items in their order, as these eyes may see them; or `only` one's.

    A delegation sees its own requests, their places and times, in the sessions it takes part in,
    and of the others what each list's rules allow.
    """
    taken = await _taken_up(db, meeting.id, eyes)
    if not taken:
        return []
    board = await _board(db, meeting.id, taken)
    expected = _expected(meeting, taken, board, at)
    shown = [one for one in taken if one.visible and only in {None, one.item.id}]
    asked = await _shown(db, meeting.id, taken, shown, eyes)
    return [_seen(one, meeting, board, asked, expected, eyes, at) for one in shown]


class Look:
    """A list as it is at a moment, for whoever of many asks to see it: read once for all of them.

    Who takes part in its session was asked before.
    """

    def __init__(  # noqa: PLR0913, PLR0917 (what is drawn, and when)
        self,
        one: _Taken,
        meeting: Meeting,
        board: _Board,
        asked: Mapping[UUID, Sequence[Asked]],
        expected: Mapping[UUID, datetime],
        at: datetime,
    ) -> None:
        self._all = (one, meeting, board, asked, expected)
        self._at = at

    def by(self, eyes: Audience) -> SpeakersList:
        return _seen(*self._all, eyes, self._at)


async def look_at(
    db: AsyncSession, meeting: Meeting, item_id: UUID, eyes: Collection[Audience], at: datetime
) -> Look:
    """The list of an item, as all of these may see it."""
    taken = await _taken_up(db, meeting.id, EVERYBODY)
    board = await _board(db, meeting.id, taken)
    (one,) = (one for one in taken if one.item.id == item_id)
    single = next(iter(eyes)) if len(eyes) == 1 else EVERYBODY
    asked = await _shown(db, meeting.id, taken, [one], single)
    return Look(one, meeting, board, asked, _expected(meeting, taken, board, at), at)


def _seen(  # noqa: PLR0913, PLR0917 (what is drawn, for whom, and when)
    one: _Taken,
    meeting: Meeting,
    board: _Board,
    everybody: Mapping[UUID, Sequence[Asked]],
    expected: Mapping[UUID, datetime],
    eyes: Audience,
    at: datetime,
) -> SpeakersList:
    known = one.speaker_list
    waiting = board.waiting(one)
    places = {turn.id: place for place, turn in enumerate(waiting, 1)}
    asked = everybody.get(known.id, ()) if known else ()
    own, theirs = asked, []
    if eyes.role == Role.DELEGATION:
        own = [each for each in asked if each.delegation.id == eyes.delegation_id]
        mine = {each.inscription.id for each in own}
        sees = rules_of(known).sight is not Sight.NOTHING
        theirs = [
            each
            for each in asked
            if each.inscription.id not in mine
            and each.inscription.id in places
            and (sees or (each.swap and each.swap[1] in mine))
        ]

    def placed(each: Asked) -> Inscribed:
        limit = limit_of(known, each.inscription) if known else LIMIT
        id_ = each.inscription.id
        return Inscribed(each, limit, places.get(id_), expected.get(id_))

    return SpeakersList(
        session=one.session,
        meeting=meeting,
        number=one.number,
        item=one.item,
        speaker_list=known,
        waiting=len(waiting),
        requests=tuple(map(placed, own)),
        others=tuple(map(placed, theirs)),
        fit=_fit(one, meeting, board, expected, at) if eyes.role != Role.DELEGATION else None,
        is_open=known is not None and known.is_open(at),
    )


def _fit(
    one: _Taken, meeting: Meeting, board: _Board, expected: Mapping[UUID, datetime], at: datetime
) -> Fit | None:
    """Whether those who wait fit into the rest of the meeting; None where nobody does."""
    waiting = board.waiting(one)
    if not waiting or not one.speaker_list or meeting.state is MeetingState.ADJOURNED:
        return None
    begins = expected.get(waiting[0].id, at)
    limits = [turn.time for turn in waiting]
    return fit(limits, _moment(meeting, one.session, starts=False) - begins, board.pace)


def _minutes(speaker_list: SpeakerList, one: Inscription) -> timedelta:
    return timedelta(minutes=limit_of(speaker_list, one))


async def _taken_up(db: AsyncSession, meeting_id: UUID, eyes: Audience) -> list[_Taken]:
    visible: sa.ColumnElement[bool] = sa.true()
    if eyes.role == Role.DELEGATION:
        visible = sa.exists().where(
            col(Participation.session_id) == Session.id,
            col(Participation.delegation_id) == sa.bindparam("eyes", eyes.delegation_id, sa.Uuid),
        )
    begun = sa.exists().where(FLOOR.c.meeting_id == meeting_id, FLOOR.c.item_id == AgendaItem.id)
    speaking = (
        sa.select(FLOOR.c.started_at)
        .where(FLOOR.c.meeting_id == meeting_id, FLOOR.c.ended_at.is_(None))
        .scalar_subquery()
    )
    found = await db.exec(  # type: ignore[call-overload]  # it knows four columns
        sa.select(
            Allotment,
            AgendaItem,
            Session,
            col(SessionMeeting.number),
            SpeakerList,
            visible,
            begun,
            speaking,
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


# What a list's record has counted is the mark of all that is drawn of it: as long as it stays, the
# requests are those that were read before. By engine, for a process may know several databases.
_kept: WeakKeyDictionary[Any, OrderedDict[Any, tuple[Any, Any]]] = WeakKeyDictionary()


async def _by_mark(
    db: AsyncSession, what: object, taken: Sequence[_Taken], read: Callable[[], Awaitable[Any]]
) -> Any:
    """What was read of these lists when they were as they are now, else what is read now."""
    lists = [one.speaker_list for one in taken if one.speaker_list]
    mark = tuple((one.id, one.changes, one.limit) for one in lists)
    kept = _kept.setdefault(db.get_bind().engine, OrderedDict())
    if what in kept and kept[what][0] == mark:
        kept.move_to_end(what)
        return kept[what][1]
    found = await read()
    kept[what] = (mark, found)
    while len(kept) > KEPT:
        kept.popitem(last=False)
    return found


async def _board(db: AsyncSession, meeting_id: UUID, taken: Sequence[_Taken]) -> _Board:
    lists = {one.speaker_list.id: one.speaker_list for one in taken if one.speaker_list}

    async def read() -> _Board:
        if not lists:
            return _Board({}, 1.0)
        return _Board(await _turns(db, lists), await _pace(db, taken[0].session.id))

    board: _Board = await _by_mark(db, meeting_id, taken, read)
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


async def _shown(
    db: AsyncSession,
    meeting_id: UUID,
    taken: Sequence[_Taken],
    shown: Sequence[_Taken],
    eyes: Audience,
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
        db, (meeting_id, "whole"), taken, lambda: _asked(db, every)
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


async def _pace(db: AsyncSession, session_id: UUID) -> float:
    """How much of their time the latest speakers of a session have taken."""
    found = await db.exec(  # type: ignore[call-overload]  # it knows no table of names
        sa.select(FLOOR.c.started_at, FLOOR.c.ended_at, SpeakerList, Inscription)
        .join(Inscription, col(Inscription.id) == FLOOR.c.inscription_id)
        .join(SpeakerList, col(SpeakerList.id) == Inscription.speaker_list_id)
        .join(SessionMeeting, col(SessionMeeting.meeting_id) == FLOOR.c.meeting_id)
        .where(col(SessionMeeting.session_id) == session_id, FLOOR.c.ended_at > FLOOR.c.started_at)
        .order_by(FLOOR.c.started_at.desc())
        .limit(HEARD)
    )
    return pace([(ended - began, _minutes(of, one)) for began, ended, of, one in found.all()])


def _expected(
    meeting: Meeting, taken: Sequence[_Taken], board: _Board, at: datetime
) -> dict[UUID, datetime]:
    """When each who waits may expect the floor; nobody does in a meeting that has adjourned."""
    if meeting.state is MeetingState.ADJOURNED:
        return {}
    starts = _moment(meeting, taken[0].session)
    free = free_at(
        at,
        starts if meeting.state is MeetingState.PLANNED else at,
        taken[0].speaking_since,
        _speaker_has(taken, board),
    )
    planned = planned_starts(starts, [one.allotment.minutes for one in taken])
    return forecast(
        free,
        [
            Queue(
                waiting=tuple((turn.id, turn.time * board.pace) for turn in board.waiting(one)),
                not_before=None if one.begun else not_before,
            )
            for one, not_before in zip(taken, planned, strict=True)
        ],
    )


def _speaker_has(taken: Sequence[_Taken], board: _Board) -> timedelta:
    """How long the one who has the floor may speak."""
    turns = [turn for one in taken for turn in board.of(one)]
    speaking = [turn.time for turn in turns if turn.state is InscriptionState.SPEAKING]
    limits = [one.speaker_list.limit for one in taken if one.speaker_list]
    return speaking[0] if speaking else timedelta(minutes=next(filter(None, limits), LIMIT))


async def list_for(
    db: AsyncSession, sitting: Sitting, address: str, eyes: Audience, at: datetime
) -> SpeakersList:
    """The list of an item as these eyes may see it.

    Raises:
        NotFound: the meeting takes up no such item of this session.
    """
    item, _ = await item_for(db, sitting, address)
    return (await lists_of(db, sitting.meeting, eyes, at, item.id))[0]
