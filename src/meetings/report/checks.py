"""What is wrong with a text that is to be issued. Pure.

It must name nobody, claim no more than its sources bear, say nothing that has no source, and speak
in the body's tense. A person may accept a finding, with a reason: its mark changes with the text.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from meetings.report.composing import OWN, SPEAKERS, Standing
from meetings.report.models import Sentence
from meetings.report.phrases import Phrasebook, phrasebook
from meetings.report.quantifiers import LADDER, Quantifier, Rules, quantifier

_SHORT = 3  # letters of a code: AUT is a State, "aut" may be a word
WORDS = 8_500  # in a report; longer ones need a waiver (Editorial Manual, reports)


class Wrong(StrEnum):
    """What may be wrong, in the order in which it is told."""

    NAME = "name"
    QUANTIFIER = "quantifier"
    SOURCE = "source"
    TENSE = "tense"
    NOT_WORDED = "not-worded"
    NOT_TRANSLATED = "not-translated"
    CONFIRM_ALL = "confirm-all"
    LENGTH = "length"


@dataclass(frozen=True)
class Finding:
    """Something that is wrong with a sentence (from 0), or with a whole paragraph or text."""

    wrong: Wrong
    key: str  # of the paragraph; "" is the text
    sentence: int | None
    words: str  # at fault
    of: str = ""  # the sentence it stands in

    @property
    def mark(self) -> str:
        """Another one as soon as the words are others: what was accepted was this text."""
        told = f"{self.wrong}\n{self.key}\n{self.words}\n{self.of}"
        return hashlib.sha256(told.encode()).hexdigest()[:20]


def findings(
    paragraphs: Sequence[Standing],
    phrases: Phrasebook,
    rules: Rules,
    names: Iterable[str],
    limit: int = WORDS,
) -> list[Finding]:
    """All that keeps a text from being issued, from its first paragraph to its last."""
    shown = [one for one in paragraphs if one.printed]
    known = frozenset(names)
    found = [wrong for one in shown for wrong in _in_paragraph(one, phrases, rules, known)]
    length = sum(length_of(one.text, phrases.language) for one in shown)
    if length > limit:
        found.append(Finding(Wrong.LENGTH, "", None, str(length)))
    return found


def length_of(text: str, language: str) -> int:
    """Words; of Chinese its signs, two to a word as its translators count them."""
    if language == "zh":
        return len(re.findall(r"[\u3400-\u9fff]", text)) // 2 + len(re.findall(r"[A-Za-z]+", text))
    return len(text.split())


def _in_paragraph(
    one: Standing, phrases: Phrasebook, rules: Rules, names: frozenset[str]
) -> Iterator[Finding]:
    if one.key == SPEAKERS:
        return
    if not one.key.startswith(OWN) and not any(map(_is_sourced, one.sentences)):
        yield Finding(Wrong.SOURCE, one.key, None, "", one.text)
    for nth, sentence in enumerate(one.sentences):
        text = sentence["text"]
        for name in names_in(text, names):
            yield Finding(Wrong.NAME, one.key, nth, name, text)
        if claimed := _claims_more(sentence, phrases, rules):
            yield Finding(Wrong.QUANTIFIER, one.key, nth, claimed, text)
        if form := _in_other_tense(text, phrases, rules):
            yield Finding(Wrong.TENSE, one.key, nth, form, text)
        for note in one.notes[nth] if nth < len(one.notes) else ():
            yield Finding(Wrong(note), one.key, nth, "", text)


def _is_sourced(sentence: Sentence) -> bool:
    return bool(sentence.get("views") or sentence.get("points") or sentence.get("update"))


# Quantifiers and verbs ------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _quantified(language: str, actor: str) -> list[tuple[str, Quantifier]]:
    """How each word of the ladder is said with the body's noun, the longest first.

    "Another" and "others" claim no more than "one" and "some".
    """
    phrases = phrasebook(language)
    words: dict[str, Quantifier] = {word: word for word in LADDER}
    words |= {"another": "one", "other": "some"}
    said = []
    for word, claims in words.items():
        if word in phrases.quantifiers:
            said.append((phrases.quantified(word, actor).casefold(), claims))
    return sorted(said, key=lambda one: -len(one[0]))


def claimed_in(text: str, phrases: Phrasebook, actor: str) -> tuple[Quantifier, int, int] | None:
    """The quantifier that a sentence speaks with, and where it begins and ends."""
    plain = text.casefold()
    found = None
    for form, word in _quantified(phrases.language, actor):
        at = plain.find(form)
        if at >= 0 and (found is None or at < found[1]):
            found = (word, at, at + len(form))
    return found


def _claims_more(sentence: Sentence, phrases: Phrasebook, rules: Rules) -> str:
    """The word that claims more speakers than are behind the sentence; "" where it does not."""
    claimed = claimed_in(sentence["text"], phrases, rules.actor)
    if claimed is None:
        return ""
    if not _is_sourced(sentence) or "supporters" not in sentence:
        return phrases.quantified(claimed[0], rules.actor)
    borne = quantifier(sentence["supporters"], sentence.get("speakers", 0), rules)
    bears = LADDER.index(claimed[0]) <= LADDER.index(borne)
    return "" if bears else phrases.quantified(claimed[0], rules.actor)


def _in_other_tense(text: str, phrases: Phrasebook, rules: Rules) -> str:
    """The reporting verb behind the speakers that is in the other tense; "" where none is."""
    claimed = claimed_in(text, phrases, rules.actor)
    if claimed is None:
        return ""
    word, start, end = claimed
    number = 0 if word == "one" or phrases.verb_first else 1
    said = (text[:start].split()[-1:] or [""])[0] if phrases.verb_first else text[end:].strip()
    said = said.casefold()
    wanted, other = _forms(phrases.language, rules.tense, number)
    if any(_begins(said, form) for form in wanted):
        return ""
    return next((form for form in other if _begins(said, form)), "")


def _begins(text: str, form: str) -> bool:
    return text.startswith(form) and not text[len(form) : len(form) + 1].isalpha()


def _head(form: str) -> str:
    return form.partition("|")[0].casefold()


@lru_cache(maxsize=64)
def _forms(language: str, tense: str, number: int) -> tuple[list[str], list[str]]:
    """The verbs in the body's tense and in the other, the longest first."""
    phrases = phrasebook(language)
    verbs = phrases.verbs.values()
    past = {_head(verb.past[number]) for verb in verbs}
    past |= {_head(verb.feminine) for verb in verbs if verb.feminine and not number}
    present = {_head(verb.present[number]) for verb in verbs}
    pair = (past, present - past) if tense == "past" else (present, past - present)
    wanted, other = (sorted(forms, key=lambda form: (-len(form), form)) for forms in pair)
    return wanted, other


