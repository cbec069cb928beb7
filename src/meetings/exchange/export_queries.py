"""Files of a session: what the page of exports and the command line give."""

import asyncio
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.languages import current_language
from meetings.base.languages import gettext as _
from meetings.bodies.models import AgendaItem, Body, Session
from meetings.exchange.documents import Drafted, origin_of, report_document, report_json
from meetings.exchange.pdf import write_pdf
from meetings.exchange.session_tables import session_sheets
from meetings.exchange.sheets import write_xlsx
from meetings.exchange.table_queries import (
    drafted_chapters,
    inscription_rows,
    meeting_rows,
    organ_of,
    spoken_rows,
)
from meetings.exchange.word import ReportDocument, write_docx
from meetings.exchange.xml import write_xml


@dataclass(frozen=True)
class Asked:
    """Which report is asked for: the whole of it, an item of it, or its document of a symbol."""

    session: Session
    language: str
    item: AgendaItem | None = None
    symbol: str = ""


async def report_as_word(db: AsyncSession, asked: Asked) -> bytes:
    """The draft report for Word."""
    return await asyncio.to_thread(
        write_docx, await _document(db, asked, await _chapters(db, asked))
    )


async def report_as_pdf(db: AsyncSession, asked: Asked) -> bytes:
    """The draft report as PDF: the pages of the Word file."""
    word = await report_as_word(db, asked)
    return await asyncio.to_thread(write_pdf, word)


async def report_as_xml(db: AsyncSession, asked: Asked) -> bytes:
    """The draft report as XML, in the United Nations profile of Akoma Ntoso."""
    chapters = await _chapters(db, asked)
    body = await db.get_one(Body, asked.session.body_id)
    origin = origin_of(asked.session, body, asked.language, chapters)
    return write_xml(await _document(db, asked, chapters), origin)


async def report_as_json(db: AsyncSession, asked: Asked) -> bytes:
    """The draft report as data."""
    return report_json(asked.session, asked.language, await _chapters(db, asked))


async def _document(db: AsyncSession, asked: Asked, chapters: list[Drafted]) -> ReportDocument:
    organ = await organ_of(db, asked.session)
    return report_document(asked.session, organ, asked.language, chapters)


async def _chapters(db: AsyncSession, asked: Asked) -> list[Drafted]:
    return await drafted_chapters(db, asked.session, asked.language, asked.item, asked.symbol)


async def session_as_excel(db: AsyncSession, session: Session) -> bytes:
    """The tables of a session as an Excel file, in the person's language."""
    sheets = session_sheets(
        await meeting_rows(db, session.id),
        await inscription_rows(db, session.id),
        await spoken_rows(db, session.id),
        session.timezone,
    )
    names = {"session": session.title.in_language(current_language())}
    title = _("%(session)s: for the secretariat only") % names
    return await asyncio.to_thread(write_xlsx, sheets, title)


REPORTS = {
    "docx": report_as_word,
    "pdf": report_as_pdf,
    "xml": report_as_xml,
    "json": report_as_json,
}
