"""The doors of the report: chapters, and the draft of an item with its sources."""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import WRITERS, User
from meetings.base.db import Store
from meetings.base.languages import current_language
from meetings.base.web import fragment, go, page
from meetings.bodies.queries import agenda_of, item_address, item_numbered, session_for
from meetings.report import actions
from meetings.report.checks import names_in
from meetings.report.models import EditedParagraph
from meetings.report.phrases import drafting_languages
from meetings.report.queries import (
    Draft,
    chapters_of,
    draft_of,
    keys_of_views,
    mark_of_log,
    names_to_keep_out,
)


def drafting_language(language: str) -> str:
    """A language that can be drafted in: the one asked for, the person's own, else English."""
    known = drafting_languages()
    return next((code for code in (language, current_language()) if code in known), "en")


@get("/report", opt={"roles": WRITERS})
async def report_page(
    request: Request[User, Any, Any], slug: FromPath[str], db: NamedDependency[AsyncSession]
) -> Template:
    """The chapters of a session's report, and every item of its agenda."""
    session = await session_for(db, slug, request.user)
    return page(
        "report/report",
        session=session,
        chapters=await chapters_of(db, session.id),
        items=await agenda_of(db, session.id),
        languages=drafting_languages(),
    )


@get("/report/items/{number:str}", opt={"roles": WRITERS})
async def draft_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[str],
    db: NamedDependency[AsyncSession],
    language: FromQuery[str] = "",
) -> Template:
    """The draft of an item, paragraph by paragraph, each sentence with what is behind it."""
    draft = await _draft(db, request, slug, number, language)
    mark = await mark_of_log(db, draft.item)
    chapters = await chapters_of(db, draft.session.id)
    names = names_in(" ".join(draft.texts), await names_to_keep_out(db))
    return page(
        "report/draft",
        session=draft.session,
        draft=draft,
        chapter=next((c for c in chapters if c.item.id == draft.item.id), None),
        names=names,
        languages=drafting_languages(),
        path=f"/sessions/{slug}/report/items/{number}",
        mark=mark,
        changed=False,
    )


@get("/report/items/{number:str}/changed", opt={"roles": WRITERS})
async def log_changed(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[str],
    db: NamedDependency[AsyncSession],
    mark: FromQuery[str] = "",
    language: FromQuery[str] = "",
) -> Template:
    """Whether the log makes another draft than it did when it had this mark."""
    session = await session_for(db, slug, request.user)
    item = await item_numbered(db, session, number)
    return fragment(
        "report/log_changed",
        path=f"/sessions/{slug}/report/items/{number}",
        language=drafting_language(language),
        mark=mark,
        changed=mark != await mark_of_log(db, item),
    )


@post("/report/items/{number:str}/kept", opt={"roles": WRITERS})
async def take_over(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[str],
    store: NamedDependency[Store],
    language: FromQuery[str] = "",
) -> Response[Any]:
    """Take the assembled paragraphs over, to edit them."""
    async with store.write(request.user.id) as db:
        draft = await _draft(db, request, slug, number, language)
        views = {v for p in draft.assembled for s in p.sentences for v in s.views}
        await actions.take_over(db, draft, await keys_of_views(db, views))
    return _back(request, draft)


@post("/report/items/{number:str}/assembled", opt={"roles": WRITERS})
async def give_back(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[str],
    store: NamedDependency[Store],
    language: FromQuery[str] = "",
) -> Response[Any]:
    """Undo the taking over: the log assembles the item again."""
    async with store.write(request.user.id) as db:
        draft = await _draft(db, request, slug, number, language, lock=True)
        await actions.give_back(db, draft)
    return _back(request, draft)


@post("/report/items/{number:str}/paragraphs/{position:int}", opt={"roles": WRITERS})
async def edit_paragraph(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[str],
    position: FromPath[int],
    data: URLEncodedBody[EditedParagraph],
    store: NamedDependency[Store],
    language: FromQuery[str] = "",
) -> Response[Any]:
    """Change a paragraph that was taken over."""
    async with store.write(request.user.id) as db:
        draft = await _draft(db, request, slug, number, language, lock=True)
        await actions.edit_paragraph(draft, position, data)
    return _back(request, draft)


async def _draft(
    db: AsyncSession,
    request: Request[User, Any, Any],
    slug: str,
    number: str,
    language: str,
    *,
    lock: bool = False,
) -> Draft:
    session = await session_for(db, slug, request.user)
    item = await item_numbered(db, session, number)
    return await draft_of(db, session, item, drafting_language(language), lock=lock)


def _back(request: Request[User, Any, Any], draft: Draft) -> Response[Any]:
    path = f"/sessions/{draft.session.slug}/report/items/{item_address(draft.item)}"
    return go(request, f"{path}?language={draft.language}")


routes = Router(
    "/sessions/{slug:str}",
    route_handlers=[report_page, draft_page, log_changed, take_over, give_back, edit_paragraph],
)
