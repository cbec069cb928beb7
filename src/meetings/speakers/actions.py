"""What may be done to a list of speakers.

Every verb here runs with its meeting's row locked (sitting_for(..., lock=True)), as those that give
the floor do: places are dealt out one at a time, and nobody is withdrawn while being called.
"""

from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import Entry, Role, User
from meetings.base.clock import now
from meetings.base.errors import NotFound, Refused
from meetings.base.languages import LANGUAGES, current_language
from meetings.base.languages import gettext as _
from meetings.base.live import tell
from meetings.bodies.models import AgendaItem
from meetings.delegations.finding import chosen
from meetings.schedule.models import Meeting, MeetingState
from meetings.schedule.queries import channel_of
from meetings.speakers.models import (
    LONGEST,
    Inscription,
    InscriptionForm,
    InscriptionState,
    MoveForm,
    SpeakerList,
    SpeakingCapacity,
)
from meetings.speakers.order import moved
from meetings.speakers.queries import (
    delegations_in,
    hold_participation,
    last_place,
    waiting_on,
)


async def open_list(
    db: AsyncSession, meeting: Meeting, item: AgendaItem, known: SpeakerList | None, limit: int
) -> SpeakerList:
    """Open the list of an item: made at the first opening. Opening it twice changes nothing.

    Raises:
        Refused: the meeting has adjourned, or the limit is no time to speak.
    """
    _check_not_adjourned(meeting)
    if not 1 <= limit <= LONGEST:
        raise Refused(_("Give each speaker between 1 and 60 minutes."), field="limit")
    speaker_list = known or SpeakerList(meeting_id=meeting.id, item_id=item.id)
    speaker_list.open = True
    speaker_list.limit = limit
    db.add(speaker_list)
    await _tell(db, speaker_list)
    return speaker_list


async def close_list(db: AsyncSession, speaker_list: SpeakerList | None) -> None:
    """Close a list: those who wait keep their places. Closing it twice changes nothing."""
    if speaker_list is not None and speaker_list.open:
        speaker_list.open = False
        await _tell(db, speaker_list)


async def inscribe(
    db: AsyncSession,
    meeting: Meeting,
    speaker_list: SpeakerList | None,
    form: InscriptionForm,
    user: User,
) -> Inscription:
    """Ask for the floor: the place is the next one. The same request again changes nothing.

    Raises:
        NotFound: the id is of somebody else's request.
        Refused: the list is not open; the delegation, or what it says of itself, is not right; it
            waits on this list already.
    """
    # Comes before the other rules: what was registered in time stays so when it is sent again.
    if kept := await db.get(Inscription, form.id):
        return _same(kept, speaker_list, user)
    speaker_list = _opened(meeting, speaker_list)
    _check(form)
    inscription = Inscription(
        **form.model_dump(exclude={"delegation"}),
        speaker_list_id=speaker_list.id,
        delegation_id=await _who_asks(db, meeting, form, user),
        requested_at=now(),
        place=await last_place(db, speaker_list.id) + 1,
    )
    await _keep_once(db, inscription)
    await _tell(db, speaker_list)
    return inscription


async def inscribe_again(
    db: AsyncSession, meeting: Meeting, speaker_list: SpeakerList, inscription: Inscription
) -> None:
    """Take a withdrawal back: at the end of the list. Twice changes nothing.

    Raises:
        Refused: the list is not open, or the delegation waits on it already.
    """
    if inscription.state is not InscriptionState.WITHDRAWN:
        return
    _opened(meeting, speaker_list)
    inscription.place = await last_place(db, speaker_list.id) + 1
    inscription.requested_at = now()
    inscription.state = InscriptionState.WAITING
    await _keep_once(db, inscription)
    await _tell(db, speaker_list)


async def withdraw(db: AsyncSession, speaker_list: SpeakerList, inscription: Inscription) -> None:
    """Take a request back. Withdrawing twice changes nothing.

    Raises:
        Refused: the speaker has been given the floor.
    """
    if inscription.state is InscriptionState.WITHDRAWN:
        return
    if inscription.state is not InscriptionState.WAITING:
        raise Refused(_("This speaker has been given the floor: there is nothing to withdraw."))
    await mark(db, speaker_list, inscription, InscriptionState.WITHDRAWN)


