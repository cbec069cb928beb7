"""Files of a session: what the page of exports and the command line give.

Tables are written in a process of their own: a large book takes seconds, in which others work.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anyio import to_process
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.errors import NotFound
from meetings.base.languages import current_language
from meetings.base.languages import gettext as _
from meetings.bodies.models import AgendaItem, Body, Session
from meetings.exchange.documents import (
    Drafted,
    issued_document,
    origin_of,
    report_document,
    report_json,
)
from meetings.exchange.pdf import write_pdf
from meetings.exchange.polite import politely
from meetings.exchange.session_tables import Tables, participants_sheet, session_sheets
from meetings.exchange.sheets import Sheet, write_xlsx
from meetings.exchange.source_table import sources_sheet
from meetings.exchange.table_queries import (
    attendance_rows,
    drafted_chapters,
    inscription_rows,
    meeting_rows,
    organ_of,
    spoken_rows,
    view_rows,
    work_rows,
)
from meetings.exchange.tables_text import write_csv_files, write_json
from meetings.exchange.word import ReportDocument, write_docx
from meetings.exchange.xml import write_xml
from meetings.interventions.differing import Piece
from meetings.report.adoption_queries import going_through
from meetings.report.issue_queries import adoption_of, issue_before
from meetings.report.issuing import revised
from meetings.report.models import Issue
from meetings.report.source_queries import points_behind, sources_of


@dataclass(frozen=True)
class Asked:
    """Which report is asked for: the whole of it, an item of it, or its document of a symbol."""

    session: Session
    language: str
    item: AgendaItem | None = None
    symbol: str = ""


async def issue_as_word(
    db: AsyncSession, session: Session, issue: Issue, language: str, *, amended: bool = False
) -> bytes:
    """An issued document for Word; `amended`: with what the meeting that adopts has taken.

    One that was issued again has what changed since the one before as tracked changes.

    Raises:
        NotFound: it was not issued in this language, or no meeting has begun to adopt it.
    """
    if language not in issue.content:
        raise NotFound
    changes: Mapping[int, Sequence[Piece]] = {}
    if amended:
        adoption = await adoption_of(db, issue)
        if adoption is None or adoption.language != language:
            raise NotFound
        through = await going_through(db, session, issue, adoption)
        changes = {one.number: one.pieces for one in through.paragraphs if one.changed}
    elif before := await issue_before(db, issue):
        changes = revised(before.content.get(language, []), issue.content[language], language)
    organ = await organ_of(db, session)
    document = issued_document(session, organ, issue, language, changes)
    return await asyncio.to_thread(write_docx, document)


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
    """The book of a session as an Excel file, in the person's language."""
    sheets = await _book(db, session)
    return await to_process.run_sync(politely, write_xlsx, sheets, _internal(session))


async def session_as_csv(db: AsyncSession, session: Session) -> bytes:
    """The same tables as CSV files in an archive."""
    return await to_process.run_sync(politely, write_csv_files, await _book(db, session))


async def session_as_json(db: AsyncSession, session: Session) -> bytes:
    """The same tables as data."""
    return await to_process.run_sync(politely, write_json, await _book(db, session))


async def participants_as_excel(db: AsyncSession, session: Session) -> bytes:
    """The list of participants as an Excel file."""
    rows = await attendance_rows(db, session.id, current_language())
    title = session.title.in_language(current_language())
    return await to_process.run_sync(politely, write_xlsx, [participants_sheet(rows)], title)


async def _book(db: AsyncSession, session: Session) -> list[Sheet]:
    return session_sheets(
        Tables(
            meetings=await meeting_rows(db, session.id),
            work=await work_rows(db, session.id),
            attendance=await attendance_rows(db, session.id, current_language()),
            inscriptions=await inscription_rows(db, session.id),
            spoken=await spoken_rows(db, session.id),
            views=await view_rows(db, session.id),
            zone=session.timezone,
        )
    )


def _internal(session: Session) -> str:
    """The title of what names who said what."""
    names = {"session": session.title.in_language(current_language())}
    return _("%(session)s: for the secretariat only") % names


async def paragraphs_as_excel(db: AsyncSession, asked: Asked) -> bytes:
    """The sentences of the draft report with their sources, in the person's language."""
    chapters = await _chapters(db, asked)
    points = [
        point
        for one in chapters
        for paragraph in one.draft.standing
        for point in points_behind(paragraph.sentences)
    ]
    behind = await sources_of(db, asked.session, points)
    sheet = sources_sheet(chapters, behind, asked.session.timezone)
    return await to_process.run_sync(politely, write_xlsx, [sheet], _internal(asked.session))


REPORTS = {
    "docx": report_as_word,
    "pdf": report_as_pdf,
    "xml": report_as_xml,
    "json": report_as_json,
}
TABLES = {
    "session.xlsx": session_as_excel,
    "session.csv.zip": session_as_csv,
    "session.json": session_as_json,
    "participants.xlsx": participants_as_excel,
}
