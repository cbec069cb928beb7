"""The text of a paragraph in a Word file: italics, real footnotes, and tracked changes.

Footnotes are in a part of their own, by number; a tracked change says whose it is and when it was
made, and Word and LibreOffice show, take or reject it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from meetings.exchange.word_languages import Manner
from meetings.exchange.word_parts import element, paragraph, runs, size
from meetings.interventions.differing import Change, Piece
from meetings.report.marks import RunKind, runs_of

FIRST_NOTE = 2  # 0 and 1 are the lines that part notes from the text
_TAGS = {Change.IN: "ins", Change.OUT: "del"}


@dataclass(frozen=True)
class Changed:
    """A numbered paragraph with tracked changes."""

    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class Writer:
    """Writes the texts of one document: it counts notes and changes as they come."""

    manner: Manner
    author: str = ""  # of the changes
    at: datetime | None = None
    notes: list[str] = field(default_factory=list)
    changes: int = 0

    def text(self, text: str) -> list[Element]:
        """A text with its marks taken in."""
        return [made for run in runs_of(text) for made in self._run(run.kind, run.text)]

    def changed(self, pieces: Sequence[Piece]) -> list[Element]:
        """A text of which something went and something came."""
        return [made for piece in pieces for made in self._piece(piece)]

    def _run(self, kind: RunKind, text: str) -> Iterator[Element]:
        if kind is RunKind.FOOTNOTE:
            self.notes.append(text)
            number = element("footnoteReference", id=FIRST_NOTE + len(self.notes) - 1)
            yield element("r", element("rPr", element("vertAlign", val="superscript")), number)
        elif kind is RunKind.ITALIC:
            yield from runs(self.manner, text, element("i"), element("iCs"))
        else:
            yield from runs(self.manner, text)

    def _piece(self, piece: Piece) -> Iterator[Element]:
        made = self.text(piece.text)
        if piece.change is Change.SAME:
            yield from made
            return
        self.changes += 1
        at = (self.at or datetime.now(UTC)).astimezone(UTC)
        if piece.change is Change.OUT:
            for gone in (each for run in made for each in run.iter(qn("w:t"))):
                gone.tag = qn("w:delText")
        yield element(
            _TAGS[piece.change],
            *made,
            id=self.changes,
            author=self.author,
            date=f"{at:%Y-%m-%dT%H:%M:%SZ}",
        )


def add_footnotes(word: Document, writer: Writer) -> None:
    """Put the notes that were counted into the document; without any it has no part for them."""
    if not writer.notes:
        return
    lines = [
        element("footnote", paragraph("Normal", element("r", element(kind))), type=kind, id=number)
        for number, kind in enumerate(("separator", "continuationSeparator"))
    ]
    notes = [
        element("footnote", _note(writer.manner, text), id=number)
        for number, text in enumerate(writer.notes, FIRST_NOTE)
    ]
    part = XmlPart(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        element("footnotes", *lines, *notes),
        word.part.package,
    )
    word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _note(manner: Manner, text: str) -> Element:
    mark = element("r", element("rPr", element("vertAlign", val="superscript")))
    mark.append(element("footnoteRef"))
    return paragraph("Normal", mark, *runs(manner, f"\t{text}", *size(manner, 17)))
