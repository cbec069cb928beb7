"""The hub of live pages: what was told during a write goes out after its commit.

Each channel (a meeting) counts what it was told without gaps. A page on a channel is only a cursor:
it says the last number it saw and gets what came after, from memory, else from the database, so
that a page that was away, or a server that was started again, goes on where it stopped.
"""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from contextvars import Context
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
import sqlalchemy as sa
from jinja2 import Environment
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.db import Store
from meetings.base.languages import speaking
from meetings.base.models import LiveEvent

RING = 500  # events kept in memory per channel; a page that is further behind loads itself anew
PING = 15  # seconds after which a silent stream says that it is alive
NOTIFICATIONS = "meetings_live"

_COUNT = sa.text(
    "INSERT INTO live_channel (channel, seq) VALUES (:channel, 1)"
    " ON CONFLICT (channel) DO UPDATE SET seq = live_channel.seq + 1 RETURNING seq"
)
log = logging.getLogger(__name__)


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


# Asked with the row an event speaks of and who looks; None is: nothing for these eyes.
Renderer = Callable[[AsyncSession, UUID, Audience], Awaitable[Drawing | None]]


async def tell(db: AsyncSession, channel: str, kind: str, subject: UUID) -> None:
    """Say, inside a write, that the fragment `kind` of `subject` is to be shown anew."""
    connection = await db.connection()
    counted = await connection.execute(_COUNT, {"channel": channel})
    db.add(LiveEvent(channel=channel, seq=counted.scalar_one(), kind=kind, subject=subject))
    db.info.setdefault("told", set()).add(channel)
    if connection.dialect.name == "postgresql":
        await connection.execute(sa.select(sa.func.pg_notify(NOTIFICATIONS, channel)))


async def last_told(db: AsyncSession, channel: str) -> int:
    """The number a page starts from, read with what it shows; 0 before anything was told."""
    found = await db.exec(select(sa.func.max(LiveEvent.seq)).where(LiveEvent.channel == channel))
    return found.one() or 0


@dataclass
class _Channel:
    events: deque[LiveEvent] = field(default_factory=lambda: deque(maxlen=RING))
    last: int = 0
    rendered: dict[tuple[int, Audience], "asyncio.Task[bytes]"] = field(default_factory=dict)
    waiting: set["asyncio.Future[None]"] = field(default_factory=set)
    followers: int = 0
    catching_up: asyncio.Lock = field(default_factory=asyncio.Lock)


class Hub:
    """Follows the channels that somebody looks at; renders each event once per audience."""

    def __init__(
        self, store: Store, renderers: Mapping[str, Renderer], templates: Environment
    ) -> None:
        self._store = store
        self._renderers = renderers
        self._templates = templates
        self._channels: dict[str, _Channel] = {}
        self._closing = False
        store.after_commit = self.catch_up

    async def catch_up(self, channels: frozenset[str] | None = None) -> None:
        """Fetch what was told since, on these channels (or all that are looked at), and wake."""
        for name in self._channels.keys() & (
            self._channels.keys() if channels is None else channels
        ):
            channel = self._channels[name]
            async with channel.catching_up, self._store.read() as db:
                for event in await _events_after(db, name, channel.last):
                    channel.events.append(event)
                    channel.last = event.seq
            _forget_old(channel)
            for waiter in channel.waiting:
                if not waiter.done():
                    waiter.set_result(None)

    async def follow(self, name: str, after: int, audience: Audience) -> AsyncIterator[bytes]:
        """A stream of server-sent events that starts after a number the page has seen."""
        channel = self._channels.setdefault(name, _Channel())
        channel.followers += 1
        try:
            if channel.followers == 1:
                channel.last = max(channel.last, after)
            await self.catch_up(frozenset({name}))
            yield b": following\n\n"
            cursor = after
            while not self._closing:
                async for seq, message in self._since(name, channel, cursor, audience):
                    cursor = seq
                    yield message
                if channel.last <= cursor and not await self._wait(channel):
                    yield b": still here\n\n"
        finally:
            channel.followers -= 1
            if not channel.followers:
                self._channels.pop(name, None)

    async def _since(
        self, name: str, channel: _Channel, cursor: int, audience: Audience
    ) -> AsyncIterator[tuple[int, bytes]]:
        events = [event for event in channel.events if event.seq > cursor]
        if channel.last > cursor and (not events or events[0].seq != cursor + 1):
            async with self._store.read() as db:
                events = await _events_after(db, name, cursor)
        if len(events) > RING:
            yield channel.last, b"event: behind\ndata:\n\n"
            return
        for event in events:
            key = (event.seq, audience)
            if key not in channel.rendered:
                # In a context of its own: what is drawn for all knows nothing of who came first.
                channel.rendered[key] = asyncio.create_task(
                    self._render(event, audience), context=Context()
                )
            yield event.seq, await asyncio.shield(channel.rendered[key])

    async def _render(self, event: LiveEvent, audience: Audience) -> bytes:
        try:
            async with self._store.read() as db:
                with speaking(audience.language):
                    drawing = await self._renderers[event.kind](db, event.subject, audience)
                    html = self._draw(drawing)
        except Exception:
            # One fragment that cannot be drawn must not end everybody's stream.
            log.exception("live event %s %s could not be drawn", event.kind, event.subject)
            html = ""
        data = "".join(f"data: {line}\n" for line in html.splitlines())
        return f"id: {event.seq}\n{data}\n".encode()

    def _draw(self, drawing: Drawing | None) -> str:
        if drawing is None:
            return ""
        return self._templates.get_template(drawing.template).render(drawing.context)

    async def _wait(self, channel: _Channel) -> bool:
        """True when something was told, False when it was silent for a while."""
        waiter = asyncio.get_running_loop().create_future()
        channel.waiting.add(waiter)
        try:
            async with asyncio.timeout(PING):
                await waiter
        except TimeoutError:
            return False
        finally:
            channel.waiting.discard(waiter)
        return True

    def close(self) -> None:
        """End all streams: a server with open streams would wait for them for ever."""
        self._closing = True
        for channel in self._channels.values():
            for waiter in channel.waiting:
                if not waiter.done():
                    waiter.set_result(None)

    async def listen(self) -> None:
        """On PostgreSQL: hear what other processes told. Runs until it is cancelled."""
        url = self._store.engine.url.set(drivername="postgresql")
        while True:
            with suppress(psycopg.Error):
                async with await psycopg.AsyncConnection.connect(
                    url.render_as_string(hide_password=False), autocommit=True
                ) as connection:
                    await connection.execute(f"LISTEN {NOTIFICATIONS}")
                    await self.catch_up()
                    async for heard in connection.notifies():
                        await self.catch_up(frozenset({heard.payload}))
            await asyncio.sleep(1)


async def _events_after(db: AsyncSession, channel: str, seq: int) -> list[LiveEvent]:
    found = await db.exec(
        select(LiveEvent)
        .where(LiveEvent.channel == channel, col(LiveEvent.seq) > seq)
        .order_by(col(LiveEvent.seq))
        .limit(RING + 1)
    )
    return list(found.all())


def _forget_old(channel: _Channel) -> None:
    oldest = channel.events[0].seq if channel.events else 0
    for key in [key for key in channel.rendered if key[0] < oldest]:
        del channel.rendered[key]
