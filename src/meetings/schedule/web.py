"""The doors of the calendar."""

from collections.abc import AsyncIterator
from typing import Any

from litestar import Request, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Stream

from meetings.accounts.models import EVERYONE, User
from meetings.base.db import Store
from meetings.base.languages import current_language
from meetings.base.live import Audience, Hub
from meetings.schedule.queries import sitting_for

STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def audience_of(user: User) -> Audience:
    """Who sees the same as this user: staff by role and language, delegates by delegation too."""
    return Audience(user.role.value, user.delegation_id, current_language())


@get("/live", opt={"roles": EVERYONE}, media_type="text/event-stream")
async def live(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    store: NamedDependency[Store],
    hub: NamedDependency[Hub],
    after: FromQuery[int] = 0,
) -> Stream:
    """What changes in a meeting from now on, or from where this page stopped."""
    async with store.read() as db:
        sitting = await sitting_for(db, slug, number, request.user)
    seen = request.headers.get("last-event-id", "")
    start = int(seen) if seen.isdecimal() else after
    events: AsyncIterator[bytes] = hub.follow(sitting.channel, start, audience_of(request.user))
    return Stream(events, media_type="text/event-stream", headers=STREAM_HEADERS)


routes = Router("/sessions/{slug:str}/meetings/{number:int}", route_handlers=[live])
