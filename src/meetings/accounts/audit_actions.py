"""The audit writes itself: every row that the store adds, changes or removes leaves an entry."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from meetings.accounts.models import Entry
from meetings.base.clock import now

SECRET = {"password_hash"}


def plain(value: Any) -> Any:
    """A column's value as JSON can hold it."""
    if isinstance(value, UUID | datetime | date | time):
        return str(value)
    return value


def _values(row: Any) -> dict[str, Any]:
    columns = sa.inspect(row).mapper.column_attrs
    return {c.key: plain(getattr(row, c.key)) for c in columns if c.key not in SECRET}


def _changes(row: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    before, after = {}, {}
    for attribute in sa.inspect(row).attrs:
        history = attribute.history
        if not history.has_changes() or attribute.key in SECRET:
            continue
        before[attribute.key] = plain(history.deleted[0]) if history.deleted else None
        after[attribute.key] = plain(attribute.value)
    return before, after


def _entry(db: orm.Session, what: str, row: Any, before: Any, after: Any) -> Entry:
    key = sa.inspect(row).mapper.primary_key_from_instance(row)
    return Entry(
        at=now(),
        who=db.info.get("who"),
        what=what,
        subject=row.__tablename__,
        subject_id="/".join(map(str, key)),
        before=before,
        after=after,
    )


@sa.event.listens_for(orm.Session, "before_flush")
def write_entries(db: orm.Session, _: Any, __: Any) -> None:
    """Add the entries of this flush. A load writes its own and says so by info["audit"] = False."""
    if db.info.get("audit") is False:
        return
    entries = [_entry(db, "added", row, {}, _values(row)) for row in db.new if row.audited]
    for row in db.dirty:
        if not row.audited or not db.is_modified(row):
            continue
        entries.append(_entry(db, "changed", row, *_changes(row)))
    entries += [_entry(db, "removed", row, _values(row), {}) for row in db.deleted if row.audited]
    db.add_all(entries)
