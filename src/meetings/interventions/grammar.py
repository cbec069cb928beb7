"""The small grammar of a typed point: `Asked for direct contacts #networks @46.3 !request =key`.

Marks may stand anywhere in the line and are taken out of the text. A `#`, `@`, `!` or `=` inside a
word, or alone, is text: "C#", "3 = 3". A mark that names nothing known stays in the text, to be
mended later: what was typed is never refused because of it. A reporting verb at the beginning
("stressed …") is recognized and stays where it is.

The desk reads lines by the same rules where there is no network (static/js/desk/grammar.js);
tests/interventions/grammar_cases.json holds both to them.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from meetings.delegations.finding import folded
from meetings.interventions.models import PointKind

_MARK = re.compile(r"(?<!\S)([#@!=])([^\s#@!=][^\s]*)")
_ARTICLE = re.compile(r"[0-9]+(\.[0-9]+)?([a-z])?")
_TRAILING = ",;."  # punctuation after a mark belongs to the sentence
KINDS = {kind.value: kind.value for kind in PointKind}


# A reporting verb as it stands in a text -> its key in the phrasebook, and the language it is of.
Verbs = Mapping[str, tuple[str, str]]
_NO_VERB = ("", "")


@dataclass(frozen=True)
class Typed:
    """A line as its marks say it; "" and () where it has none.

    `language` is that of its verb. `faults` are the marks that name nothing, each with the known
    name nearest to it.
    """

    text: str
    verb: str = ""
    language: str = ""
    topic: str = ""
    articles: tuple[str, ...] = ()
    kind: PointKind | None = None
    view: str = ""
    faults: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Words:
    """What marks and verbs can refer to: all that a thing may be called, and what it is."""

    topics: Mapping[str, str] = field(default_factory=dict)  # name in one word -> slug
    views: Mapping[str, str] = field(default_factory=dict)  # key -> key
    verbs: Verbs = field(default_factory=dict)


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
    verb, language = words.verbs.get(leading_verb(text, words.verbs), _NO_VERB)
    return Typed(
        text=text,
        verb=verb,
        language=language,
        topic=_last(marks["#"]),
        articles=tuple(dict.fromkeys(marks["@"])),
        kind=PointKind(_last(marks["!"])) if marks["!"] else None,
        view=_last(marks["="]),
        faults=tuple(faults),
    )


def leading_verb(text: str, verbs: Verbs) -> str:
    """The longest reporting verb that a text begins with; "" when it begins with none."""
    lowered = text.lower().replace("'", "’")
    return max((form for form in verbs if _begins_with(lowered, form)), key=len, default="")


def _begins_with(text: str, form: str) -> bool:
    return text.startswith(form) and not text[len(form) : len(form) + 1].isalnum()


def in_one_word(name: str) -> str:
    """A name as a mark can say it: small letters without accents, hyphens for all the rest."""
    return re.sub(r"[^\w]+", "-", folded(name)).strip("-")


def nearest(name: str, names: Iterable[str]) -> str:
    """The known name that looks most like this one; "" when none does."""
    return next(iter(get_close_matches(name, sorted(names), n=1, cutoff=0.5)), "")


def _last(found: list[str]) -> str:
    return found[-1] if found else ""


def _names(sign: str, words: Words) -> Collection[str]:
    return _called(sign, words).keys()


def _called(sign: str, words: Words) -> Mapping[str, str]:
    return {"#": words.topics, "=": words.views, "!": KINDS, "@": {}}[sign]


def _known(sign: str, name: str, words: Words) -> str | None:
    """What a mark stands for: what is called exactly so, else the only thing that begins so."""
    if sign == "@":
        return name if _ARTICLE.fullmatch(name) else None
    called = _called(sign, words)
    word = in_one_word(name)
    if word in called:
        return called[word]
    beginning = {known for other, known in called.items() if word and other.startswith(word)}
    return beginning.pop() if len(beginning) == 1 else None
