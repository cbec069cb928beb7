"""What comes with the program: States, groups, organizations, and the tree of topics."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import Entry
from meetings.base.assets import ASSETS
from meetings.base.clock import now
from meetings.base.columns import FALLBACK, Text
from meetings.base.db import Base
from meetings.delegations.models import Delegation, DelegationKind
from meetings.exchange.names import shared_name
from meetings.exchange.plain_yaml import read_yaml
from meetings.exchange.settling import table_of
from meetings.exchange.wanted import Row
from meetings.interventions.models import Topic

FOLDER = ASSETS.seeds / "reference"


async def load_reference(db: AsyncSession) -> int:
    """Add what is missing and correct what differs; how many rows that were. Again: none.

    Nothing is removed, because sessions may use it. A delegation or topic that a session file had
    made under the same name becomes the one that came with the program, with all that it has.
    """
    rows: dict[type[Base], list[Row]] = {
        Delegation: list(reference_delegations(FOLDER / "states.csv")),
        Topic: list(reference_topics(FOLDER / "topics.yaml")),
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


def reference_delegations(file: Path) -> Iterator[Row]:
    """The rows of a table of delegations; a name or a rank that is empty is left out."""
    with file.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            yield {
                "id": shared_name("delegation", line["code"]),
                **{column: line[column] for column in ("code", "iso2", "m49", "group")},
                "kind": DelegationKind(line["kind"]),
                "name": Text(_by_language(line, "name")),
                "ranks": {code: int(rank) for code, rank in _by_language(line, "rank").items()},
                "reference": True,
            }


def _by_language(line: dict[str, str], column: str) -> dict[str, str]:
    return {code: line[f"{column}_{code}"] for code in FALLBACK if line[f"{column}_{code}"]}


def reference_topics(file: Path) -> Iterator[Row]:
    """The rows of a tree of topics, each after the one above it; positions count through it."""
    tree = read_yaml(file.read_text(encoding="utf-8")).data
    for position, row in enumerate(_branches(tree), 1):
        yield {**row, "position": position}


def _branches(topics: list[Any], parent: Row | None = None) -> Iterator[Row]:
    for topic in topics:
        row: Row = {
            "id": shared_name("topic", topic["slug"]),
            "slug": topic["slug"],
            "parent_id": parent and parent["id"],
            "treaty": parent["treaty"] if parent else topic["treaty"],
            "name": Text(topic["name"]),
            "articles": [str(article) for article in topic.get("articles", [])],
            "reference": True,
        }
        yield row
        yield from _branches(topic.get("topics", []), row)


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
