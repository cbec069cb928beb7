"""What is done to proposals: points are joined, or found not to say the same."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.errors import Refused
from meetings.base.languages import gettext as _
from meetings.bodies.models import AgendaItem
from meetings.interventions.grammar import Verbs
from meetings.interventions.models import Intervention, JoinForm, Point, View
from meetings.interventions.view_actions import join_point
from meetings.report.models import JoinsForm, RefusedJoin


async def settle_joins(
    db: AsyncSession, item: AgendaItem, form: JoinsForm, verbs: Verbs, who: UUID
) -> int:
    """Join what was ticked, or remember that it does not say the same. Gives how many there were.

    A point that somebody joined meanwhile stays as it is.

    Raises:
        Refused: nothing was ticked.
    """
    pairs = _pairs(form.pairs)
    if not pairs:
        raise Refused(_("Tick what is meant first."))
    found = await db.exec(
        select(Point, Intervention)
        .join(Intervention, col(Intervention.id) == Point.intervention_id)
        .where(
            Intervention.item_id == item.id,
            col(Point.id).in_([point for point, _ in pairs]),
            col(Point.view_id).is_(None),
        )
    )
    points = {point.id: (point, intervention) for point, intervention in found.all()}
    for point_id, other in pairs:
        if point_id not in points:
            continue
        if form.same:
            await _join(db, *points[point_id], other, verbs)
        elif await db.get(RefusedJoin, (point_id, other)) is None:
            db.add(RefusedJoin(point_id=point_id, other_id=other, refused_by=who))
    return len(points)


async def _join(
    db: AsyncSession, point: Point, intervention: Intervention, other: UUID, verbs: Verbs
) -> None:
    view = await db.get(View, other)
    named = {"view": view.key} if view else {"beside": str(other)}
    await join_point(db, point, intervention, JoinForm(version=point.version, **named), verbs)


def _pairs(sent: Sequence[str]) -> list[tuple[UUID, UUID]]:
    """Pairs as a page sends them: "point other"."""
    try:
        found = [tuple(map(UUID, pair.split())) for pair in sent]
    except ValueError:
        raise Refused(_("Tick what is meant first.")) from None
    return [(pair[0], pair[1]) for pair in found if len(pair) == 2]  # noqa: PLR2004
