"""What is done to documents: planning them, accepting findings, issuing."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.clock import now
from meetings.base.errors import NotFound, Refused
from meetings.base.languages import LANGUAGES
from meetings.base.languages import gettext as _
from meetings.bodies.models import AgendaItem, Session
from meetings.report.issue_queries import Document, Prepared, frozen_sources
from meetings.report.issuing import Content, frozen, plain, points_in
from meetings.report.models import (
    AcceptedFinding,
    AcceptedForm,
    Issue,
    IssueForm,
    IssueKind,
    PlannedForm,
    Report,
    ReportPart,
)


async def plan_chapter(
    db: AsyncSession, session: Session, item: AgendaItem, form: PlannedForm
) -> None:
    """Plan an item as a chapter of a document, which is made when it is not there yet.

    Raises:
        Refused: the item is a chapter of a document already.
    """
    if (await db.exec(select(ReportPart).where(ReportPart.item_id == item.id))).first():
        raise Refused(_("This item is a chapter of a document already."), field="item")
    asked = select(Report).where(Report.session_id == session.id)
    planned = (await db.exec(asked.order_by(col(Report.position)))).all()
    report = next((one for one in planned if one.symbol == form.symbol), None)
    if report is None:
        position = max((one.position for one in planned), default=0) + 1
        addendum = "/Add." in form.symbol
        report = Report(
            session_id=session.id, symbol=form.symbol, addendum=addendum, position=position
        )
        db.add(report)
        await db.flush()
    last = select(sa.func.max(col(ReportPart.position))).where(ReportPart.report_id == report.id)
    db.add(
        ReportPart(
            report_id=report.id,
            item_id=item.id,
            position=((await db.exec(last)).one() or 0) + 1,
            chapter=form.chapter,
            heading=item.title,
        )
    )


async def accept_finding(
    db: AsyncSession, session: Session, texts: Sequence[Prepared], form: AcceptedForm, who: UUID
) -> None:
    """Accept what the checks find, for a reason; another text is checked anew. Twice is once.

    Raises:
        NotFound: nothing of that mark is wrong any longer.
    """
    found = [one for text in texts for one in text.checked if one.finding.mark == form.mark]
    if not found:
        raise NotFound
    if found[0].accepted:
        return
    db.add(
        AcceptedFinding(
            session_id=session.id,
            language=form.language,
            mark=form.mark,
            reason=form.reason,
            accepted_by=who,
            accepted_at=now(),
        )
    )


async def issue_document(
    db: AsyncSession, document: Document, texts: Sequence[Prepared], form: IssueForm, who: UUID
) -> Issue:
    """Issue a document in these languages: what it says is frozen, with its sources as of now.

    Raises:
        Refused: no text; the checks find something that nobody has accepted; the symbol is taken.
    """
    if not texts:
        raise Refused(_("Choose the languages in which it is issued."), field="languages")
    if form.original not in LANGUAGES:
        raise Refused(_("Choose a language from the list."), field="original")
    for text in texts:
        if text.in_the_way:
            raise Refused(
                _("%(language)s: the checks find %(count)s faults. Mend or accept them first.")
                % {"language": LANGUAGES[text.language], "count": len(text.in_the_way)}
            )
    content = {text.language: frozen(text.chapters) for text in texts}
    if not any(chapter["paragraphs"] for chapters in content.values() for chapter in chapters):
        raise Refused(_("There is no text yet: nothing can be issued."))
    before = document.issues[-1].id if document.issues else None
    return await add_issue(
        db,
        document.session,
        Issue(
            session_id=document.session.id,
            report_id=document.report.id,
            symbol=form.symbol,
            kind=form.kind,
            of_id=before if form.kind is not IssueKind.DRAFT else None,
            distribution=form.distribution,
            dated=form.dated,
            original=form.original,
            issued_at=now(),
            issued_by=who,
        ),
        content,
    )


async def add_issue(db: AsyncSession, session: Session, issue: Issue, content: Content) -> Issue:
    """Freeze a document.

    Raises:
        Refused: its symbol is taken.
    """
    issue.content = plain(content)
    issue.sources = await frozen_sources(db, session, points_in(content))
    db.add(issue)
    try:
        await db.flush()
    except IntegrityError:
        raise Refused(
            _("There is a document of this symbol already. Take the next one."), field="symbol"
        ) from None
    return issue
