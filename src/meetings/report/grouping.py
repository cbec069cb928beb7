"""Which views stand in which paragraph, in which order, and which share a sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from meetings.report.material import ViewMaterial


def paragraphs_of(
    topics: Sequence[tuple[str, str]], views: Iterable[ViewMaterial]
) -> list[tuple[str, list[ViewMaterial]]]:
    """The views of each topic, in the order of the topics; views without a topic come last."""
    order = [slug for slug, _name in topics]
    by_topic: dict[str, list[ViewMaterial]] = {}
    for view in views:
        by_topic.setdefault(view.topic if view.topic in order else "", []).append(view)
    return [(slug, in_order(by_topic[slug])) for slug in [*order, ""] if slug in by_topic]


def in_order(views: Sequence[ViewMaterial]) -> list[ViewMaterial]:
    """Widest support first, else as given; a view that continues another stands behind it.

    Points that nobody has worded come last among equals, by their words: not as they were logged.
    """
    here = {view.id for view in views}
    following: dict[UUID, list[ViewMaterial]] = {}
    leading = []
    for view in sorted(views, key=_rank):
        if view.after in here and view.after != view.id:
            following.setdefault(view.after, []).append(view)
        else:
            leading.append(view)
    ordered: list[ViewMaterial] = []
    for view in leading:
        _append(view, following, ordered)
    # Views that continue each other in a circle have no first one: they are not lost for that.
    placed = {view.id for view in ordered}
    return ordered + [view for view in views if view.id not in placed]


def _rank(view: ViewMaterial) -> tuple[int, bool, str]:
    is_raw = view.form == "raw"
    return -len(view.supporters), is_raw, view.clauses[0].text if is_raw else ""


def joined_alike(views: Sequence[ViewMaterial]) -> list[ViewMaterial]:
    """Two views in a row that the very same delegations hold are told in one sentence.

    Only such as are quantified and have one clause each: longer sentences are hard to adopt.
    """
    told: list[ViewMaterial] = []
    for view in views:
        before = told[-1] if told else None
        if before and len(before.supporters) > 1 and _alike(before, view):
            told[-1] = replace(
                before,
                clauses=(*before.clauses, *view.clauses),
                points=tuple(dict.fromkeys((*before.points, *view.points))),
                joined=(view.id,),
                translated=before.translated and view.translated,
            )
        else:
            told.append(view)
    return told


def _alike(one: ViewMaterial, other: ViewMaterial) -> bool:
    simple = all(view.form == "speakers" and len(view.clauses) == 1 for view in (one, other))
    return simple and not one.joined and one.supporters == other.supporters


def _append(
    view: ViewMaterial,
    following: dict[UUID, list[ViewMaterial]],
    ordered: list[ViewMaterial],
) -> None:
    ordered.append(view)
    for continued in following.pop(view.id, []):
        _append(continued, following, ordered)
