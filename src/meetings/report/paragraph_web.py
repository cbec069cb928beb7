"""The doors to what is done to a paragraph: editing, leaving out, taking what is new, its versions.

Each answers a script with the draft's page, of which it takes what has changed.
"""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import WRITERS, User
from meetings.base.db import Store
from meetings.base.web import by_htmx, go, page
from meetings.bodies.queries import item_address
from meetings.report import actions
from meetings.report.models import (
    EditedParagraph,
    MovedParagraph,
    NewParagraph,
    StateForm,
    TakenNews,
)
from meetings.report.queries import Draft
from meetings.report.version_queries import compared, paragraph_kept, versions_of
from meetings.report.web import draft_for, show_draft


@post("/paragraphs", opt={"roles": WRITERS})
async def add(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[str],
    data: URLEncodedBody[NewParagraph],
    store: NamedDependency[Store],
    language: FromQuery[str] = "",
) -> Response[Any] | Template:
    """Add a paragraph of a person's own."""
    async with store.write(request.user.id) as db:
        draft = await draft_for(db, request.user, slug, number, language, lock=True)
        await actions.add_paragraph(db, draft, data, request.user.id)
    return await _answer(request, store, draft)


@post("/order", opt={"roles": WRITERS})
async def move(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[str],
    data: URLEncodedBody[MovedParagraph],
    store: NamedDependency[Store],
    language: FromQuery[str] = "",
) -> Response[Any] | Template:
    """Put a paragraph at another place."""
    async with store.write(request.user.id) as db:
        draft = await draft_for(db, request.user, slug, number, language, lock=True)
        await actions.move_paragraph(db, draft, data)
    return await _answer(request, store, draft)


@post("/paragraphs/{key:str}", opt={"roles": WRITERS})
async def edit(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[str],
    key: FromPath[str],
    data: URLEncodedBody[EditedParagraph],
    store: NamedDependency[Store],
    language: FromQuery[str] = "",
) -> Response[Any] | Template:
    """Write a paragraph otherwise."""
    async with store.write(request.user.id) as db:
        draft = await draft_for(db, request.user, slug, number, language, lock=True)
        await actions.edit_paragraph(db, draft, key, data, request.user.id)
    return await _answer(request, store, draft)


@post("/paragraphs/{key:str}/news", opt={"roles": WRITERS})
async def settle_news(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[str],
    key: FromPath[str],
    data: URLEncodedBody[TakenNews],
    store: NamedDependency[Store],
    language: FromQuery[str] = "",
) -> Response[Any] | Template:
    """Take what was chosen of what the log would write now, and leave the rest."""
    async with store.write(request.user.id) as db:
        draft = await draft_for(db, request.user, slug, number, language, lock=True)
        await actions.settle_news(db, draft, key, data, request.user.id)
    return await _answer(request, store, draft)


@post("/paragraphs/{key:str}/state", opt={"roles": WRITERS})
async def put_in_state(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[str],
    key: FromPath[str],
    data: URLEncodedBody[StateForm],
    store: NamedDependency[Store],
    language: FromQuery[str] = "",
) -> Response[Any] | Template:
    """Leave a paragraph out, put it back, or give it back to the log."""
    async with store.write(request.user.id) as db:
        draft = await draft_for(db, request.user, slug, number, language, lock=True)
        await actions.put_in_state(db, draft, key, data, request.user.id)
    return await _answer(request, store, draft)


@get("/paragraphs/{key:str}/versions", opt={"roles": WRITERS})
async def versions_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[str],
    key: FromPath[str],
    db: NamedDependency[AsyncSession],
    language: FromQuery[str] = "",
    old: FromQuery[int] = -1,
    new: FromQuery[int] = -1,
) -> Template:
    """Every save of a paragraph, and two of them beside each other, word by word."""
    draft = await draft_for(db, request.user, slug, number, language)
    kept = paragraph_kept(draft, key)
    versions = await versions_of(db, kept)
    return page(
        "report/versions",
        session=draft.session,
        draft=draft,
        paragraph=kept,
        versions=versions,
        compared=compared(versions, old, new),
        path=f"/sessions/{slug}/report/items/{number}",
    )


@post("/paragraphs/{key:str}/versions/{version:int}", opt={"roles": WRITERS})
async def restore(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[str],
    key: FromPath[str],
    version: FromPath[int],
    store: NamedDependency[Store],
    language: FromQuery[str] = "",
) -> Response[Any]:
    """Let a paragraph say again what it said in an earlier version."""
    async with store.write(request.user.id) as db:
        draft = await draft_for(db, request.user, slug, number, language, lock=True)
        kept = paragraph_kept(draft, key)
        await actions.restore(db, draft, kept, version, request.user.id)
    return go(request, _page_of(draft))


async def _answer(
    request: Request[User, Any, Any], store: Store, draft: Draft
) -> Response[Any] | Template:
    """The draft as it stands now."""
    if not by_htmx(request):
        return go(request, _page_of(draft))
    path = _page_of(draft).partition("?")[0]
    async with store.read() as db:
        slug, number = draft.session.slug, item_address(draft.item)
        now = await draft_for(db, request.user, slug, number, draft.language)
        return await show_draft(db, now, path)


def _page_of(draft: Draft) -> str:
    path = f"/sessions/{draft.session.slug}/report/items/{item_address(draft.item)}"
    return f"{path}?language={draft.language}"


routes = Router(
    "/sessions/{slug:str}/report/items/{number:str}",
    route_handlers=[
        add,
        move,
        edit,
        settle_news,
        put_in_state,
        versions_page,
        restore,
    ],
)
