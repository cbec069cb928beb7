"""Questions about the adoption of a document: what each paragraph says, and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.errors import NotFound
from meetings.bodies.models import Session
from meetings.delegations.models import Delegation
from meetings.interventions.differing import Piece
from meetings.report.amending import Amending, NoSuchPlace, amended, text_after
from meetings.report.issuing import IssuedChapter, paragraphs_in, text_in
from meetings.report.models import (
    Adoption,
    Amendment,
    AmendmentState,
    Decided,
    Decision,
    Issue,
)
from meetings.schedule.queries import Sitting, sitting_of


@dataclass(frozen=True)
class Proposed:
    """An amendment with who proposes it, and what the paragraph would say with it.

    `pieces` is None where its words stand in the paragraph no longer.
    """

    amendment: Amendment
    by: Delegation | None
    pieces: list[Piece] | None


@dataclass(frozen=True)
class Adopted:
    """A paragraph of a document that is gone through: `pieces` are the changes that were taken."""

    number: int
    chapter: IssuedChapter
    first: bool  # of its chapter
    issued: str
    pieces: list[Piece]
    amendments: tuple[Proposed, ...]
    decision: Decision | None

    @property
    def text(self) -> str:
        """What it says with all that was taken."""
        return text_after(self.pieces)

    @property
    def changed(self) -> bool:
        return self.text != self.issued

    @property
    def decided(self) -> Decided | None:
        return self.decision.decided if self.decision else None


@dataclass(frozen=True)
class GoingThrough:
    """A meeting goes through a document."""

    session: Session
    issue: Issue
    adoption: Adoption
    sitting: Sitting
    paragraphs: tuple[Adopted, ...]

    @property
    def shown(self) -> Adopted | None:
        """The paragraph on the screen."""
        return next((p for p in self.paragraphs if p.number == self.adoption.paragraph), None)

    @property
    def undecided(self) -> list[int]:
        """The paragraphs that are not adopted yet."""
        open_ = {None, Decided.PENDING}
        return [one.number for one in self.paragraphs if one.decided in open_]

    def paragraph(self, number: int) -> Adopted:
        """One of the paragraphs.

        Raises:
            NotFound: there is none of this number.
        """
        for one in self.paragraphs:
            if one.number == number:
                return one
        raise NotFound


async def going_through(
    db: AsyncSession, session: Session, issue: Issue, adoption: Adoption
) -> GoingThrough:
    """A document as the meeting has it before it now."""
    asked = (
        select(Amendment, Delegation)
        .outerjoin(Delegation, col(Delegation.id) == Amendment.delegation_id)
        .where(Amendment.adoption_id == adoption.id)
        .order_by(col(Amendment.proposed_at), col(Amendment.id))
    )
    proposed: dict[int, list[tuple[Amendment, Delegation | None]]] = {}
    for amendment, by in (await db.exec(asked)).all():
        proposed.setdefault(amendment.paragraph, []).append((amendment, by))
    found = await db.exec(select(Decision).where(Decision.adoption_id == adoption.id))
    decisions = {one.paragraph: one for one in found.all()}
    chapters: Sequence[IssuedChapter] = issue.content.get(adoption.language, [])
    return GoingThrough(
        session,
        issue,
        adoption,
        await sitting_of(db, adoption.meeting_id),
        tuple(
            _adopted(chapter, number, text, proposed.get(number, []), decisions.get(number))
            for chapter in chapters
            for number, text in (
                (one["number"], text_in(one, adoption.language)) for one in chapter["paragraphs"]
            )
        ),
    )


def _adopted(
    chapter: IssuedChapter,
    number: int,
    text: str,
    proposed: Sequence[tuple[Amendment, Delegation | None]],
    decision: Decision | None,
) -> Adopted:
    taken = [amending(one) for one, _ in proposed if one.state is AmendmentState.TAKEN]
    shown = tuple(Proposed(one, by, _with(text, taken, one)) for one, by in proposed)
    first = chapter["paragraphs"][0]["number"] == number
    return Adopted(number, chapter, first, text, amended(text, taken), shown, decision)


def _with(text: str, taken: Sequence[Amending], one: Amendment) -> list[Piece] | None:
    """What a paragraph would say with an amendment that is proposed."""
    if one.state is not AmendmentState.PROPOSED:
        return None
    try:
        return amended(text, [*taken, amending(one)])
    except NoSuchPlace:
        return None


def amending(one: Amendment) -> Amending:
    return Amending(one.change, one.place, one.text)


async def adoptions_ended(db: AsyncSession, session_id: UUID) -> list[tuple[Issue, Adoption]]:
    """The documents of a session that were gone through, in the order of their symbols."""
    found = await db.exec(
        select(Issue, Adoption)
        .join(Adoption, col(Adoption.issue_id) == Issue.id)
        .where(Issue.session_id == session_id, col(Adoption.ended_at).is_not(None))
        .order_by(col(Issue.symbol))
    )
    return [(issue, adoption) for issue, adoption in found.all()]


@dataclass(frozen=True)
class OnScreen:
    """The paragraph that a meeting has before it, for the screen in the room."""

    symbol: str
    language: str
    number: int
    pieces: list[Piece]
    proposed: list[Piece] | None


async def on_screen(db: AsyncSession, meeting_id: UUID) -> OnScreen | None:
    """What of a document is on the screen of a meeting; None while nothing is."""
    asked = (
        select(Issue, Adoption)
        .join(Adoption, col(Adoption.issue_id) == Issue.id)
        .where(
            Adoption.meeting_id == meeting_id,
            col(Adoption.ended_at).is_(None),
            Adoption.paragraph > 0,
        )
    )
    row = (await db.exec(asked)).first()
    if row is None:
        return None
    issue, adoption = row
    chapters = issue.content.get(adoption.language, [])
    text = next(
        (
            text_in(one, adoption.language)
            for one in paragraphs_in(chapters)
            if one["number"] == adoption.paragraph
        ),
        None,
    )
    if text is None:
        return None
    found = await db.exec(
        select(Amendment)
        .where(Amendment.adoption_id == adoption.id, Amendment.paragraph == adoption.paragraph)
        .order_by(col(Amendment.proposed_at), col(Amendment.id))
    )
    amendments = found.all()
    taken = [amending(one) for one in amendments if one.state is AmendmentState.TAKEN]
    waiting = [one for one in amendments if one.state is AmendmentState.PROPOSED]
    return OnScreen(
        issue.symbol,
        adoption.language,
        adoption.paragraph,
        amended(text, taken),
        _with(text, taken, waiting[0]) if waiting else None,
    )
