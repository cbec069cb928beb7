"""What may be done about the floor: who has it, who had it, and what to call it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.clock import now
from meetings.base.errors import Refused, Superseded
from meetings.base.languages import current_language
from meetings.base.languages import gettext as _
from meetings.base.live import tell
from meetings.delegations.finding import chosen
from meetings.delegations.models import Delegation, DelegationKind
from meetings.interventions.models import (
    CorrectedSpeaker,
    CorrectedTimes,
    FloorForm,
    Intervention,
    InterventionKind,
    Speaking,
)
from meetings.interventions.moments import moment
from meetings.interventions.queries import (
    floor_before,
    inscription_by_id,
    points_in_order,
    speaking_in,
)
from meetings.schedule.models import Allotment, Meeting, MeetingState
from meetings.schedule.queries import channel_of
from meetings.speakers.models import (
    Act,
    Inscription,
    InscriptionState,
    SpeakerList,
    SpeakingClass,
)
from meetings.speakers.queries import delegations_in
from meetings.speakers.record_actions import mark, record

KINDS = {
    SpeakingClass.POINT_OF_ORDER: InterventionKind.POINT_OF_ORDER,
    SpeakingClass.RIGHT_OF_REPLY: InterventionKind.RIGHT_OF_REPLY,
}


@dataclass(frozen=True)
class Given:
    """Who was given the floor; `beside` when it is only recorded, for others gave it otherwise."""

    intervention: Intervention
    beside: bool = False


async def give_floor(db: AsyncSession, meeting: Meeting, form: FloorForm) -> Given:
    """Give the floor to the next on a list, or to anyone; whoever had it has ended.

    Raises:
        Refused: the meeting is not open; somebody else has been given the floor meanwhile; the
            delegation or the item is none of this meeting's.
    """
    # Comes before the other rules: the second click of a double click is the first one's answer.
    if kept := await db.get(Intervention, form.id):
        return Given(kept)
    speaking = await speaking_in(db, meeting.id)
    as_believed = form.believed == (str(speaking.id) if speaking else "")
    sat = meeting.state is not MeetingState.PLANNED
    if form.late and sat and not (as_believed and meeting.state is MeetingState.OPEN):
        return Given(await _record_beside(db, meeting, form), beside=True)
    _check_open(meeting)
    if not as_believed:
        raise Refused(_("The floor has changed meanwhile: look who has it, then decide again."))
    at = moment(form.at, now(), speaking.started_at if speaking else None)
    if speaking:
        await _end(db, speaking, at)
        await db.flush()
    intervention = await _called(db, meeting, form, at)
    db.add(intervention)
    await _tell_floor(db, meeting.id, intervention)
    return Given(intervention)


async def _record_beside(db: AsyncSession, meeting: Meeting, form: FloorForm) -> Intervention:
    """Keep what a desk saw while it was cut off, and leave the floor as others have given it."""
    at = moment(form.at, now())
    before = await db.get(Intervention, UUID(form.believed)) if form.believed else None
    if before and before.meeting_id == meeting.id and before.ended_at == before.started_at:
        before.ended_at = max(at, before.started_at)  # was recorded beside, too: it ends here
        await tell(db, channel_of(meeting.id), "intervention", before.id)
    intervention = await _called(db, meeting, form, at)
    intervention.ended_at = at
    db.add(intervention)
    await db.flush()
    await _mark(db, intervention, InscriptionState.SPOKEN)
    await _tell_floor(db, meeting.id, intervention)
    return intervention


async def _called(
    db: AsyncSession, meeting: Meeting, form: FloorForm, at: datetime
) -> Intervention:
    if form.inscription:
        return await _from_list(db, meeting, form, at)
    intervention = Intervention(
        id=form.id,
        meeting_id=meeting.id,
        item_id=await _allotted_item(db, meeting.id, form.item),
        delegation_id=(await _delegation(db, meeting.id, form)).id,
        started_at=at,
    )
    _say_who(intervention, form)
    return intervention


async def _from_list(
    db: AsyncSession, meeting: Meeting, form: FloorForm, at: datetime
) -> Intervention:
    inscription, speaker_list = await inscription_by_id(db, meeting.id, UUID(form.inscription))
    if inscription.state is not InscriptionState.WAITING and not form.late:
        raise Refused(_("This speaker is no longer waiting. Look at the list again."))
    await mark(db, inscription, InscriptionState.SPEAKING)
    return Intervention(
        id=form.id,
        meeting_id=meeting.id,
        item_id=speaker_list.item_id,
        delegation_id=inscription.delegation_id,
        inscription_id=inscription.id,
        capacity=inscription.capacity,
        on_behalf_of=inscription.on_behalf_of,
        speaker=inscription.speaker,
        language=inscription.language,
        kind=KINDS.get(inscription.speaking_class, InterventionKind.STATEMENT),
        started_at=at,
    )


def _say_who(intervention: Intervention, form: Speaking) -> None:
    intervention.kind = form.kind
    intervention.capacity = form.capacity
    intervention.on_behalf_of = form.on_behalf_of
    intervention.speaker = form.speaker


async def _delegation(db: AsyncSession, meeting_id: UUID, form: Speaking) -> Delegation:
    """Who is meant, by code or by any name; a note by the Chair is the secretariat's to write."""
    known = await delegations_in(db, meeting_id, current_language())
    found = chosen(known, form.delegation)
    if found is None and not form.delegation and form.kind is InterventionKind.CHAIR:
        found = next((one for one in known if one.kind is DelegationKind.SECRETARIAT), None)
    if found is None:
        raise Refused(
            _("Choose a delegation that takes part, by its code or from the list."),
            field="delegation",
        )
    return found


