"""What a meeting does with a document: going through it, amending and adopting it."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.clock import now
from meetings.base.errors import NotFound, Refused
from meetings.base.languages import gettext as _
from meetings.base.languages import ngettext
from meetings.base.live import tell
from meetings.bodies.models import Session
from meetings.delegations.finding import chosen
from meetings.delegations.models import Delegation
from meetings.report.adoption_queries import Adopted, GoingThrough, amending
from meetings.report.amending import NoSuchPlace, amended
from meetings.report.chapter_queries import session_material
from meetings.report.chapters import chapters_after, chapters_before
from meetings.report.issue_actions import add_issue
from meetings.report.issuing import IssuedChapter, numbered_through
from meetings.report.models import (
    Adoption,
    Amendment,
    AmendmentForm,
    AmendmentState,
    Change,
    Decided,
    Decision,
    DecisionForm,
    Distribution,
    FinalForm,
    Issue,
    IssueKind,
)
from meetings.report.sentences import edited
from meetings.schedule.queries import Sitting, channel_of


async def begin_adoption(
    db: AsyncSession, issue: Issue, sitting: Sitting, language: str
) -> Adoption:
    """Let a meeting go through a document. Twice is once.

    Raises:
        Refused: it was not issued in this language; it was adopted already.
    """
    if language not in issue.content:
        raise Refused(_("It was not issued in this language."), field="language")
    if issue.kind is IssueKind.FINAL:
        raise Refused(_("This report was adopted already."))
    known = (await db.exec(select(Adoption).where(Adoption.issue_id == issue.id))).first()
    if known:
        return known
    adoption = Adoption(
        issue_id=issue.id, meeting_id=sitting.meeting.id, language=language, started_at=now()
    )
    db.add(adoption)
    await tell(db, sitting.channel, "adoption", adoption.id)
    return adoption


async def show_paragraph(db: AsyncSession, through: GoingThrough, number: int) -> None:
    """Put a paragraph on the screen of the room; 0 takes it off.

    Raises:
        NotFound: there is none of this number.
    """
    if number:
        through.paragraph(number)
    through.adoption.paragraph = number
    await _tell(db, through)


async def propose(
    db: AsyncSession,
    through: GoingThrough,
    number: int,
    form: AmendmentForm,
    delegations: Sequence[Delegation],
) -> Amendment:
    """Note an amendment that is proposed from the floor.

    Raises:
        NotFound: no such paragraph.
        Refused: its words do not stand once in the paragraph; no such delegation; no text.
    """
    _check_open(through)
    paragraph = through.paragraph(number)
    by = chosen(delegations, form.delegation) if form.delegation else None
    if form.delegation and by is None:
        raise Refused(
            _("Choose a delegation that takes part, by its code or from the list."),
            field="delegation",
        )
    if form.change is not Change.DELETE and not form.text:
        raise Refused(_("Say which words come in."), field="text")
    amendment = Amendment(
        adoption_id=through.adoption.id,
        paragraph=number,
        change=form.change,
        place=form.place,
        text="" if form.change is Change.DELETE else form.text,
        delegation_id=by.id if by else None,
        proposed_at=now(),
    )
    _check_place(paragraph, amendment)
    db.add(amendment)
    await _tell(db, through)
    return amendment


async def settle_amendment(
    db: AsyncSession, through: GoingThrough, amendment_id: UUID, state: AmendmentState
) -> None:
    """Take an amendment, or not; or let it be proposed again.

    Raises:
        NotFound: no such amendment.
        Refused: its words stand in the paragraph no longer.
    """
    _check_open(through)
    for paragraph in through.paragraphs:
        for one in paragraph.amendments:
            if one.amendment.id == amendment_id:
                if state is AmendmentState.TAKEN:
                    _check_place(paragraph, one.amendment)
                one.amendment.state = state
                await _tell(db, through)
                return
    raise NotFound


async def decide(db: AsyncSession, through: GoingThrough, number: int, form: DecisionForm) -> None:
    """Note what the meeting decided on a paragraph; as amended where amendments were taken.

    Raises:
        NotFound: no such paragraph.
        Refused: amendments to it are not settled.
    """
    _check_open(through)
    paragraph = through.paragraph(number)
    waiting = [
        one for one in paragraph.amendments if one.amendment.state is AmendmentState.PROPOSED
    ]
    decided = form.decided
    if decided is not Decided.PENDING:
        if waiting:
            raise Refused(_("Settle the amendments to this paragraph first."))
        decided = Decided.AMENDED if paragraph.changed else Decided.ADOPTED
    known = paragraph.decision or Decision(
        adoption_id=through.adoption.id, paragraph=number, decided=decided, decided_at=now()
    )
    known.decided, known.decided_at = decided, now()
    db.add(known)
    if decided is not Decided.PENDING and through.adoption.paragraph == number:
        after = [one for one in through.undecided if one > number]
        through.adoption.paragraph = after[0] if after else 0
    await _tell(db, through)


async def end_adoption(db: AsyncSession, through: GoingThrough) -> None:
    """Note that the document was adopted as a whole. Twice is once.

    Raises:
        Refused: paragraphs are left that were not adopted.
    """
    if through.adoption.ended_at:
        return
    if left := through.undecided:
        raise Refused(
            ngettext(
                "%(num)s paragraph is not adopted yet: %(numbers)s.",
                "%(num)s paragraphs are not adopted yet: %(numbers)s.",
                len(left),
            )
            % {"num": len(left), "numbers": ", ".join(map(str, left))}
        )
    through.adoption.ended_at = now()
    through.adoption.paragraph = 0
    await _tell(db, through)


async def issue_final(
    db: AsyncSession,
    session: Session,
    adopted: Sequence[GoingThrough],
    form: FinalForm,
    who: UUID,
) -> Issue:
    """Issue the report as it was adopted: all its documents in one, numbered through.

    Raises:
        Refused: nothing was adopted; documents were adopted in different languages; the symbol is
            taken.
    """
    languages = {through.adoption.language for through in adopted}
    if len(languages) != 1:
        raise Refused(_("No document has been adopted yet, or not all in one language."))
    (language,) = languages
    issue = Issue(
        session_id=session.id,
        symbol=form.symbol,
        kind=IssueKind.FINAL,
        distribution=Distribution.GENERAL,
        dated=form.dated,
        original=language,
        issued_at=now(),
        issued_by=who,
    )
    known = await session_material(db, session, language)
    chapters = numbered_through(
        [_as_adopted(through) for through in adopted],
        chapters_before(known, language),
        chapters_after(known, language),
    )
    content = {language: chapters}
    return await add_issue(db, session, issue, content)


def _as_adopted(through: GoingThrough) -> list[IssuedChapter]:
    """A document's chapters with what was taken; an amended sentence keeps its sources."""
    texts = {one.number: one for one in through.paragraphs}
    chapters: list[IssuedChapter] = through.issue.content[through.adoption.language]
    return [
        {
            **chapter,
            "paragraphs": [
                {**one, "sentences": edited(texts[one["number"]].text, one["sentences"])}
                if texts[one["number"]].changed
                else one
                for one in chapter["paragraphs"]
                if texts[one["number"]].text
            ],
        }
        for chapter in chapters
    ]


def _check_open(through: GoingThrough) -> None:
    if through.adoption.ended_at:
        raise Refused(_("This document was adopted: nothing is changed in it any more."))


def _check_place(paragraph: Adopted, amendment: Amendment) -> None:
    taken = [
        amending(one.amendment)
        for one in paragraph.amendments
        if one.amendment.state is AmendmentState.TAKEN and one.amendment is not amendment
    ]
    try:
        amended(paragraph.issued, [*taken, amending(amendment)])
    except NoSuchPlace as fault:
        if not amendment.place:
            raise Refused(_("Say which words are meant."), field="place") from None
        if not fault.times:
            raise Refused(_("These words do not stand in the paragraph."), field="place") from None
        raise Refused(
            _("These words stand in the paragraph %(times)s times: give more.")
            % {"times": fault.times},
            field="place",
        ) from None


async def _tell(db: AsyncSession, through: GoingThrough) -> None:
    channel = channel_of(through.adoption.meeting_id)
    await tell(db, channel, "adoption", through.adoption.id)
