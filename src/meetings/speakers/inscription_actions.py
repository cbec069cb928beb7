"""What may be done about a request for the floor: make it, change it, take it back."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import Role, User
from meetings.base.clock import now
from meetings.base.errors import NotFound, Refused
from meetings.base.languages import LANGUAGES, current_language
from meetings.base.languages import gettext as _
from meetings.delegations.finding import chosen
from meetings.delegations.models import Delegation, DelegationKind, Participation
from meetings.schedule.queries import Sitting
from meetings.speakers.actions import check_not_adjourned, key_for, put_by_rule
from meetings.speakers.models import (
    Act,
    Asks,
    ChangedInscription,
    Inscription,
    InscriptionForm,
    InscriptionState,
    SpeakerList,
    SpeakingCapacity,
    SpeakingClass,
)
from meetings.speakers.queries import (
    Brief,
    brief,
    briefly_asked_on,
    delegations_in,
    hold_participations,
)
from meetings.speakers.record_actions import mark, record
from meetings.speakers.rules import class_of, rules_of

HEARD = {InscriptionState.WAITING, InscriptionState.SPEAKING}
REPLIES = 2  # of one delegation on a list
PARTIES = {DelegationKind.STATE, DelegationKind.REGIONAL_ORGANIZATION}


@dataclass(frozen=True)
class Ask:
    """A request for the floor as it reached the server: who sent it, and when it was received."""

    form: InscriptionForm
    user: User
    received: datetime


Answer = Inscription | Refused | NotFound


class _Known:
    """What is known of a list while requests are taken: read once for all of them."""

    def __init__(
        self,
        sitting: Sitting,
        speaker_list: SpeakerList | None,
        asked: Iterable[Brief],
        parts: Mapping[UUID, tuple[Delegation, list[Participation]]],
        choices: Sequence[Delegation],
    ) -> None:
        self.sitting = sitting
        self.speaker_list = speaker_list
        self.rules = rules_of(speaker_list)
        self.parts = parts
        self.choices = choices
        self.ids: dict[UUID, UUID] = {}  # whose each request is
        self.place = 0  # the last that was written
        self._asked: dict[UUID, list[Brief]] = {}
        self._groups: Counter[tuple[SpeakingClass, str]] = Counter()
        for one in asked:
            self.note(one)

    def note(self, one: Brief) -> None:
        self.ids[one.id] = one.delegation_id
        self.place = max(self.place, one.place)
        self._asked.setdefault(one.delegation_id, []).append(one)
        self._groups[one.speaking_class, one.group] += 1

    def of(self, delegation_id: UUID) -> Sequence[Brief]:
        return self._asked.get(delegation_id, ())

    def earlier(self, speaking_class: SpeakingClass, group: str) -> int:
        """How many of a regional group have asked in this class."""
        return self._groups[speaking_class, group]


async def inscribe(
    db: AsyncSession, sitting: Sitting, speaker_list: SpeakerList | None, asks: Sequence[Ask]
) -> list[Answer]:
    """Take requests in the order in which they were received; one that is refused stops no other.

    The same request again changes nothing. Gives, for each, the request that is kept, or why it is
    refused: the list is not open; the delegation, or what it says of itself, is not right; it
    waits on this list already. NotFound: its id is another's, or the list is none of theirs.
    """
    known = await _known(db, sitting, speaker_list, asks)
    answers: dict[int, Answer] = {}
    for number, ask in sorted(enumerate(asks), key=lambda pair: pair[1].received):
        try:
            answers[number] = await _taken(db, known, ask)
        except (Refused, NotFound) as refusal:
            answers[number] = refusal
    try:
        await db.flush()
    except IntegrityError:
        # Another process holds a place that this one could not see: the database's last word.
        raise _waits_already() from None
    return [answers[number] for number in range(len(asks))]


async def _known(
    db: AsyncSession, sitting: Sitting, speaker_list: SpeakerList | None, asks: Sequence[Ask]
) -> _Known:
    asked = await briefly_asked_on(db, speaker_list.id) if speaker_list else []
    choices: Sequence[Delegation] = []
    if any(ask.user.role is not Role.DELEGATION for ask in asks):
        choices = await delegations_in(db, sitting.meeting.id, current_language())
    who = {_asking(ask, choices) for ask in asks} - {None}
    parts = await hold_participations(db, sitting.meeting.id, [id_ for id_ in who if id_])
    return _Known(sitting, speaker_list, asked, parts, choices)


def _asking(ask: Ask, choices: Collection[Delegation]) -> UUID | None:
    """Whose request it is: a delegation's own, or of the one that the secretariat has chosen."""
    if ask.user.role is Role.DELEGATION:
        return ask.user.delegation_id
    delegation = chosen(choices, ask.form.delegation)
    return delegation.id if delegation else None