async def _allotted_item(db: AsyncSession, meeting_id: UUID, item: str) -> UUID:
    found = await db.exec(select(Allotment.item_id).where(Allotment.meeting_id == meeting_id))
    allotted = {str(id_): id_ for id_ in found.all()}
    if item not in allotted:
        raise Refused(_("Choose an item that is allotted to this meeting."), field="item")
    return allotted[item]


async def end_floor(
    db: AsyncSession, intervention: Intervention, at: datetime | None = None
) -> None:
    """The speaker has finished. Ending twice changes nothing."""
    if intervention.ended_at is None:
        await _end(db, intervention, moment(at, now(), intervention.started_at))
        await _tell_floor(db, intervention.meeting_id, intervention)
    elif intervention.ended_at == intervention.started_at and at:
        intervention.ended_at = moment(
            at, now(), intervention.started_at
        )  # recorded beside: only now is it known
        await tell(db, channel_of(intervention.meeting_id), "intervention", intervention.id)


async def warn_speaker(db: AsyncSession, intervention: Intervention) -> None:
    """Tell the speaker, on the screens, that two minutes are left. Twice is once."""
    if intervention.warned_at is None and intervention.ended_at is None:
        intervention.warned_at = now()
        await tell(db, channel_of(intervention.meeting_id), "floor", intervention.meeting_id)


async def resume_floor(
    db: AsyncSession, meeting: Meeting, intervention: Intervention, at: datetime | None = None
) -> None:
    """Give the floor back to a speaker who was ended by mistake, or interrupted. Twice is once.

    Raises:
        Refused: the meeting is not open, or somebody else has the floor now.
    """
    if intervention.ended_at is None:
        return
    _check_open(meeting)
    if await speaking_in(db, meeting.id):
        raise Refused(_("Somebody has the floor. End that intervention first."))
    away = moment(at, now(), intervention.started_at) - intervention.ended_at
    intervention.paused += max(0, int(away.total_seconds()))
    intervention.ended_at = None
    intervention.version += 1
    await _mark(db, intervention, InscriptionState.SPEAKING)
    await _tell_floor(db, meeting.id, intervention)


async def interrupted(db: AsyncSession, meeting: Meeting) -> Intervention:
    """Who had the floor before whoever has it: the speaker to whom it is given back.

    Raises:
        Refused: nobody has spoken yet.
    """
    speaking = await speaking_in(db, meeting.id)
    before = await floor_before(db, meeting.id, speaking.id if speaking else None)
    if before is None:
        raise Refused(_("Nobody has spoken yet."))
    return before


