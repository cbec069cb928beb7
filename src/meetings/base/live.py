"""Telling live pages, inside a write, that something is to be shown anew.

Each channel (a meeting) counts what it was told without gaps, so that a page can say the last
number it saw. Who listens is the hub's business (base/hub.py); a write never waits for it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.models import LiveEvent

NOTIFICATIONS = "meetings_live"  # on PostgreSQL: "<channel> <last number>", at the commit

_COUNT = sa.text(
    "INSERT INTO live_channel (channel, seq) VALUES (:channel, :told)"
    " ON CONFLICT (channel) DO UPDATE SET seq = live_channel.seq + :told RETURNING seq"
)
PUBLIC = "public"  # the role of whoever is not signed in: the screens in the room


@dataclass(frozen=True)
class Audience:
    """Those who see the same: one rendering serves them all."""

    role: str
    delegation_id: UUID | None
    language: str


@dataclass(frozen=True)
class Drawing:
    """What a live event shows: a template and what it is given."""

    template: str
    context: dict[str, Any]


class Told(NamedTuple):
    """One event: the number it has on its channel, what kind of fragment, and of which row."""

    channel: str
    seq: int
    kind: str
    subject: UUID


# Asked with the row an event speaks of and who looks; None is: nothing for these eyes.
Renderer = Callable[[AsyncSession, UUID, Audience], Awaitable[Drawing | None]]


async def tell(db: AsyncSession, channel: str, kind: str, subject: UUID) -> None:
    """Say, inside a write, that the fragment `kind` of `subject` is to be shown anew."""
    db.info.setdefault("telling", {}).setdefault(channel, []).append((kind, subject))


@sa.event.listens_for(orm.Session, "before_commit")
def _number(db: orm.Session) -> None:
    """Give what was told in a write its numbers, all at once, as the last thing before the commit.

    The row of the channel is locked from here to the commit: numbers have no gaps and commit in
    their order. Channels are locked in one order, so that two writes cannot wait for each other.
    """
    if db.in_nested_transaction() or not (telling := db.info.pop("telling", None)):
        return
    connection = db.connection()
    for channel, what in sorted(telling.items()):
        last = connection.execute(_COUNT, {"channel": channel, "told": len(what)}).scalar_one()
        told = [Told(channel, last - len(what) + n, *it) for n, it in enumerate(what, 1)]
        connection.execute(sa.insert(LiveEvent), [event._asdict() for event in told])
        db.info.setdefault("told", []).extend(told)
        if connection.dialect.name == "postgresql":
            note = sa.func.pg_notify(NOTIFICATIONS, f"{channel} {last}")
            connection.execute(sa.select(note))


async def last_told(db: AsyncSession, channel: str) -> int:
    """The number a page starts from, read with what it shows; 0 before anything was told."""
    found = await db.exec(select(sa.func.max(LiveEvent.seq)).where(LiveEvent.channel == channel))
    return found.one() or 0


async def events_of(
    db: AsyncSession, channel: str, *which: sa.ColumnElement[bool], limit: int, newest: bool = False
) -> list[Told]:
    """The oldest events of a channel that fit, or the newest, in their order."""
    seq = col(LiveEvent.seq)
    found = await db.exec(
        select(LiveEvent.channel, LiveEvent.seq, LiveEvent.kind, LiveEvent.subject)
        .where(LiveEvent.channel == channel, *which)
        .order_by(seq.desc() if newest else seq)
        .limit(limit)
    )
    return sorted((Told(*row) for row in found.all()), key=lambda event: event.seq)
