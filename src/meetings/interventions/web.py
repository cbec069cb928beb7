"""The rapporteur's door to the log."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import STAFF, WRITERS, Role, User
from meetings.base.db import Store
from meetings.base.ids import new_id
from meetings.base.live import Audience, Drawing, last_told
from meetings.base.web import by_htmx, fragment, go, page
from meetings.interventions import actions
from meetings.interventions.models import (
    EditedPoint,
    FloorForm,
    InterventionKind,
    PointForm,
    PointKind,
)
from meetings.interventions.queries import (
    PAGE,
    delegations_in,
    floor_of,
    intervention_in,
    log_of,
    logged,
    meeting_by_id,
    point_for,
    topics_in_order,
    views_of,
)
from meetings.schedule.queries import allotted_to, path_of, sitting_for


@get(opt={"roles": WRITERS})
async def log_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    db: NamedDependency[AsyncSession],
    before: FromQuery[UUID | None] = None,
) -> Template:
    """The live log of a meeting: the floor, the line to type in, and what was said so far."""
    sitting = await sitting_for(db, slug, number, request.user)
    last = await last_told(db, sitting.channel)
    entries = await log_of(db, sitting.meeting.id, before)
    floor = await floor_of(db, sitting.meeting)
    item = floor.speaking.item if floor.speaking else None
    return page(
        "interventions/log",
        sitting=sitting,
        last=last,
        live=before is None,
        path=sitting.path,
        entries=entries,
        older=entries[-1].intervention.id if len(entries) == PAGE else None,
        floor=floor,
        floor_id=new_id(),
        point_id=new_id(),
        allotted=await allotted_to(db, sitting.meeting.id),
        delegations=await delegations_in(db, sitting.meeting.id),
        topics=await topics_in_order(db),
        views=await views_of(db, item.id) if item else [],
        kinds=list(InterventionKind),
        point_kinds=list(PointKind),
    )


@post("/floor", opt={"roles": STAFF})
async def give_floor(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[FloorForm],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Give the floor; the answer is the floor as it now is."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        await actions.give_floor(db, sitting.meeting, data)
    return await _floor(request, store, slug, number)


@post("/floor/{intervention_id:uuid}/ended", opt={"roles": STAFF})
async def end_floor(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    intervention_id: FromPath[UUID],
    store: NamedDependency[Store],
) -> Response[Any]:
    """The speaker has finished."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        intervention = await intervention_in(db, sitting.meeting.id, intervention_id)
        await actions.end_floor(db, intervention)
    return await _floor(request, store, slug, number)


@post("/floor/{intervention_id:uuid}/resumed", opt={"roles": STAFF})
async def resume_floor(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    intervention_id: FromPath[UUID],
    store: NamedDependency[Store],
) -> Response[Any]:
    """The speaker had not finished after all."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        intervention = await intervention_in(db, sitting.meeting.id, intervention_id)
        await actions.resume_floor(db, sitting.meeting, intervention)
    return await _floor(request, store, slug, number)


async def _floor(
    request: Request[User, Any, Any], store: Store, slug: str, number: int
) -> Response[Any]:
    async with store.read() as db:
        sitting = await sitting_for(db, slug, number, request.user)
        if not by_htmx(request):
            return go(request, f"{sitting.path}/log")
        floor = await floor_of(db, sitting.meeting)
    return fragment("interventions/floor", floor=floor, path=sitting.path)


@post("/points", opt={"roles": WRITERS})
async def log_point(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[PointForm],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Log what was typed; answer with its intervention, but only once the point is on disk."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user)
        await actions.log_point(db, sitting.meeting.id, data, request.user)
        entry = await logged(db, data.intervention)
    if not by_htmx(request):
        return go(request, f"{sitting.path}/log")
    return fragment("interventions/intervention_event", entry=entry)


@get(opt={"roles": WRITERS})
async def point_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    point_id: FromPath[UUID],
    db: NamedDependency[AsyncSession],
) -> Template:
    """A point and the form that corrects it, away from the log, where nothing moves meanwhile."""
    tagged, intervention = await point_for(db, slug, point_id, request.user)
    back = await path_of(db, intervention.meeting_id)
    return page("interventions/point", tagged=tagged, slug=slug, back=f"{back}/log")


@post(opt={"roles": WRITERS})
async def edit_point(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    point_id: FromPath[UUID],
    data: URLEncodedBody[EditedPoint],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Correct a point."""
    async with store.write(request.user.id) as db:
        tagged, intervention = await point_for(db, slug, point_id, request.user)
        await actions.edit_point(db, tagged.point, intervention, data)
        back = await path_of(db, intervention.meeting_id)
    return go(request, f"{back}/log")


async def draw_intervention(db: AsyncSession, subject: UUID, audience: Audience) -> Drawing | None:
    """The live event "intervention": a row of the log, for those who may read it."""
    if Role(audience.role) not in WRITERS:
        return None
    entry = await logged(db, subject)
    return Drawing("interventions/_intervention_event.html", {"entry": entry})


async def draw_floor(db: AsyncSession, subject: UUID, audience: Audience) -> Drawing | None:
    """The live event "floor": who has the floor, for those who may give it."""
    if Role(audience.role) not in STAFF:
        return None
    floor = await floor_of(db, await meeting_by_id(db, subject))
    context = {"floor": floor, "path": await path_of(db, subject)}
    return Drawing("interventions/_floor_event.html", context)


routes = Router(
    "/sessions/{slug:str}/meetings/{number:int}/log",
    route_handlers=[
        log_page,
        give_floor,
        end_floor,
        resume_floor,
        log_point,
    ],
)
point_routes = Router(
    "/sessions/{slug:str}/points/{point_id:uuid}", route_handlers=[point_page, edit_point]
)
