"""The frames of the chapters besides the discussion: data that a linguist edits, per language."""

import tomllib
from functools import cache

from babel import Locale
from pydantic import BaseModel, ConfigDict

from meetings.report.phrases import FOLDER

Counted = dict[str, str]  # by the plural forms of the language


class ChapterFrames(BaseModel):
    """All frames of one language; what stands in braces is told in chapters.py."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    introduction: str
    organization: str
    recommendations: str
    adoption: str
    opening: str
    agenda: str
    attendance: str
    documentation: str
    documents_annex: str
    participants_annex: str
    held: str
    on_day: str
    from_to: str
    meetings: Counted
    joint: Counted
    opened: str
    agenda_adopted: str
    documents_listed: str
    recommended: str
    addressed: str
    report_adopted: str
    statements: str
    ordinals: Counted
    attended: dict[str, str]  # by who attended


@cache
def chapter_frames(language: str) -> ChapterFrames:
    """The frames of a language.

    Raises:
        pydantic.ValidationError: a key is missing, or is none of ours.
    """
    path = FOLDER / "chapters" / f"{language}.toml"
    return ChapterFrames.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def counted(forms: Counted, count: int, language: str, **words: str) -> str:
    """A sentence that counts, in the language's plural form for the number."""
    form = str(Locale.parse(language).plural_form(count))
    return forms.get(form, forms["other"]).format(count=count, **words)


def ordinal(number: int, frames: ChapterFrames, language: str) -> str:
    """1st, 2e, 3-е: a number in a row as the language has it."""
    form = str(Locale.parse(language).ordinal_form(number))
    return frames.ordinals.get(form, frames.ordinals["other"]).format(n=number)
