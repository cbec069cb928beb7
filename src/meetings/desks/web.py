"""The desks' doors: today's page for each person at work, and the screen in the room."""

from typing import Any

from litestar import Request, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import EVERYONE, WRITERS, User
from meetings.base.clock import now
from meetings.base.web import PUBLIC, page
from meetings.desks.queries import meetings_now, screen_of, sessions_now
from meetings.interventions.correction_queries import open_counts
from meetings.schedule.queries import allotted_in


@get("/", opt={"roles": EVERYONE})
async def today(request: Request[User, Any, Any], db: NamedDependency[AsyncSession]) -> Template:
    """What matters to this person now: meetings with the ways to work in them, and sessions."""
    at = now()
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


@get("/screens/{slug:str}/{number:int}", opt={"roles": PUBLIC})
async def screen(
    slug: FromPath[str], number: FromPath[int], db: NamedDependency[AsyncSession]
) -> Template:
    """Who speaks now and who is next, for all to see: nothing else of the meeting."""
    return page("desks/screen", screen=await screen_of(db, slug, number))


routes = Router("/", route_handlers=[today, screen])
