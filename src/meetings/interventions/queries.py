"""Questions about the log."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from meetings.accounts.models import Entry, User
from meetings.base.clock import now
from meetings.base.errors import NotFound
from meetings.base.ids import derived_id
from meetings.bodies.models import AgendaItem, Session
from meetings.bodies.queries import is_visible, session_for
from meetings.delegations.models import Delegation
from meetings.interventions.grammar import Words
from meetings.interventions.models import Intervention, Point, Topic, UnfinishedLine, View
from meetings.interventions.topic_tree import marks_of
from meetings.schedule.models import Allotment, Meeting, SessionMeeting
from meetings.speakers.models import Inscription, InscriptionState, SpeakerList
from meetings.speakers.rules import limit_of

PAGE = 50  # interventions on one page of the log
FOLLOWING = 40  # who waits, as far as a desk knows when it is cut off: some three hours of speakers


@dataclass(frozen=True)
class Tagged:
    """A point with the names of its tags, and the name of who logged it ("" when it was loaded)."""

    point: Point
    topic: Topic | None
    view: View | None
    by: str = ""


@dataclass(frozen=True)
class Logged:
    """An intervention as the log shows it, with the session on whose agenda its item is."""

    intervention: Intervention
    delegation: Delegation
    item: AgendaItem
    session: Session
    points: tuple[Tagged, ...]

    @property
    def texts(self) -> dict[str, list[Tagged]]:
        """The points by who logged them, as long as nobody has made several texts one."""
        texts: dict[str, list[Tagged]] = {}
        for tagged in self.points:
            texts.setdefault("" if self.intervention.merged else tagged.by, []).append(tagged)
        return texts


@dataclass(frozen=True)
class Supported:
    """A view, how many delegations hold it, and one of the points that express it."""

    view: View
    support: int
    said: str


@dataclass(frozen=True)
class Sought:
    """What of a log somebody looks for; "" and None look for everything."""

    item: UUID | None = None
    topic: str = ""
    delegation: str = ""
    rapporteur: UUID | None = None
    words: str = ""

    @property
    def is_narrowed(self) -> bool:
        return self != Sought()


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits on a list of the meeting."""

    inscription: Inscription
    delegation: Delegation
    speaker_list: SpeakerList

    @property
    def minutes(self) -> int:
        return limit_of(self.speaker_list, self.inscription)

    @property
    def floor_id(self) -> UUID:
        """The id of the intervention that this request leads to: called twice, it is one."""
        return derived_id("floor", self.inscription.id)


@dataclass(frozen=True)
class Floor:
    """Who has the floor in a meeting, and who comes next on the lists of its items."""

    meeting: Meeting
    speaking: Logged | None
    limit: int  # minutes, of the current speaker's list
    following: tuple[Waiting, ...]  # in the order of the lists; more than a page shows
    drawn_at: datetime


async def log_of(
    db: AsyncSession, meeting_id: UUID, before: UUID | None = None, sought: Sought | None = None
) -> list[Logged]:
    """A page of a meeting's log, newest first; `before` is the last one of the page before."""
    asked = _interventions().where(Intervention.meeting_id == meeting_id)
    asked = asked.where(*_narrowed(sought or Sought()))
    if before:
        edge = select(Intervention.started_at).where(Intervention.id == before).scalar_subquery()
        started = col(Intervention.started_at)
        asked = asked.where(
            sa.or_(started < edge, sa.and_(started == edge, col(Intervention.id) < before))
        )
    newest = (col(Intervention.started_at).desc(), col(Intervention.id).desc())
    return await _logged(db, asked.order_by(*newest).limit(PAGE))


def _narrowed(sought: Sought) -> list[sa.ColumnElement[bool]]:
    """Those interventions that were made on this item, by this delegation, with such points."""
    wanted: list[sa.ColumnElement[bool]] = []
    if sought.item:
        wanted.append(col(Intervention.item_id) == sought.item)
    if sought.delegation:
        wanted.append(col(Delegation.code) == sought.delegation)
    point: list[sa.ColumnElement[bool]] = []
    if sought.topic:
        slug = select(Topic.id).where(Topic.slug == sought.topic).scalar_subquery()
        point.append(col(Point.topic_id) == slug)
    if sought.rapporteur:
        point.append(col(Point.logged_by) == sought.rapporteur)
    said = sa.exists().where(col(Point.intervention_id) == Intervention.id)
    for word in sought.words.split():
        has = col(Point.text).icontains(word, autoescape=True)
        wanted.append(sa.or_(said.where(has), col(Intervention.speaker).icontains(word)))
    if point:
        wanted.append(said.where(*point))
    return wanted


