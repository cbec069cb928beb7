"""What may be done to the log: points are made, corrected, taken out and put back."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import Entry, User
from meetings.base.clock import now
from meetings.base.errors import NotFound, Refused, Superseded
from meetings.base.languages import current_language
from meetings.base.languages import gettext as _
from meetings.base.live import tell
from meetings.interventions.grammar import Typed, Verbs, Words, parse
from meetings.interventions.models import (
    EditedPoint,
    Intervention,
    Point,
    PointForm,
    RemovedPoint,
    UnfinishedForm,
    UnfinishedLine,
)
from meetings.interventions.moments import moment
from meetings.interventions.queries import places_in, words_of
from meetings.interventions.view_actions import join_beside
from meetings.schedule.queries import channel_of


async def log_point(
    db: AsyncSession,
    intervention: Intervention,
    form: PointForm,
    rapporteur: User,
    verbs: Verbs,
) -> Point:
    """Put a point in the log. The same point again changes nothing.

    A point may be logged after its speaker has ended, and after the meeting has adjourned: people
    speak faster than others type. A mark that names nothing stays in the text, for later.

    Raises:
        Refused: there is nothing besides marks; the topic that was chosen is none.
    """
    last, kept = await places_in(db, intervention.id, form.id)
    if kept:
        return await db.get_one(Point, form.id)
    typed, topic, view = await _read(db, intervention.item_id, form.text, verbs)
    point = Point(
        id=form.id,
        intervention_id=intervention.id,
        position=last + 1,
        text=typed.text,
        language=typed.language or current_language(),
        verb=typed.verb,
        kind=typed.kind,
        topic_id=topic or await _chosen_topic(db, form.topic),
        articles=list(typed.articles),
        view_id=view,
        logged_by=rapporteur.id,
        logged_at=moment(form.at, now()),
    )
    db.add(point)
    if form.beside and not view:
        await join_beside(db, point, intervention, form.beside, verbs)
    await _tell_point(db, intervention, views=point.view_id is not None)
    return point


async def _tell_point(db: AsyncSession, intervention: Intervention, *, views: bool = True) -> None:
    channel = channel_of(intervention.meeting_id)
    await tell(db, channel, "intervention", intervention.id)
    if views:
        await tell(db, channel, "views", intervention.item_id)


async def _read(
    db: AsyncSession, item_id: UUID, line: str, verbs: Verbs
) -> tuple[Typed, UUID | None, UUID | None]:
    signs = {sign for sign in "#=" if sign in line}
    named, ids = await words_of(db, item_id, signs) if signs else (Words(), {})
    typed = parse(line, Words(topics=named.topics, views=named.views, verbs=verbs))
    if not typed.text:
        raise Refused(_("Say what was said, besides its marks."), field="text")
    return typed, ids.get(f"#{typed.topic}"), ids.get(f"={typed.view}")


async def _chosen_topic(db: AsyncSession, slug: str) -> UUID | None:
    if not slug:
        return None
    _words, ids = await words_of(db, None, "#")
    if (topic := ids.get(f"#{slug}")) is None:
        raise Refused(_("Choose a topic from the list."), field="topic")
    return topic


async def edit_point(
    db: AsyncSession, point: Point, intervention: Intervention, form: EditedPoint, verbs: Verbs
) -> None:
    """Correct a point; marks in the new text change its tags, tags without a mark stay.

    The same correction again changes nothing.

    Raises:
        Superseded: somebody corrected it first; both texts travel with it.
        Refused: there is nothing besides marks.
    """
    await db.refresh(point, with_for_update=True)  # what another wrote while this one waited
    typed, topic, view = await _read(db, intervention.item_id, form.text, verbs)
    wanted = {
        "text": typed.text,
        "verb": typed.verb,
        "topic_id": topic or point.topic_id,
        "view_id": view or point.view_id,
        "kind": typed.kind or point.kind,
        "articles": list(typed.articles) or point.articles,
    }
    if all(getattr(point, name) == value for name, value in wanted.items()):
        return
    if point.version != form.version:
        raise Superseded(yours={_("Text"): form.text}, theirs={_("Text"): point.text})
    moved = wanted["view_id"] != point.view_id
    for name, value in wanted.items():
        setattr(point, name, value)
    point.version += 1
    await _tell_point(db, intervention, views=moved)


async def remove_point(
    db: AsyncSession, point: Point, intervention: Intervention, form: RemovedPoint
) -> None:
    """Take a point out of the log. What it was stays in the audit, from where it can come back.

    Raises:
        Superseded: somebody corrected it first.
    """
    await db.refresh(point, with_for_update=True)
    if point.version != form.version:
        raise Superseded(yours={_("Text"): _("Removed")}, theirs={_("Text"): point.text})
    await db.delete(point)
    await _tell_point(db, intervention, views=point.view_id is not None)


async def restore_point(db: AsyncSession, intervention: Intervention, removed: Entry) -> Point:
    """Put a removed point back as it was. Twice is once.

    Raises:
        NotFound: the point is none of this intervention's.
    """
    values = Point.model_validate(removed.before).model_dump()
    if values["intervention_id"] != intervention.id:
        raise NotFound
    if kept := await db.get(Point, values["id"]):
        return kept
    point = Point(**values)
    point.version += 1
    db.add(point)
    await _tell_point(db, intervention, views=point.view_id is not None)
    return point


async def keep_unfinished(
    db: AsyncSession, user: User, meeting_id: UUID, form: UnfinishedForm
) -> None:
    """Keep a line that is being typed, or forget it when it is empty."""
    key = {"user_id": user.id, "meeting_id": meeting_id, "desk": form.desk}
    line = await db.get(UnfinishedLine, key)
    if not form.text.strip():
        if line:
            await db.delete(line)
        return
    intervention = UUID(form.intervention) if form.intervention else None
    if line is None:
        line = UnfinishedLine(**key, text=form.text, typed_at=now())
        db.add(line)
    line.text, line.intervention_id, line.typed_at = form.text, intervention, now()
