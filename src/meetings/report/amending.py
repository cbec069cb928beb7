"""Amendments to a paragraph: what it would say, and what of it is new. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from meetings.interventions.differing import Change as Kind
from meetings.interventions.differing import Piece
from meetings.report.models import Change


@dataclass(frozen=True)
class Amending:
    """One amendment: behind, instead of, or without the words `place`, that stand once in the text.

    To insert at the beginning, `place` is empty.
    """

    change: Change
    place: str
    text: str = ""


class NoSuchPlace(Exception):  # noqa: N818
    """The words stand nowhere in the text, or more than once: `times` says how often."""

    def __init__(self, times: int) -> None:
        super().__init__(times)
        self.times = times


def amended(text: str, amendments: Sequence[Amending]) -> list[Piece]:
    """A text with amendments one after the other, as tracked changes of the text that was issued.

    A later one is sought in what the earlier ones left standing and in what they brought in.

    Raises:
        NoSuchPlace: the words of an amendment do not stand exactly once in the text.
    """
    pieces = [Piece(Kind.SAME, text)] if text else []
    for one in amendments:
        pieces = _amended(pieces, one)
    return pieces


def text_after(pieces: Sequence[Piece]) -> str:
    """What is to be read when all is taken."""
    return "".join(piece.text for piece in pieces if piece.change is not Kind.OUT)


def text_before(pieces: Sequence[Piece]) -> str:
    """What was issued."""
    return "".join(piece.text for piece in pieces if piece.change is not Kind.IN)


def _amended(pieces: Sequence[Piece], one: Amending) -> list[Piece]:
    read = text_after(pieces)
    if not one.place:
        if one.change is not Change.INSERT:
            raise NoSuchPlace(0)
        return _merged([Piece(Kind.IN, _spaced("", one.text, read)), *pieces])
    if (times := read.count(one.place)) != 1:
        raise NoSuchPlace(times)
    start = read.index(one.place)
    end = start + len(one.place)
    before, inside, after = _cut(pieces, start, end)
    new = [Piece(Kind.IN, one.text)] if one.text and one.change is not Change.DELETE else []
    if one.change is Change.INSERT:
        new = [Piece(Kind.IN, _spaced(read[:end], one.text, read[end:]))]
        return _merged([*before, *inside, *new, *after])
    gone = [Piece(Kind.OUT, piece.text) for piece in inside if piece.change is not Kind.IN]
    return _merged([*before, *gone, *new, *after])


def _cut(
    pieces: Sequence[Piece], start: int, end: int
) -> tuple[list[Piece], list[Piece], list[Piece]]:
    """The pieces before, in and after a part of what is read; what went stays where it was."""
    parts: tuple[list[Piece], list[Piece], list[Piece]] = ([], [], [])
    at = 0
    for piece in pieces:
        if piece.change is Kind.OUT:
            parts[0 if at <= start else 1 if at < end else 2].append(piece)
            continue
        for part, (low, high) in zip(
            parts, ((0, start), (start, end), (end, len(piece.text) + at)), strict=True
        ):
            words = piece.text[max(low - at, 0) : max(high - at, 0)]
            if words:
                part.append(Piece(piece.change, words))
        at += len(piece.text)
    return parts


def _spaced(before: str, text: str, after: str) -> str:
    """Words that are put in, with the blanks that part them from their neighbours."""
    glued = ",.;:!?…،؛؟。，；：！？)»”’"
    if before and not before[-1].isspace() and text[:1] not in glued and not _chinese(before[-1]):
        text = f" {text}"
    if after and not after[0].isspace() and after[0] not in glued and not _chinese(after[0]):
        text = f"{text} "
    return text


def _chinese(sign: str) -> bool:
    return "\u3000" <= sign <= "\u9fff" or "\uff00" <= sign <= "\uffef"


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    merged: list[Piece] = []
    for piece in pieces:
        if merged and merged[-1].change is piece.change:
            merged[-1] = Piece(piece.change, merged[-1].text + piece.text)
        elif piece.text:
            merged.append(piece)
    return merged
