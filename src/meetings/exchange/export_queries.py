"""Files of a session: what the page of exports and the command line give."""

import asyncio
from collections.abc import Mapping, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.errors import NotFound
from meetings.base.languages import current_language
from meetings.base.languages import gettext as _
from meetings.bodies.models import AgendaItem, Session
from meetings.exchange.documents import issued_document, report_document, report_json
from meetings.exchange.session_tables import session_sheets
from meetings.exchange.sheets import write_xlsx
from meetings.exchange.table_queries import (
    drafted_chapters,
    inscription_rows,
    meeting_rows,
    organ_of,
    spoken_rows,
)
from meetings.exchange.word import write_docx
from meetings.interventions.differing import Piece
from meetings.report.adoption_queries import going_through
from meetings.report.issue_queries import adoption_of, issue_before
from meetings.report.issuing import revised
from meetings.report.models import Issue


async def report_as_word(
    db: AsyncSession,
    session: Session,
    language: str,
    item: AgendaItem | None = None,
    symbol: str = "",
) -> bytes:
    """A session's draft report, or one item of it, or its document of this symbol, for Word."""
    chapters = await drafted_chapters(db, session, language, item, symbol)
    document = report_document(session, await organ_of(db, session), language, chapters)
    return await asyncio.to_thread(write_docx, document)


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


async def report_as_json(
    db: AsyncSession,
    session: Session,
    language: str,
    item: AgendaItem | None = None,
    symbol: str = "",
) -> bytes:
    """A session's draft report, or one item of it, or its document of this symbol, as data."""
    chapters = await drafted_chapters(db, session, language, item, symbol)
    return report_json(session, language, chapters)


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
