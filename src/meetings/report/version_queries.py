"""Questions about the versions of a paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import User
from meetings.base.errors import NotFound
from meetings.interventions.differing import Piece, difference
from meetings.report.models import Paragraph, ParagraphVersion
from meetings.report.queries import Draft
from meetings.report.sentences import text_of


@dataclass(frozen=True)
class Version:
    """A save of a paragraph, and who saved it; None is the program, as it was assembled."""

    version: ParagraphVersion
    by: str | None
    text: str


@dataclass(frozen=True)
class Compared:
    """Two versions beside each other."""

    old: Version
    new: Version
    pieces: list[Piece]


def paragraph_kept(draft: Draft, key: str) -> Paragraph:
    """A paragraph that a person has touched.

    Raises:
        NotFound: nobody has.
    """
    kept = draft.paragraph(key).kept
    if kept is None:
        raise NotFound
    return kept


async def versions_of(db: AsyncSession, paragraph: Paragraph) -> list[Version]:
    """Every save of a paragraph, the newest first."""
    found = await db.exec(
        select(ParagraphVersion, User.name)
        .outerjoin(User, col(User.id) == ParagraphVersion.saved_by)
        .where(ParagraphVersion.paragraph_id == paragraph.id)
        .order_by(col(ParagraphVersion.number).desc())
    )
    return [
        Version(one, name, text_of(one.sentences, paragraph.language)) for one, name in found.all()
    ]


def compared(versions: Sequence[Version], old: int, new: int) -> Compared | None:
    """Two of these versions; without their numbers the last two. None where there is only one."""
    by_number = {one.version.number: one for one in versions}
    numbers = sorted(by_number)
    after = by_number.get(new) or (by_number[numbers[-1]] if numbers else None)
    earlier = [n for n in numbers if after and n < after.version.number]
    before = by_number.get(old) or (by_number[earlier[-1]] if earlier else None)
    if after is None or before is None:
        return None
    return Compared(before, after, difference(before.text, after.text))
