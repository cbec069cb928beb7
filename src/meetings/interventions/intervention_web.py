"""The doors to one intervention: who spoke, the texts of it; and the rapporteur's hour."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import WRITERS, User
from meetings.base.clock import now
from meetings.base.db import Store
from meetings.base.languages import current_language
from meetings.base.web import page, receipt
from meetings.bodies.queries import session_for
from meetings.interventions import floor_actions, merging_actions
from meetings.interventions.hour_queries import hour_of
from meetings.interventions.merging import side_by_side
from meetings.interventions.models import (
    CorrectedSpeaker,
    CorrectedTimes,
    InterventionKind,
    MergedInterventions,
    MergedTexts,
)
from meetings.interventions.queries import Sought, intervention_in, log_of, logged, spoken_for
from meetings.schedule.queries import allotted_to, path_of, sitting_for
from meetings.speakers.queries import delegations_in


@get(opt={"roles": WRITERS})
async def intervention_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    intervention_id: FromPath[UUID],
    db: NamedDependency[AsyncSession],
) -> Template:
    """One intervention: who spoke, the texts side by side, and what it may be the same as."""
    intervention = await spoken_for(db, slug, intervention_id, request.user)
    entry = await logged(db, intervention.id)
    around = await log_of(db, intervention.meeting_id, sought=Sought(item=intervention.item_id))
    return page(
        "interventions/intervention",
        entry=entry,
        pairs=side_by_side(entry.texts),
        others=[one for one in around if one.intervention.id != intervention.id],
        kinds=list(InterventionKind),
        allotted=await allotted_to(db, intervention.meeting_id),
        delegations=await delegations_in(db, intervention.meeting_id, current_language()),
        back=f"{await path_of(db, intervention.meeting_id)}/log",
    )


@post(opt={"roles": WRITERS})
async def correct_speaker(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    intervention_id: FromPath[UUID],
    data: URLEncodedBody[CorrectedSpeaker],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Say who it was that spoke."""
    async with store.write(request.user.id) as db:
        spoken = await spoken_for(db, slug, intervention_id, request.user)
        await floor_actions.correct_speaker(db, spoken, data)
        back = await path_of(db, spoken.meeting_id)
    return receipt(request, f"{back}/log", version=spoken.version)


@post("/times", opt={"roles": WRITERS})
async def correct_times(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    intervention_id: FromPath[UUID],
    data: URLEncodedBody[CorrectedTimes],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Say from when to when somebody spoke."""
    async with store.write(request.user.id) as db:
        spoken = await spoken_for(db, slug, intervention_id, request.user)
        session = await session_for(db, slug, request.user)
        await floor_actions.correct_times(db, spoken, ZoneInfo(session.timezone), data)
        back = await path_of(db, spoken.meeting_id)
    return receipt(request, f"{back}/log", version=spoken.version)


@post("/merged", opt={"roles": WRITERS})
async def merge_interventions(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    intervention_id: FromPath[UUID],
    data: URLEncodedBody[MergedInterventions],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Two records are of one intervention: make them one."""
    async with store.write(request.user.id) as db:
        one = await spoken_for(db, slug, intervention_id, request.user)
        into = await intervention_in(db, one.meeting_id, data.into, lock=True)
        await merging_actions.merge_interventions(db, one, into, data.version)
        back = await path_of(db, one.meeting_id)
    return receipt(request, f"{back}/log")


@post("/texts", opt={"roles": WRITERS})
async def merge_texts(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    intervention_id: FromPath[UUID],
    data: URLEncodedBody[MergedTexts],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Make one text of those of several rapporteurs."""
    async with store.write(request.user.id) as db:
        spoken = await spoken_for(db, slug, intervention_id, request.user)
        await merging_actions.merge_texts(db, spoken, data)
        back = await path_of(db, spoken.meeting_id)
    return receipt(request, f"{back}/log")


@get("/hour", opt={"roles": WRITERS})
async def hour_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    db: NamedDependency[AsyncSession],
) -> Template:
    """What is still to do before the draft is right, item by item."""
    sitting = await sitting_for(db, slug, number, request.user)
    return page(
        "interventions/hour",
        sitting=sitting,
        path=sitting.path,
        hours=await hour_of(db, sitting.meeting, now()),
    )


routes = Router(
    "/sessions/{slug:str}/interventions/{intervention_id:uuid}",
    route_handlers=[
        intervention_page,
        correct_speaker,
        correct_times,
        merge_interventions,
        merge_texts,
    ],
)
hour_routes = Router("/sessions/{slug:str}/meetings/{number:int}/log", route_handlers=[hour_page])
