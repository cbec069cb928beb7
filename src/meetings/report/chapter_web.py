"""The doors to the chapters besides the discussion, and to the recommendations."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import WRITERS, User
from meetings.base.db import Store
from meetings.base.web import go, page
from meetings.bodies.queries import agenda_of, session_for
from meetings.report import recommendation_actions
from meetings.report.chapter_queries import session_material
from meetings.report.chapters import chapters_after, chapters_before
from meetings.report.models import FollowUpForm, FollowUpState, RecommendationForm
from meetings.report.phrases import drafting_languages
from meetings.report.recommendation_queries import recommendation_for, recommendations_of
from meetings.report.web import drafting_language


@get("/report/chapters", opt={"roles": WRITERS})
async def chapters_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    db: NamedDependency[AsyncSession],
    language: FromQuery[str] = "",
) -> Template:
    """The chapters that are made of what the program knows."""
    session = await session_for(db, slug, request.user)
    chosen = drafting_language(language)
    known = await session_material(db, session, chosen)
    return page(
        "report/chapters",
        session=session,
        language=chosen,
        languages=drafting_languages(),
        chapters=[*chapters_before(known, chosen), *chapters_after(known, chosen)],
    )


@get("/recommendations", opt={"roles": WRITERS})
async def recommendations_page(
    request: Request[User, Any, Any], slug: FromPath[str], db: NamedDependency[AsyncSession]
) -> Template:
    """What a session recommends, and what became of what its body recommended before."""
    session = await session_for(db, slug, request.user)
    own, earlier = await recommendations_of(db, session)
    return page(
        "report/recommendations",
        session=session,
        own=own,
        earlier=earlier,
        items=await agenda_of(db, session.id),
        states=list(FollowUpState),
    )


@post("/recommendations", opt={"roles": WRITERS})
async def add(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    data: URLEncodedBody[RecommendationForm],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Add a recommendation at the end."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        await recommendation_actions.add(db, session, data)
    return go(request, f"/sessions/{slug}/recommendations")


@post("/recommendations/{recommendation:uuid}", opt={"roles": WRITERS})
async def change(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    recommendation: FromPath[UUID],
    data: URLEncodedBody[RecommendationForm],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Word a recommendation otherwise, or put it at another place."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        one = await recommendation_for(db, session, recommendation)
        await recommendation_actions.change(db, session, one, data)
    return go(request, f"/sessions/{slug}/recommendations")


@post("/recommendations/{recommendation:uuid}/remove", opt={"roles": WRITERS})
async def remove(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    recommendation: FromPath[UUID],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Take a recommendation away; the audit keeps it."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        one = await recommendation_for(db, session, recommendation)
        await recommendation_actions.remove(db, session, one)
    return go(request, f"/sessions/{slug}/recommendations")


@post("/recommendations/{recommendation:uuid}/follow-ups", opt={"roles": WRITERS})
async def follow_up(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    recommendation: FromPath[UUID],
    data: URLEncodedBody[FollowUpForm],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Note how far a recommendation of this body has come, as this session took note of it."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        one = await recommendation_for(db, session, recommendation, of_body=True)
        await recommendation_actions.follow_up(db, session, one, data)
    return go(request, f"/sessions/{slug}/recommendations")


routes = Router(
    "/sessions/{slug:str}",
    route_handlers=[chapters_page, recommendations_page, add, change, remove, follow_up],
)