# Names ----------------------------------------------------------------------------------------


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """The names that stand in a text as whole words, whatever their accents and capitals.

    A code of three letters or fewer counts only when it is written in capitals.
    """
    long, short = _patterns(frozenset(names))
    plain = _folded(text)
    # A name may be written alike in several languages: it is told once.
    found = {min(by_form[hit]) for pattern, by_form in long for hit in pattern.findall(plain)}
    if short:
        found |= set(short.findall(text))
    return sorted(found)


Patterns = tuple[list[tuple["re.Pattern[str]", dict[str, list[str]]]], "re.Pattern[str] | None"]


@lru_cache(maxsize=8)
def _patterns(names: frozenset[str]) -> Patterns:
    """One expression for the names of scripts with spaces, one for Chinese, one for codes."""
    whole: dict[str, list[str]] = {}
    inside: dict[str, list[str]] = {}
    codes = []
    for name in filter(None, names):
        if len(name) <= _SHORT and name.isascii():
            codes.append(name)
            continue
        # Chinese has no spaces between words: a name is found wherever it stands.
        chinese = unicodedata.category(name[0]) == "Lo" and "\u3400" <= name[0] <= "\u9fff"
        (inside if chinese else whole).setdefault(_folded(name), []).append(name)
    long = []
    for forms, edge in ((whole, r"\b"), (inside, "")):
        if forms:
            any_of = "|".join(map(re.escape, sorted(forms, key=lambda form: (-len(form), form))))
            # Arabic writes "and", "in", "for", "the" in one with the word behind them.
            start = r"(?<!\w)(?:[وفبلك]?(?:ال)?)?" if edge else ""
            end = r"(?!\w)" if edge else ""
            long.append((re.compile(f"{start}({any_of}){end}"), forms))
    short = (
        re.compile(rf"(?<!\w)({'|'.join(map(re.escape, sorted(codes)))})(?!\w)") if codes else None
    )
    return long, short


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
