"""The text of a paragraph in a Word file: italics, footnotes, and tracked changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from meetings.exchange.word_changes import Change as Kind
from meetings.exchange.word_changes import Hand, strike
from meetings.exchange.word_languages import Manner
from meetings.exchange.word_notes import Notes
from meetings.exchange.word_parts import element, runs
from meetings.interventions.differing import Change, Piece
from meetings.report.marks import RunKind, runs_of

_KINDS: dict[Change, Kind] = {Change.IN: "inserted", Change.OUT: "deleted"}


@dataclass(frozen=True)
class Changed:
    """A numbered paragraph with tracked changes."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Texts:
    """Writes the texts of one document, whose notes and changes are counted as they come."""

    manner: Manner
    notes: Notes
    hand: Hand

    def text(self, text: str) -> list[Element]:
        """A text with its marks taken in."""
        return [made for run in runs_of(text) for made in self._run(run.kind, run.text)]

    def changed(self, pieces: Sequence[Piece]) -> list[Element]:
        """A text of which something went and something came."""
        return [made for piece in pieces for made in self._piece(piece)]

    def _run(self, kind: RunKind, text: str) -> Iterator[Element]:
        if kind is RunKind.FOOTNOTE:
            yield self.notes.reference(text)
        elif kind is RunKind.ITALIC:
            yield from runs(self.manner, text, element("i"), element("iCs"))
        else:
            yield from runs(self.manner, text)

    def _piece(self, piece: Piece) -> Iterator[Element]:
        made = self.text(piece.text)
        if piece.change is Change.SAME:
            yield from made
            return
        if piece.change is Change.OUT:
            strike(made)
        yield self.hand.change(_KINDS[piece.change], *made)
