"""What is done to recommendations: adding, wording, ordering, and following up."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.columns import Text
from meetings.base.errors import Refused, Superseded
from meetings.base.languages import gettext as _
from meetings.bodies.models import Session
from meetings.report.models import FollowUp, FollowUpForm, Recommendation, RecommendationForm

FAR = 100_000  # where rows wait while those behind them are numbered


async def add(db: AsyncSession, session: Session, form: RecommendationForm) -> Recommendation:
    """Add a recommendation, at its place or at the end.

    Raises:
        Refused: it is worded in no language.
    """
    known = await _all(db, session)
    one = Recommendation(
        session_id=session.id,
        number=len(known) + 1,
        text=_worded(form.text),
        addressee=Text.of(_filled(form.addressee)),
        due=form.due,
    )
    db.add(one)
    await db.flush()
    await _number(db, [*known, one], one, form.number)
    return one


async def change(
    db: AsyncSession, session: Session, one: Recommendation, form: RecommendationForm
) -> None:
    """Word a recommendation otherwise, or put it at another place.

    Raises:
        Refused: it is worded in no language.
        Superseded: somebody changed it first.
    """
    if form.version != one.version:
        theirs = {_("Text"): "\n".join(one.text.values())}
        raise Superseded(yours={_("Text"): "\n".join(form.text.values())}, theirs=theirs)
    one.text = _worded(form.text)
    one.addressee = Text.of(_filled(form.addressee))
    one.due = form.due
    one.version += 1
    await _number(db, await _all(db, session), one, form.number)


async def remove(db: AsyncSession, session: Session, one: Recommendation) -> None:
    """Take a recommendation away; those behind it move up."""
    await db.delete(one)
    await db.flush()
    await _number(db, await _all(db, session), None, None)


async def follow_up(
    db: AsyncSession, session: Session, one: Recommendation, form: FollowUpForm
) -> None:
    """Note how far a recommendation has come, as a session took note of it."""
    one.state = form.state
    one.version += 1
    db.add(
        FollowUp(
            recommendation_id=one.id,
            session_id=session.id,
            noted_on=form.noted_on,
            state=form.state,
            note=form.note,
        )
    )


async def _all(db: AsyncSession, session: Session) -> list[Recommendation]:
    found = await db.exec(
        select(Recommendation)
        .where(Recommendation.session_id == session.id)
        .order_by(col(Recommendation.number))
        .with_for_update()
    )
    return list(found.all())


async def _number(
    db: AsyncSession,
    known: list[Recommendation],
    moved: Recommendation | None,
    to: int | None,
) -> None:
    """Number them from 1, one of them at the place that was asked for."""
    if moved and to:
        known = [one for one in known if one is not moved]
        known.insert(min(to, len(known) + 1) - 1, moved)
    if [one.number for one in known] == list(range(1, len(known) + 1)):
        return
    # A number is had once: all of them go out of the way first.
    for place, one in enumerate(known, 1):
        one.number = FAR + place
    await db.flush()
    for place, one in enumerate(known, 1):
        one.number = place
    await db.flush()


def _filled(words: dict[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in words.items() if text.strip()}


def _worded(words: dict[str, str]) -> Text:
    if not (filled := _filled(words)):
        raise Refused(_("Word it in one language at least."), field="text_en")
    return Text.of(filled)
