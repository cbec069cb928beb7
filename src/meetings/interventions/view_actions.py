"""What may be done to views: points join and leave them, views are made, worded and taken away."""

import re
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.errors import Refused, Superseded
from meetings.base.languages import current_language
from meetings.base.languages import gettext as _
from meetings.base.live import tell
from meetings.interventions.grammar import Verbs, leading_verb
from meetings.interventions.models import (
    Clause,
    Intervention,
    JoinForm,
    NewView,
    Point,
    RewordedView,
    View,
    WordedIn,
    WordedView,
)
from meetings.interventions.queries import words_of
from meetings.interventions.view_names import first_clause, free_key
from meetings.interventions.view_queries import (
    last_position,
    meetings_on,
    point_on,
    points_of_view,
    view_keyed,
    views_after,
)
from meetings.schedule.queries import channel_of

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


async def join_point(
    db: AsyncSession, point: Point, intervention: Intervention, form: JoinForm, verbs: Verbs
) -> None:
    """Let a point express a view, or none; give it a topic. What it says does not change.

    Raises:
        Superseded: somebody changed the point first.
        Refused: the item has no such view, or there is no such topic.
    """
    await db.refresh(point, with_for_update=True)
    if form.beside:
        await _check_unchanged(db, point, form.version, form.view)
        await join_beside(db, point, intervention, form.beside, verbs)
    else:
        _words, ids = await words_of(db, intervention.item_id)
        view_id = _chosen(ids, "=", form.view, "view")
        topic_id = point.topic_id
        if form.topic is not None:
            topic_id = _chosen(ids, "#", form.topic, "topic")
        if (view_id, topic_id) == (point.view_id, point.topic_id):
            return  # the same again
        await _check_unchanged(db, point, form.version, form.view)
        point.view_id, point.topic_id = view_id, topic_id
    point.version += 1
    await _tell_joined(db, intervention)


async def join_beside(
    db: AsyncSession, point: Point, intervention: Intervention, beside: str, verbs: Verbs
) -> None:
    """Let a point express what another point of the item does; it is made a view if it is none.

    Raises:
        Refused: there is no such point on this item.
    """
    other = await point_on(db, intervention.item_id, beside)
    if other is None or other.id == point.id:
        raise Refused(_("That point is no longer there: choose again."), field="view")
    if other.view_id is None:
        view = await _view_from(db, other, intervention.item_id, verbs)
        other.view_id = view.id
        other.version += 1
        if other.intervention_id != intervention.id:
            channel = channel_of(intervention.meeting_id)
            await tell(db, channel, "intervention", other.intervention_id)
    point.view_id = other.view_id
    point.topic_id = point.topic_id or other.topic_id


async def _view_from(
    db: AsyncSession, point: Point, item_id: UUID, verbs: Verbs, key: str = ""
) -> View:
    """A view that says what a point says: worded already where the point has a reporting verb."""
    taken = set((await db.exec(select(View.key).where(View.item_id == item_id))).all())
    view = View(
        item_id=item_id,
        topic_id=point.topic_id,
        key=key or free_key(point, verbs, taken),
        clauses=[worded] if (worded := first_clause(point, verbs)) else [],
        position=await last_position(db, item_id) + 1,
    )
    db.add(view)
    await db.flush()
    return view


async def _tell_joined(db: AsyncSession, intervention: Intervention) -> None:
    channel = channel_of(intervention.meeting_id)
    await tell(db, channel, "intervention", intervention.id)
    await tell(db, channel, "views", intervention.item_id)


async def _check_unchanged(db: AsyncSession, point: Point, version: int, wanted: str) -> None:
    # On PostgreSQL two may have read it at once: the second waits here, and sees what was done.
    await db.refresh(point, with_for_update=True)
    if point.version != version:
        view = await db.get_one(View, point.view_id) if point.view_id else None
        theirs = view.key if view else _("None")
        raise Superseded(yours={_("View"): wanted or _("None")}, theirs={_("View"): theirs})


def _chosen(ids: dict[str, UUID], sign: str, typed: str, field: str) -> UUID | None:
    name = typed.removeprefix(sign)
    if not name:
        return None
    if (found := ids.get(f"{sign}{name}")) is None:
        told = _("Nothing here is called “%(name)s”: choose one from the list.") % {"name": typed}
        raise Refused(told, field=field)
    return found


