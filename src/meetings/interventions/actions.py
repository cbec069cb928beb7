"""What may be done to the log."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import User
from meetings.base.clock import now
from meetings.base.errors import NotFound, Refused, Superseded
from meetings.base.languages import current_language
from meetings.base.languages import gettext as _
from meetings.base.live import tell
from meetings.interventions.grammar import NAMING, Typed, Words, parse
from meetings.interventions.models import (
    EditedPoint,
    FloorForm,
    Intervention,
    Point,
    PointForm,
)
from meetings.interventions.queries import (
    delegation_in,
    inscription_by_id,
    intervention_in,
    speaking_in,
    words_of,
)
from meetings.schedule.models import Allotment, Meeting, MeetingState
from meetings.schedule.queries import channel_of
from meetings.speakers.models import Inscription, InscriptionState


async def give_floor(db: AsyncSession, meeting: Meeting, form: FloorForm) -> Intervention:
    """Give the floor to the next on a list, or to anyone; whoever had it has ended.

    Raises:
        Refused: the meeting is not open; somebody else has been given the floor meanwhile; the
            delegation or the item is none of this meeting's.
    """
    # Comes before the other rules: the second click of a double click is the first one's answer.
    if kept := await db.get(Intervention, form.id):
        return kept
    _check_open(meeting)
    speaking = await speaking_in(db, meeting.id)
    if form.believed != (str(speaking.id) if speaking else ""):
        raise Refused(_("The floor has changed meanwhile: look who has it, then decide again."))
    if speaking:
        await _end(db, speaking)
        await db.flush()
    intervention = await (_from_list if form.inscription else _from_form)(db, meeting, form)
    db.add(intervention)
    await _tell_floor(db, meeting.id, intervention)
    return intervention


async def _from_list(db: AsyncSession, meeting: Meeting, form: FloorForm) -> Intervention:
    inscription, speaker_list = await inscription_by_id(db, meeting.id, UUID(form.inscription))
    if inscription.state is not InscriptionState.WAITING:
        raise Refused(_("This speaker is no longer waiting. Look at the list again."))
    inscription.state = InscriptionState.SPEAKING
    await tell(db, channel_of(meeting.id), "speakers_list", speaker_list.id)
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
        started_at=now(),
    )


async def _from_form(db: AsyncSession, meeting: Meeting, form: FloorForm) -> Intervention:
    delegation = await delegation_in(db, meeting.id, form.delegation)
    if delegation is None:
        raise Refused(
            _("Choose a delegation that takes part, by its code or from the list."),
            field="delegation",
        )
    return Intervention(
        id=form.id,
        meeting_id=meeting.id,
        item_id=await _allotted_item(db, meeting, form.item),
        delegation_id=delegation.id,
        kind=form.kind,
        capacity=form.capacity,
        on_behalf_of=form.on_behalf_of,
        speaker=form.speaker,
        started_at=now(),
    )


async def _allotted_item(db: AsyncSession, meeting: Meeting, item: str) -> UUID:
    found = await db.exec(select(Allotment.item_id).where(Allotment.meeting_id == meeting.id))
    allotted = {str(id_): id_ for id_ in found.all()}
    if item not in allotted:
        raise Refused(_("Choose an item that is allotted to this meeting."), field="item")
    return allotted[item]


async def end_floor(db: AsyncSession, intervention: Intervention) -> None:
    """The speaker has finished. Ending twice changes nothing."""
    if intervention.ended_at is None:
        await _end(db, intervention)
        await _tell_floor(db, intervention.meeting_id, intervention)


async def resume_floor(db: AsyncSession, meeting: Meeting, intervention: Intervention) -> None:
    """Give the floor back to a speaker who was ended by mistake.

    Raises:
        Refused: the meeting is not open, or somebody else has the floor now.
    """
    _check_open(meeting)
    if await speaking_in(db, meeting.id):
        raise Refused(_("Somebody has the floor. End that intervention first."))
    intervention.ended_at = None
    intervention.version += 1
    await _mark(db, intervention, InscriptionState.SPEAKING)
    await _tell_floor(db, meeting.id, intervention)


async def _end(db: AsyncSession, intervention: Intervention) -> None:
    intervention.ended_at = now()
    intervention.version += 1
    await _mark(db, intervention, InscriptionState.SPOKEN)
    await tell(db, channel_of(intervention.meeting_id), "intervention", intervention.id)


async def _mark(db: AsyncSession, intervention: Intervention, state: InscriptionState) -> None:
    """Let the list of speakers follow the floor."""
    if intervention.inscription_id is None:
        return
    inscription = await db.get_one(Inscription, intervention.inscription_id)
    inscription.state = state
    channel = channel_of(intervention.meeting_id)
    await tell(db, channel, "speakers_list", inscription.speaker_list_id)


async def _tell_floor(db: AsyncSession, meeting_id: UUID, intervention: Intervention) -> None:
    await tell(db, channel_of(meeting_id), "intervention", intervention.id)
    await tell(db, channel_of(meeting_id), "floor", meeting_id)


async def log_point(db: AsyncSession, meeting_id: UUID, form: PointForm, rapporteur: User) -> Point:
    """Put a point in the log. The same point again changes nothing.

    A point may be logged after its speaker has ended, and after the meeting has adjourned: people
    speak faster than others type.

    Raises:
        NotFound: the meeting has no such intervention.
        Refused: a mark names no topic, view or kind.
    """
    intervention = await intervention_in(db, meeting_id, form.intervention, lock=True)
    if kept := await db.get(Point, form.id):
        if kept.intervention_id != intervention.id:
            raise NotFound
        return kept
    typed, topic, view = await _read(db, intervention, form.text)
    point = Point(
        id=form.id,
        intervention_id=intervention.id,
        position=await _next_position(db, intervention.id),
        text=typed.text,
        language=current_language(),
        kind=typed.kind,
        topic_id=topic or await _chosen_topic(db, form.topic),
        articles=list(typed.articles),
        view_id=view,
        logged_by=rapporteur.id,
        logged_at=now(),
    )
    db.add(point)
    await tell(db, channel_of(intervention.meeting_id), "intervention", intervention.id)
    return point


async def _read(
    db: AsyncSession, intervention: Intervention, line: str
) -> tuple[Typed, UUID | None, UUID | None]:
    words = Words()
    ids: dict[str, UUID] = {}
    if NAMING & set(line):  # most lines name nothing, and need no look at the tree
        words, ids = await words_of(db, intervention.item_id)
    typed = parse(line, words)
    for mark, near in typed.faults:
        hint = _("Did you mean %(mark)s?") % {"mark": mark[0] + near} if near else ""
        told = _("Nothing here is called %(mark)s. %(hint)s") % {"mark": mark, "hint": hint}
        raise Refused(told.strip(), field="text")
    if not typed.text:
        raise Refused(_("Say what was said, besides its marks."), field="text")
    return typed, ids.get(f"#{typed.topic}"), ids.get(f"={typed.view}")


async def _chosen_topic(db: AsyncSession, slug: str) -> UUID | None:
    if not slug:
        return None
    _words, ids = await words_of(db, UUID(int=0))
    if (topic := ids.get(f"#{slug}")) is None:
        raise Refused(_("Choose a topic from the list."), field="topic")
    return topic


async def _next_position(db: AsyncSession, intervention_id: UUID) -> int:
    last = await db.exec(
        select(sa.func.max(Point.position)).where(Point.intervention_id == intervention_id)
    )
    return (last.one() or 0) + 1


async def edit_point(
    db: AsyncSession, point: Point, intervention: Intervention, form: EditedPoint
) -> None:
    """Correct a point; marks in the new text change its tags, tags without a mark stay.

    Raises:
        Superseded: somebody corrected it first; both texts travel with it.
        Refused: a mark names no topic, view or kind.
    """
    await db.refresh(point, with_for_update=True)  # what another wrote while this one waited
    if point.version != form.version:
        raise Superseded(yours={_("Text"): form.text}, theirs={_("Text"): point.text})
    typed, topic, view = await _read(db, intervention, form.text)
    point.text = typed.text
    point.topic_id = topic or point.topic_id
    point.view_id = view or point.view_id
    point.kind = typed.kind or point.kind
    point.articles = list(typed.articles) or point.articles
    point.version += 1
    await tell(db, channel_of(intervention.meeting_id), "intervention", intervention.id)


def _check_open(meeting: Meeting) -> None:
    if meeting.state is not MeetingState.OPEN:
        raise Refused(_("This meeting is not open. Open it on the meeting’s page first."))
