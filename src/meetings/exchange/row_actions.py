"""Changes put into the database in few statements, in an order that its constraints allow."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from meetings.base.db import Base
from meetings.exchange.settling import MODELS, Changes, own_references, table_of
from meetings.exchange.wanted import Row
from meetings.interventions.models import Intervention
from meetings.schedule.models import SessionMeeting
from meetings.speakers.models import Inscription, InscriptionState

CHUNK = 10_000  # values in one statement: SQLite takes 32,766
PENDING = {InscriptionState.WAITING, InscriptionState.SPEAKING}


async def apply_changes(connection: AsyncConnection, changes: Changes) -> None:
    """Add, then change, then remove: by then nothing refers any more to a row that goes."""
    await _make_room(connection, changes)
    for model in MODELS:
        await _insert(connection, model, changes.added[model])
    for model in MODELS:
        own = own_references(model)
        added = [(row, {name: row[name] for name in own}) for row in changes.added[model] if own]
        await _update(connection, model, [*added, *changes.changed[model]])
    for model in reversed(MODELS):
        if model is not SessionMeeting:
            await _delete(connection, model, [row["id"] for row in changes.removed[model]])


async def _make_room(connection: AsyncConnection, changes: Changes) -> None:
    """Free what only one row may have at a time: a number, a wait on a list, the floor."""
    link = table_of(SessionMeeting)
    if gone := changes.removed[SessionMeeting]:
        this = (link.c.session_id == sa.bindparam("of"), link.c.meeting_id == sa.bindparam("this"))
        pairs = [{"of": row["session_id"], "this": row["meeting_id"]} for row in gone]
        await connection.execute(sa.delete(link).where(*this), pairs)
    waits = _holders(changes, Inscription, "state", lambda row: row["state"] in PENDING)
    await _update(connection, Inscription, [(r, {"state": "withdrawn"}) for r in waits])
    floors = _holders(changes, Intervention, "ended_at", lambda row: row["ended_at"] is None)
    await _update(connection, Intervention, [(r, {"ended_at": r["started_at"]}) for r in floors])


def _holders(
    changes: Changes, model: type[Base], column: str, holds: Callable[[Row], bool]
) -> list[Row]:
    """Rows that hold something until they are changed or removed; who keeps it gets it back."""
    holders = [row for row in changes.removed[model] if holds(row)]
    for row, differing in changes.changed[model]:
        if holds(row):
            differing.setdefault(column, row[column])
            holders.append(row)
    return holders


async def _insert(connection: AsyncConnection, model: type[Base], rows: list[Row]) -> None:
    """Rows without what they refer to in their own table: that may come only after them."""
    if rows:
        nothing = dict.fromkeys(own_references(model))
        await connection.execute(sa.insert(table_of(model)), [row | nothing for row in rows])


async def _update(
    connection: AsyncConnection, model: type[Base], changed: list[tuple[Row, Row]]
) -> None:
    """One statement for all rows of which the same columns change."""
    alike: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row, differing in changed:
        alike[tuple(sorted(differing))].append({"this": row["id"], **differing})
    table = table_of(model)
    for values in alike.values():
        await connection.execute(sa.update(table).where(table.c.id == sa.bindparam("this")), values)


async def _delete(connection: AsyncConnection, model: type[Base], ids: list[UUID]) -> None:
    table = table_of(model)
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        for column in _optional_references(table):
            await connection.execute(
                sa.update(column.table).where(column.in_(some)).values({column.name: None})
            )
        await connection.execute(sa.delete(table).where(table.c.id.in_(some)))


def _optional_references(table: sa.Table) -> list[sa.Column[Any]]:
    """The columns of all tables that may refer to this one, or to nothing."""
    return [
        key.parent
        for other in Base.metadata.sorted_tables
        for key in other.foreign_keys
        if key.column.table is table and key.parent.nullable
    ]
