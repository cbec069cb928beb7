"""The small grammar of a typed point: `Asked for direct contacts #networks @46.3 !request =key`.

Marks may stand anywhere in the line and are taken out of the text. A `#`, `@`, `!` or `=` inside a
word, or alone, is text: "C#", "3 = 3".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from meetings.interventions.models import PointKind

_MARK = re.compile(r"(?<!\S)([#@!=])([^\s#@!=][^\s]*)")
NAMING = {"#", "="}  # the signs of marks that name a topic or a view
_ARTICLE = re.compile(r"[0-9]+(\.[0-9]+)?([a-z])?")
_TRAILING = ",;."  # punctuation after a mark belongs to the sentence


@dataclass(frozen=True)
class Typed:
    """A line as its marks say it; "" and () where it has none. `faults` are {mark: why}."""

    text: str
    topic: str = ""
    articles: tuple[str, ...] = ()
    kind: PointKind | None = None
    view: str = ""
    faults: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Words:
    """The names that marks can refer to."""

    topics: frozenset[str] = frozenset()
    views: frozenset[str] = frozenset()


def parse(line: str, words: Words) -> Typed:
    """Read a line. A mark that names nothing known is a fault, and stays in the text."""
    marks: dict[str, list[str]] = {"#": [], "@": [], "!": [], "=": []}
    faults: list[tuple[str, str]] = []

    def take(found: re.Match[str]) -> str:
        sign, name = found.group(1), found.group(2)
        bare = name.rstrip(_TRAILING)
        known = _known(sign, bare, words)
        if known is None:
            faults.append((sign + bare, nearest(bare, _names(sign, words))))
            return found.group()
        marks[sign].append(known)
        return name[len(bare) :]

    text = re.sub(r"\s+([,;.])", r"\1", " ".join(_MARK.sub(take, line).split()))
    return Typed(
        text=text,
        topic=_last(marks["#"]),
        articles=tuple(dict.fromkeys(marks["@"])),
        kind=PointKind(_last(marks["!"])) if marks["!"] else None,
        view=_last(marks["="]),
        faults=tuple(faults),
    )


def nearest(name: str, names: Iterable[str]) -> str:
    """The known name that looks most like this one; "" when none does."""
    return next(iter(get_close_matches(name, sorted(names), n=1, cutoff=0.5)), "")


def _last(found: list[str]) -> str:
    return found[-1] if found else ""


def _names(sign: str, words: Words) -> Iterable[str]:
    kinds = frozenset(kind.value for kind in PointKind)
    return {"#": words.topics, "=": words.views, "!": kinds, "@": ()}[sign]


def _known(sign: str, name: str, words: Words) -> str | None:
    """The full name that a mark stands for: itself, or the only one that begins so."""
    if sign == "@":
        return name if _ARTICLE.fullmatch(name) else None
    names = _names(sign, words)
    lowered = name.lower()
    if lowered in names:
        return lowered
    beginning = [known for known in names if known.startswith(lowered)]
    return beginning[0] if len(beginning) == 1 else None
