"""What a file changes: its rows are matched by their natural names with the rows that are there.

A row keeps the identifier under which it is found, and everything that files do not carry.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any
from uuid import UUID

from meetings.base.db import Base
from meetings.base.ids import derived_id
from meetings.bodies.models import AgendaItem, Body, Document, Session
from meetings.delegations.models import Delegation, Participant, Participation
from meetings.exchange.wanted import Row, Rows, Wanted
from meetings.interventions.models import Intervention, Point, Topic, View
from meetings.report.models import Paragraph, Report, ReportPart, Update
from meetings.schedule.models import Allotment, Meeting, Room, SessionMeeting
from meetings.speakers.models import Inscription, SpeakerList

# Each after those that it refers to.
MODELS: tuple[type[Base], ...] = (
    Body,
    Room,
    Topic,
    Delegation,
    Session,
    AgendaItem,
    Document,
    Participation,
    Participant,
    Meeting,
    SessionMeeting,
    Allotment,
    SpeakerList,
    Inscription,
    View,
    Intervention,
    Point,
    Update,
    Report,
    ReportPart,
    Paragraph,
)
SHARED = {Body, Room, Topic, Delegation, Session}  # never removed by a file
KEYS: Mapping[type[Base], tuple[str, ...]] = {
    Body: ("code",),
    Room: ("code",),
    Topic: ("slug",),
    Delegation: ("code",),
    Session: ("slug",),
    AgendaItem: ("session_id", "number"),
    Document: ("session_id", "symbol"),
    Participation: ("session_id", "delegation_id"),
    SpeakerList: ("meeting_id", "item_id"),
    View: ("item_id", "key"),
    Report: ("session_id", "symbol"),
}
# Known only as the Nth of their kind in a group.
RANKED: Mapping[type[Base], tuple[str, ...]] = {
    Participant: ("participation_id",),
    Allotment: ("meeting_id",),
    Update: ("item_id",),
    ReportPart: ("report_id",),
    Paragraph: ("item_id", "language"),
    Inscription: ("speaker_list_id", "delegation_id", "capacity", "on_behalf_of"),
    Intervention: ("meeting_id", "delegation_id", "started_at"),
    Point: ("intervention_id",),
}
# What was said or asked for goes by its identifier before it goes by rank.
NUMBERED = {Inscription, Intervention, Point}
# Ordered in a group: where the order stays, so do the numbers.
PLACED: Mapping[type[Base], tuple[str, ...]] = {
    Topic: (),
    AgendaItem: ("session_id",),
    Document: ("session_id",),
    View: ("item_id",),
    Report: ("session_id",),
    Participant: ("participation_id",),
    Allotment: ("meeting_id",),
    Update: ("item_id",),
    ReportPart: ("report_id",),
    Paragraph: ("item_id", "language"),
    Inscription: ("speaker_list_id",),
    Point: ("intervention_id",),
}


def table_of(model: type[Base]) -> Any:
    """The table of a model: its columns and what they refer to."""
    return Base.metadata.tables[str(model.__tablename__)]


def place_column(model: type[Base]) -> str:
    return {Inscription: "place", Intervention: "started_at"}.get(model, "position")


@dataclass(slots=True)
class Changes:
    """What to do to the database; a changed row comes with the columns that change."""

    added: Rows = field(default_factory=lambda: defaultdict(list))
    changed: dict[type[Base], list[tuple[Row, Row]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    removed: Rows = field(default_factory=lambda: defaultdict(list))


def settle(
    wanted: Wanted, have: Rows, ids: dict[UUID, UUID], taken: set[UUID], last_topic: int
) -> Changes:
    """What differs between the rows that a file wants and those that are there.

    `ids` leads from the names of known things to their identifiers; `taken` are identifiers of
    rows that are none of this file's business; topics that are new come after `last_topic`.
    """
    changes, ids = Changes(), dict(ids)
    for model in MODELS:
        rows = [dict(row) for row in wanted.rows[model]]
        _resolve(rows, _other_references(model), ids)
        if model is SessionMeeting:
            _settle_links(rows, have[model], changes)
            continue
        if model is Meeting:
            found = _found_meetings(rows, wanted.rows[SessionMeeting], have[SessionMeeting], ids)
        else:
            found = _found(model, rows, have[model])
        _identify(rows, found, wanted.explicit, taken, ids)
        _resolve(rows, own_references(model), ids)
        kept = {row["id"]: row for row in have[model]}
        if model in PLACED:
            _keep_places(model, rows, kept, last_topic if model is Topic else 0)
        _compare(model, rows, kept, changes)
    _spare_others(changes, have)
    return changes


def own_references(model: type[Base]) -> list[str]:
    """Columns that refer to another row of the same table."""
    table = table_of(model)
    return [key.parent.name for key in table.foreign_keys if key.column.table is table]


def _other_references(model: type[Base]) -> list[str]:
    table = table_of(model)
    return [key.parent.name for key in table.foreign_keys if key.column.table is not table]


def _resolve(rows: list[Row], columns: list[str], ids: Mapping[UUID, UUID]) -> None:
    for row in rows:
        for column in columns:
            if column in row:
                row[column] = ids.get(row[column], row[column])


def _settle_links(rows: list[Row], have: list[Row], changes: Changes) -> None:
    """A meeting's number in a session is no row of its own: the old goes, the new comes."""
    changes.added[SessionMeeting] = _without(rows, have)
    changes.removed[SessionMeeting] = _without(have, rows)


