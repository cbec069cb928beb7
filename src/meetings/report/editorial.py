"""What an editor would mend in a text, per language: advice, that keeps nothing from being issued.

The rules are those of the United Nations Editorial Manual, as far as they are the same for all of
its documents: dates, numbers below ten in words, dashes, quotation marks, spaces. Pure.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain

from babel import Locale

from meetings.report.marks import SYMBOL
from meetings.report.phrases import Phrasebook

_NO_BREAK = "\u00a0"
_QUOTES = {
    "en": "“”",
    "zh": "“”",
    "fr": f"«{_NO_BREAK}|{_NO_BREAK}»",
    "es": "«»",
    "ru": "«»",
    "ar": "«»",
}
# Before a number in figures that stays in figures: article 9, paragraph 3, No. 5.
_NUMBERED = re.compile(
    r"(?:articles?|art\.|artículos?|paragraphs?|paragraphes?|párrafos?|paras?\.|chapters?|chapitres?"
    r"|capítulos?|annexe?s?|anexos?|items?|points?|temas?|No\.|nos?|núm\.|resolutions?|résolutions?"
    r"|resolución|décision|decision|стать[а-я]+|пункт[а-я]*|глав[а-я]+|and|et|y|и|to|–|-|/)\s*$",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\s*(?:per cent|percent|pour cent|por ciento|процент|%|°|km|kg|a\.m\.|p\.m\.|heures|euros)",
    re.IGNORECASE,
)


class Advised(StrEnum):
    """What is better otherwise."""

    SYMBOL = "symbol"
    DATE = "date"
    NUMBER = "number"
    DASH = "dash"
    QUOTES = "quotes"
    SPACE = "space"
    PUNCTUATION = "punctuation"
    NAME = "name"


@dataclass(frozen=True)
class Advice:
    """Some words of a text, from `start` to before `end`, and what to write; "" is not known."""

    about: Advised
    start: int
    end: int
    words: str
    proposal: str = ""


Rule = Callable[[str, Phrasebook], Iterator[Advice]]


def advice_on(
    text: str, phrases: Phrasebook, symbols: Collection[str] = (), names: Collection[str] = ()
) -> list[Advice]:
    """All that an editor would mend, in the order of reading.

    `symbols` are those of known documents, `names` those of bodies as they are registered.
    """
    found = chain(
        chain.from_iterable(rule(text, phrases) for rule in _RULES),
        _symbols(text, symbols),
        _names(text, names),
    )
    return sorted(found, key=lambda one: (one.start, one.about))


def _at(about: Advised, found: "re.Match[str]", proposal: str = "") -> Advice:
    return Advice(about, found.start(), found.end(), found[0], proposal)


def _symbols(text: str, known: Collection[str]) -> Iterator[Advice]:
    if known:
        yield from (
            _at(Advised.SYMBOL, found) for found in SYMBOL.finditer(text) if found[0] not in known
        )


def _names(text: str, names: Collection[str]) -> Iterator[Advice]:
    """Names of bodies with other capitals than they are registered with."""
    for name in filter(None, names):
        for found in re.finditer(re.escape(name), text, re.IGNORECASE):
            if found[0][1:] != name[1:]:  # the first letter may begin a sentence
                yield _at(Advised.NAME, found, found[0][:1] + name[1:])


# Rules of a text in a language -----------------------------------------------------------------


@cache
def _months(language: str) -> str:
    names = Locale.parse(language).months["format"]["wide"].values()
    return "|".join(map(re.escape, names))


def _dates(text: str, phrases: Phrasebook) -> Iterator[Advice]:
    language = phrases.language
    months = _months(language)
    if language == "en":
        american = rf"\b({months}) (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b"
        for found in re.finditer(american, text):
            yield _at(Advised.DATE, found, f"{found[2]} {found[1]} {found[3]}")
        for found in re.finditer(rf"\b(\d{{1,2}})(?:st|nd|rd|th) (?:of )?({months})\b", text):
            yield _at(Advised.DATE, found, f"{found[1]} {found[2]}")
    if language == "fr":
        for found in re.finditer(rf"\b1 ({months})\b", text):
            yield _at(Advised.DATE, found, f"1er {found[1]}")
    if language == "es":
        for found in re.finditer(rf"\b(\d{{1,2}}) ({months})\b", text):
            yield _at(Advised.DATE, found, f"{found[1]} de {found[2]}")
    yield from (
        _at(Advised.DATE, found) for found in re.finditer(r"\b\d{1,2}[./]\d{1,2}[./]\d{4}\b", text)
    )


def _numbers(text: str, phrases: Phrasebook) -> Iterator[Advice]:
    """Numbers below ten are written in words, but for those of articles, dates and measures."""
    if phrases.language not in {"en", "fr", "es", "ru"}:
        return
    months = _months(phrases.language)
    for found in re.finditer(r"(?<![\w/.,-])([2-9])(?= [^\W\d_A-ZА-Я])", text):
        before, after = text[: found.start()], text[found.end() :]
        dated = re.match(rf" (?:de )?(?:{months})\b", after)
        ranged = re.match(r" (?:to|à|a|al|au|по|до) \d", after)
        if not (dated or ranged or _NUMBERED.search(before) or _MEASURED.match(after)):
            yield _at(Advised.NUMBER, found, phrases.small_numbers[int(found[1])])


def _dashes(text: str, phrases: Phrasebook) -> Iterator[Advice]:
    for found in re.finditer(r"(?<=\S) -{1,2} (?=\S)", text):
        yield _at(Advised.DASH, found, f"{_NO_BREAK}— " if phrases.language == "ru" else " – ")


def _quotes(text: str, phrases: Phrasebook) -> Iterator[Advice]:
    marks = _QUOTES[phrases.language]
    first, last = marks.split("|") if "|" in marks else (marks[0], marks[1])
    for found in re.finditer(r'"([^"]*)"', text):
        yield _at(Advised.QUOTES, found, f"{first}{found[1].strip()}{last}")


def _spaces(text: str, phrases: Phrasebook) -> Iterator[Advice]:
    for found in re.finditer(r"(?<=\S)[ \u00a0]{2,}(?=\S)", text):
        yield _at(Advised.SPACE, found, " ")
    if signs := phrases.space_before:
        for found in re.finditer(rf"(?<=[\w)’\"»]) ?([{re.escape(signs)}])(?!//|\d)", text):
            yield _at(Advised.SPACE, found, f"{_NO_BREAK}{found[1]}")
        for found in re.finditer(r"« ?(?=\w)", text):
            yield _at(Advised.SPACE, found, f"«{_NO_BREAK}")
    if phrases.language == "ru":
        for found in re.finditer(r"(?<=\S) — ", text):
            yield _at(Advised.SPACE, found, f"{_NO_BREAK}— ")


_ARABIC = dict(zip(",;?", "،؛؟", strict=True))
_CHINESE = dict(zip(",.;:?!", "，。；：？！", strict=True))


def _punctuation(text: str, phrases: Phrasebook) -> Iterator[Advice]:
    if phrases.language == "ar":
        for found in re.finditer(r"(?<=[\u0620-\u064a])[,;?]", text):
            yield _at(Advised.PUNCTUATION, found, _ARABIC[found[0]])
    if phrases.language == "zh":
        for found in re.finditer(r"(?<=[\u3400-\u9fff])[,.;:?!]", text):
            yield _at(Advised.PUNCTUATION, found, _CHINESE[found[0]])
    if phrases.language == "es":
        for found in re.finditer(r"(?:^|(?<=[.!?] ))[^¿¡.!?]+([?!])", text):
            yield _at(Advised.PUNCTUATION, found, f"{'¿' if found[1] == '?' else '¡'}{found[0]}")


_RULES: tuple[Rule, ...] = (_dates, _numbers, _dashes, _quotes, _spaces, _punctuation)
