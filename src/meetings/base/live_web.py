"""The door of the live hub: a stream of server-sent events, as cheap per open page as it can be."""

import asyncio
import logging
from contextlib import aclosing
from typing import Any

from litestar import Request
from litestar.response.base import ASGIResponse
from litestar.types import Receive, Send

from meetings.base.following import END, Follower

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
log = logging.getLogger(__name__)


def started_after(request: Request[Any, Any, Any], after: int) -> int:
    """Where a stream goes on: after what the page saw last, else after what it was drawn with."""
    seen = request.headers.get("last-event-id", "")
    return int(seen) if seen.isdecimal() else after


class LiveStream(ASGIResponse):
    """Sends what a follower is told. Who may follow was decided before this is made."""

    _should_set_content_length = False

    def __init__(self, follower: Follower) -> None:
        super().__init__(headers=HEADERS, media_type="text/event-stream")
        self._follower = follower

    async def send_body(self, send: Send, receive: Receive) -> None:
        # The sending is a task of its own: to wake it is to resume three coroutines, not the twenty
        # of the framework and of what stands around a request.
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._send_all(send))
                while (await receive())["type"] != "http.disconnect":
                    pass
                self._follower.end()
        except* TimeoutError:
            log.info("a stream was given up: its reader had taken nothing for long")

    async def _send_all(self, send: Send) -> None:
        # No timer per message: the hub goes round, and pulls this one where nothing was taken.
        loop = asyncio.get_running_loop()
        messages = self._follower.messages()
        try:
            async with asyncio.timeout(None) as patience, aclosing(messages):
                self._follower.give_up = lambda: patience.reschedule(loop.time())
                async for message in messages:
                    more = message is not END
                    await send({"type": "http.response.body", "body": message, "more_body": more})
        finally:
            self._follower.give_up = None
