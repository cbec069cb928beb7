"""What comes with the program: States, groups, organizations, and the tree of topics."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import Entry
from meetings.base.clock import now
from meetings.base.db import Base
from meetings.delegations.models import Delegation
from meetings.exchange.reference_files import reference_delegations, reference_topics
from meetings.exchange.settling import table_of
from meetings.exchange.wanted import Row
from meetings.interventions.models import Topic


async def load_reference(db: AsyncSession) -> int:
    """Add what is missing and correct what differs; how many rows that were. Again: none.

    Nothing is removed, because sessions may use it. A delegation or topic that a session file had
    made under the same name becomes the one that came with the program, with all that it has.
    """
    rows: dict[type[Base], list[Row]] = {
        Delegation: list(reference_delegations()),
        Topic: list(reference_topics()),
    }
    counts = {
        str(model.__tablename__): await _take(db, model, wanted) for model, wanted in rows.items()
    }
    if changed := sum(counts.values()):
        db.add(_entry(db.info.get("who"), counts))
        await db.flush()
    return changed


def _entry(who: UUID | None, counts: dict[str, int]) -> Entry:
    return Entry(at=now(), who=who, what="loaded", subject="reference", subject_id="", after=counts)


async def _take(db: AsyncSession, model: type[Base], wanted: list[Row]) -> int:
    table, connection = table_of(model), await db.connection()
    rows = (await connection.execute(sa.select(table))).mappings()
    have = {_name(row): dict(row) for row in rows}
    _identify(wanted, have)
    added = [row for row in wanted if _name(row) not in have]
    changed = [row for row in wanted if _differs(have.get(_name(row), row), row)]
    if added:
        await connection.execute(sa.insert(table), added)
    if changed:
        this = table.c.id == sa.bindparam("this")
        values = [{"this": row["id"], **row} for row in changed]
        await connection.execute(sa.update(table).where(this), values)
    return len(added) + len(changed)


def _identify(wanted: list[Row], have: dict[str, Row]) -> None:
    """A row that is there keeps its identifier, under which others refer to it."""
    ids = {row["id"]: have.get(_name(row), row)["id"] for row in wanted}
    for row in wanted:
        row["id"] = ids[row["id"]]
        if row.get("parent_id"):
            row["parent_id"] = ids[row["parent_id"]]


def _name(row: Any) -> str:
    name: str = row["code"] if "code" in row else row["slug"]
    return name


def _differs(old: Row, new: Row) -> bool:
    return any(old[column] != value for column, value in new.items())
