"""A document as it is issued: frozen text with its sources, and the symbol that it goes by. Pure.

`content` of an issue is {language: [chapter]}, a chapter {"chapter", "heading", "paragraphs"}, a
paragraph {"number", "key", "sentences"}; numbers run from 1 through the whole document.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict

from meetings.interventions.differing import Change, Piece, difference
from meetings.report.chapters import MadeChapter, Part
from meetings.report.composing import Standing
from meetings.report.models import IssueKind, Sentence
from meetings.report.sentences import text_of

_AGAIN = re.compile(r"/(?:Rev|Corr)\.\d+$")
_SUFFIX = {IssueKind.REVISION: "Rev", IssueKind.CORRECTION: "Corr"}


class IssuedParagraph(TypedDict):
    """A paragraph of an issued document; `number` is 0 in an annex, `under` a heading over it."""

    number: int
    key: str
    sentences: list[Sentence]
    under: NotRequired[str]
    listed: NotRequired[list[str]]


class IssuedChapter(TypedDict):
    """A chapter of an issued document; `chapter` is its number, in roman; an annex has 0."""

    chapter: int
    heading: str
    paragraphs: list[IssuedParagraph]


Content = Mapping[str, Sequence[IssuedChapter]]


@dataclass(frozen=True)
class Chapter:
    """What goes into a document as one chapter."""

    number: int
    heading: str
    standing: Sequence[Standing]


def frozen(chapters: Sequence[Chapter]) -> list[IssuedChapter]:
    """Chapters as they are printed, with paragraphs numbered through."""
    numbers = iter(range(1, 1_000_000))
    return [
        IssuedChapter(
            chapter=chapter.number,
            heading=chapter.heading,
            paragraphs=[
                IssuedParagraph(number=next(numbers), key=one.key, sentences=list(one.sentences))
                for one in chapter.standing
                if one.printed
            ],
        )
        for chapter in chapters
    ]


def paragraphs_in(chapters: Sequence[IssuedChapter]) -> Iterator[IssuedParagraph]:
    """All paragraphs of a document in one language, in their order."""
    for chapter in chapters:
        yield from chapter["paragraphs"]


def text_in(paragraph: IssuedParagraph, language: str) -> str:
    return text_of(paragraph["sentences"], language)


def symbol_for(planned: str, taken: Collection[str], kind: IssueKind) -> str:
    """The symbol of the next document: as planned, else its next revision or correction."""
    if kind is IssueKind.DRAFT and planned not in taken:
        return planned
    root = _AGAIN.sub("", planned)
    suffix = _SUFFIX.get(kind, "Rev")
    numbers = (nth for nth in range(1, len(taken) + 2) if f"{root}/{suffix}.{nth}" not in taken)
    return f"{root}/{suffix}.{next(numbers)}"


def address_of(symbol: str) -> str:
    """A document's symbol as it stands in addresses."""
    return symbol.replace("/", "-")


def revised(
    old: Sequence[IssuedChapter], new: Sequence[IssuedChapter], language: str
) -> dict[int, list[Piece]]:
    """What has changed in each paragraph of a document that is issued again, by its number.

    A paragraph that is new came in whole; those that went are in nobody's number, and left out.
    """
    before = {one["key"]: text_in(one, language) for one in paragraphs_in(old)}
    found = {}
    for one in paragraphs_in(new):
        text = text_in(one, language)
        was = before.get(one["key"])
        if was is None:
            found[one["number"]] = [Piece(Change.IN, text)]
        elif was != text:
            found[one["number"]] = difference(was, text)
    return found


def points_in(content: Content) -> set[str]:
    """The points that are behind a document, in any of its languages."""
    return {
        point
        for chapters in content.values()
        for paragraph in paragraphs_in(chapters)
        for sentence in paragraph["sentences"]
        for point in sentence.get("points", [])
    }


def numbered_through(
    documents: Sequence[Sequence[IssuedChapter]],
    before: Sequence[MadeChapter] = (),
    after: Sequence[MadeChapter] = (),
) -> list[IssuedChapter]:
    """Several documents as one report: chapters in their order, and all paragraphs, numbered.

    `before` and `after` are the chapters besides the discussion; annexes have no numbers.
    """
    discussed = sorted((one for document in documents for one in document), key=_number)
    chapters = [*map(_issued, before), *discussed, *map(_issued, after)]
    annexes = {one.heading for one in after if one.annex}
    places, numbers = iter(range(1, 1_000)), iter(range(1, 1_000_000))
    return [
        chapter
        if chapter["heading"] in annexes
        else IssuedChapter(
            chapter=next(places),
            heading=chapter["heading"],
            paragraphs=[{**one, "number": next(numbers)} for one in chapter["paragraphs"]],
        )
        for chapter in chapters
    ]


def _issued(made: MadeChapter) -> IssuedChapter:
    """A chapter that the program made, as it is kept."""
    paragraphs: list[IssuedParagraph] = []
    under = ""
    for line in made.lines:
        if line.part is Part.HEADING:
            under = line.text
        elif line.part is Part.LISTED and paragraphs and not made.annex:
            paragraphs[-1].setdefault("listed", []).append(line.text)
        else:
            key = f"made:{made.heading}:{len(paragraphs)}"
            one = IssuedParagraph(number=0, key=key, sentences=[Sentence(text=line.text)])
            paragraphs.append({**one, "under": under} if under else one)
            under = ""
    return IssuedChapter(chapter=0, heading=made.heading, paragraphs=paragraphs)


def _number(chapter: IssuedChapter) -> int:
    return chapter["chapter"]


def plain(content: Content) -> dict[str, Any]:
    """A document's content as it is kept."""
    return {language: list(chapters) for language, chapters in content.items()}
