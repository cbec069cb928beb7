"""Questions about the views on an item: who holds them, and which points express none yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.errors import NotFound
from meetings.bodies.models import AgendaItem, Session
from meetings.delegations.models import Delegation
from meetings.interventions.models import Clause, Intervention, Point, Topic, View
from meetings.interventions.nearness import Candidate, Index
from meetings.schedule.models import Allotment

EXPRESSED = 5  # points of a view that what is typed is compared with; more say the same


@dataclass(frozen=True)
class Said:
    """A point, and who made it."""

    point: Point
    intervention: Intervention
    delegation: Delegation


@dataclass(frozen=True)
class Held:
    """A view, with the points that express it."""

    view: View
    said: tuple[Said, ...]

    @property
    def support(self) -> int:
        """How many delegations hold it."""
        return len({one.delegation.id for one in self.said})


@dataclass(frozen=True)
class Board:
    """What was said on an item under one topic (None: under no topic yet)."""

    topic: Topic | None
    views: tuple[Held, ...]
    unjoined: tuple[Said, ...]


async def board_of(db: AsyncSession, item: AgendaItem) -> list[Board]:
    """The topics of an item in their order, widest views first; points without topic come last."""
    found = await db.exec(
        select(Point, Intervention, Delegation)
        .join(Intervention, col(Intervention.id) == Point.intervention_id)
        .join(Delegation, col(Delegation.id) == Intervention.delegation_id)
        .where(Intervention.item_id == item.id)
        .order_by(col(Intervention.started_at), col(Point.position))
    )
    said = [Said(*row) for row in found.all()]
    views = (
        await db.exec(select(View).where(View.item_id == item.id).order_by(col(View.position)))
    ).all()
    wanted = {one.point.topic_id for one in said} | {view.topic_id for view in views}
    topics = await db.exec(
        select(Topic).where(col(Topic.id).in_(wanted - {None})).order_by(col(Topic.position))
    )
    held = [Held(v, tuple(one for one in said if one.point.view_id == v.id)) for v in views]
    held.sort(key=lambda one: -one.support)
    loose = [one for one in said if one.point.view_id is None]
    boards = [_board(topic, held, loose) for topic in (*topics.all(), None)]
    return [board for board in boards if board.views or board.unjoined]


def _board(topic: Topic | None, held: list[Held], loose: list[Said]) -> Board:
    topic_id = topic.id if topic else None
    return Board(
        topic,
        tuple(one for one in held if one.view.topic_id == topic_id),
        tuple(one for one in loose if one.point.topic_id == topic_id),
    )


async def discussed_with(db: AsyncSession, item: AgendaItem) -> list[tuple[AgendaItem, Session]]:
    """The items of other sessions that are joint with this one, in either direction."""
    lead = item.joint_with_id or item.id
    found = await db.exec(
        select(AgendaItem, Session)
        .join(Session, col(Session.id) == AgendaItem.session_id)
        .where(
            sa.or_(col(AgendaItem.id) == lead, col(AgendaItem.joint_with_id) == lead),
            AgendaItem.id != item.id,
        )
        .order_by(col(Session.slug), col(AgendaItem.position))
    )
    return list(found.all())


async def view_in(db: AsyncSession, session_id: UUID, view_id: UUID, *, lock: bool = False) -> View:
    """A view on one of the items of a session.

    Raises:
        NotFound: the session has no such view.
    """
    asked = (
        select(View)
        .join(AgendaItem, col(AgendaItem.id) == View.item_id)
        .where(View.id == view_id, AgendaItem.session_id == session_id)
    )
    found = await db.exec(asked.with_for_update(of=View) if lock else asked)
    if (view := found.first()) is None:
        raise NotFound
    return view


async def view_keyed(db: AsyncSession, item_id: UUID, key: str) -> View | None:
    """The view of an item that has this short name."""
    found = await db.exec(select(View).where(View.item_id == item_id, View.key == key))
    return found.first()


async def said_on(db: AsyncSession, item_id: UUID) -> Index:
    """What was expressed on an item: its views, and points without one.

    It is asked while people type: the last one made stays as long as nothing has changed.
    """
    mark = await _mark(db, item_id)
    made = _made.get(item_id)
    if made is None or made[0] != mark:
        made = _made[item_id] = mark, Index(await _candidates(db, item_id))
    return made[1]


_Mark = tuple[object, ...]
_made: dict[UUID, tuple[_Mark, Index]] = {}


async def _mark(db: AsyncSession, item_id: UUID) -> _Mark:
    """Something else whenever what was expressed on an item may be something else."""
    connection = await db.connection()
    views = await connection.execute(
        sa.select(
            sa.func.count(), sa.func.sum(col(View.version)), sa.func.max(col(View.position))
        ).where(col(View.item_id) == item_id)
    )
    points = await connection.execute(
        sa.select(
            sa.func.count(), sa.func.sum(col(Point.version)), sa.func.max(col(Point.logged_at))
        )
        .join(Intervention, col(Intervention.id) == col(Point.intervention_id))
        .where(col(Intervention.item_id) == item_id)
    )
    return (*views.one(), *points.one())


async def _candidates(db: AsyncSession, item_id: UUID) -> list[Candidate]:
    connection = await db.connection()
    views = await connection.execute(
        sa.select(col(View.id), col(View.key), col(View.clauses)).where(
            col(View.item_id) == item_id
        )
    )
    points = await connection.execute(
        sa.select(
            col(Point.id),
            col(Point.text),
            col(Point.language),
            col(Point.view_id),
            col(Intervention.delegation_id),
            col(Intervention.id),
        )
        .join(Intervention, col(Intervention.id) == col(Point.intervention_id))
        .where(col(Intervention.item_id) == item_id)
    )
    loose: list[Candidate] = []
    texts: dict[UUID, list[tuple[str, str]]] = {}
    holders: dict[UUID, set[UUID]] = {}
    for id_, text, language, view_id, delegation_id, intervention_id in points:
        if view_id:
            texts.setdefault(view_id, []).append((language, text))
            holders.setdefault(view_id, set()).add(delegation_id)
        else:
            loose.append(Candidate(id_, "", 1, ((language, text),), of=intervention_id))
    held = (
        Candidate(
            id_,
            key,
            len(holders.get(id_, ())),
            (*_wordings(clauses), *texts.get(id_, ())[:EXPRESSED]),
        )
        for id_, key, clauses in views
    )
    return [*held, *loose]


def _wordings(clauses: list[Clause]) -> Iterator[tuple[str, str]]:
    for clause in clauses:
        yield from clause["text"].items()


async def point_on(db: AsyncSession, item_id: UUID, point_id: str) -> Point | None:
    """A point that was made on an item."""
    try:
        wanted = UUID(point_id)
    except ValueError:
        return None
    found = await db.exec(
        select(Point)
        .join(Intervention, col(Intervention.id) == Point.intervention_id)
        .where(Point.id == wanted, Intervention.item_id == item_id)
    )
    return found.first()


async def last_position(db: AsyncSession, item_id: UUID) -> int:
    """The position of an item's last view; 0 when it has none."""
    found = await db.exec(select(sa.func.max(View.position)).where(View.item_id == item_id))
    return found.one() or 0


async def points_of_view(db: AsyncSession, view_id: UUID) -> list[tuple[Point, Intervention]]:
    """The points that express a view, with their interventions."""
    found = await db.exec(
        select(Point, Intervention)
        .join(Intervention, col(Intervention.id) == Point.intervention_id)
        .where(Point.view_id == view_id)
    )
    return list(found.all())


async def meetings_on(db: AsyncSession, item_id: UUID) -> list[UUID]:
    """The meetings that take an item up: their desks show its views."""
    return list(
        (await db.exec(select(Allotment.meeting_id).where(Allotment.item_id == item_id))).all()
    )


async def views_after(db: AsyncSession, view_id: UUID) -> list[View]:
    """The views that continue this one."""
    return list((await db.exec(select(View).where(View.after_id == view_id))).all())
