"""The doors of the report: chapters, and the draft of an item with its sources."""

from typing import Any

from litestar import Request, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import SECRETARIAT, WRITERS, User
from meetings.base.languages import current_language
from meetings.base.web import fragment, page
from meetings.bodies.queries import agenda_of, item_numbered, session_for
from meetings.report.checks import names_in
from meetings.report.issue_queries import documents_of, issues_of
from meetings.report.phrases import drafting_languages
from meetings.report.queries import (
    Draft,
    chapters_of,
    draft_of,
    mark_of_log,
    names_to_keep_out,
)
from meetings.report.source_queries import points_behind, sources_of


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
        documents=await documents_of(db, session),
        issues=await issues_of(db, session.id),
        items=await agenda_of(db, session.id),
        languages=drafting_languages(),
        may_plan=request.user.role in SECRETARIAT,
    )


@get("/report/items/{number:str}", opt={"roles": WRITERS})
async def draft_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[str],
    db: NamedDependency[AsyncSession],
    language: FromQuery[str] = "",
) -> Template:
    """The draft of an item, paragraph by paragraph, to be edited."""
    draft = await draft_for(db, request.user, slug, number, language)
    return await show_draft(db, draft, f"/sessions/{slug}/report/items/{number}")


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


@get("/report/items/{number:str}/paragraphs/{key:str}/sources", opt={"roles": WRITERS})
async def sources(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[str],
    key: FromPath[str],
    db: NamedDependency[AsyncSession],
    language: FromQuery[str] = "",
) -> Template:
    """What is behind each sentence of a paragraph: who, when, where, and their very words."""
    draft = await draft_for(db, request.user, slug, number, language)
    standing = draft.paragraph(key)
    points = points_behind(standing.sentences)
    return fragment(
        "report/sources",
        draft=draft,
        standing=standing,
        sources=await sources_of(db, draft.session, points),
    )


async def draft_for(
    db: AsyncSession, user: User, slug: str, number: str, language: str, *, lock: bool = False
) -> Draft:
    """The draft of an item, for those who may see it.

    Raises:
        NotFound: no such session or item.
    """
    session = await session_for(db, slug, user)
    item = await item_numbered(db, session, number)
    return await draft_of(db, session, item, drafting_language(language), lock=lock)


async def show_draft(db: AsyncSession, draft: Draft, path: str) -> Template:
    """The page of a draft; a fragment of it is the answer to what is done to a paragraph."""
    chapters = await chapters_of(db, draft.session.id)
    return page(
        "report/draft",
        session=draft.session,
        draft=draft,
        chapter=next((c for c in chapters if c.item.id == draft.item.id), None),
        names=names_in(" ".join(draft.texts), await names_to_keep_out(db)),
        languages=drafting_languages(),
        path=path,
        mark=await mark_of_log(db, draft.item),
        changed=False,
    )


routes = Router(
    "/sessions/{slug:str}", route_handlers=[report_page, draft_page, log_changed, sources]
)
