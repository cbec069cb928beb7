"""Which of the views already expressed a typed point is nearest to. Pure.

Words are compared by their stems in the language of each text, rare stems counting more than those
that everybody uses; slips of the key are caught by a fuzzy ratio. What two texts have in common is
given with the result: it is why they are thought near.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log
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

    `texts` are (language, words): its wordings and the points that express it. `of` is the
    intervention of a point without a view: who speaks is not offered what they have just said.
    """

    id: UUID
    key: str
    support: int
    texts: tuple[tuple[str, str], ...]
    of: UUID | None = None


@dataclass(frozen=True)
class Near:
    """A candidate, how near it is (0 to 1), and the typed words that it shares."""

    candidate: Candidate
    nearness: float
    common: tuple[str, ...]


class Index:
    """What was said on an item, by stems: made once, asked at every pause of somebody's typing."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._texts = [(one, stems(words, code)) for one in candidates for code, words in one.texts]
        self._having: dict[str, list[int]] = {}  # stem -> the numbers of the texts that have it
        for number, (_, kept) in enumerate(self._texts):
            for stem in kept:
                self._having.setdefault(stem, []).append(number)
        # How much each stem says: the fewer texts have it, the more.
        count = len(self._texts) + 1
        self._weight = {stem: log(1 + count / len(which)) for stem, which in self._having.items()}
        self._sums = [sum(self._weight[stem] for stem in kept) for _, kept in self._texts]
        self._words = {word: stem for _, kept in self._texts for stem, word in kept.items()}

    def nearest(
        self, typed: str, language: str, limit: int = OFFERED, but: UUID | None = None
    ) -> list[Near]:
        """The candidates nearest to what is typed, the nearest first; none with no word of it.

        What was said in the intervention `but` is left out.
        """
        wanted = self._mended(stems(typed, language))
        rare = max(self._weight.values(), default=0.0)
        mine = sum(self._weight.get(stem, rare) for stem in wanted)
        best: dict[UUID, Near] = {}
        for number, common in self._sharing(wanted).items():
            candidate = self._texts[number][0]
            near = self._overlap(number, common, mine)
            better = candidate.id not in best or near > best[candidate.id].nearness
            if near >= NEAR and better and (but is None or candidate.of != but):
                best[candidate.id] = Near(candidate, near, tuple(wanted[stem] for stem in common))
        order = sorted(
            best.values(),
            key=lambda one: (-one.nearness, -one.candidate.support, str(one.candidate.id)),
        )
        return order[:limit]

    def _sharing(self, wanted: Mapping[str, str]) -> dict[int, list[str]]:
        """The texts that have any of these stems, each with those it has."""
        sharing: dict[int, list[str]] = {}
        for stem in wanted:
            for number in self._having.get(stem, ()):
                sharing.setdefault(number, []).append(stem)
        return sharing

    def _overlap(self, number: int, common: Sequence[str], mine: float) -> float:
        shared, theirs = sum(self._weight[stem] for stem in common), self._sums[number]
        # A point often says less than the whole view; but one word in common is little.
        of_the_shorter = 0.7 if len(common) > 1 else 0.45
        return of_the_shorter * shared / min(mine, theirs) + 0.3 * shared / max(mine, theirs)

    def _mended(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """What was typed, with the slips of the key taken for the words that look like them."""
        mended = {}
        for stem, word in wanted.items():
            slip = stem not in self._having and len(word) >= SLIP_FROM
            alike = slip and process.extractOne(
                word, self._words.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE
            )
            mended[self._words[alike[0]] if alike else stem] = word
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
