"""What may be done to views: points join and leave them, views are made, worded and taken away."""

import re
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.errors import Refused, Superseded
from meetings.base.languages import gettext as _
from meetings.base.live import tell
from meetings.interventions.models import (
    Clause,
    Intervention,
    JoinForm,
    NewView,
    Point,
    View,
    WordedView,
)
from meetings.interventions.queries import words_of
from meetings.interventions.view_queries import (
    last_position,
    points_of_view,
    view_keyed,
    views_after,
)
from meetings.schedule.queries import channel_of

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


async def join_point(
    db: AsyncSession, point: Point, intervention: Intervention, form: JoinForm
) -> None:
    """Let a point express a view, or none; give it a topic. What it says does not change.

    Raises:
        Superseded: somebody changed the point first.
        Refused: the item has no such view, or there is no such topic.
    """
    await _check_unchanged(db, point, form.version, form.view)
    _words, ids = await words_of(db, intervention.item_id)
    point.view_id = _chosen(ids, "=", form.view, "view")
    if form.topic is not None:
        point.topic_id = _chosen(ids, "#", form.topic, "topic")
    point.version += 1
    await tell(db, channel_of(intervention.meeting_id), "intervention", intervention.id)


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
    db: AsyncSession, point: Point, intervention: Intervention, form: NewView
) -> View:
    """Make a view of a point: it has the point's topic, and waits to be worded.

    Raises:
        Superseded: somebody changed the point first.
        Refused: the short name is taken, or is no name.
    """
    await _check_unchanged(db, point, form.version, form.key)
    if not _KEY.fullmatch(form.key):
        raise Refused(_("A short name has small letters, figures and hyphens."), field="key")
    if await view_keyed(db, intervention.item_id, form.key):
        raise Refused(_("This item has a view of that name: join the point to it."), field="key")
    view = View(
        item_id=intervention.item_id,
        topic_id=point.topic_id,
        key=form.key,
        position=await last_position(db, intervention.item_id) + 1,
    )
    db.add(view)
    await db.flush()
    point.view_id = view.id
    point.version += 1
    await tell(db, channel_of(intervention.meeting_id), "intervention", intervention.id)
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


def _plain(clauses: list[Clause]) -> str:
    return "; ".join(f"{c['verb']}: {' / '.join(c['text'].values())}" for c in clauses if c["text"])


async def remove_view(db: AsyncSession, view: View) -> None:
    """Take a view away. Its points stay, and express none; views that continued it stand alone."""
    for point, intervention in await points_of_view(db, view.id):
        point.view_id = None
        point.version += 1
        await tell(db, channel_of(intervention.meeting_id), "intervention", intervention.id)
    for following in await views_after(db, view.id):
        following.after_id = None
    await db.flush()
    await db.delete(view)