async def _taken(db: AsyncSession, known: _Known, ask: Ask) -> Inscription:
    delegation_id = _asking(ask, known.choices)
    delegation, parts = known.parts.get(delegation_id or UUID(int=0), (None, []))
    if ask.user.role is Role.DELEGATION and known.sitting.session.id not in {
        part.session_id for part in parts
    }:
        raise NotFound
    # Comes before the other rules: what was registered in time stays so when it is sent again.
    if kept := await _kept(db, known, ask):
        return kept
    speaker_list = opened(known.sitting, known.speaker_list, ask.received, ask.form.asks)
    if delegation is None:
        raise Refused(
            _("Choose a delegation that takes part, by its code or from the list."),
            field="delegation",
        )
    _check(ask.form)
    inscription = _made(known, ask, delegation, parts[0], speaker_list)
    _check_once(known, inscription)
    known.note(brief(inscription, delegation.group))
    db.add(inscription)
    await _record(db, known, inscription, ask.user.id)
    return inscription


async def _record(
    db: AsyncSession, known: _Known, one: Inscription, who: UUID | None = None
) -> None:
    """Let a request stand by the rules, and write that down."""
    assert known.speaker_list  # noqa: S101 (for the type checker: it takes requests)
    told = {"rules": put_by_rule(known.rules, one), "waiting": [str(one.id)]}
    await record(db, known.speaker_list, Act.INSCRIBED, one.id, who=who, detail=told)


async def _kept(db: AsyncSession, known: _Known, ask: Ask) -> Inscription | None:
    whose = known.ids.get(ask.form.id)
    if whose is None:
        if await db.get(Inscription, ask.form.id):
            raise NotFound
        return None
    if ask.user.role is Role.DELEGATION and whose != ask.user.delegation_id:
        raise NotFound
    return await db.get(Inscription, ask.form.id)


def _made(
    known: _Known,
    ask: Ask,
    delegation: Delegation,
    part: Participation,
    speaker_list: SpeakerList,
) -> Inscription:
    form, rules = ask.form, known.rules
    speaking_class = class_of(
        delegation.kind, part.capacity, form.capacity, form.asks, minister=form.minister
    )
    if speaking_class in rules.excluded:
        raise Refused(_("By the rules of this body you cannot take the floor on this list."))
    return Inscription(
        **form.model_dump(exclude={"delegation"}),
        speaker_list_id=speaker_list.id,
        delegation_id=delegation.id,
        requested_at=ask.received,
        place=known.place + 1,
        state=InscriptionState.WAITING,
        speaking_class=speaking_class,
        sort_key=key_for(rules, delegation, known.earlier(speaking_class, delegation.group)),
        single=rules.single and form.asks is Asks.STATEMENT,
        minutes=_reply_minutes(known, delegation, speaking_class),
    )


def _reply_minutes(
    known: _Known, delegation: Delegation, speaking_class: SpeakingClass
) -> int | None:
    """The minutes of a right of reply; None for anything else, which goes by its class.

    Raises:
        Refused: it has replied twice, or is no State party (a point of order: neither).
    """
    asks = {SpeakingClass.POINT_OF_ORDER, SpeakingClass.RIGHT_OF_REPLY}
    if speaking_class in asks and delegation.kind not in PARTIES:
        raise Refused(_("Points of order and rights of reply are for States."), field="asks")
    if speaking_class is not SpeakingClass.RIGHT_OF_REPLY:
        return None
    gone = {InscriptionState.WITHDRAWN, InscriptionState.CARRIED}
    own = known.of(delegation.id)
    replies = sum(one.speaking_class is speaking_class and one.state not in gone for one in own)
    if replies >= REPLIES:
        raise Refused(_("A delegation replies twice at most on an item."), field="asks")
    return known.rules.minutes_of(speaking_class, replies)


