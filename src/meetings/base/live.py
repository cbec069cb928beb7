"""The hub of live pages: what was told during a write goes out after its commit.

Each channel (a meeting) counts what it was told without gaps. A page on a channel is only a cursor:
it says the last number it saw and gets what came after, so that a page that was away, or a server
that was started again, goes on where it stopped. Who writes never waits for those who follow.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Iterable, Mapping
from contextlib import suppress
from contextvars import Context
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
import sqlalchemy as sa
from jinja2 import Environment
from sqlalchemy import orm
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.db import Store
from meetings.base.languages import speaking
from meetings.base.models import LiveEvent

RING = 500  # events kept per channel; a page that is further behind loads itself anew
BATCH = 100  # followers woken at once; requests are answered between two batches
GIVE_WAY = 0.05  # seconds that all of them together wait at most for those who write meanwhile
PING = 15  # seconds from one round of the streams to the next
LOOK = 5  # seconds after which PostgreSQL is asked, in case that a notification was lost
NOTIFICATIONS = "meetings_live"

FOLLOWING = b": following\n\n"
STILL_HERE = b": still here\n\n"
BEHIND = b"event: behind\ndata:\n\n"

_COUNT = sa.text(
    "INSERT INTO live_channel (channel, seq) VALUES (:channel, :told)"
    " ON CONFLICT (channel) DO UPDATE SET seq = live_channel.seq + :told RETURNING seq"
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


class Told(NamedTuple):
    """One event: the number it has on its channel, what kind of fragment, and of which row."""

    channel: str
    seq: int
    kind: str
    subject: UUID


# Asked with the row an event speaks of and who looks; None is: nothing for these eyes.
Renderer = Callable[[AsyncSession, UUID, Audience], Awaitable[Drawing | None]]
# Asked with the tokens of those who follow; gives those whose sign-in is still good.
SignedIn = Callable[[AsyncSession, Collection[str]], Awaitable[set[str]]]


# Telling ----------------------------------------------------------------------------------------


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


# Following --------------------------------------------------------------------------------------


@dataclass(eq=False)
class _Circle:
    """The followers of a channel that see the same, and what has been drawn for them."""

    audience: Audience
    reached: int  # the number up to which they have been told that there is something
    drawn: dict[int, bytes] = field(default_factory=dict)
    drawing: dict[int, "asyncio.Task[bytes]"] = field(default_factory=dict)
    followers: set["Follower"] = field(default_factory=set)
    telling: "asyncio.Task[None] | None" = None


@dataclass(eq=False)
class _Channel:
    """The latest events of a channel, without gaps, and who follows it."""

    name: str
    last: int = -1  # before it has been read
    events: dict[int, Told] = field(default_factory=dict)
    circles: dict[Audience, _Circle] = field(default_factory=dict)
    opening: "asyncio.Task[None] | None" = None

    def take(self, event: Told) -> bool:
        """Keep the next event; False when some before it are not known yet."""
        if self.last < 0 or event.seq > self.last + 1:
            return False
        if event.seq == self.last + 1:
            self.events[event.seq] = event
            self.last = event.seq
            self._forget(event.seq - RING)
        return True

    def _forget(self, seq: int) -> None:
        self.events.pop(seq, None)
        for circle in self.circles.values():
            circle.drawn.pop(seq, None)


class Follower:
    """One open page: a cursor, and a way to wake it."""

    def __init__(self, hub: "Hub", name: str, cursor: int, audience: Audience, token: str) -> None:
        self.token = token
        self.sending = False  # what was yielded last has not been taken yet
        self.give_up: Callable[[], object] | None = None  # ends a sending that nobody takes
        self._hub = hub
        self._name = name
        self._cursor = cursor
        self._audience = audience
        self._ended = False
        self._ping = False
        self._waiter: asyncio.Future[None] | None = None

    async def messages(self) -> AsyncGenerator[bytes]:
        """Server-sent events, from the number that the page has seen until the stream is ended."""
        channel, circle = self._hub.enter(self, self._name, self._audience)
        try:
            await self._hub.opened(channel, self._cursor)
            self.sending = True
            yield FOLLOWING
            while not self._ended:
                message = await self._next(channel, circle)
                if message is None:
                    self.sending = False
                    self._waiter = asyncio.get_running_loop().create_future()
                    await self._waiter
                    self.sending = True
                else:
                    yield message
        finally:
            self._hub.leave(self, channel, circle)

    async def _next(self, channel: _Channel, circle: _Circle) -> bytes | None:
        """What is to be sent now; None: nothing."""
        seq = self._cursor + 1
        if seq <= circle.reached:
            if seq in channel.events:
                self._cursor = seq
                return circle.drawn.get(seq) or await self._hub.drawn(channel.events[seq], circle)
            self._cursor = circle.reached
            return BEHIND
        if self._cursor > channel.last:  # a number that was never given
            self._cursor = channel.last
            return BEHIND
        if self._ping:
            self._ping = False
            return STILL_HERE
        return None

    def wake(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)

    def ping(self) -> None:
        """Let it say that it is there; one that still sends what it had last time is given up."""
        if self._ping and self.sending:
            self._give_up()
        self._ping = True
        self.wake()

    def end(self) -> None:
        """End the stream as soon as what is being sent is sent; asked twice, at once."""
        if self._ended and self.sending:
            self._give_up()
        self._ended = True
        self.wake()

    def _give_up(self) -> None:
        if self.give_up:
            self.give_up()
            self.give_up = None


class _Patience:
    """Lets writes go before followers, but no longer than GIVE_WAY in all."""

    def __init__(self, idle: asyncio.Event) -> None:
        self._idle = idle
        self._left = GIVE_WAY

    async def give_way(self) -> None:
        await asyncio.sleep(0)
        if self._left <= 0 or self._idle.is_set():
            return
        loop = asyncio.get_running_loop()
        began = loop.time()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._left):
                await self._idle.wait()
        self._left -= loop.time() - began


class Hub:
    """Follows the channels that somebody looks at; draws each event once per audience."""

    def __init__(
        self,
        store: Store,
        renderers: Mapping[str, Renderer],
        templates: Environment,
        signed_in: SignedIn | None = None,
    ) -> None:
        self._store = store
        self._renderers = renderers
        self._templates = templates
        self._signed_in = signed_in
        self._channels: dict[str, _Channel] = {}
        self._stale: set[_Channel] = set()
        self._catching_up: asyncio.Task[None] | None = None
        self._closing = False
        store.after_commit = self.hear

    # What was told ----------------------------------------------------------------------------

    def hear(self, told: Iterable[Told]) -> None:
        """Take what a write of this process told; everything else happens in tasks of the hub's."""
        for event in told:
            if channel := self._channels.get(event.channel):
                self._take(channel, [event])

    def _take(self, channel: _Channel, events: Iterable[Told]) -> None:
        for event in events:
            if not channel.take(event):
                self._catch_up_with(channel)
                return
        for circle in channel.circles.values():
            if circle.reached < channel.last and (not circle.telling or circle.telling.done()):
                circle.telling = asyncio.create_task(self._tell(channel, circle), context=Context())

    def _catch_up_with(self, channel: _Channel) -> None:
        self._stale.add(channel)
        if self._catching_up is None or self._catching_up.done():
            self._catching_up = asyncio.create_task(self._catch_up(), context=Context())

    async def _catch_up(self) -> None:
        """Read what was told elsewhere. What comes meanwhile is read in the same go."""
        while self._stale:
            channel = self._stale.pop()
            try:
                if channel.opening:
                    await channel.opening
                await self._read_on(channel)
            except sa.exc.SQLAlchemyError:
                # The next event, or the next look, finds the gap and comes here again.
                log.exception("channel %s could not be read", channel.name)

    async def _read_on(self, channel: _Channel) -> None:
        while True:
            async with self._store.read() as db:
                events = await _events(db, channel.name, col(LiveEvent.seq) > channel.last)
            self._take(channel, events)
            if len(events) < RING:
                return

    async def look(self) -> None:
        """Ask which of the channels that are followed have gone on without our hearing of it."""
        if not self._channels:
            return
        asked = sa.text("SELECT channel, seq FROM live_channel WHERE channel IN :names")
        names: sa.BindParameter[str] = sa.bindparam("names", list(self._channels), expanding=True)
        async with self._store.read() as db:
            found = await (await db.connection()).execute(asked.bindparams(names))
        for name, last in found:
            self._heard_of(name, last)

    def _heard_of(self, name: str, last: int) -> None:
        channel = self._channels.get(name)
        if channel and channel.last < last:
            self._catch_up_with(channel)

    async def listen(self) -> None:
        """On PostgreSQL: hear what other processes told. Runs until it is cancelled."""
        url = self._store.engine.url.set(drivername="postgresql")
        while True:
            with suppress(psycopg.Error, sa.exc.SQLAlchemyError):
                async with await psycopg.AsyncConnection.connect(
                    url.render_as_string(hide_password=False), autocommit=True
                ) as connection:
                    await connection.execute(f"LISTEN {NOTIFICATIONS}")
                    while True:
                        await self.look()
                        async for heard in connection.notifies(timeout=LOOK):
                            name, _, last = heard.payload.rpartition(" ")
                            self._heard_of(name, int(last))
            await asyncio.sleep(1)

    # Who follows ------------------------------------------------------------------------------

    def follow(self, name: str, after: int, audience: Audience, token: str = "") -> Follower:
        """A page that has seen a channel up to a number."""
        return Follower(self, name, after, audience, token)

    def enter(self, follower: Follower, name: str, audience: Audience) -> tuple[_Channel, _Circle]:
        """Let a follower in, to where those are who see the same."""
        if (channel := self._channels.get(name)) is None:
            channel = self._channels[name] = _Channel(name)
            channel.opening = asyncio.create_task(self._open(channel), context=Context())
        if (circle := channel.circles.get(audience)) is None:
            circle = channel.circles[audience] = _Circle(audience, channel.last)
        circle.followers.add(follower)
        if self._closing:
            follower.end()
        return channel, circle

    async def _open(self, channel: _Channel) -> None:
        async with self._store.read() as db:
            events = await _events(db, channel.name, newest=True)
            last = await last_told(db, channel.name)
        channel.events = {event.seq: event for event in events}
        channel.last = last
        for circle in channel.circles.values():
            circle.reached = last

    async def opened(self, channel: _Channel, cursor: int) -> None:
        """Wait until a channel has been read, and has heard what this page already shows."""
        if channel.opening:
            await asyncio.shield(channel.opening)
            channel.opening = None
        if cursor > channel.last:
            await self._read_on(channel)

    def leave(self, follower: Follower, channel: _Channel, circle: _Circle) -> None:
        """Forget a follower, and what nobody follows any more."""
        circle.followers.discard(follower)
        if not circle.followers and channel.circles.get(circle.audience) is circle:
            del channel.circles[circle.audience]
        if not channel.circles and self._channels.get(channel.name) is channel:
            del self._channels[channel.name]

    def _followers(self) -> list[Follower]:
        return [
            follower
            for channel in self._channels.values()
            for circle in channel.circles.values()
            for follower in circle.followers
        ]

    async def _tell(self, channel: _Channel, circle: _Circle) -> None:
        """Draw what is new, then wake those who see it. What comes meanwhile goes along."""
        while circle.reached < channel.last:
            goal = channel.last
            for seq in range(circle.reached + 1, goal + 1):
                if event := channel.events.get(seq):
                    await self.drawn(event, circle)
            circle.reached = goal
            patience = _Patience(self._store.idle)
            for batch in _batches(circle.followers):
                for follower in batch:
                    follower.wake()
                await patience.give_way()

    async def attend(self) -> None:
        """Look after the open streams. Runs until it is cancelled."""
        while True:
            await asyncio.sleep(PING)
            try:
                await self.go_round()
            except sa.exc.SQLAlchemyError:
                log.exception("sign-ins could not be read")

    async def go_round(self) -> None:
        """Let every stream say that it is alive; end those whose sign-in is no longer good."""
        for batch in _batches(self._followers()):
            good = tokens = {follower.token for follower in batch}
            if self._signed_in:
                async with self._store.read() as db:
                    good = await self._signed_in(db, tokens)
            for follower in batch:
                if follower.token in good:
                    follower.ping()
                else:
                    follower.end()
            await asyncio.sleep(0)

    def close(self) -> None:
        """End all streams: a server with open streams would wait for them for ever."""
        self._closing = True
        for follower in self._followers():
            follower.end()

    # What is shown ----------------------------------------------------------------------------

    async def drawn(self, event: Told, circle: _Circle) -> bytes:
        """An event as a circle sees it, drawn by whoever asks first."""
        if (message := circle.drawn.get(event.seq)) is not None:
            return message
        if (drawing := circle.drawing.get(event.seq)) is None:
            # In a context of its own: what is drawn for all knows nothing of who came first.
            drawing = asyncio.create_task(self._draw(event, circle), context=Context())
            circle.drawing[event.seq] = drawing
        return await asyncio.shield(drawing)

    async def _draw(self, event: Told, circle: _Circle) -> bytes:
        html = await self._html(event, circle.audience)
        data = "".join(f"data: {line}\n" for line in html.splitlines())
        circle.drawn[event.seq] = f"id: {event.seq}\n{data}\n".encode()
        del circle.drawing[event.seq]
        return circle.drawn[event.seq]

    async def _html(self, event: Told, audience: Audience) -> str:
        try:
            async with self._store.read() as db:
                with speaking(audience.language):
                    drawing = await self._renderers[event.kind](db, event.subject, audience)
                    if drawing is None:
                        return ""
                    return self._templates.get_template(drawing.template).render(drawing.context)
        except Exception:
            # One fragment that cannot be drawn must not end everybody's stream.
            log.exception("live event %s %s could not be drawn", event.kind, event.subject)
            return ""


async def _events(
    db: AsyncSession, channel: str, *which: sa.ColumnElement[bool], newest: bool = False
) -> list[Told]:
    """At most RING events of a channel in their order: the oldest that fit, or the newest."""
    seq = col(LiveEvent.seq)
    found = await db.exec(
        select(LiveEvent.channel, LiveEvent.seq, LiveEvent.kind, LiveEvent.subject)
        .where(LiveEvent.channel == channel, *which)
        .order_by(seq.desc() if newest else seq)
        .limit(RING)
    )
    return sorted((Told(*row) for row in found.all()), key=lambda event: event.seq)


def _batches(followers: Collection[Follower]) -> list[list[Follower]]:
    everybody = list(followers)
    return [everybody[start : start + BATCH] for start in range(0, len(everybody), BATCH)]
