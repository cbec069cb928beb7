"""What may be done to a draft: editing, leaving out, taking what is new, putting in order."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.clock import now
from meetings.base.errors import NotFound, Refused, Superseded
from meetings.base.ids import new_id
from meetings.base.languages import gettext as _
from meetings.report.composing import OWN, Standing, in_order, taken
from meetings.report.models import (
    EditedParagraph,
    MovedParagraph,
    NewParagraph,
    Outline,
    Paragraph,
    ParagraphState,
    ParagraphVersion,
    Sentence,
    StateForm,
    TakenNews,
    VersionedForm,
)
from meetings.report.queries import Draft
from meetings.report.sentences import edited, text_of


async def edit_paragraph(
    db: AsyncSession, draft: Draft, key: str, form: EditedParagraph, who: UUID
) -> None:
    """Write a paragraph otherwise: each sentence keeps what is behind it.

    Raises:
        NotFound: no such paragraph.
        Superseded: somebody edited it first; both texts travel with it.
    """
    standing = draft.paragraph(key)
    if standing.version != form.version:
        raise Superseded(yours={_("Text"): form.text}, theirs={_("Text"): standing.text})
    if form.text == standing.text:
        return
    sentences = edited(form.text, standing.sentences)
    await _keep(db, draft, standing, sentences, who)


async def add_paragraph(db: AsyncSession, draft: Draft, form: NewParagraph, who: UUID) -> None:
    """Add a paragraph of a person's own behind another one (at the beginning: behind none).

    Raises:
        Superseded: somebody put the paragraphs in another order first.
    """
    key = f"{OWN}:{new_id()}"
    sentences = edited(form.text, ())
    await _keep(db, draft, Standing(key, draft.language, ()), sentences, who)
    keys = [one.key for one in draft.standing]
    place = keys.index(form.after) + 1 if form.after in keys else 0
    await _put_in_order(db, draft, [*keys[:place], key, *keys[place:]], form.version)


async def put_in_state(
    db: AsyncSession, draft: Draft, key: str, form: StateForm, who: UUID
) -> None:
    """Leave a paragraph out, put it back as it was, or let the log assemble it again.

    What was edited stays among its versions, whatever is done.

    Raises:
        NotFound, Superseded: no such paragraph; somebody changed it first.
    """
    standing = _as_seen(draft, key, form)
    state, sentences = form.state, standing.sentences
    if state is ParagraphState.EDITED and standing.sentences == standing.assembled:
        state = ParagraphState.ASSEMBLED
    if state is ParagraphState.ASSEMBLED:
        sentences = standing.assembled
    await _keep(db, draft, standing, sentences, who, state)


async def settle_news(db: AsyncSession, draft: Draft, key: str, form: TakenNews, who: UUID) -> None:
    """Take what was chosen of what the log would write now, and leave the rest of it.

    Raises:
        NotFound, Superseded: no such paragraph; somebody changed it first.
        Refused: the log has changed since the page was drawn.
    """
    standing = _as_seen(draft, key, form)
    if standing.kept is None or not set(form.news) <= set(range(len(standing.news))):
        raise Refused(_("The log has changed meanwhile. Look at the paragraph again."))
    standing.kept.base = list(standing.assembled)
    sentences = taken(standing.sentences, standing.news, form.news)
    await _keep(db, draft, standing, sentences, who)


async def restore(
    db: AsyncSession, draft: Draft, paragraph: Paragraph, number: int, who: UUID
) -> None:
    """Let a paragraph say again what it said in an earlier version.

    Raises:
        NotFound: it has no such version.
    """
    asked = select(ParagraphVersion).where(
        ParagraphVersion.paragraph_id == paragraph.id, ParagraphVersion.number == number
    )
    if (old := (await db.exec(asked)).first()) is None:
        raise NotFound
    standing = Standing(paragraph.key, draft.language, tuple(paragraph.sentences), kept=paragraph)
    await _keep(db, draft, standing, old.sentences, who)


async def move_paragraph(db: AsyncSession, draft: Draft, form: MovedParagraph) -> None:
    """Put a paragraph at another place, in all the languages of the item.

    Raises:
        NotFound: no such paragraph.
        Superseded: somebody put them in order first.
    """
    keys = [one.key for one in draft.standing]
    keys.remove(draft.paragraph(form.key).key)
    place = max(0, min(form.to - 1, len(keys)))
    await _put_in_order(db, draft, [*keys[:place], form.key, *keys[place:]], form.version)


async def _put_in_order(db: AsyncSession, draft: Draft, keys: Sequence[str], version: int) -> None:
    if version != draft.order_version:
        raise Superseded(yours={}, theirs={})
    outline = await db.get(Outline, draft.item.id)
    if outline is None:
        db.add(Outline(item_id=draft.item.id, keys=list(keys)))
        return
    # A paragraph that another language has of its own keeps its neighbours.
    outline.keys = in_order(list(dict.fromkeys([*outline.keys, *keys])), keys)
    outline.version += 1


def _as_seen(draft: Draft, key: str, form: VersionedForm) -> Standing:
    standing = draft.paragraph(key)
    if standing.version != form.version:
        raise Superseded(yours={}, theirs={_("Text"): standing.text})
    return standing


async def _keep(  # noqa: PLR0913, PLR0917 (what is kept, of what, by whom)
    db: AsyncSession,
    draft: Draft,
    standing: Standing,
    sentences: Sequence[Sentence],
    who: UUID,
    state: ParagraphState = ParagraphState.EDITED,
) -> None:
    """Write a paragraph down as it stands from now on, and as a version of its own."""
    kept = standing.kept
    if kept is None:
        kept = Paragraph(
            item_id=draft.item.id,
            language=draft.language,
            position=await _next_position(db, draft),
            key=standing.key,
            text="",
            base=list(standing.assembled),
            version=0,
        )
        db.add(kept)
        await db.flush()
        _note(db, kept, ParagraphState.ASSEMBLED, standing.assembled, None)
    kept.sentences = list(sentences)
    kept.text = text_of(kept.sentences, draft.language)
    behind = {view for one in sentences for view in one.get("views", [])}
    kept.views = [key for key, view in draft.views.items() if view in behind]
    kept.state = state
    if state is ParagraphState.ASSEMBLED:
        kept.base = list(standing.assembled)
    kept.version += 1
    _note(db, kept, state, sentences, who)


def _note(
    db: AsyncSession,
    kept: Paragraph,
    state: ParagraphState,
    sentences: Sequence[Sentence],
    who: UUID | None,
) -> None:
    db.add(
        ParagraphVersion(
            paragraph_id=kept.id,
            number=kept.version,
            state=state,
            sentences=list(sentences),
            saved_at=now(),
            saved_by=who,
        )
    )


async def _next_position(db: AsyncSession, draft: Draft) -> int:
    asked = select(sa.func.max(col(Paragraph.position))).where(
        Paragraph.item_id == draft.item.id, Paragraph.language == draft.language
    )
    return ((await db.exec(asked)).one() or 0) + 1
