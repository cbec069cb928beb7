"""Footnotes of a Word file: real ones, which Word numbers and prints at the foot of the page."""

from collections.abc import Sequence

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from meetings.exchange.word_languages import Manner
from meetings.exchange.word_parts import element, paragraph, runs

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
SEPARATORS = {-1: "separator", 0: "continuationSeparator"}  # Word keeps these numbers for them


class Notes:
    """The footnotes of a document, in the order in which they come."""

    def __init__(self, manner: Manner) -> None:
        self.manner = manner
        self.texts: list[str] = []

    def reference(self, text: str) -> Element:
        """The mark in the text that leads to a new footnote."""
        self.texts.append(text)
        return _marked(element("footnoteReference", id=len(self.texts)))

    def add_to(self, word: Document) -> None:
        """Put the footnotes in their own part of the file."""
        root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        root.extend([*_separators(), *_footnotes(self.manner, self.texts)])
        package = word.part.package
        part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT, root, package)
        word.part.relate_to(part, RELATION)


def _marked(content: Element) -> Element:
    return element("r", element("rPr", element("rStyle", val="FootnoteReference")), content)


def _separators() -> list[Element]:
    """The lines above footnotes."""
    return [
        element("footnote", paragraph("Normal", element("r", element(kind))), type=kind, id=number)
        for number, kind in SEPARATORS.items()
    ]


def _footnotes(manner: Manner, texts: Sequence[str]) -> list[Element]:
    return [
        element(
            "footnote",
            paragraph(
                "FootnoteText",
                _marked(element("footnoteRef")),
                element("r", element("tab")),
                *runs(manner, text),
            ),
            id=number,
        )
        for number, text in enumerate(texts, start=1)
    ]


def footnote_settings() -> Element:
    """What the settings of a document say of its separators."""
    return element("footnotePr", *(element("footnote", id=number) for number in SEPARATORS))