async def logged(db: AsyncSession, intervention_id: UUID) -> Logged:
    """One intervention as the log shows it.

    Raises:
        NotFound: no such intervention.
    """
    found = await _logged(db, _interventions().where(Intervention.id == intervention_id))
    if not found:
        raise NotFound
    return found[0]


def _interventions() -> "Select[Intervention, Delegation, AgendaItem, Session]":
    return (
        select(Intervention, Delegation, AgendaItem, Session)
        .join(Delegation, col(Delegation.id) == Intervention.delegation_id)
        .join(AgendaItem, col(AgendaItem.id) == Intervention.item_id)
        .join(Session, col(Session.id) == AgendaItem.session_id)
    )


async def _logged(
    db: AsyncSession, asked: "Select[Intervention, Delegation, AgendaItem, Session]"
) -> list[Logged]:
    rows = (await db.exec(asked)).all()
    points = await points_of(db, [row[0].id for row in rows])
    return [Logged(*row, tuple(points.get(row[0].id, ()))) for row in rows]


async def points_of(db: AsyncSession, interventions: list[UUID]) -> dict[UUID, list[Tagged]]:
    """The points of these interventions, in their order, with their tags."""
    if not interventions:
        return {}
    found = await db.exec(
        select(Point, Topic, View, User.name)
        .join(Topic, col(Topic.id) == Point.topic_id, isouter=True)
        .join(View, col(View.id) == Point.view_id, isouter=True)
        .join(User, col(User.id) == Point.logged_by, isouter=True)
        .where(col(Point.intervention_id).in_(interventions))
        .order_by(col(Point.intervention_id), col(Point.position), col(Point.id))
    )
    points: dict[UUID, list[Tagged]] = {}
    for point, topic, view, by in found.all():
        points.setdefault(point.intervention_id, []).append(Tagged(point, topic, view, by or ""))
    return points


async def floor_of(db: AsyncSession, meeting: Meeting) -> Floor:
    """Who has the floor, and who is next on the lists of the meeting, as far as an hour goes."""
    speaking = await _logged(
        db,
        _interventions().where(
            Intervention.meeting_id == meeting.id, col(Intervention.ended_at).is_(None)
        ),
    )
    # Whose item is being discussed comes first, then the lists in the order of the programme.
    current = speaking[0] if speaking else None
    discussed = sa.case((col(SpeakerList.item_id) == (current and current.item.id), 0), else_=1)
    waiting = await db.exec(
        select(Inscription, Delegation, SpeakerList)
        .join(SpeakerList, col(SpeakerList.id) == Inscription.speaker_list_id)
        .join(Delegation, col(Delegation.id) == Inscription.delegation_id)
        .join(
            Allotment,
            sa.and_(
                col(Allotment.meeting_id) == SpeakerList.meeting_id,
                col(Allotment.item_id) == SpeakerList.item_id,
            ),
            isouter=True,
        )
        .where(
            SpeakerList.meeting_id == meeting.id,
            Inscription.state == InscriptionState.WAITING,
        )
        .order_by(
            discussed,
            col(Allotment.position),
            col(SpeakerList.id),
            col(Inscription.stand),
            col(Inscription.place),
        )
        .limit(FOLLOWING)
    )
    limit = await _limit(db, meeting.id, current.intervention) if current else 0
    return Floor(meeting, current, limit, tuple(Waiting(*row) for row in waiting.all()), now())


async def _limit(db: AsyncSession, meeting_id: UUID, speaking: Intervention) -> int:
    """The minutes that a speaker has by the list of the item; 0 where there is none."""
    found = await db.exec(
        select(SpeakerList, Inscription)
        .outerjoin(Inscription, col(Inscription.id) == speaking.inscription_id)
        .where(SpeakerList.meeting_id == meeting_id, SpeakerList.item_id == speaking.item_id)
    )
    if (row := found.first()) is None:
        return 0
    speaker_list, inscription = row
    return limit_of(speaker_list, inscription) if inscription else speaker_list.limit or 0


async def meeting_by_id(db: AsyncSession, meeting_id: UUID) -> Meeting:
    """A meeting that an event or a row speaks of."""
    return await db.get_one(Meeting, meeting_id)


async def speaking_in(db: AsyncSession, meeting_id: UUID) -> Intervention | None:
    """The intervention that has not ended."""
    found = await db.exec(
        select(Intervention).where(
            Intervention.meeting_id == meeting_id, col(Intervention.ended_at).is_(None)
        )
    )
    return found.first()


async def inscription_by_id(
    db: AsyncSession, meeting_id: UUID, inscription_id: UUID
) -> tuple[Inscription, SpeakerList]:
    """A request for the floor on one of the lists of a meeting.

    Raises:
        NotFound: no such request in this meeting.
    """
    found = await db.exec(
        select(Inscription, SpeakerList)
        .join(SpeakerList, col(SpeakerList.id) == Inscription.speaker_list_id)
        .where(Inscription.id == inscription_id, SpeakerList.meeting_id == meeting_id)
    )
    if (row := found.first()) is None:
        raise NotFound
    return row[0], row[1]