def _without(rows: list[Row], others: list[Row]) -> list[Row]:
    known = {tuple(sorted(row.items())) for row in others}
    return [row for row in rows if tuple(sorted(row.items())) not in known]


def _found(model: type[Base], rows: list[Row], have: list[Row]) -> list[UUID | None]:
    """For each row that is wanted, the one that is there by that natural name."""
    ordered = sorted(have, key=itemgetter(place_column(model))) if model in RANKED else have
    there = dict(zip(_keys(model, ordered), (row["id"] for row in ordered), strict=True))
    found = [there.get(key) for key in _keys(model, rows)]
    if model not in NUMBERED:
        return found
    same = {row["id"] for row in rows}.intersection(row["id"] for row in have)
    return [
        row["id"] if row["id"] in same else None if id_ in same else id_
        for row, id_ in zip(rows, found, strict=True)
    ]


def _keys(model: type[Base], rows: list[Row]) -> list[tuple[Any, ...]]:
    if model not in RANKED:
        return [tuple(row[column] for column in KEYS.get(model, ("id",))) for row in rows]
    ranks: Counter[tuple[Any, ...]] = Counter()
    keys = []
    for row in rows:
        group = tuple(row[column] for column in RANKED[model])
        ranks[group] += 1
        keys.append((*group, ranks[group]))
    return keys


def _found_meetings(
    rows: list[Row], links: list[Row], have: list[Row], ids: Mapping[UUID, UUID]
) -> list[UUID | None]:
    """A meeting is known by its number in any of its sessions."""
    there = {(link["session_id"], link["number"]): link["meeting_id"] for link in have}
    found: dict[UUID, UUID] = {}
    for link in links:
        number = (ids.get(link["session_id"], link["session_id"]), link["number"])
        if number in there:
            found.setdefault(link["meeting_id"], there[number])
    return [found.get(row["id"]) for row in rows]


def _identify(
    rows: list[Row],
    found: list[UUID | None],
    explicit: set[UUID],
    taken: set[UUID],
    ids: dict[UUID, UUID],
) -> None:
    """Give each row its identifier: the file's own word, else where it is found, else its name."""
    used = {row["id"] for row in rows if row["id"] in explicit}
    pairs = [pair for pair in zip(rows, found, strict=True) if pair[0]["id"] not in explicit]
    unnamed = []
    for row, there in pairs:
        if there is None or there in used:
            unnamed.append(row)
        else:
            used.add(there)
            ids[row["id"]] = there
    for row in unnamed:
        free = row["id"]
        while free in used or free in taken:
            free = derived_id(free)
        used.add(free)
        ids[row["id"]] = free
    for row in rows:
        row["id"] = ids.get(row["id"], row["id"])


def _keep_places(model: type[Base], rows: list[Row], kept: Mapping[UUID, Row], after: int) -> None:
    column, last = place_column(model), Counter[tuple[Any, ...]]()
    for row in rows:
        group = tuple(row[name] for name in PLACED[model])
        old = kept[row["id"]][column] if row["id"] in kept else 0
        row[column] = old if old > last[group] else max(last[group], after) + 1
        last[group] = row[column]


def _compare(
    model: type[Base], rows: list[Row], kept: Mapping[UUID, Row], changes: Changes
) -> None:
    for row in rows:
        old = kept.get(row["id"])
        if old is None:
            changes.added[model].append(_with_defaults(model, row))
            continue
        differing = {name: value for name, value in row.items() if old[name] != value}
        if differing and "version" in old:
            differing["version"] = old["version"] + 1
        if differing:
            changes.changed[model].append((old, differing))
    if model not in SHARED:
        wanted = {row["id"] for row in rows}
        changes.removed[model] = [row for id_, row in kept.items() if id_ not in wanted]


def _with_defaults(model: type[Base], row: Row) -> Row:
    """A whole row: what files do not carry begins as it does in the browser."""
    fields = model.model_fields
    left = (column.name for column in table_of(model).columns if column.name not in row)
    return row | {name: fields[name].get_default(call_default_factory=True) for name in left}


def _spare_others(changes: Changes, have: Rows) -> None:
    """Take back the removal of what belongs to other sessions too.

    A joint meeting that this file no longer has is still theirs, with what was said there under
    their items.
    """
    own = {row["id"] for row in have[Session]}
    items = {row["id"] for row in have[AgendaItem]}
    theirs = {
        link["meeting_id"] for link in have[SessionMeeting] if link["session_id"] not in own
    }.intersection(row["id"] for row in changes.removed[Meeting])
    if not theirs:
        return

    def spare(model: type[Base], is_theirs: Callable[[Row], bool]) -> set[UUID]:
        spared = [row for row in changes.removed[model] if is_theirs(row)]
        changes.removed[model] = [row for row in changes.removed[model] if not is_theirs(row)]
        return {row["id"] for row in spared if "id" in row}

    def there(row: Row) -> bool:
        return row["meeting_id"] in theirs and row["item_id"] not in items

    spare(Meeting, lambda row: row["id"] in theirs)
    spare(
        SessionMeeting,
        lambda row: row["meeting_id"] in theirs and row["session_id"] not in own,
    )
    spare(Allotment, there)
    lists, interventions = spare(SpeakerList, there), spare(Intervention, there)
    spare(Inscription, lambda row: row["speaker_list_id"] in lists)
    spare(Point, lambda row: row["intervention_id"] in interventions)
