"""The chair's door: who speaks, how long, who is next, and the few buttons that a podium needs."""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import User
from meetings.base.db import Store
from meetings.base.ids import new_id
from meetings.base.languages import current_language
from meetings.base.live import last_told
from meetings.base.web import asking, go, page
from meetings.desks.queries import screen_of
from meetings.interventions.floor_actions import end_floor, warn_speaker
from meetings.interventions.queries import floor_of, speaking_in
from meetings.schedule.queries import sitting_for
from meetings.schedule.web import PODIUM
from meetings.speakers.inscription_actions import Ask
from meetings.speakers.intake_actions import Intake
from meetings.speakers.models import Asks, InscriptionForm, PointOfOrderForm
from meetings.speakers.queries import delegations_in


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
        delegations=await delegations_in(db, sitting.meeting.id, current_language()),
        request_id=new_id(),
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


@post("/point-of-order", opt={"roles": PODIUM})
async def point_of_order(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[PointOfOrderForm],
    intake: NamedDependency[Intake],
) -> Response[Any]:
    """Let a delegation speak next, to a point of order: first in, first out."""
    form = InscriptionForm(id=data.id, delegation=data.delegation, asks=Asks.POINT_OF_ORDER)
    ask = Ask(form, request.user, asking.get().received_at)
    taken = await intake.inscribe((slug, number, data.item), ask)
    return go(request, f"{taken.sitting.path}/podium")


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
    route_handlers=[podium_page, two_minutes, point_of_order, ended],
)
