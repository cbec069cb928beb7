"""Questions about a log that comes in: what it would become, and what an import brought."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import Entry, User
from meetings.base.errors import NotFound
from meetings.base.ids import derived_id
from meetings.base.languages import current_language
from meetings.delegations.models import Delegation
from meetings.exchange.log_meaning import Known, KnownItem, Log, Spoken, meaning_of
from meetings.exchange.log_rows import ROWS, Rows
from meetings.exchange.log_times import Hours, beginnings, endings
from meetings.interventions.models import Intervention, Point
from meetings.interventions.queries import topics_in_order, words_of
from meetings.schedule.queries import Sitting, allotted_to
from meetings.speakers.models import LIMIT, SpeakerList
from meetings.speakers.queries import delegations_in


@dataclass(frozen=True)
class Planned:
    """An intervention that is to come in, with its hours and identifier."""

    spoken: Spoken
    id: UUID
    started_at: datetime
    ended_at: datetime


@dataclass(frozen=True)
class Plan:
    """What a log comes to in a meeting; `ids` are those of topics and views, by item and mark."""

    log: Log
    interventions: tuple[Planned, ...]
    ids: dict[UUID, dict[str, UUID]]

    @property
    def starts(self) -> dict[int, datetime]:
        """When the intervention that begins in a row begins."""
        return {one.spoken.place: one.started_at for one in self.interventions}


@dataclass(frozen=True)
class Brought:
    """What is in the log of an import; `changed` names what is no longer as it came in."""

    id: UUID
    interventions: dict[UUID, tuple[Intervention, Delegation]]
    points: dict[UUID, Point]
    changed: tuple["Changed", ...] = ()


@dataclass(frozen=True)
class Changed:
    """Which intervention of an import somebody changed, or added to; None: it is gone."""

    intervention: UUID | None
    who: str


def intervention_id(meeting: UUID, import_id: UUID, place: int) -> UUID:
    """The identifier of the intervention that begins in a row of an import."""
    return derived_id("log-import", meeting, import_id, place)


def point_id(meeting: UUID, import_id: UUID, place: int) -> UUID:
    """The identifier of the point that a row of an import holds."""
    return derived_id("log-import-point", meeting, import_id, place)


async def plan_of(
    db: AsyncSession, sitting: Sitting, rows: Rows, item: str, import_id: UUID
) -> Plan:
    """What these rows would become now; `item` is that of rows that name none."""
    known, ids = await _known(db, sitting, item)
    log = await asyncio.to_thread(meaning_of, rows, known)
    hours = await _hours(db, sitting)
    lists = await db.exec(
        select(SpeakerList.item_id, SpeakerList.limit).where(
            SpeakerList.meeting_id == sitting.meeting.id
        )
    )
    minutes = dict(lists.all())
    spoken = log.spoken
    limits = [timedelta(minutes=minutes.get(one.item.id) or LIMIT) for one in spoken]
    starts = beginnings([one.at for one in spoken], limits, hours)
    ends = endings(starts, limits, hours)
    made = (intervention_id(sitting.meeting.id, import_id, one.place) for one in spoken)
    return Plan(log, tuple(map(Planned, spoken, made, starts, ends)), ids)


async def _known(
    db: AsyncSession, sitting: Sitting, item: str
) -> tuple[Known, dict[UUID, dict[str, UUID]]]:
    items: list[KnownItem] = []
    ids: dict[UUID, dict[str, UUID]] = {}
    for one in await allotted_to(db, sitting.meeting.id):
        words, ids[one.item.id] = await words_of(db, one.item.id)
        items.append(KnownItem(one.item.id, one.item.number, one.session.slug, words))
    chosen = next((one.id for one in items if str(one.id) == item), None)
    known = Known(
        day=sitting.meeting.day,
        items=items,
        delegations=await delegations_in(db, sitting.meeting.id, current_language()),
        topics={topic.slug: list(topic.name.values()) for topic in await topics_in_order(db)},
        default=items[0].id if len(items) == 1 else chosen,
    )
    return known, ids


async def _hours(db: AsyncSession, sitting: Sitting) -> Hours:
    recorded = await db.exec(
        select(Intervention.started_at, Intervention.ended_at).where(
            Intervention.meeting_id == sitting.meeting.id
        )
    )
    meeting = sitting.meeting
    rows = tuple((start, end) for start, end in recorded.all())
    return Hours(meeting.day, meeting.starts, meeting.ends, sitting.session.timezone, rows)


# What an import brought -------------------------------------------------------------------------


async def brought_by(db: AsyncSession, meeting_id: UUID, import_id: UUID) -> Brought:
    """What is in the log of a meeting of one import, and who changed some of it since.

    Raises:
        NotFound: this meeting never had such an import.
    """
    mine = {intervention_id(meeting_id, import_id, place) for place in range(ROWS)}
    my_points = {point_id(meeting_id, import_id, place) for place in range(ROWS)}
    entries = await _latest_entries(db, {str(id_) for id_ in mine | my_points})
    if not entries:
        raise NotFound
    found = await db.exec(
        select(Intervention, Delegation)
        .join(Delegation, col(Delegation.id) == Intervention.delegation_id)
        .where(Intervention.meeting_id == meeting_id)
        .order_by(col(Intervention.started_at), col(Intervention.id))
    )
    interventions = {row[0].id: (row[0], row[1]) for row in found.all() if row[0].id in mine}
    there = await db.exec(
        select(Point)
        .join(Intervention, col(Intervention.id) == Point.intervention_id)
        .where(Intervention.meeting_id == meeting_id)
        .order_by(col(Point.position))
    )
    points = list(there.all())
    others = {
        point.id for point in points if point.id not in my_points and point.intervention_id in mine
    }
    added = {id_: entry for id_, entry in entries.items() if entry[0].what == "added"}
    touched = [entry for id_, entry in entries.items() if id_ not in added]
    touched += (await _latest_entries(db, {str(id_) for id_ in others})).values()
    of_point = {str(point.id): point.intervention_id for point in points}
    changed = dict.fromkeys(
        Changed(_whose(entry, of_point, interventions), who) for entry, who in touched
    )
    kept = {point.id: point for point in points if point.id in my_points}
    there_is = interventions or kept
    return Brought(import_id, interventions, kept, tuple(changed) if there_is else ())


async def _latest_entries(
    db: AsyncSession, subjects: Collection[str]
) -> dict[str, tuple[Entry, str]]:
    """The last line of the audit about each of these, with the name of who did it."""
    found = await db.exec(
        select(Entry, User.name)
        .join(User, col(User.id) == Entry.who, isouter=True)
        .where(
            col(Entry.subject).in_(("intervention", "point")), col(Entry.subject_id).in_(subjects)
        )
        .order_by(col(Entry.at), col(Entry.id))
    )
    return {entry.subject_id: (entry, who or "") for entry, who in found.all()}


def _whose(
    entry: Entry,
    of_point: dict[str, UUID],
    interventions: dict[UUID, tuple[Intervention, Delegation]],
) -> UUID | None:
    """The intervention that a line of the audit is about, if it is there."""
    if entry.subject == "intervention":
        id_ = UUID(entry.subject_id)
    else:
        id_ = of_point.get(entry.subject_id) or UUID(entry.before["intervention_id"])
    return id_ if id_ in interventions else None
