"""The door through which a session leaves: Word, PDF, Excel, and its own file."""

import asyncio
import re
from typing import Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import WRITERS, User
from meetings.base.web import page
from meetings.bodies.queries import agenda_of, item_numbered, session_for
from meetings.exchange.export_queries import (
    REPORTS,
    TABLES,
    Asked,
    issue_as_word,
    paragraphs_as_excel,
)
from meetings.exchange.pdf import no_office, office, write_pdf
from meetings.exchange.queries import dump_sessions
from meetings.report.issue_queries import issue_for
from meetings.report.phrases import drafting_languages
from meetings.report.queries import chapters_of
from meetings.report.web import drafting_language

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xml": "application/akn+xml",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def download(content: bytes, name: str, media_type: str) -> Response[bytes]:
    """A file that the browser saves under a name of its own."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=media_type, headers=headers)


@get("", opt={"roles": WRITERS})
async def exports_page(
    request: Request[User, Any, Any], slug: FromPath[str], db: NamedDependency[AsyncSession]
) -> Template:
    """What can be taken out of a session, and in which form."""
    session = await session_for(db, slug, request.user)
    return page(
        "exchange/exports",
        session=session,
        items=await agenda_of(db, session.id),
        symbols=dict.fromkeys(c.report.symbol for c in await chapters_of(db, session.id)),
        languages=drafting_languages(),
        language=drafting_language(""),
        without_pdf="" if office() else no_office(),
    )


@get([f"/report.{form}" for form in REPORTS], opt={"roles": WRITERS})
async def report_file(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    db: NamedDependency[AsyncSession],
    language: FromQuery[str] = "",
    item: FromQuery[str] = "",
    document: FromQuery[str] = "",
) -> Response[bytes]:
    """The draft report, or one item or document of it, in the form that the address ends in."""
    session = await session_for(db, slug, request.user)
    chosen = await item_numbered(db, session, item) if item else None
    asked = Asked(session, drafting_language(language), chosen, document)
    form = request.url.path.rpartition(".")[2]
    content = await REPORTS[form](db, asked)
    name = f"{_named(slug, item or document, asked.language)}.{form}"
    return download(content, name, MEDIA_TYPES[form])


@get(
    [f"/issues/{{address:str}}/document.{form}" for form in ("docx", "pdf")],
    opt={"roles": WRITERS},
)
async def issued_file(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    address: FromPath[str],
    db: NamedDependency[AsyncSession],
    language: FromQuery[str] = "",
    amended: FromQuery[str] = "",
) -> Response[bytes]:
    """An issued document for Word, also with the amendments to it as tracked changes, or as PDF."""
    session, issue = await issue_for(db, slug, address, request.user)
    chosen = language or issue.original
    content = await issue_as_word(db, session, issue, chosen, amended=bool(amended))
    form = request.url.path.rpartition(".")[2]
    if form == "pdf":
        content = await asyncio.to_thread(write_pdf, content)
    return download(content, f"{address}-{chosen}.{form}", MEDIA_TYPES[form])


def _named(slug: str, part: str, language: str) -> str:
    """The name of a file: a symbol's strokes are none of a path."""
    return "-".join(filter(None, (slug, re.sub(r"[^A-Za-z0-9.]+", "-", part), language)))


@get([f"/{name}" for name in TABLES], opt={"roles": WRITERS})
async def tables_file(
    request: Request[User, Any, Any], slug: FromPath[str], db: NamedDependency[AsyncSession]
) -> Response[bytes]:
    """Tables of the session, in the form that the address ends in; they name who said what."""
    session = await session_for(db, slug, request.user)
    name = request.url.path.rpartition("/")[2]
    content = await TABLES[name](db, session)
    named, form = name.split(".", 1)
    return download(content, f"{slug}-{named}.{form}", MEDIA_TYPES[form.rpartition(".")[2]])


@get("/sources.xlsx", opt={"roles": WRITERS})
async def sources_file(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    db: NamedDependency[AsyncSession],
    language: FromQuery[str] = "",
) -> Response[bytes]:
    """The sentences of the draft report with their sources; they name who said what."""
    session = await session_for(db, slug, request.user)
    language = drafting_language(language)
    content = await paragraphs_as_excel(db, Asked(session, language))
    return download(content, f"{slug}-sources-{language}.xlsx", MEDIA_TYPES["xlsx"])


@get("/session.yaml", opt={"roles": WRITERS})
async def session_file(
    request: Request[User, Any, Any], slug: FromPath[str], db: NamedDependency[AsyncSession]
) -> Response[bytes]:
    """The session's own file, from which it can be loaded again."""
    session = await session_for(db, slug, request.user)
    content = await dump_sessions(db, [session.slug])
    return download(content.encode(), f"{slug}.yaml", "application/yaml")


routes = Router(
    "/sessions/{slug:str}/exports",
    route_handlers=[exports_page, report_file, tables_file, sources_file, session_file],
)
issue_routes = Router("/sessions/{slug:str}", route_handlers=[issued_file])
