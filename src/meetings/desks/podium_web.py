"""The chair's door: who speaks, how long, who is next, and the few buttons that a podium needs."""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import User
from meetings.base.db import Store
from meetings.base.live import last_told
from meetings.base.web import go, page
from meetings.desks.queries import screen_of
from meetings.interventions.floor_actions import end_floor, warn_speaker
from meetings.interventions.queries import floor_of, speaking_in
from meetings.schedule.queries import sitting_for
from meetings.schedule.web import PODIUM


@get("/", opt={"roles": PODIUM})
async def podium_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    db: NamedDependency[AsyncSession],
) -> Template:
    """Large, and for one hand: the present speaker, the clock, the next, and what to do."""
    sitting = await sitting_for(db, slug, number, request.user)
    return page(
        "desks/podium",
        sitting=sitting,
        last=await last_told(db, sitting.channel),
        floor=await floor_of(db, sitting.meeting),
        screen=await screen_of(db, slug, number),
    )


@post("/two-minutes", opt={"roles": PODIUM})
async def two_minutes(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Tell the speaker that two minutes are left."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        if speaking := await speaking_in(db, sitting.meeting.id):
            await warn_speaker(db, speaking)
    return go(request, f"{sitting.path}/podium")


@post("/ended", opt={"roles": PODIUM})
async def ended(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Thank the speaker: the floor is free."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        if speaking := await speaking_in(db, sitting.meeting.id):
            await end_floor(db, speaking)
    return go(request, f"{sitting.path}/podium")


routes = Router(
    "/sessions/{slug:str}/meetings/{number:int}/podium",
    route_handlers=[podium_page, two_minutes, ended],
)
