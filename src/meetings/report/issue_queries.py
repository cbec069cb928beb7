"""Questions about documents: what is planned, what would be issued, and what was."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import User
from meetings.base.errors import NotFound
from meetings.bodies.models import Body, Session
from meetings.bodies.models import Document as Known
from meetings.bodies.queries import session_for
from meetings.report.checks import Finding, findings
from meetings.report.editorial import Advice, advice_on
from meetings.report.issuing import Chapter, address_of
from meetings.report.models import AcceptedFinding, Adoption, Issue, Report
from meetings.report.phrases import phrasebook
from meetings.report.queries import Chapter as Planned
from meetings.report.queries import chapters_of, draft_of, names_to_keep_out
from meetings.report.source_queries import sources_of

AROUND = 40  # characters


@dataclass(frozen=True)
class Checked:
    """A finding in a chapter, and why it was accepted; None where it was not."""

    item: str  # the number of the chapter's item
    finding: Finding
    accepted: AcceptedFinding | None


@dataclass(frozen=True)
class Suggested:
    """What an editor would mend in a paragraph of a chapter."""

    item: str
    text: str
    advice: Advice

    @property
    def around(self) -> tuple[str, str]:
        """Some words before and behind, to find the place by."""
        one = self.advice
        return self.text[max(0, one.start - AROUND) : one.start], self.text[one.end :][:AROUND]


@dataclass(frozen=True)
class Prepared:
    """A document in a language as it would be issued now, with what is wrong with it."""

    language: str
    chapters: Sequence[Chapter]
    checked: Sequence[Checked]
    suggested: Sequence[Suggested] = ()

    @property
    def in_the_way(self) -> list[Checked]:
        return [one for one in self.checked if one.accepted is None]


@dataclass(frozen=True)
class Document:
    """A planned document with its chapters, and what was issued of it, the oldest first."""

    session: Session
    report: Report
    chapters: Sequence[Planned]
    issues: Sequence[Issue]

    @property
    def address(self) -> str:
        return address_of(self.report.symbol)


async def documents_of(db: AsyncSession, session: Session) -> list[Document]:
    """The documents of a session's report, in their order."""
    chapters = await chapters_of(db, session.id)
    issues = await issues_of(db, session.id)
    found = await db.exec(
        select(Report).where(Report.session_id == session.id).order_by(col(Report.position))
    )
    return [
        Document(
            session,
            report,
            [one for one in chapters if one.report.id == report.id],
            [one for one in issues if one.report_id == report.id],
        )
        for report in found.all()
    ]


async def document_at(db: AsyncSession, session: Session, address: str) -> Document:
    """A planned document by its address.

    Raises:
        NotFound: no such document.
    """
    for one in await documents_of(db, session):
        if one.address == address:
            return one
    raise NotFound


async def issues_of(db: AsyncSession, session_id: UUID) -> list[Issue]:
    """What a session has issued, the oldest first."""
    found = await db.exec(
        select(Issue).where(Issue.session_id == session_id).order_by(col(Issue.issued_at))
    )
    return list(found.all())


async def issue_for(db: AsyncSession, slug: str, address: str, user: User) -> tuple[Session, Issue]:
    """An issued document of a session that this user may see.

    Raises:
        NotFound: no such document.
    """
    session = await session_for(db, slug, user)
    for one in await issues_of(db, session.id):
        if address_of(one.symbol) == address:
            return session, one
    raise NotFound


async def issue_before(db: AsyncSession, issue: Issue) -> Issue | None:
    """The document that this one revises or corrects."""
    return await db.get(Issue, issue.of_id) if issue.of_id else None


async def adoption_of(db: AsyncSession, issue: Issue, *, lock: bool = False) -> Adoption | None:
    """The going through of a document, when a meeting has begun it."""
    asked = select(Adoption).where(Adoption.issue_id == issue.id)
    return (await db.exec(asked.with_for_update() if lock else asked)).first()


async def prepared(
    db: AsyncSession, document: Document, languages: Collection[str]
) -> list[Prepared]:
    """A document as it would be issued now, in each language, with what the checks find."""
    session = document.session
    names = await names_to_keep_out(db)
    accepted = await _accepted(db, session.id)
    symbols = await _known_symbols(db)
    bodies = (await db.exec(select(Body.name))).all()
    found = []
    for language in languages:
        chapters, checked, suggested = [], [], []
        called = {name[language] for name in bodies if language in name}
        for planned in document.chapters:
            draft = await draft_of(db, session, planned.item, language)
            heading = planned.part.heading.in_language(language)
            chapters.append(Chapter(planned.part.chapter, heading, draft.standing))
            wrong = findings(draft.standing, phrasebook(language), draft.rules, names)
            checked += [
                Checked(planned.item.number, one, accepted.get((language, one.mark)))
                for one in wrong
            ]
            suggested += [
                Suggested(planned.item.number, one.text, advice)
                for one in draft.standing
                if one.printed
                for advice in advice_on(one.text, phrasebook(language), symbols, called)
            ]
        found.append(Prepared(language, chapters, checked, suggested))
    return found


async def _known_symbols(db: AsyncSession) -> set[str]:
    """The symbols that a report may refer to: those of all documents, planned and issued ones."""
    found: set[str] = set()
    for column in (Known.symbol, Report.symbol, Issue.symbol):
        found |= set((await db.exec(select(column))).all())
    return found


async def _accepted(
    db: AsyncSession, session_id: UUID
) -> Mapping[tuple[str, str], AcceptedFinding]:
    found = await db.exec(select(AcceptedFinding).where(AcceptedFinding.session_id == session_id))
    return {(one.language, one.mark): one for one in found.all()}


async def frozen_sources(
    db: AsyncSession, session: Session, points: Collection[str]
) -> dict[str, dict[str, str | int]]:
    """Who is behind these points, as of now: what a document keeps of it."""
    found = await sources_of(db, session, [UUID(point) for point in sorted(points)])
    return {
        point: {
            "delegation": source.delegation.code,
            "on_behalf_of": source.intervention.on_behalf_of,
            "meeting": source.meeting,
            "at": source.intervention.started_at.isoformat(),
            "text": source.point.text,
        }
        for point, source in sorted(found.items())
    }
