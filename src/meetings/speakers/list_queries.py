"""A list of speakers as somebody sees it: the requests on it, their places, and when they speak."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import Role
from meetings.base.errors import NotFound
from meetings.base.live import Audience
from meetings.bodies.models import AgendaItem, Session
from meetings.bodies.queries import item_address
from meetings.delegations.models import Delegation
from meetings.schedule.models import Meeting, MeetingState
from meetings.schedule.queries import Sitting, meeting_path
from meetings.speakers.board_queries import (
    Asked,
    Board,
    TakenUp,
    board_of,
    requests_on,
    taken_up,
)
from meetings.speakers.fitting import Fit, fit
from meetings.speakers.forecast import Queue, forecast, free_at, planned_starts
from meetings.speakers.models import LIMIT, Inscription, InscriptionState, SpeakerList
from meetings.speakers.queries import item_for
from meetings.speakers.rules import ListRules, Sight, limit_of, rules_of

EVERYBODY = Audience(Role.SECRETARIAT, None, "en")


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


async def lists_of(
    db: AsyncSession,
    meetings: Sequence[Meeting],
    eyes: Audience,
    at: datetime,
    only: UUID | None = None,
) -> list[SpeakersList]:
    """The lists of these meetings' items in their order, as these eyes see them; or `only` one's.

    A delegation sees its own requests, their places and times, in the sessions it takes part in,
    and of the others what each list's rules allow.
    """
    taken = await taken_up(db, [meeting.id for meeting in meetings], eyes)
    shown = [one for one in taken if one.visible and only in {None, one.item.id}]
    if not shown:
        return []
    board = await board_of(db, taken)
    asked = await requests_on(db, taken, shown, eyes)
    return [
        look.by(eyes)
        for meeting in meetings
        for look in _looks(meeting, taken, shown, board, asked, at)
    ]


async def look_at(
    db: AsyncSession, meeting: Meeting, item_id: UUID, eyes: Collection[Audience], at: datetime
) -> "Look":
    """The list of an item, for all of these: who takes part in its session was asked before."""
    taken = await taken_up(db, [meeting.id], EVERYBODY)
    board = await board_of(db, taken)
    shown = [one for one in taken if one.item.id == item_id]
    single = next(iter(eyes)) if len(eyes) == 1 else EVERYBODY
    asked = await requests_on(db, taken, shown, single)
    (look,) = _looks(meeting, taken, shown, board, asked, at)
    return look


def _looks(  # noqa: PLR0913, PLR0917 (all that was read, and when)
    meeting: Meeting,
    taken: Sequence[TakenUp],
    shown: Sequence[TakenUp],
    board: Board,
    asked: Mapping[UUID, Sequence[Asked]],
    at: datetime,
) -> "list[Look]":
    here = [one for one in taken if one.allotment.meeting_id == meeting.id]
    expected = _expected(meeting, here, board, at)
    return [
        Look(one, meeting, board, asked, expected, at)
        for one in shown
        if one.allotment.meeting_id == meeting.id
    ]


@dataclass(frozen=True)
class Look:
    """A list as it is at a moment, read once for all who ask to see it."""

    taken: TakenUp
    meeting: Meeting
    board: Board
    asked: Mapping[UUID, Sequence[Asked]]
    expected: Mapping[UUID, datetime]
    at: datetime

    def by(self, eyes: Audience) -> SpeakersList:
        """What of it may be seen by these eyes."""
        known, waiting = self.taken.speaker_list, self.board.waiting(self.taken)
        places = {turn.id: place for place, turn in enumerate(waiting, 1)}
        own, theirs = self._parted(eyes, places)

        def placed(each: Asked) -> Inscribed:
            limit = limit_of(known, each.inscription) if known else LIMIT
            id_ = each.inscription.id
            return Inscribed(each, limit, places.get(id_), self.expected.get(id_))

        return SpeakersList(
            session=self.taken.session,
            meeting=self.meeting,
            number=self.taken.number,
            item=self.taken.item,
            speaker_list=known,
            waiting=len(waiting),
            requests=tuple(map(placed, own)),
            others=tuple(map(placed, theirs)),
            fit=self._fit() if eyes.role != Role.DELEGATION else None,
            is_open=known is not None and known.is_open(self.at),
        )

    def _parted(
        self, eyes: Audience, places: Collection[UUID]
    ) -> tuple[Sequence[Asked], Sequence[Asked]]:
        """The requests that are shown whole, and those of others as far as the rules let see."""
        known = self.taken.speaker_list
        asked = self.asked.get(known.id, ()) if known else ()
        if eyes.role != Role.DELEGATION:
            return asked, ()
        own = [each for each in asked if each.delegation.id == eyes.delegation_id]
        mine = {each.inscription.id for each in own}
        sees = rules_of(known).sight is not Sight.NOTHING
        return own, [
            each
            for each in asked
            if each.inscription.id not in mine
            and each.inscription.id in places
            and (sees or (each.swap and each.swap[1] in mine))
        ]

    def _fit(self) -> Fit | None:
        """Whether those who wait fit into the rest of the meeting; None where nobody does."""
        waiting = self.board.waiting(self.taken)
        if not waiting or self.meeting.state is MeetingState.ADJOURNED:
            return None
        begins = self.expected.get(waiting[0].id, self.at)
        left = _moment(self.meeting, self.taken.session, starts=False) - begins
        return fit([turn.time for turn in waiting], left, self.board.pace(self.taken))


def _expected(
    meeting: Meeting, taken: Sequence[TakenUp], board: Board, at: datetime
) -> dict[UUID, datetime]:
    """When each who waits may expect the floor; nobody does once it has adjourned."""
    if meeting.state is MeetingState.ADJOURNED or not taken:
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
                waiting=tuple(
                    (turn.id, turn.time * board.pace(taken[0])) for turn in board.waiting(one)
                ),
                not_before=None if one.begun else not_before,
            )
            for one, not_before in zip(taken, planned, strict=True)
        ],
    )


def _speaker_has(taken: Sequence[TakenUp], board: Board) -> timedelta:
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
    return (await lists_of(db, [sitting.meeting], eyes, at, item.id))[0]
