"""The doors to proposed joins, and to wording in two languages side by side."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import WRITERS, User
from meetings.base.db import Store
from meetings.base.errors import NotFound
from meetings.base.web import go, page
from meetings.bodies.queries import item_numbered, session_for
from meetings.interventions import view_actions
from meetings.interventions.grammar import Verbs
from meetings.interventions.models import WordedIn
from meetings.interventions.view_queries import view_in
from meetings.report import joining_actions
from meetings.report.joining_queries import aligned_views, proposed_joins
from meetings.report.models import JoinsForm
from meetings.report.phrases import drafting_languages, verbs_to_choose
from meetings.report.web import draft_for


@get("/joins", opt={"roles": WRITERS})
async def joins_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[str],
    db: NamedDependency[AsyncSession],
) -> Template:
    """Which points may say the same, with the words that are why."""
    session = await session_for(db, slug, request.user)
    item = await item_numbered(db, session, number)
    found, loose = await proposed_joins(db, item)
    return page("report/joins", session=session, item=item, found=found, loose=loose)


@post("/joins", opt={"roles": WRITERS})
async def settle_joins(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[str],
    data: URLEncodedBody[JoinsForm],
    store: NamedDependency[Store],
    verbs: NamedDependency[Verbs],
) -> Response[Any]:
    """Join what was ticked, or remember that it does not say the same."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        item = await item_numbered(db, session, number)
        await joining_actions.settle_joins(db, item, data, verbs, request.user.id)
    return go(request, f"/sessions/{slug}/report/items/{number}/joins")


@get("/wording", opt={"roles": WRITERS})
async def wording_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[str],
    db: NamedDependency[AsyncSession],
    left: FromQuery[str] = "en",
    right: FromQuery[str] = "fr",
) -> Template:
    """The views of an item in two languages beside each other, to be worded in the second."""
    languages = drafting_languages()
    if left not in languages or right not in languages:
        raise NotFound
    draft = await draft_for(db, request.user, slug, number, left)
    views = await aligned_views(db, draft.item, draft.standing, left, right)
    return page(
        "report/wording",
        session=draft.session,
        item=draft.item,
        views=views,
        worded=sum(one.is_worded for one in views),
        left=left,
        right=right,
        languages=languages,
        verbs={code: verbs_to_choose(code) for code in (left, right)},
        path=f"/sessions/{slug}/report/items/{number}/wording",
    )


@post("/wording/{view_id:uuid}/{language:str}", opt={"roles": WRITERS})
async def word_in(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[str],
    view_id: FromPath[UUID],
    language: FromPath[str],
    data: URLEncodedBody[WordedIn],
    store: NamedDependency[Store],
    left: FromQuery[str] = "en",
) -> Response[Any]:
    """Word a view in one language."""
    if language not in drafting_languages():
        raise NotFound
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        view = await view_in(db, session.id, view_id, lock=True)
        await view_actions.word_in(db, view, language, data)
    path = f"/sessions/{slug}/report/items/{number}/wording"
    return go(request, f"{path}?left={left}&right={language}#view-{view_id}")


routes = Router(
    "/sessions/{slug:str}/report/items/{number:str}",
    route_handlers=[joins_page, settle_joins, wording_page, word_in],
)