def _check_once(known: _Known, new: Inscription) -> None:
    """Say what the database would refuse, before it does."""

    def in_capacity(one: Brief | Inscription) -> tuple[object, ...]:
        return (one.delegation_id, one.capacity, one.on_behalf_of)

    for one in known.of(new.delegation_id):
        if in_capacity(one) != in_capacity(new) or one.id == new.id:
            continue
        if one.state in HEARD and one.speaking_class is new.speaking_class:
            raise _waits_already()
        if new.single and one.single and one.state in {*HEARD, InscriptionState.SPOKEN}:
            raise Refused(_("Each delegation has one statement on this item: it has been made."))


def _waits_already() -> Refused:
    return Refused(_("This delegation is on the list already in this capacity: it waits once."))


async def inscribe_again(
    db: AsyncSession, sitting: Sitting, speaker_list: SpeakerList, inscription: Inscription
) -> None:
    """Take a withdrawal back: as if it were asked for now. Twice changes nothing.

    Raises:
        Refused: the list is not open, or the delegation waits on it already.
    """
    gone = {InscriptionState.WITHDRAWN, InscriptionState.ABSENT}
    if inscription.state not in gone:
        return
    opened(sitting, speaker_list, now())
    asked = await briefly_asked_on(db, speaker_list.id)
    known = _Known(sitting, speaker_list, asked, {}, [])
    _check_once(known, inscription)
    inscription.place = known.place + 1
    inscription.requested_at = now()
    inscription.absences = 0
    inscription.state = InscriptionState.WAITING
    await _record(db, known, inscription)
    try:
        await db.flush()
    except IntegrityError:
        raise _waits_already() from None


async def change(
    db: AsyncSession,
    speaker_list: SpeakerList,
    inscription: Inscription,
    form: ChangedInscription,
) -> None:
    """Say who speaks, in which language, and whether from afar. The place stays.

    Raises:
        Refused: the speaker has had the floor, or the language is none of the six.
    """
    if inscription.state not in HEARD:
        raise Refused(_("This speaker is no longer waiting. Look at the list again."))
    if form.language and form.language not in LANGUAGES:
        raise Refused(_("Choose a language from the list."), field="language")
    values = form.model_dump()
    before = {name: getattr(inscription, name) for name in values}
    if before == values:
        return
    for name, value in values.items():
        setattr(inscription, name, value)
    await record(
        db, speaker_list, Act.CHANGED, inscription.id, detail={"before": before, "after": values}
    )


async def withdraw(db: AsyncSession, inscription: Inscription) -> None:
    """Take a request back. Withdrawing twice changes nothing.

    Raises:
        Refused: the speaker has been given the floor.
    """
    if inscription.state is InscriptionState.WITHDRAWN:
        return
    if inscription.state is not InscriptionState.WAITING:
        raise Refused(_("This speaker has been given the floor: there is nothing to withdraw."))
    await mark(db, inscription, InscriptionState.WITHDRAWN)


def opened(
    sitting: Sitting,
    speaker_list: SpeakerList | None,
    at: datetime,
    asks: Asks = Asks.STATEMENT,
) -> SpeakerList:
    """The list, if it takes requests at this moment.

    A point of order or a right of reply may be asked for as long as the meeting goes on: a list
    is closed for statements.

    Raises:
        Refused: it does not, and why.
    """
    check_not_adjourned(sitting.meeting)
    if speaker_list is None:
        raise Refused(_("This list is not open yet. The secretariat opens it."))
    if asks is Asks.STATEMENT and not speaker_list.is_open(at):
        if speaker_list.opens_at and at < speaker_list.opens_at:
            raise Refused(_("This list is not open yet: it opens by itself at the time it says."))
        raise Refused(_("This list is closed. Ask the secretariat whether it can be opened again."))
    return speaker_list


def _check(form: InscriptionForm) -> None:
    if form.language and form.language not in LANGUAGES:
        raise Refused(_("Choose a language from the list."), field="language")
    if form.capacity is SpeakingCapacity.GROUP and not form.on_behalf_of:
        raise Refused(_("Say on behalf of which group."), field="on_behalf_of")
    if form.capacity is SpeakingCapacity.STATE and not form.on_behalf_of:
        raise Refused(_("Say on behalf of which State."), field="on_behalf_of")
    if form.capacity is SpeakingCapacity.NATIONAL and form.on_behalf_of:
        raise Refused(
            _("A national statement is on nobody else’s behalf. Leave this empty."),
            field="on_behalf_of",
        )
