"""The hub of live pages: what was told during a write goes out after its commit.

It keeps the latest events of each channel that somebody looks at, draws each once for those who see
the same, and wakes them. Pages that were away, or a server that was started again, go on from the
number the page saw last. Nobody who writes waits for any of this.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from contextlib import suppress
from contextvars import Context
from uuid import UUID

import psycopg
import sqlalchemy as sa
from jinja2 import Environment
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.db import Store
from meetings.base.following import RING, SUPERSEDED, Channel, Circle, Follower, batches_of
from meetings.base.languages import speaking
from meetings.base.live import NOTIFICATIONS, PUBLIC, Audience, Drawing, Renderer, Told, events_of
from meetings.base.models import LiveEvent

BATCH = 25  # followers woken at once; requests go on between two batches, within a millisecond
ASKED = 100  # sign-ins that one question is asked of
GIVE_WAY = 0.05  # seconds that all of them together wait at most for those who write meanwhile
PING = 15  # seconds that a round of the streams takes
LOOK = 5  # seconds after which PostgreSQL is asked, in case that a notification was lost

# Asked with the tokens of those who follow; gives who is signed in with each: role and delegation.
Who = tuple[str, UUID | None]
SignedIn = Callable[[AsyncSession, Collection[str]], Awaitable[Mapping[str, Who]]]
NOBODY: Who = (PUBLIC, None)
log = logging.getLogger(__name__)


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
        public: Renderer | None = None,
    ) -> None:
        self._store = store
        self._renderers = renderers
        self._templates = templates
        self._signed_in = signed_in
        self._public = public  # draws, for nobody in particular, all that a channel is about
        self._channels: dict[str, Channel] = {}
        self._stale: set[Channel] = set()
        self._catching_up: asyncio.Task[None] | None = None
        self._closing = False
        store.after_commit = self.hear

    # What was told ----------------------------------------------------------------------------

    def hear(self, told: Iterable[Told]) -> None:
        """Take what a write of this process told; everything else happens in tasks of the hub's."""
        for event in told:
            if channel := self._channels.get(event.channel):
                self._take(channel, [event])

    def _take(self, channel: Channel, events: Iterable[Told]) -> None:
        for event in events:
            if not channel.take(event):
                self._catch_up_with(channel)
                return
        for circle in channel.circles.values():
            if circle.reached < channel.last and (not circle.telling or circle.telling.done()):
                circle.telling = asyncio.create_task(self._tell(channel, circle), context=Context())

    def _catch_up_with(self, channel: Channel) -> None:
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

    async def _read_on(self, channel: Channel) -> None:
        while True:
            async with self._store.read() as db:
                events = await events_of(
                    db, channel.name, col(LiveEvent.seq) > channel.last, limit=RING
                )
            if events and events[0].seq > channel.last + 1:
                channel.begin(events)  # somebody has cleared old events away
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

    def enter(self, follower: Follower, name: str, audience: Audience) -> tuple[Channel, Circle]:
        """Let a follower in, to where those are who see the same."""
        if (channel := self._channels.get(name)) is None:
            channel = self._channels[name] = Channel(name)
            channel.opening = asyncio.create_task(self._open(channel), context=Context())
        if (circle := channel.circles.get(audience)) is None:
            circle = channel.circles[audience] = Circle(audience, channel.last)
        circle.followers[follower] = None
        if self._closing:
            follower.end()
        return channel, circle

    async def _open(self, channel: Channel) -> None:
        async with self._store.read() as db:
            events = await events_of(db, channel.name, limit=RING, newest=True)
        channel.begin(events)

    async def opened(self, channel: Channel, cursor: int) -> None:
        """Wait until a channel has been read, and has heard what this page already shows."""
        if channel.opening:
            await asyncio.shield(channel.opening)
            channel.opening = None
        if cursor > channel.last:
            await self._read_on(channel)

    def leave(self, follower: Follower, channel: Channel, circle: Circle) -> None:
        """Forget a follower, and what nobody follows any more."""
        circle.followers.pop(follower, None)
        if not circle.followers and channel.circles.get(circle.audience) is circle:
            del channel.circles[circle.audience]
        if not channel.circles and self._channels.get(channel.name) is channel:
            del self._channels[channel.name]

    def followers(self) -> list[Follower]:
        return [
            follower
            for channel in self._channels.values()
            for circle in channel.circles.values()
            for follower in circle.followers
        ]

    async def _tell(self, channel: Channel, circle: Circle) -> None:
        """Draw what is new, then wake those who see it. What comes meanwhile goes along.

        Of several events that show the same thing anew, only the last is drawn.
        """
        while circle.reached < channel.last:
            goal = channel.last
            new = [
                channel.events[n]
                for n in range(circle.reached + 1, goal + 1)
                if n in channel.events
            ]
            last = {_shown(event, circle): event.seq for event in new}
            for event in new:
                if event.seq < last[_shown(event, circle)]:
                    circle.drawn[event.seq] = SUPERSEDED
                else:
                    await self.drawn(event, circle)
            circle.reached = goal
            patience = _Patience(self._store.idle)
            for batch in batches_of(circle.followers, BATCH):
                for follower in batch:
                    follower.wake()
                await patience.give_way()

    async def attend(self) -> None:
        """Look after the open streams. Runs until it is cancelled."""
        while True:
            try:
                await self.go_round(PING)
            except sa.exc.SQLAlchemyError:
                log.exception("sign-ins could not be read")
                await asyncio.sleep(PING)

    async def go_round(self, seconds: float) -> None:
        """Let every stream say that it is alive; end those whose sign-in is no longer good.

        Takes so many seconds, so that thousands of streams never speak all at once.
        """
        batches = batches_of(self.followers(), ASKED)
        pause = seconds / max(1, len(batches))
        for batch in batches or [[]]:
            await asyncio.sleep(pause)
            known: Mapping[str, Who] = {}
            if self._signed_in and (tokens := {follower.token for follower in batch} - {""}):
                async with self._store.read() as db:
                    known = await self._signed_in(db, tokens)
            for follower in batch:
                # Who is somebody else by now, or for another delegation, sees what that one sees.
                if not self._signed_in or known.get(follower.token, NOBODY) == follower.who:
                    follower.ping()
                else:
                    follower.end()

    def close(self) -> None:
        """End all streams: a server with open streams would wait for them for ever."""
        self._closing = True
        for follower in self.followers():
            follower.end()

    # What is shown ----------------------------------------------------------------------------

    async def drawn(self, event: Told, circle: Circle) -> bytes:
        """An event as a circle sees it, drawn by whoever asks first."""
        if (message := circle.drawn.get(event.seq)) is not None:
            return message
        if (drawing := circle.drawing.get(event.seq)) is None:
            # In a context of its own: what is drawn for all knows nothing of who came first.
            drawing = asyncio.create_task(self._draw(event, circle), context=Context())
            circle.drawing[event.seq] = drawing
        return await asyncio.shield(drawing)

    async def _draw(self, event: Told, circle: Circle) -> bytes:
        html = await self._html(event, circle.audience)
        data = "".join(f"data: {line}\n" for line in html.splitlines())
        circle.drawn[event.seq] = f"id: {event.seq}\n{data}\n".encode()
        del circle.drawing[event.seq]
        return circle.drawn[event.seq]

    async def _drawing(self, db: AsyncSession, event: Told, audience: Audience) -> Drawing | None:
        if audience.role != PUBLIC:
            return await self._renderers[event.kind](db, event.subject, audience)
        return await self._public(db, _about(event.channel), audience) if self._public else None

    async def _html(self, event: Told, audience: Audience) -> str:
        try:
            async with self._store.read() as db:
                with speaking(audience.language):
                    drawing = await self._drawing(db, event, audience)
                    if drawing is None:
                        return ""
                    return self._templates.get_template(drawing.template).render(drawing.context)
        except Exception:
            # One fragment that cannot be drawn must not end everybody's stream.
            log.exception("live event %s %s could not be drawn", event.kind, event.subject)
            return ""


def _shown(event: Told, circle: Circle) -> object:
    """What an event shows anew: for the public there is one thing, all that it may see."""
    return None if circle.audience.role == PUBLIC else (event.kind, event.subject)


def _about(channel: str) -> UUID:
    """What a channel is about: "meeting:<its identifier>"."""
    return UUID(channel.partition(":")[2])
