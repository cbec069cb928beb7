"""Which of the views already expressed a typed point is nearest to. Pure.

Words are compared by their stems in the language of each text, rare stems counting more than those
that everybody uses; slips of the key are caught by a fuzzy ratio. What two texts have in common is
given with the result: it is why they are thought near.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

import snowballstemmer
from rapidfuzz import fuzz, process

from meetings.delegations.finding import folded

NEAR = 0.25  # below this, two texts have little but their language in common
OFFERED = 3
ALIKE = 82.0  # of 100: words so similar are one word with a slip of the key
SLIP_FROM = 5  # letters; shorter words are like too many others

_STEMMERS = {"ar": "arabic", "en": "english", "es": "spanish", "fr": "french", "ru": "russian"}
# Words that say nothing about what a text is about; those of a letter or two are left out anyway.
_EMPTY = {
    "en": "the and that for with was were are been being has had have its their this these those "
    "from into between also should would could will not which who whom whose they them there more "
    "such other any all some than then but under over about upon within while where when what",
    "fr": "les des une aux par pour avec dans sur que qui dont est sont été être avait avaient ont "
    "leur leurs ses son sa cette ces cet elle elles ils lui nous vous mais comme plus pas aussi "
    "entre afin ainsi notamment devait devaient serait",
    "es": "los las una unos unas del por para con que sus este esta estos estas como más pero fue "
    "fueron ser son está han había sobre entre también ante desde hasta debe deben",
    "ru": "для или что как его они она оно это эти этот эта был была было были быть также при "
    "под над между чтобы которые который которая которое более все всех так уже",
    "ar": "من في على إلى عن مع هذا هذه التي الذي الذين أن إن كان كانت بين كما ذلك تلك قد لا ما",
}
_WORD = re.compile(r"[^\W_]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True)
class Candidate:
    """Something that was said: a view, or (without a key) a point that has no view yet.

    `texts` are (language, words): its wordings and the points that express it.
    """

    id: UUID
    key: str
    support: int
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Near:
    """A candidate, how near it is (0 to 1), and the typed words that it shares."""

    candidate: Candidate
    nearness: float
    common: tuple[str, ...]


def nearest(
    typed: str, language: str, candidates: Sequence[Candidate], limit: int = OFFERED
) -> list[Near]:
    """The candidates nearest to what is typed, the nearest first; none that have no word of it."""
    texts = [(one, stems(words, code)) for one in candidates for code, words in one.texts]
    weight = _weights([kept for _, kept in texts])
    wanted = _mended(stems(typed, language), [kept for _, kept in texts])
    best: dict[UUID, Near] = {}
    for candidate, kept in texts:
        common = wanted.keys() & kept.keys()
        near = _overlap(wanted, kept, common, weight) if common else 0.0
        if near >= NEAR and (candidate.id not in best or near > best[candidate.id].nearness):
            shared = tuple(word for stem, word in wanted.items() if stem in common)
            best[candidate.id] = Near(candidate, near, shared)
    order = sorted(
        best.values(),
        key=lambda one: (-one.nearness, -one.candidate.support, str(one.candidate.id)),
    )
    return order[:limit]


def _weights(texts: Sequence[Mapping[str, str]]) -> dict[str, float]:
    """How much each stem says: the fewer texts have it, the more."""
    frequency = Counter(stem for text in texts for stem in text)
    return {stem: math.log(1 + (len(texts) + 1) / times) for stem, times in frequency.items()}


def _overlap(
    one: Mapping[str, str],
    other: Mapping[str, str],
    common: AbstractSet[str],
    weight: dict[str, float],
) -> float:
    rare = max(weight.values())
    shared = sum(weight[stem] for stem in common)
    sums = [sum(weight.get(stem, rare) for stem in text) for text in (one, other)]
    # A point often says less than the whole view; but one word in common is little.
    of_the_shorter = 0.7 if len(common) > 1 else 0.45
    return of_the_shorter * shared / min(sums) + 0.3 * shared / max(sums)


def _mended(wanted: Mapping[str, str], texts: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """What was typed, with the slips of the key taken for the words that look like them."""
    known = {word: stem for text in texts for stem, word in text.items()}
    stems_known = set(known.values())
    mended = {}
    for stem, word in wanted.items():
        if stem not in stems_known and len(word) >= SLIP_FROM:
            alike = process.extractOne(word, known.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
            mended[known[alike[0]] if alike else stem] = word
        else:
            mended[stem] = word
    return mended


@lru_cache(maxsize=20_000)
def stems(text: str, language: str) -> dict[str, str]:
    """The stems of a text's telling words, each with the word as it stands there.

    Chinese has no spaces: pairs of characters take the place of words.
    """
    found: dict[str, str] = {}
    for word in _WORD.findall(text.lower()):
        if pieces := _CHINESE.findall(word):
            for piece in pieces:
                for pair in (piece[i : i + 2] for i in range(max(1, len(piece) - 1))):
                    found.setdefault(pair, pair)
        elif len(word) > 2 and word not in _empty(language):  # noqa: PLR2004
            found.setdefault(_stem(word, language), word)
    return found


@lru_cache(maxsize=50_000)
def _stem(word: str, language: str) -> str:
    stemmer = _stemmer(language)
    return folded(stemmer.stemWord(word) if stemmer else word)


@cache
def _stemmer(language: str) -> Any:
    name = _STEMMERS.get(language)
    return snowballstemmer.stemmer(name) if name else None


@cache
def _empty(language: str) -> frozenset[str]:
    return frozenset(_EMPTY.get(language, "").split())