async def intervention_in(
    db: AsyncSession, meeting_id: UUID, id_: UUID, *, lock: bool = False
) -> Intervention:
    """An intervention of a meeting; `lock` keeps others from changing it.

    Raises:
        NotFound: the meeting has no such intervention.
    """
    asked = select(Intervention).where(
        Intervention.id == id_, Intervention.meeting_id == meeting_id
    )
    found = await db.exec(asked.with_for_update() if lock else asked)
    if (intervention := found.first()) is None:
        raise NotFound
    return intervention


async def intervention_for(  # noqa: PLR0913 (an address has two parts)
    db: AsyncSession,
    slug: str,
    number: int,
    intervention_id: UUID,
    user: User,
    *,
    lock: bool = False,
) -> Intervention:
    """An intervention of a meeting that this user may see, in one query: most writes are points.

    `lock` lets one writer at a time number its points.

    Raises:
        NotFound: no such intervention, or none of this user's business.
    """
    asked = (
        select(Intervention)
        .join(SessionMeeting, col(SessionMeeting.meeting_id) == Intervention.meeting_id)
        .join(Session, col(Session.id) == SessionMeeting.session_id)
        .where(
            Intervention.id == intervention_id,
            Session.slug == slug,
            SessionMeeting.number == number,
            is_visible(user),
        )
    )
    found = await db.exec(asked.with_for_update(of=Intervention) if lock else asked)
    if (intervention := found.first()) is None:
        raise NotFound
    return intervention


async def spoken_for(
    db: AsyncSession, slug: str, intervention_id: UUID, user: User
) -> Intervention:
    """An intervention on an item of a session that this user may see.

    Raises:
        NotFound: no such intervention, or none of this user's business.
    """
    found = await db.exec(
        select(Intervention)
        .join(AgendaItem, col(AgendaItem.id) == Intervention.item_id)
        .join(Session, col(Session.id) == AgendaItem.session_id)
        .where(Intervention.id == intervention_id, Session.slug == slug, is_visible(user))
    )
    if (intervention := found.first()) is None:
        raise NotFound
    return intervention


async def places_in(db: AsyncSession, intervention_id: UUID, point_id: UUID) -> tuple[int, bool]:
    """The last position among an intervention's points; and whether this point is one of them."""
    this = sa.case((col(Point.id) == point_id, 1), else_=0)
    asked = sa.select(sa.func.max(col(Point.position)), sa.func.max(this)).where(
        col(Point.intervention_id) == intervention_id
    )
    last, kept = (await (await db.connection()).execute(asked)).one()
    return last or 0, bool(kept)


async def points_in_order(db: AsyncSession, intervention_id: UUID) -> list[Point]:
    """The points of an intervention alone, in their order."""
    found = await db.exec(
        select(Point)
        .where(Point.intervention_id == intervention_id)
        .order_by(col(Point.position), col(Point.id))
    )
    return list(found.all())


async def floor_before(
    db: AsyncSession, meeting_id: UUID, than: UUID | None
) -> Intervention | None:
    """Who had the floor last, besides this one."""
    found = await db.exec(
        select(Intervention)
        .where(Intervention.meeting_id == meeting_id, col(Intervention.ended_at).is_not(None))
        .where(col(Intervention.id) != than if than else sa.true())
        .order_by(col(Intervention.ended_at).desc(), col(Intervention.id).desc())
        .limit(1)
    )
    return found.first()


async def instead_of(db: AsyncSession, intervention: Intervention, believed: str) -> Logged | None:
    """Who was given the floor by others after the one that a desk believed had it, cut off."""
    before = await db.get(Intervention, UUID(believed)) if believed else None
    asked = _interventions().where(
        Intervention.meeting_id == intervention.meeting_id,
        col(Intervention.id).not_in([intervention.id, before.id if before else intervention.id]),
    )
    if before:
        asked = asked.where(col(Intervention.started_at) > before.started_at)
    found = await _logged(db, asked.order_by(col(Intervention.started_at)).limit(1))
    return found[0] if found else None


async def point_for(
    db: AsyncSession, slug: str, point_id: UUID, user: User
) -> tuple[Tagged, Intervention]:
    """A point that was made under an item of a session that this user may see.

    Raises:
        NotFound: no such point, or none of this user's business.
    """
    session = await session_for(db, slug, user)
    found = await db.exec(
        select(Point, Topic, View, Intervention)
        .join(Intervention, col(Intervention.id) == Point.intervention_id)
        .join(AgendaItem, col(AgendaItem.id) == Intervention.item_id)
        .join(Topic, col(Topic.id) == Point.topic_id, isouter=True)
        .join(View, col(View.id) == Point.view_id, isouter=True)
        .where(Point.id == point_id, AgendaItem.session_id == session.id)
    )
    if (row := found.first()) is None:
        raise NotFound
    return Tagged(*row[:3]), row[3]


