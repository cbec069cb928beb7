"""Questions about what may be joined, and about what is worded in which language."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.bodies.models import AgendaItem
from meetings.delegations.models import Delegation
from meetings.interventions.models import Intervention, Point, View
from meetings.interventions.view_queries import said_on
from meetings.report.composing import Standing
from meetings.report.joining import Loose, Proposal, proposals
from meetings.report.models import RefusedJoin

PAGE = 100  # points that are looked at for one page


@dataclass(frozen=True)
class Proposed:
    """A proposal with what a person reads: who made the point, and what the other says."""

    proposal: Proposal
    point: Point
    by: Delegation
    says: tuple[str, ...]  # the other's wording, else its words as they were typed
    holders: int  # delegations that hold it


async def proposed_joins(db: AsyncSession, item: AgendaItem) -> tuple[list[Proposed], int]:
    """What may be joined among the first points of an item without a view, and how many there are.

    Who accepts or refuses some comes to the next by looking again.
    """
    loose = await _loose(db, item)
    rows = loose[:PAGE]
    points = {point.id: (point, intervention, by) for point, intervention, by in rows}
    refused = await db.exec(
        select(RefusedJoin).where(col(RefusedJoin.point_id).in_([one.id for one, _, _ in loose]))
    )
    topics = {one.id: one.topic_id for one, _, _ in loose}
    views = {
        view.id: view for view in (await db.exec(select(View).where(View.item_id == item.id))).all()
    }
    topics |= {view.id: view.topic_id for view in views.values()}
    found = proposals(
        [
            Loose(one.id, one.text, one.language, one.topic_id, intervention.id)
            for one, intervention, _ in rows
        ],
        await said_on(db, item.id),
        topics,
        {(one.point_id, one.other_id) for one in refused.all()},
    )
    return [
        Proposed(
            one,
            points[one.point.id][0],
            points[one.point.id][2],
            _says(one, views),
            one.near.candidate.support,
        )
        for one in found
    ], len(loose)


def _says(one: Proposal, views: dict[UUID, View]) -> tuple[str, ...]:
    view = views.get(one.other)
    worded = [words for clause in view.clauses for words in clause["text"].values()] if view else []
    return tuple(worded[:1]) or tuple(words for _, words in one.near.candidate.texts[:1])


async def _loose(
    db: AsyncSession, item: AgendaItem
) -> Sequence[tuple[Point, Intervention, Delegation]]:
    found = await db.exec(
        select(Point, Intervention, Delegation)
        .join(Intervention, col(Intervention.id) == Point.intervention_id)
        .join(Delegation, col(Delegation.id) == Intervention.delegation_id)
        .where(Intervention.item_id == item.id, col(Point.view_id).is_(None))
        .order_by(col(Intervention.started_at), col(Intervention.id), col(Point.position))
    )
    return found.all()


# Wording ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Aligned:
    """A view in two languages beside each other, clause by clause."""

    view: View
    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def is_worded(self) -> bool:
        return all(self.right)


async def aligned_views(
    db: AsyncSession, item: AgendaItem, standing: Sequence[Standing], left: str, right: str
) -> list[Aligned]:
    """The views of an item that are worded at all, in the order of the draft."""
    places: dict[str, int] = {}
    for paragraph in standing:
        for sentence in (*paragraph.assembled, *paragraph.sentences):
            for view in sentence.get("views", []):
                places.setdefault(view, len(places))
    found = await db.exec(select(View).where(View.item_id == item.id))
    views = [view for view in found.all() if view.clauses]
    views.sort(key=lambda view: (places.get(str(view.id), len(places)), view.position, view.key))
    return [
        Aligned(
            view, *(tuple(c["text"].get(code, "") for c in view.clauses) for code in (left, right))
        )
        for view in views
    ]


async def loose_count(db: AsyncSession, item: AgendaItem) -> int:
    """How many points of an item express no view."""
    found = await (await db.connection()).execute(
        sa.select(sa.func.count())
        .select_from(Point)
        .join(Intervention, col(Intervention.id) == Point.intervention_id)
        .where(col(Intervention.item_id) == item.id, col(Point.view_id).is_(None))
    )
    return int(found.scalar_one())
