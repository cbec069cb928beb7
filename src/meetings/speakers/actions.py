"""What may be done to a list of speakers as a whole.

Every verb of this room runs with its meeting's row locked (sitting_for(..., lock=True)), as those
that give the floor do: places are dealt out one at a time, and nobody is withdrawn while being
called.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.clock import now
from meetings.base.errors import Refused
from meetings.base.languages import gettext as _
from meetings.bodies.models import AgendaItem, Body, Session
from meetings.delegations.models import Delegation
from meetings.schedule.models import Meeting, MeetingState
from meetings.speakers.models import (
    LONGEST,
    Act,
    Inscription,
    SpeakerList,
    SpeakingClass,
    TimesForm,
)
from meetings.speakers.order import stand_by_rule
from meetings.speakers.record_actions import record
from meetings.speakers.rules import ListRules, rules_of, sort_key


async def open_list(
    db: AsyncSession,
    meeting: Meeting,
    item: AgendaItem,
    known: SpeakerList | None,
    limit: int | None,
) -> SpeakerList:
    """Open the list of an item: made at the first opening. Opening it twice changes nothing.

    Raises:
        Refused: the meeting has adjourned, or the limit is no time to speak.
    """
    check_not_adjourned(meeting)
    if limit is not None and not 1 <= limit <= LONGEST:
        raise Refused(_("Give each speaker between 1 and 60 minutes."), field="limit")
    speaker_list = known or await made(db, meeting, item)
    if speaker_list.is_open(now()) and speaker_list.limit == limit and speaker_list.changes:
        return speaker_list
    speaker_list.open = True
    speaker_list.opens_at = speaker_list.closes_at = None
    speaker_list.limit = limit
    await record(db, speaker_list, Act.OPENED, detail={"limit": limit})
    return speaker_list


async def made(db: AsyncSession, meeting: Meeting, item: AgendaItem) -> SpeakerList:
    """A list that is not open yet, under the rules that its body has now."""
    speaker_list = SpeakerList(
        meeting_id=meeting.id, item_id=item.id, open=False, rules=await _rules_of(db, item)
    )
    db.add(speaker_list)
    await db.flush()
    return speaker_list


async def _rules_of(db: AsyncSession, item: AgendaItem) -> dict[str, object]:
    found = await db.exec(
        select(Body.rules)
        .join(Session, Session.body_id == Body.id)  # type: ignore[arg-type]
        .where(Session.id == item.session_id)
    )
    rules: dict[str, object] = found.one().get("speakers", {})
    return rules


async def close_list(db: AsyncSession, speaker_list: SpeakerList | None) -> None:
    """Close a list: those who wait keep their places. Closing it twice changes nothing."""
    if speaker_list is not None and speaker_list.is_open(now()):
        speaker_list.open = False
        speaker_list.opens_at = speaker_list.closes_at = None
        await record(db, speaker_list, Act.CLOSED)


async def set_times(  # noqa: PLR0913, PLR0917 (a time needs its place)
    db: AsyncSession,
    session: Session,
    meeting: Meeting,
    item: AgendaItem,
    known: SpeakerList | None,
    form: TimesForm,
) -> SpeakerList:
    """Say when a list opens and closes by itself; before it opens it is closed.

    Raises:
        Refused: the meeting has adjourned, or it would close before it opens.
    """
    check_not_adjourned(meeting)
    opens, closes = (_moment(at, session.timezone) for at in (form.opens, form.closes))
    if opens and closes and closes <= opens:
        raise Refused(_("A list closes after it opens. Give a later time."), field="closes")
    if closes and closes <= now():
        raise Refused(_("This time has passed. Give a later one."), field="closes")
    speaker_list = known or await made(db, meeting, item)
    speaker_list.open = speaker_list.is_open(now()) and opens is None
    speaker_list.opens_at, speaker_list.closes_at = opens, closes
    moments = {"opens": opens and opens.isoformat(), "closes": closes and closes.isoformat()}
    await record(db, speaker_list, Act.TIMED, detail=moments)
    return speaker_list


def _moment(at: datetime | None, zone: str) -> datetime | None:
    return at and at.replace(tzinfo=ZoneInfo(zone))


async def pass_times(db: AsyncSession, speaker_list: SpeakerList) -> None:
    """Write down that a list has opened or closed by itself. Twice is once."""
    at = now()
    if speaker_list.opens_at and speaker_list.opens_at <= at:
        speaker_list.open, speaker_list.opens_at = True, None
        await record(db, speaker_list, Act.OPENED, detail={"limit": speaker_list.limit})
    if speaker_list.closes_at and speaker_list.closes_at <= at:
        speaker_list.open, speaker_list.closes_at = False, None
        await record(db, speaker_list, Act.CLOSED)


async def apply_rules(db: AsyncSession, item: AgendaItem, speaker_list: SpeakerList) -> None:
    """Put a list that is under way under the rules that its body has now; who was moved stays."""
    speaker_list.rules = await _rules_of(db, item)
    found = await db.exec(
        select(Inscription, Delegation)
        .join(Delegation, col(Delegation.id) == Inscription.delegation_id)
        .where(Inscription.speaker_list_id == speaker_list.id)
        .order_by(col(Inscription.requested_at), col(Inscription.place))
    )
    asked = list(found.all())
    rules = rules_of(speaker_list)
    give_keys(rules, asked)
    told: dict[str, list[Any]] = {}
    for one, _delegation in asked:
        if not one.moved:
            told |= put_by_rule(rules, one)
    await record(db, speaker_list, Act.RULED, detail={"rules": told})


def give_keys(rules: ListRules, asked: Iterable[tuple[Inscription, Delegation]]) -> None:
    """Say anew where requests stand inside their classes; `asked` is in the order of asking."""
    earlier: Counter[tuple[SpeakingClass, str]] = Counter()
    for one, delegation in asked:
        kind = (one.speaking_class, delegation.group)
        one.sort_key = key_for(rules, delegation, earlier[kind])
        earlier[kind] += 1


def put_by_rule(rules: ListRules, one: Inscription) -> dict[str, list[Any]]:
    """Let a request stand where the rules put it; gives what the record keeps of that."""
    rank = rules.order.index(one.speaking_class)
    one.stand = stand_by_rule(rank, one.sort_key, one.requested_at, one.place)
    one.moved, one.reason = False, ""
    return {str(one.id): [rank, one.sort_key, one.requested_at.isoformat(), one.place]}


def key_for(rules: ListRules, delegation: Delegation, earlier: int) -> str:
    """Where a delegation stands inside its class, by these rules."""
    name = delegation.name.in_language(rules.language)
    rank = delegation.ranks.get(rules.language, 0)
    return sort_key(rules, name, rank, earlier)


def check_not_adjourned(meeting: Meeting) -> None:
    """Raises Refused when the meeting is over."""
    if meeting.state is MeetingState.ADJOURNED:
        raise Refused(_("This meeting has adjourned: ask for the floor in another one."))
