"""Who follows a channel: what the hub keeps of it, and each open page as a cursor."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from meetings.base.live import Audience, Told

if TYPE_CHECKING:
    from meetings.base.hub import Hub

RING = 500  # events kept per channel; a page that is further behind loads itself anew

FOLLOWING = b": following\n\n"
STILL_HERE = b": still here\n\n"
BEHIND = b"event: behind\ndata:\n\n"
END = b""
SUPERSEDED = b""  # drawn of an event that a later one shows anew


@dataclass(eq=False)
class Circle:
    """The followers of a channel that see the same, and what has been drawn for them."""

    audience: Audience
    reached: int  # the number up to which they have been told that there is something
    drawn: dict[int, bytes] = field(default_factory=dict)
    drawing: dict[int, "asyncio.Task[bytes]"] = field(default_factory=dict)
    followers: dict["Follower", None] = field(default_factory=dict)
    telling: "asyncio.Task[None] | None" = None


@dataclass(eq=False)
class Channel:
    """The latest events of a channel, without gaps, and who follows it."""

    name: str
    last: int = -1  # before it has been read
    events: dict[int, Told] = field(default_factory=dict)
    circles: dict[Audience, Circle] = field(default_factory=dict)
    opening: "asyncio.Task[None] | None" = None

    def begin(self, events: list[Told]) -> None:
        """Start from what the database has; whoever has seen less than that is behind."""
        self.events = {event.seq: event for event in events}
        self.last = events[-1].seq if events else 0
        for circle in self.circles.values():
            circle.reached = self.last
            circle.drawn.clear()
            for follower in circle.followers:
                follower.wake()

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

    @property
    def who(self) -> tuple[str, UUID | None]:
        """As whom it was let in."""
        return self._audience.role, self._audience.delegation_id

    async def messages(self) -> AsyncGenerator[bytes]:
        """Server-sent events from the number that the page has seen; END is the last of them."""
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
                elif message:  # what a later event shows anew is not shown before
                    yield message
            yield END
        finally:
            self._hub.leave(self, channel, circle)

    async def _next(self, channel: Channel, circle: Circle) -> bytes | None:
        """What is to be sent now; None: nothing."""
        if self._cursor < circle.reached:
            parts = []
            while self._cursor < circle.reached and (self._cursor + 1) in channel.events:
                self._cursor += 1
                drawn = circle.drawn.get(self._cursor)
                if drawn is None:
                    drawn = await self._hub.drawn(channel.events[self._cursor], circle)
                parts.append(drawn)
            if parts:
                # All that has come meanwhile goes out at once: who is slow is not slowed further.
                return b"".join(parts)
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


def batches_of(followers: Collection[Follower], size: int) -> list[list[Follower]]:
    everybody = list(followers)
    return [everybody[start : start + size] for start in range(0, len(everybody), size)]