async def topics_in_order(db: AsyncSession) -> list[Topic]:
    """The whole tree of topics, in its order."""
    return list((await db.exec(select(Topic).order_by(col(Topic.position), col(Topic.slug)))).all())


async def views_of(db: AsyncSession, item_id: UUID) -> list[Supported]:
    """The views on an item with their support, widest first."""
    support = sa.func.count(sa.distinct(col(Intervention.delegation_id)))
    found = await db.exec(
        select(View, support, sa.func.min(Point.text))
        .join(Point, col(Point.view_id) == View.id, isouter=True)
        .join(Intervention, col(Intervention.id) == Point.intervention_id, isouter=True)
        .where(View.item_id == item_id)
        .group_by(col(View.id))
        .order_by(support.desc(), col(View.position))
    )
    return [Supported(view, count, said or "") for view, count, said in found.all()]


async def words_of(
    db: AsyncSession, item_id: UUID | None, signs: Collection[str] = "#="
) -> tuple[Words, dict[str, UUID]]:
    """What marks can name while an item is discussed; and the ids: "#slug" and "=key".

    `signs` are those that are asked about: most lines name a topic or nothing.
    """
    topics: dict[str, str] = {}
    ids: dict[str, UUID] = {}
    if "#" in signs:
        asked = sa.select(col(Topic.slug), col(Topic.aliases), col(Topic.name), col(Topic.id))
        for slug, aliases, name, id_ in (await (await db.connection()).execute(asked)).all():
            topics |= marks_of(slug, aliases, name)
            ids[f"#{slug}"] = id_
    if "=" in signs and item_id:
        views = await db.exec(select(View.key, View.id).where(View.item_id == item_id))
        ids |= {f"={key}": id_ for key, id_ in views.all()}
    keys = [name[1:] for name in ids if name[0] == "="]
    return Words(topics=topics, views=dict(zip(keys, keys, strict=True))), ids


async def rapporteurs_of(db: AsyncSession, meeting_id: UUID) -> list[tuple[UUID, str]]:
    """Who has logged points in a meeting: id and name, by name."""
    found = await db.exec(
        select(User.id, User.name)
        .where(
            col(User.id).in_(
                select(Point.logged_by)
                .join(Intervention, col(Intervention.id) == Point.intervention_id)
                .where(Intervention.meeting_id == meeting_id)
            )
        )
        .order_by(col(User.name))
    )
    return list(found.all())


async def history_of(db: AsyncSession, point_id: UUID) -> list[tuple[Entry, str]]:
    """What was done to a point, the latest first, each with the name of who did it."""
    found = await db.exec(
        select(Entry, User.name)
        .join(User, col(User.id) == Entry.who, isouter=True)
        .where(Entry.subject == "point", Entry.subject_id == str(point_id))
        .order_by(col(Entry.at).desc(), col(Entry.id).desc())
    )
    return [(entry, name or "") for entry, name in found.all()]


async def removed_point(
    db: AsyncSession, slug: str, point_id: UUID, user: User
) -> tuple[Entry, Intervention]:
    """What the audit kept of a point that was taken out, and the intervention it was of.

    Raises:
        NotFound: no such point was taken out, or it is none of this user's business.
    """
    session = await session_for(db, slug, user)
    found = await db.exec(
        select(Entry)
        .where(Entry.subject == "point", Entry.subject_id == str(point_id), Entry.what == "removed")
        .order_by(col(Entry.at).desc(), col(Entry.id).desc())
        .limit(1)
    )
    if (removed := found.first()) is None:
        raise NotFound
    made = await db.exec(
        select(Intervention)
        .join(AgendaItem, col(AgendaItem.id) == Intervention.item_id)
        .where(
            Intervention.id == UUID(removed.before["intervention_id"]),
            AgendaItem.session_id == session.id,
        )
    )
    if (intervention := made.first()) is None:
        raise NotFound
    return removed, intervention


async def item_by_id(db: AsyncSession, item_id: UUID) -> AgendaItem:
    """An item that an event speaks of."""
    return await db.get_one(AgendaItem, item_id)


async def unfinished_of(db: AsyncSession, user_id: UUID, meeting_id: UUID) -> list[UnfinishedLine]:
    """What somebody was typing in a meeting and has not entered, the latest first."""
    found = await db.exec(
        select(UnfinishedLine)
        .where(UnfinishedLine.user_id == user_id, UnfinishedLine.meeting_id == meeting_id)
        .order_by(col(UnfinishedLine.typed_at).desc())
    )
    return list(found.all())
