"""Where two texts differ, word by word: what went out, what came in, what stayed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

WORDS = 1_000  # in either text; beyond, comparing could take longer than anybody waits
_ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef"  # Chinese puts no spaces between
_WORD = re.compile(rf"(\s*)([{_ALONE}]|[^\s{_ALONE}]+)")
_TRAILING = ",;.:!?…،؛؟"  # a word does not differ by the punctuation after it
Spaced = tuple[str, str]  # the space before a word, and the word


class Change(StrEnum):
    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True)
class Piece:
    """Some words, and whether they stayed."""

    change: Change
    text: str


def squeezed(text: str) -> str:
    """A text on one line, as the log keeps points: spaces and line breaks are no difference."""
    return " ".join(text.split())


def difference(before: str, after: str) -> list[Piece]:
    """The pieces that make `before` without what came in, and `after` without what went out."""
    olds, news = list(_words(before)), list(_words(after))
    if max(len(olds), len(news)) > WORDS:
        return _pieces([(Change.OUT, olds), (Change.IN, news)])
    matcher = SequenceMatcher(None, [word for _, word in olds], [word for _, word in news])
    found: list[tuple[Change, list[Spaced]]] = []
    for step, old, old_end, new, new_end in matcher.get_opcodes():
        if step == "equal":
            found.append((Change.SAME, news[new:new_end]))
        else:
            found += [(Change.OUT, olds[old:old_end]), (Change.IN, news[new:new_end])]
    return _pieces(found)


def _pieces(found: list[tuple[Change, list[Spaced]]]) -> list[Piece]:
    texts = ((change, "".join(space + word for space, word in words)) for change, words in found)
    return [Piece(change, text) for change, text in texts if text]


def _words(text: str) -> Iterator[Spaced]:
    """Each word with the space before it; a character alone where a script has no spaces."""
    for space, chunk in _WORD.findall(text):
        bare = chunk.rstrip(_TRAILING) or chunk
        yield space, bare
        if trailing := chunk[len(bare) :]:
            yield "", trailing
