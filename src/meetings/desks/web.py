"""The desks' doors: today's page for each person at work, and the screen in the room."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import EVERYONE, WRITERS, Role, User
from meetings.base.clock import now
from meetings.base.db import Store
from meetings.base.hub import Hub
from meetings.base.languages import LANGUAGES, current_language, speak
from meetings.base.live import PUBLIC as LIVE_PUBLIC
from meetings.base.live import Audience, Drawing, last_told
from meetings.base.live_web import LiveStream, started_after
from meetings.base.web import PUBLIC, page
from meetings.delegations.queries import delegation_of, people_of
from meetings.desks.queries import (
    meetings_now,
    meetings_of,
    screen_of,
    screen_of_meeting,
    sessions_now,
)
from meetings.interventions.correction_queries import open_counts
from meetings.schedule.queries import allotted_in, channel_of
from meetings.schedule.web import audience_of
from meetings.speakers.list_queries import lists_of


@get("/", opt={"roles": EVERYONE})
async def today(request: Request[User, Any, Any], db: NamedDependency[AsyncSession]) -> Template:
    """What matters to this person now: meetings with the ways to work in them, and sessions."""
    at = now()
    if request.user.role is Role.DELEGATION and request.user.delegation_id:
        return page("desks/delegate", **await _own(db, request.user, at))
    sessions = await sessions_now(db, request.user, at.date())
    known = [session for session, _ in sessions]
    meetings, is_today = await meetings_now(db, request.user, at, known)
    return page(
        "desks/today",
        sessions=sessions,
        meetings=meetings,
        is_today=is_today,
        allotted=await allotted_in(db, [one.meeting.id for one in meetings]),
        corrections=await open_counts(db, known) if request.user.role in WRITERS else {},
        role=request.user.role,
    )


async def _own(db: AsyncSession, user: User, at: datetime) -> dict[str, Any]:
    """All that a delegation has to do with: its sessions, their programme, its people and lists."""
    sessions = await sessions_now(db, user, at.date())
    meetings = await meetings_of(db, user, [session for session, _ in sessions], at)
    lists = await lists_of(db, [one.meeting for one in meetings], audience_of(user), at)
    return {
        "delegation": await delegation_of(db, user),
        "sessions": sessions,
        "meetings": meetings,
        "people": {
            session.id: await people_of(db, session.id, user.delegation_id)
            for session, _ in sessions
        },
        "lists": lists,
        "has_password": bool(user.password_hash),
    }


@get("/screens/{slug:str}/{number:int}", opt={"roles": PUBLIC})
async def screen(
    slug: FromPath[str],
    number: FromPath[int],
    db: NamedDependency[AsyncSession],
    languages: FromQuery[str] = "",
    theme: FromQuery[str] = "",
) -> Template:
    """Who speaks now and who is next, for all to see, in one language or two: nothing else."""
    wanted = [code for code in languages.split(",") if code in LANGUAGES][:2]
    shown = await screen_of(db, slug, number)
    return page(
        "desks/screen",
        screen=shown,
        last=await last_told(db, channel_of(shown.meeting.id)),
        halves=wanted or [current_language()],
        theme=theme if theme in {"light", "dark"} else "",
        speak=speak,
    )


@get(
    "/screens/{slug:str}/{number:int}/live",
    opt={"roles": PUBLIC},
    media_type="text/event-stream",
)
async def screen_live(
    request: Request[Any, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    store: NamedDependency[Store],
    hub: NamedDependency[Hub],
    language: FromQuery[str] = "en",
    after: FromQuery[int] = 0,
) -> LiveStream:
    """What changes on the screen: drawn once for all who look, and nothing that is not public."""
    async with store.read() as db:
        shown = await screen_of(db, slug, number)
    audience = Audience(LIVE_PUBLIC, None, language if language in LANGUAGES else "en")
    channel = channel_of(shown.meeting.id)
    return LiveStream(hub.follow(channel, started_after(request, after), audience))


async def draw_screen(db: AsyncSession, meeting_id: UUID, audience: Audience) -> Drawing | None:
    """What the public sees of a meeting, after whatever has changed in it."""
    shown = await screen_of_meeting(db, meeting_id)
    return Drawing("desks/_screen_event.html", {"screen": shown, "language": audience.language})


routes = Router("/", route_handlers=[today, screen, screen_live])
