"""A paragraph's text as sentences, and which of them keep what is behind those of before. Pure."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from meetings.report.models import Sentence

ALIKE = 60.0  # of 100: below this a sentence is another one, and its sources are not its own
HELD = 85.0  # so much of a sentence stands in another: the two were made one

_END = re.compile(r"(?<=[.!?…؟])[\"”»’)]*\s+(?=[^\W\d_a-zа-яà-ÿ]|[«“„\"(¿¡\d])|(?<=[。！？])")
# After these a period ends no sentence.
_SHORT = re.compile(
    r"(?:^|[\s(«“])(?:[^\W\d_]|art|no|nos|par|para|vol|Mr|Ms|Mrs|Dr|Sr|Sra|St|ст|п|г)\.$"
)


def split(text: str) -> list[str]:
    """The sentences of a text, in any of the six languages."""
    found: list[str] = []
    for piece in _END.split(" ".join(text.split())):
        if found and _SHORT.search(found[-1]):
            found[-1] = f"{found[-1]} {piece}"
        elif piece.strip():
            found.append(piece.strip())
    return found


def text_of(sentences: Sequence[Sentence], language: str) -> str:
    """A paragraph's text: Chinese has no space between sentences."""
    return ("" if language == "zh" else " ").join(one["text"] for one in sentences)


def edited(text: str, known: Sequence[Sentence]) -> list[Sentence]:
    """What a person made of a paragraph: each sentence with what was behind those it came from.

    One that is like none came, in the order of reading, from one that is like none any longer.
    """
    texts = split(text)
    behind = [_behind(one, known) for one in texts]
    used = [one for several in behind for one in several]
    left = iter([one for one in known if not any(one is other for other in used)])
    return [
        _with_sources(one, several or [each for each in (next(left, None),) if each])
        for one, several in zip(texts, behind, strict=True)
    ]


def _behind(text: str, known: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that this one was made of: the very same, else those that it is like."""
    same = [one for one in known if one["text"] == text][:1]
    return same or [one for one in known if _made_of(text, one["text"])]


def _with_sources(text: str, behind: Sequence[Sentence]) -> Sentence:
    if not behind:
        return Sentence(text=text)
    first = max(behind, key=lambda one: fuzz.ratio(one["text"], text))
    told = _union(behind) if len(behind) > 1 else Sentence()
    return Sentence(**{**first, **told, "text": text})


def _made_of(text: str, of: str) -> bool:
    alike = fuzz.ratio(of, text) >= ALIKE
    return alike or fuzz.partial_ratio(of, text) >= HELD


def _union(behind: Sequence[Sentence]) -> Sentence:
    """What is behind several sentences that were made one."""
    views = [view for one in behind for view in one.get("views", [])]
    points = [point for one in behind for point in one.get("points", [])]
    return Sentence(views=list(dict.fromkeys(views)), points=list(dict.fromkeys(points)))
