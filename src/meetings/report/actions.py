"""What may be done to a draft: taking it over, editing it, and giving it back."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.errors import Refused, Superseded
from meetings.base.languages import gettext as _
from meetings.report.models import EditedParagraph, Paragraph, ParagraphState
from meetings.report.queries import Draft


async def take_over(db: AsyncSession, draft: Draft, keys: dict[UUID, str]) -> None:
    """Keep the assembled paragraphs of an item to be edited; `keys` are the views' short names.

    Taking over twice changes nothing: what was kept first stays.
    """
    if draft.kept:
        return
    for position, paragraph in enumerate(draft.assembled, 1):
        views = [keys[view] for sentence in paragraph.sentences for view in sentence.views]
        db.add(
            Paragraph(
                item_id=draft.item.id,
                language=draft.language,
                position=position,
                text=paragraph.text,
                views=list(dict.fromkeys(views)),
            )
        )


async def edit_paragraph(draft: Draft, position: int, form: EditedParagraph) -> Paragraph:
    """Change a paragraph that was taken over.

    Raises:
        Refused: it was given back meanwhile.
        Superseded: somebody edited it first; both texts travel with it.
    """
    kept = next((p for p in draft.kept if p.position == position), None)
    if kept is None:
        raise Refused(_("This text was given back to the assembled draft. Take it over again."))
    if kept.version != form.version:
        raise Superseded(yours={_("Text"): form.text}, theirs={_("Text"): kept.text})
    kept.text = form.text
    kept.state = ParagraphState.EDITED
    kept.version += 1
    return kept


async def give_back(db: AsyncSession, draft: Draft) -> None:
    """Let the log assemble the item again; the audit keeps what was edited."""
    for paragraph in draft.kept:
        await db.delete(paragraph)