async def move(
    db: AsyncSession, speaker_list: SpeakerList, inscription: Inscription, form: MoveForm
) -> None:
    """Let a speaker stand at another place among those who wait. The audit keeps the reason.

    Raises:
        Refused: the speaker does not wait, or there is no such place.
    """
    if inscription.state is not InscriptionState.WAITING:
        raise Refused(_("This speaker is no longer waiting. Look at the list again."))
    if form.to < 1:
        raise Refused(_("Places are counted from 1."), field="to")
    waiting = {one.id: one for one in await waiting_on(db, speaker_list.id)}
    before = inscription.place
    changed = moved({id_: one.place for id_, one in waiting.items()}, inscription.id, form.to)
    if not changed:
        return
    for id_, place in changed.items():
        waiting[id_].place = place
    db.add(_moved(db, inscription, before, form.reason))
    await _tell(db, speaker_list)


async def mark(
    db: AsyncSession, speaker_list: SpeakerList, inscription: Inscription, state: InscriptionState
) -> None:
    """Let a request follow what happens to its speaker."""
    inscription.state = state
    await _tell(db, speaker_list)


async def _tell(db: AsyncSession, speaker_list: SpeakerList) -> None:
    await tell(db, channel_of(speaker_list.meeting_id), "speakers_list", speaker_list.id)


def _moved(db: AsyncSession, inscription: Inscription, before: int, reason: str) -> Entry:
    return Entry(
        at=now(),
        who=db.info.get("who"),
        what="moved",
        subject="inscription",
        subject_id=str(inscription.id),
        before={"place": before},
        after={"place": inscription.place, "reason": reason},
    )


def _same(kept: Inscription, speaker_list: SpeakerList | None, user: User) -> Inscription:
    if speaker_list is None or kept.speaker_list_id != speaker_list.id:
        raise NotFound
    if user.role is Role.DELEGATION and kept.delegation_id != user.delegation_id:
        raise NotFound
    return kept


def _opened(meeting: Meeting, speaker_list: SpeakerList | None) -> SpeakerList:
    _check_not_adjourned(meeting)
    if speaker_list is None:
        raise Refused(_("This list is not open yet. The secretariat opens it."))
    if not speaker_list.open:
        raise Refused(_("This list is closed. Ask the secretariat whether it can be opened again."))
    return speaker_list


def _check_not_adjourned(meeting: Meeting) -> None:
    if meeting.state is MeetingState.ADJOURNED:
        raise Refused(_("This meeting has adjourned: ask for the floor in another one."))


def _check(form: InscriptionForm) -> None:
    if form.language and form.language not in LANGUAGES:
        raise Refused(_("Choose a language from the list."), field="language")
    if form.capacity is SpeakingCapacity.GROUP and not form.on_behalf_of:
        raise Refused(_("Say on behalf of which group."), field="on_behalf_of")
    if form.capacity is SpeakingCapacity.NATIONAL and form.on_behalf_of:
        raise Refused(
            _("A national statement is on nobody else’s behalf. Leave this empty."),
            field="on_behalf_of",
        )


async def _who_asks(db: AsyncSession, meeting: Meeting, form: InscriptionForm, user: User) -> UUID:
    """Whose request it is: a delegation's own, or of the one that the secretariat has chosen."""
    if user.role is Role.DELEGATION:
        id_ = user.delegation_id
    else:
        known = await delegations_in(db, meeting.id, current_language())
        delegation = chosen(known, form.delegation)
        id_ = delegation.id if delegation else None
    if id_ is None or not await hold_participation(db, meeting.id, id_):
        raise Refused(
            _("Choose a delegation that takes part, by its code or from the list."),
            field="delegation",
        )
    return id_


async def _keep_once(db: AsyncSession, inscription: Inscription) -> None:
    """Write a request; that it waits once on its list is for the database to say."""
    db.add(inscription)
    try:
        await db.flush()
    except IntegrityError:
        raise Refused(
            _("This delegation is on the list already in this capacity: it waits once.")
        ) from None
