"""What may be done with session files."""

from collections.abc import Iterator, Mapping, Sized
from dataclasses import asdict, dataclass, field
from functools import partial
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.audit_actions import plain
from meetings.accounts.models import Entry
from meetings.base.clock import now
from meetings.base.db import Base
from meetings.bodies.models import Body, Session
from meetings.delegations.models import Delegation
from meetings.exchange.known import Known, numbered
from meetings.exchange.names import session_name
from meetings.exchange.queries import (
    Directory,
    directory,
    existing_ids,
    rows_of_sessions,
    shared_rows,
)
from meetings.exchange.reading import BadFile, Fault, read_session_file
from meetings.exchange.row_actions import apply_changes
from meetings.exchange.rows import wanted_rows
from meetings.exchange.session_file import SessionFile
from meetings.exchange.settling import MODELS, Changes, settle
from meetings.exchange.wanted import Row, Rows, Wanted
from meetings.interventions.models import Intervention, Point, Topic
from meetings.schedule.models import Room
from meetings.speakers.loading_actions import settle_loaded
from meetings.speakers.models import Inscription

Counts = dict[str, int]
# What somebody said or asked for is not lost or altered without a line of its own in the audit.
WITNESSED: tuple[type[Base], ...] = (Inscription, Intervention, Point)


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows of each table a file added, changed and removed."""

    added: Counts = field(default_factory=dict)
    changed: Counts = field(default_factory=dict)
    removed: Counts = field(default_factory=dict)

    @property
    def nothing(self) -> bool:
        return not (self.added or self.changed or self.removed)


async def load_session_file(db: AsyncSession, text: str) -> Loaded:
    """Make the sessions of a file what the file says, and leave everything else alone.

    The same file again changes nothing. Shared things (bodies, rooms, topics, delegations) are
    added and changed, never removed.

    Raises:
        BadFile: all that is wrong with it; then nothing was changed.
    """
    names = await directory(db)
    file = read_session_file(text, names.known)
    wanted = wanted_rows(file)
    have = await _rows_there(db, file, names)
    taken = await _ids_of_others(db, wanted, have)
    changes = settle(wanted, have, names.ids, taken, names.last_topic)
    await apply_changes(await db.connection(), changes)
    await settle_loaded(db, _lists_changed(changes))
    loaded = _counts(changes)
    if not loaded.nothing:
        db.add_all(_entries(db.info.get("who"), file, changes, loaded))
        await db.flush()
    return loaded


async def _rows_there(db: AsyncSession, file: SessionFile, names: Directory) -> Rows:
    sessions = [names.ids.get(session_name(session.slug)) for session in file.sessions]
    rows = await rows_of_sessions(
        db, [id_ for id_ in sessions if id_], _shared_meetings(file, names.known)
    )
    return rows | await shared_rows(
        db,
        {
            Body: [body.code for body in file.bodies],
            Room: [room.code for room in file.rooms],
            Topic: [topic.slug for topic in file.topics],
            Delegation: [delegation.code for delegation in file.delegations],
            Session: [session.slug for session in file.sessions],
        },
    )


def _shared_meetings(file: SessionFile, known: Known) -> list[UUID]:
    """Meetings of other sessions that the file is about too: it has their number, or their id."""
    numbers = {pair for meeting in file.meetings for pair in numbered(meeting)}
    by_id = {meeting.id: meeting.sessions for meeting in file.meetings if meeting.id}
    return [
        one.id
        for one in known.meetings
        if numbers.intersection(one.sessions.items())
        or not by_id.get(one.id, {}).keys().isdisjoint(one.sessions)
    ]


async def _ids_of_others(db: AsyncSession, wanted: Wanted, have: Rows) -> set[UUID]:
    """Identifiers that the file would use but that belong to sessions it is not about.

    Raises:
        BadFile: the file itself gives one of them.
    """
    existing = await existing_ids(db, wanted.rows)
    taken = existing - {row["id"] for rows in have.values() for row in rows if "id" in row}
    if stolen := sorted(map(str, taken & wanted.explicit)):
        raise BadFile(
            Fault(1, "", f"id {id_} belongs to another session of the database: leave it out")
            for id_ in stolen
        )
    return taken


def _lists_changed(changes: Changes) -> set[UUID]:
    """The lists on which somebody's request is new, gone, or another than it was."""
    rows = [*changes.added[Inscription], *changes.removed[Inscription]]
    rows += [row for row, _after in changes.changed[Inscription]]
    return {row["speaker_list_id"] for row in rows}


def _counts(changes: Changes) -> Loaded:
    def counts(rows: Mapping[type[Base], Sized]) -> Counts:
        return {str(model.__tablename__): len(rows[model]) for model in MODELS if rows[model]}

    return Loaded(counts(changes.added), counts(changes.changed), counts(changes.removed))


def _entries(
    who: UUID | None, file: SessionFile, changes: Changes, loaded: Loaded
) -> Iterator[Entry]:
    entry = partial(Entry, at=now(), who=who)
    slugs = ", ".join(session.slug for session in file.sessions)
    yield entry(what="loaded", subject="session", subject_id=slugs, after=asdict(loaded))
    for model in WITNESSED:
        about = partial(entry, subject=str(model.__tablename__))
        for row in changes.removed[model]:
            yield about(what="removed", subject_id=str(row["id"]), before=_plain(row))
        for row, after in changes.changed[model]:
            before = {name: row[name] for name in after}
            yield about(
                what="changed",
                subject_id=str(row["id"]),
                before=_plain(before),
                after=_plain(after),
            )


def _plain(row: Row) -> Row:
    return {name: plain(value) for name, value in row.items()}
