"""The table of contents of a longer document: each heading with its page, to which it leads."""

from collections.abc import Iterable
from typing import NamedTuple

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from meetings.exchange.word_languages import Manner
from meetings.exchange.word_parts import element, paragraph, runs


class Line(NamedTuple):
    """A heading as the contents have it."""

    place: int
    level: int
    number: str
    text: str

    @property
    def anchor(self) -> str:
        return f"_Toc{self.place:08}"


def anchored(line: Line, content: Iterable[Element]) -> list[Element]:
    """What a heading says, where the contents find it."""
    begin = element("bookmarkStart", id=line.place, name=line.anchor)
    return [begin, *content, element("bookmarkEnd", id=line.place)]


def contents_line(manner: Manner, line: Line) -> Element:
    """The number and text of a heading, and its page, which Word and LibreOffice fill in."""
    label = runs(manner, f"\t{line.number}\t{line.text}\t")
    link = element("hyperlink", *label, *_page_of(line), anchor=line.anchor, history=1)
    return paragraph(f"Contents{line.level + 1}", link)


def _page_of(line: Line) -> list[Element]:
    """A field in its long form: LibreOffice leaves the short one of a page empty."""
    instruction = element("instrText")
    instruction.text = f" PAGEREF {line.anchor} \\h "
    shown = element("t")
    shown.text = "1"
    parts = (
        element("fldChar", fldCharType="begin", dirty="true"),
        instruction,
        element("fldChar", fldCharType="separate"),
        shown,
        element("fldChar", fldCharType="end"),
    )
    return [element("r", part) for part in parts]
