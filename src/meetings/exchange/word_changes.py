"""Changes that Word tracks: written as insertions and deletions, and taken over for print.

LibreOffice prints deleted words too, and counts deleted paragraphs: a PDF is made from a copy in
which all changes are taken over.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from itertools import count
from typing import Any, Literal

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from meetings.exchange.legal_text import legal_text
from meetings.exchange.word_languages import Manner
from meetings.exchange.word_parts import element, paragraph, runs

Change = Literal["same", "inserted", "deleted"]
Piece = tuple[Change, str]

TAGS: dict[Change, str] = {"inserted": "ins", "deleted": "del"}
MARKS = ("ins", "del", "moveFrom", "moveTo")
HISTORIES = ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange")
RANGES = tuple(f"{mark}Range{end}" for mark in MARKS[2:] for end in ("Start", "End"))


@dataclass
class Hand:
    """Who changed a document and when. Each of their changes gets a number of its own."""

    author: str
    moment: datetime
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def change(self, kind: Change, *content: Element) -> Element:
        """A tracked insertion or deletion of this content; of a mark, where there is none."""
        return element(
            TAGS[kind],
            *content,
            id=next(self.numbers),
            author=legal_text(self.author),
            date=self.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )


def changed_runs(manner: Manner, pieces: Iterable[Piece], hand: Hand) -> list[Element]:
    """The runs of a paragraph, of which some are new and some are struck."""
    made: list[Element] = []
    for kind, text in pieces:
        if not text:
            continue
        content = runs(manner, text)
        if kind == "same":
            made += content
            continue
        if kind == "deleted":
            strike(content)
        made.append(hand.change(kind, *content))
    return made


def strike(content: Iterable[Element]) -> None:
    """Deleted words stand in an element of their own: Word shows no others as deleted."""
    for run in content:
        for text in run.findall(qn("w:t")):
            text.tag = qn("w:delText")


def changed_paragraph(manner: Manner, style: str, pieces: Sequence[Piece], hand: Hand) -> Element:
    """A paragraph with its changes. Where all of it is new, or struck, so is its end.

    Without that, whoever takes the changes over keeps a number before nothing.
    """
    kinds = {kind for kind, text in pieces if text}
    whole = kinds & TAGS.keys() if len(kinds) == 1 else ()
    marks = [element("rPr", hand.change(kind)) for kind in whole]
    return paragraph(style, *changed_runs(manner, pieces, hand), properties=marks)


def taken_over(body: Any) -> None:
    """Make a text what it is once every change in it is accepted."""
    for struck in _all(body, "del", "moveFrom"):
        if struck.getparent().tag == qn("w:rPr"):
            _join(struck.getparent().getparent().getparent())
        elif struck.getparent().tag == qn("w:trPr"):
            _drop(struck.getparent().getparent())
    for struck in _all(body, "del", "moveFrom", *HISTORIES, *RANGES):
        _drop(struck)
    for new in _all(body, "ins", "moveTo"):
        for child in list(new):
            new.addprevious(child)
        _drop(new)


def _all(body: Any, *names: str) -> list[Any]:
    return list(body.iter(*(qn(f"w:{name}") for name in names)))


def _join(ended: Any) -> None:
    """A paragraph whose end was struck goes on in the next one."""
    following = ended.getnext()
    kept = [part for part in ended if part.tag != qn("w:pPr") and part.tag not in _STRUCK]
    if following is not None and following.tag == qn("w:p"):
        place = 1 if following.find(qn("w:pPr")) is not None else 0
        following[place:place] = kept
        _drop(ended)
    elif not kept:
        _drop(ended)


_STRUCK = {qn("w:del"), qn("w:moveFrom")}


def _drop(part: Any) -> None:
    if (parent := part.getparent()) is not None:
        parent.remove(part)


def clean_copy(content: bytes) -> bytes:
    """A Word file with all changes taken over, in the language that its properties name.

    LibreOffice tells readers by ear the language of Latin letters, whatever the letters are.
    """
    word = docx.Document(BytesIO(content))
    taken_over(word.element.body)
    for notes in _notes(word):
        taken_over(notes)
    language = word.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    if language is not None and word.core_properties.language:
        language.set(qn("w:val"), word.core_properties.language)
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _notes(word: Document) -> list[Any]:
    """The footnotes, where their part was read as XML."""
    related = (relation for relation in word.part.rels.values() if not relation.is_external)
    parts = (one.target_part for one in related if one.reltype.endswith("/footnotes"))
    return [part.element for part in parts if hasattr(part, "element")]