async def new_view(
    db: AsyncSession, point: Point, intervention: Intervention, form: NewView, verbs: Verbs
) -> View:
    """Make a view of a point: it has the point's topic; without a name it gets one of its words.

    Raises:
        Superseded: somebody changed the point first.
        Refused: the short name is taken, or is no name.
    """
    await _check_unchanged(db, point, form.version, form.key)
    if form.key and not _KEY.fullmatch(form.key):
        raise Refused(_("A short name has small letters, figures and hyphens."), field="key")
    if form.key and await view_keyed(db, intervention.item_id, form.key):
        raise Refused(_("This item has a view of that name: join the point to it."), field="key")
    view = await _view_from(db, point, intervention.item_id, verbs, form.key)
    point.view_id = view.id
    point.version += 1
    await _tell_joined(db, intervention)
    return view


async def word_view(db: AsyncSession, view: View, form: WordedView, verbs: set[str]) -> None:
    """Word a view: clauses, each a verb and its text per language.

    Raises:
        Superseded: somebody worded it first; both wordings travel with it.
        Refused: a clause has a verb that the phrasebook lacks; a view continues itself.
    """
    clauses = form.clauses(view.clauses)
    if view.version != form.version:
        raise Superseded(
            yours={_("Wording"): _plain(clauses)}, theirs={_("Wording"): _plain(view.clauses)}
        )
    for number, clause in enumerate(clauses[:2], 1):
        if clause["text"] and clause["verb"] not in verbs:
            raise Refused(_("Choose a verb from the list."), field=f"verb_{number}")
    _words, ids = await words_of(db, view.item_id)
    after = _chosen(ids, "=", form.after, "after")
    if after == view.id:
        raise Refused(_("A view cannot continue itself."), field="after")
    view.clauses = [clause for clause in clauses if clause["text"]]
    view.form = form.form
    view.after_id = after
    view.topic_id = _chosen(ids, "#", form.topic, "topic")
    view.version += 1
    await _tell_views(db, view.item_id)


async def word_in(db: AsyncSession, view: View, language: str, form: WordedIn) -> None:
    """Word a view's clauses in one language; the others stay as they are.

    Raises:
        Refused: not as many texts as it has clauses.
        Superseded: somebody worded it first.
    """
    if len(form.text) != len(view.clauses):
        raise Refused(_("This view has other clauses by now: look at it again."))
    texts = [" ".join(text.split()) for text in form.text]
    if texts == [clause["text"].get(language, "") for clause in view.clauses]:
        return
    if view.version != form.version:
        mine = {_("Wording"): "; ".join(texts)}
        raise Superseded(yours=mine, theirs={_("Wording"): _plain(view.clauses)})
    view.clauses = [
        {
            "verb": clause["verb"],
            "text": {code: words for code, words in clause["text"].items() if code != language}
            | ({language: text} if text else {}),
        }
        for clause, text in zip(view.clauses, texts, strict=True)
    ]
    view.version += 1
    await _tell_views(db, view.item_id)


async def reword_view(db: AsyncSession, view: View, form: RewordedView, verbs: Verbs) -> None:
    """Word a view's first clause by one line: in the language of its verb, else in the person's.

    Raises:
        Superseded: somebody worded it first; both wordings travel with it.
        Refused: the view has no verb yet, and the line begins with none.
    """
    typed = leading_verb(form.text, verbs)
    first: Clause = view.clauses[0] if view.clauses else {"verb": "", "text": {}}
    key, language = verbs.get(typed, (first["verb"], current_language()))
    if not key:
        raise Refused(_("Begin with a reporting verb, such as “stressed”."), field="text")
    clause: Clause = {
        "verb": key,
        "text": first["text"] | {language: form.text[len(typed) :].strip()},
    }
    if clause == first:
        return  # the same again
    if view.version != form.version:
        raise Superseded(
            yours={_("Wording"): form.text}, theirs={_("Wording"): _plain(view.clauses)}
        )
    view.clauses = [clause, *view.clauses[1:]]
    view.version += 1
    await _tell_views(db, view.item_id)


async def _tell_views(db: AsyncSession, item_id: UUID) -> None:
    for meeting_id in await meetings_on(db, item_id):
        await tell(db, channel_of(meeting_id), "views", item_id)


def _plain(clauses: list[Clause]) -> str:
    return "; ".join(f"{c['verb']}: {' / '.join(c['text'].values())}" for c in clauses if c["text"])


async def remove_view(db: AsyncSession, view: View) -> None:
    """Take a view away. Its points stay, and express none; views that continued it stand alone."""
    for point, intervention in await points_of_view(db, view.id):
        point.view_id = None
        point.version += 1
        await _tell_joined(db, intervention)
    for following in await views_after(db, view.id):
        following.after_id = None
    await db.flush()
    await db.delete(view)
    await _tell_views(db, view.item_id)