async def correct_speaker(
    db: AsyncSession, intervention: Intervention, form: CorrectedSpeaker
) -> None:
    """Somebody else spoke, or for somebody else, or on another item: the points stay.

    Views belong to an item: points that go to another one leave theirs.

    Raises:
        Superseded: somebody corrected it first.
        Refused: the delegation or the item is none of this meeting's.
    """
    await db.refresh(intervention, with_for_update=True)
    delegation = await _delegation(db, intervention.meeting_id, form)
    item_id = await _allotted_item(db, intervention.meeting_id, form.item)
    wanted = (delegation.id, item_id, form.kind, form.capacity, form.on_behalf_of, form.speaker)
    if wanted == _who(intervention):
        return
    if intervention.version != form.version:
        theirs = await db.get_one(Delegation, intervention.delegation_id)
        language = current_language()
        raise Superseded(
            yours={_("Speaker"): f"{delegation.name.in_language(language)} {form.speaker}"},
            theirs={_("Speaker"): f"{theirs.name.in_language(language)} {intervention.speaker}"},
        )
    if item_id != intervention.item_id:
        for point in await points_in_order(db, intervention.id):
            point.view_id = None
    intervention.delegation_id, intervention.item_id = delegation.id, item_id
    _say_who(intervention, form)
    intervention.version += 1
    await _tell_floor(db, intervention.meeting_id, intervention)
    await tell(db, channel_of(intervention.meeting_id), "views", item_id)


async def correct_times(
    db: AsyncSession, intervention: Intervention, zone: ZoneInfo, form: CorrectedTimes
) -> None:
    """Somebody spoke from when to when: what it was before, and why, stays on record.

    Raises:
        Superseded: somebody corrected it first.
        Refused: the speaker still has the floor, or it would end before it begins, or in future.
    """
    await db.refresh(intervention, with_for_update=True)
    if intervention.ended_at is None:
        raise Refused(_("This speaker still has the floor. End the statement first."))
    if intervention.version != form.version:
        raise Superseded(yours={}, theirs={})
    day = intervention.started_at.astimezone(zone).date()
    started = datetime.combine(day, form.started, zone).astimezone(UTC)
    ended = datetime.combine(day, form.ended, zone).astimezone(UTC)
    if ended < started:
        raise Refused(_("A statement ends after it begins."), field="ended")
    if ended > now():
        raise Refused(_("This time has not come yet."), field="ended")
    before = [intervention.started_at.isoformat(), intervention.ended_at.isoformat()]
    intervention.started_at, intervention.ended_at = started, ended
    intervention.paused = 0
    intervention.version += 1
    if intervention.inscription_id:
        inscription = await db.get_one(Inscription, intervention.inscription_id)
        speaker_list = await db.get_one(SpeakerList, inscription.speaker_list_id)
        told = {"times": before, "reason": form.reason}
        await record(db, speaker_list, Act.CHANGED, inscription.id, detail=told)
    await _tell_floor(db, intervention.meeting_id, intervention)


def _who(intervention: Intervention) -> tuple[object, ...]:
    return (
        intervention.delegation_id,
        intervention.item_id,
        intervention.kind,
        intervention.capacity,
        intervention.on_behalf_of,
        intervention.speaker,
    )


async def _end(db: AsyncSession, intervention: Intervention, at: datetime) -> None:
    intervention.ended_at = at
    intervention.version += 1
    await _mark(db, intervention, InscriptionState.SPOKEN)
    await tell(db, channel_of(intervention.meeting_id), "intervention", intervention.id)


async def _mark(db: AsyncSession, intervention: Intervention, state: InscriptionState) -> None:
    """Let the list of speakers follow the floor."""
    if intervention.inscription_id is None:
        return
    inscription = await db.get_one(Inscription, intervention.inscription_id)
    await mark(db, inscription, state)


async def _tell_floor(db: AsyncSession, meeting_id: UUID, intervention: Intervention) -> None:
    await tell(db, channel_of(meeting_id), "intervention", intervention.id)
    await tell(db, channel_of(meeting_id), "floor", meeting_id)


def _check_open(meeting: Meeting) -> None:
    if meeting.state is not MeetingState.OPEN:
        raise Refused(_("This meeting is not open. Open it on the meeting’s page first."))
