"""What the database has, as far as session files are concerned."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.db import Base
from meetings.base.errors import Refused
from meetings.bodies.models import AgendaItem, Body, Document, Session
from meetings.delegations.models import Delegation, Participant, Participation
from meetings.exchange.dumping import session_file_text
from meetings.exchange.known import Known, KnownMeeting, KnownSession
from meetings.exchange.names import item_name, shared_name, view_name
from meetings.exchange.settling import MODELS, table_of
from meetings.exchange.wanted import Row, Rows
from meetings.interventions.models import Intervention, Point, Topic, View
from meetings.report.models import Paragraph, Report, ReportPart, Update
from meetings.schedule.models import Allotment, Meeting, Room, SessionMeeting
from meetings.speakers.models import Inscription, SpeakerList

CHUNK = 10_000  # values in one question: SQLite takes 32,766


async def _rows(db: AsyncSession, model: type[Base], *where: Any) -> list[Row]:
    connection = await db.connection()
    found = await connection.execute(sa.select(table_of(model)).where(*where))
    return [dict(row) for row in found.mappings()]


@dataclass(frozen=True, slots=True)
class Directory:
    """The names that are known, and the identifier behind each."""

    known: Known
    ids: dict[UUID, UUID]
    last_topic: int


async def directory(db: AsyncSession) -> Directory:
    """Everything that a file can name without defining it."""
    rows = {model: await _rows(db, model) for model in NAMING}
    code: dict[Any, Any] = {
        row["id"]: row.get("code") or row.get("slug") or row.get("number")
        for model in (Body, Room, Topic, Delegation, Session, AgendaItem)
        for row in rows[model]
    }
    slug_of_item = {row["id"]: code[row["session_id"]] for row in rows[AgendaItem]}
    ids = {
        shared_name(kind, code[row["id"]]): row["id"]
        for kind, model in SHARED_KINDS.items()
        for row in rows[model]
    }
    ids |= {
        item_name(slug_of_item[row["id"]], row["number"]): row["id"] for row in rows[AgendaItem]
    }
    ids |= {
        view_name(slug_of_item[row["item_id"]], code[row["item_id"]], row["key"]): row["id"]
        for row in rows[View]
    }
    known = Known(
        bodies={row["code"]: code.get(row["parent_id"]) for row in rows[Body]},
        topics={row["slug"]: code.get(row["parent_id"]) for row in rows[Topic]},
        rooms=frozenset(row["code"] for row in rows[Room]),
        delegations=frozenset(row["code"] for row in rows[Delegation]),
        reference_topics=frozenset(row["slug"] for row in rows[Topic] if row["reference"]),
        reference_delegations=frozenset(
            row["code"] for row in rows[Delegation] if row["reference"]
        ),
        sessions=_sessions(rows, code),
        meetings=_meetings(rows, code),
    )
    return Directory(known, ids, max((row["position"] for row in rows[Topic]), default=0))


SHARED_KINDS: dict[str, type[Base]] = {
    "body": Body,
    "room": Room,
    "topic": Topic,
    "delegation": Delegation,
    "session": Session,
}
NAMING: tuple[type[Base], ...] = (
    *SHARED_KINDS.values(),
    AgendaItem,
    View,
    Document,
    Participation,
    Meeting,
    SessionMeeting,
)


def _by(rows: Iterable[Row], column: str) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups


def _sessions(rows: Rows, code: dict[Any, Any]) -> dict[str, KnownSession]:
    items, views = _by(rows[AgendaItem], "session_id"), _by(rows[View], "item_id")
    documents = _by(rows[Document], "session_id")
    parts = _by(rows[Participation], "session_id")
    return {
        row["slug"]: KnownSession(
            row["starts_on"],
            row["ends_on"],
            code.get(row["follows_id"]),
            {
                item["number"]: frozenset(view["key"] for view in views[item["id"]])
                for item in items[row["id"]]
            },
            frozenset(document["symbol"] for document in documents[row["id"]]),
            frozenset(code[part["delegation_id"]] for part in parts[row["id"]]),
        )
        for row in rows[Session]
    }


def _meetings(rows: Rows, code: dict[Any, Any]) -> tuple[KnownMeeting, ...]:
    links = _by(rows[SessionMeeting], "meeting_id")
    return tuple(
        KnownMeeting(
            row["id"],
            {code[link["session_id"]]: link["number"] for link in links[row["id"]]},
            code[row["room_id"]],
            row["day"],
            row["starts"],
            row["ends"],
        )
        for row in rows[Meeting]
    )


async def rows_of_sessions(
    db: AsyncSession, sessions: Collection[UUID], meetings: Collection[UUID] = ()
) -> Rows:
    """All rows that belong to sessions, and to these meetings besides.

    A joint meeting comes whole, with its numbers in sessions that were not asked for.
    """
    rows: Rows = defaultdict(list)
    for model, where in _belonging(sessions, meetings).items():
        rows[model] = await _rows(db, model, where)
    return rows


def _belonging(sessions: Collection[UUID], meetings: Collection[UUID]) -> dict[type[Base], Any]:
    """By which condition the rows of each table belong to sessions."""

    def within(model: type[Base], column: str, of: type[Base]) -> Any:
        inner = sa.select(table_of(of).c.id).where(where[of])
        return table_of(model).c[column].in_(inner)

    link = table_of(SessionMeeting)
    held = sa.select(link.c.meeting_id).where(link.c.session_id.in_(sessions))
    meeting = table_of(Meeting).c.id
    where: dict[type[Base], Any] = {
        Session: table_of(Session).c.id.in_(sessions),
        AgendaItem: table_of(AgendaItem).c.session_id.in_(sessions),
        Document: table_of(Document).c.session_id.in_(sessions),
        Participation: table_of(Participation).c.session_id.in_(sessions),
        Report: table_of(Report).c.session_id.in_(sessions),
        Meeting: meeting.in_(held) | meeting.in_(meetings),
    }
    where[Participant] = within(Participant, "participation_id", Participation)
    where[ReportPart] = within(ReportPart, "report_id", Report)
    where[SessionMeeting] = within(SessionMeeting, "meeting_id", Meeting)
    for model in (View, Update, Paragraph):
        where[model] = within(model, "item_id", AgendaItem)
    for said in (Allotment, SpeakerList, Intervention):
        where[said] = within(said, "meeting_id", Meeting) | within(said, "item_id", AgendaItem)
    where[Inscription] = within(Inscription, "speaker_list_id", SpeakerList)
    where[Point] = within(Point, "intervention_id", Intervention)
    return where


async def shared_rows(db: AsyncSession, named: dict[type[Base], Collection[str]]) -> Rows:
    """The bodies, rooms, topics, delegations and sessions of these codes and slugs."""
    rows: Rows = defaultdict(list)
    for model, codes in named.items():
        table = table_of(model)
        column = table.c.slug if "slug" in table.c else table.c.code
        rows[model] = await _rows(db, model, column.in_(codes))
    return rows


async def existing_ids(db: AsyncSession, wanted: Rows) -> set[UUID]:
    """Those identifiers of these rows that are in use, whoever uses them."""
    connection, found = await db.connection(), set[UUID]()
    for model in MODELS:
        ids = [row["id"] for row in wanted[model] if "id" in row]
        for start in range(0, len(ids), CHUNK):
            column = table_of(model).c.id
            some = sa.select(column).where(column.in_(ids[start : start + CHUNK]))
            found.update((await connection.execute(some)).scalars())
    return found


async def dump_sessions(db: AsyncSession, slugs: Collection[str] | None = None) -> str:
    """The canonical session file of these sessions, or of all that the database has.

    A session brings those that it is joint with or follows, so that its file can be loaded alone.

    Raises:
        Refused: there is no session of that name.
    """
    sessions = await _rows(db, Session)
    by_slug = {row["slug"]: row["id"] for row in sessions}
    if unknown := sorted({*(slugs or ())}.difference(by_slug)):
        there = ", ".join(sorted(by_slug)) or "none"
        raise Refused(f"There is no session {unknown[0]}. There are: {there}.")
    ids = set(by_slug.values())
    if slugs is not None:
        ids = await _with_companions(db, {by_slug[slug] for slug in slugs}, sessions)
    rows = await rows_of_sessions(db, ids)
    for model in (Body, Room, Topic, Delegation):
        rows[model] = await _rows(db, model)
    return session_file_text(rows, whole=slugs is None)


async def _with_companions(db: AsyncSession, chosen: set[UUID], sessions: list[Row]) -> set[UUID]:
    session_of = {row["id"]: row["session_id"] for row in await _rows(db, AgendaItem)}
    companions: dict[UUID, set[UUID]] = defaultdict(set)
    for links in _by(await _rows(db, SessionMeeting), "meeting_id").values():
        for link in links:
            companions[link["session_id"]].update(other["session_id"] for other in links)
    joint = table_of(AgendaItem).c.joint_with_id
    for item in await _rows(db, AgendaItem, joint.is_not(None)):
        one, other = item["session_id"], session_of[item["joint_with_id"]]
        companions[one].add(other)
        companions[other].add(one)
    for row in sessions:
        if row["follows_id"]:
            companions[row["id"]].add(row["follows_id"])
    found, open_ = set(chosen), list(chosen)
    while open_:
        news = companions[open_.pop()] - found
        found |= news
        open_ += news
    return found
