"""The doors to documents: planning, checking, issuing, and what was issued."""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import SECRETARIAT, WRITERS, User
from meetings.base.clock import now
from meetings.base.db import Store
from meetings.base.errors import NotFound
from meetings.base.web import go, page
from meetings.bodies.queries import item_numbered, session_for
from meetings.report import issue_actions
from meetings.report.issue_queries import (
    adoption_of,
    document_at,
    issue_before,
    issue_for,
    issues_of,
    prepared,
)
from meetings.report.issuing import address_of, revised, symbol_for
from meetings.report.models import AcceptedForm, Distribution, IssueForm, IssueKind, PlannedForm
from meetings.report.phrases import drafting_languages


@post("/report/documents", opt={"roles": SECRETARIAT})
async def plan(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    data: URLEncodedBody[PlannedForm],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Plan an item as a chapter of a document."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        item = await item_numbered(db, session, data.item)
        await issue_actions.plan_chapter(db, session, item, data)
    return go(request, f"/sessions/{slug}/report")


@get("/report/documents/{address:str}", opt={"roles": WRITERS})
async def document_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    address: FromPath[str],
    db: NamedDependency[AsyncSession],
) -> Template:
    """What the checks find in a document, and the form that issues it."""
    session = await session_for(db, slug, request.user)
    document = await document_at(db, session, address)
    kind = IssueKind.REVISION if document.issues else IssueKind.DRAFT
    taken = [one.symbol for one in await issues_of(db, session.id)]
    return page(
        "report/document",
        session=session,
        document=document,
        texts=await prepared(db, document, drafting_languages()),
        kind=kind,
        kinds=list(IssueKind)[:3] if document.issues else [IssueKind.DRAFT],
        distributions=list(Distribution),
        symbol=symbol_for(document.report.symbol, taken, kind),
        today=now().date(),
        may_issue=request.user.role in SECRETARIAT,
    )


@post("/report/documents/{address:str}/findings", opt={"roles": SECRETARIAT})
async def accept(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    address: FromPath[str],
    data: URLEncodedBody[AcceptedForm],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Accept what the checks find, for a reason."""
    if data.language not in drafting_languages():
        raise NotFound
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        document = await document_at(db, session, address)
        texts = await prepared(db, document, [data.language])
        await issue_actions.accept_finding(db, session, texts, data, request.user.id)
    return go(request, f"/sessions/{slug}/report/documents/{address}")


@post("/report/documents/{address:str}/issues", opt={"roles": SECRETARIAT})
async def issue(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    address: FromPath[str],
    data: URLEncodedBody[IssueForm],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Issue a document, or issue it again."""
    languages = [code for code in data.languages if code in drafting_languages()]
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        document = await document_at(db, session, address)
        texts = await prepared(db, document, languages)
        made = await issue_actions.issue_document(db, document, texts, data, request.user.id)
    return go(request, f"/sessions/{slug}/issues/{address_of(made.symbol)}")


@get("/issues/{address:str}", opt={"roles": WRITERS})
async def issue_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    address: FromPath[str],
    db: NamedDependency[AsyncSession],
    language: FromQuery[str] = "",
) -> Template:
    """A document as it was issued; issued again, with what has changed in it."""
    session, issued = await issue_for(db, slug, address, request.user)
    shown = language if language in issued.content else issued.original
    shown = shown if shown in issued.content else next(iter(issued.content), "en")
    before = await issue_before(db, issued)
    chapters = issued.content.get(shown, [])
    old = before.content.get(shown, []) if before else []
    return page(
        "report/issue",
        session=session,
        issue=issued,
        language=shown,
        chapters=chapters,
        before=before,
        changes=revised(old, chapters, shown) if before else {},
        adoption=await adoption_of(db, issued),
        path=f"/sessions/{slug}/issues/{address}",
    )


routes = Router(
    "/sessions/{slug:str}", route_handlers=[plan, document_page, accept, issue, issue_page]
)
