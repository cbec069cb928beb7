"""The phrasebook of a language: frames that a linguist edits, checked when they are read."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

FOLDER = Path(__file__).parent / "phrasebook"

Pair = tuple[str, str]  # of one, of several
_GLUED = "ـ"  # a verb's preposition that is written in one with the text
_VOWELS = "aeiouyhàâäéèêëîïôöùûüœ"


class Verb(BaseModel):
    """A reporting verb, of one and of several speakers, and what may take its place."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    past: Pair
    present: Pair
    feminine: str = ""  # past, of one whose noun is feminine, where the language tells
    like: tuple[str, ...] = ()  # keys of verbs of the same force and construction


class Phrasebook(BaseModel):
    """All frames of one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: str
    sentence: str  # order of {actor} and {predicate}; where the verb comes first: {verb} … {text}
    verb_first: bool = False  # it is singular then; what stands behind | comes after the actor
    also_text: str = ""  # "also" before the text, where the verb comes first
    blank: str = " "  # between words, and between sentences
    stop: str = "."
    also: str  # where "also" stands: {first} and {rest} are the verb's first word and the others
    joined: str  # two predicates of one actor: {first} and {second}
    after_updates: str  # opens the discussion when the secretariat has spoken: {sentence}
    discussion: str  # opens it when nobody has
    raw: str  # a point that nobody has worded yet: {actor} and {text}
    representative: str  # of the secretariat, at the first mention
    the_representative: str  # afterwards
    panellist: str  # at the first mention
    the_panellist: str  # afterwards
    presentation: str  # {actor}
    also_in_turn: tuple[str, ...]  # the words for "also" of the secretariat's paragraphs, by turns
    thousands: str
    small_numbers: tuple[str, ...]  # nought to nine, in words
    contracted: tuple[Pair, ...]  # where a verb and its text meet: both, and what they become
    elided: tuple[str, ...]  # words that end in ’ before a vowel
    space_before: str  # signs that a no-break space stands before
    actors: dict[str, tuple[str, ...]]  # one, several; of several, of one, where they differ
    quantifiers: dict[str, str]
    feminine: dict[str, str]  # quantifiers that differ for the actors named in feminine_actors
    feminine_actors: tuple[str, ...]
    verbs: dict[str, Verb]
    unattributed: dict[str, str]  # frames without an actor: {text}

    def quantified(self, word: str, actor: str) -> str:
        """Who spoke: a word of the ladder with the body's noun, in the noun's gender."""
        known = actor if actor in self.actors else "speaker"
        frame = self.quantifiers[word]
        if known in self.feminine_actors:
            frame = self.feminine.get(word, frame)
        one, several, *others = self.actors[known]
        of_several, of_one = others or (several, one)
        return frame.format(actor=one, actors=several, of_actors=of_several, of_actor=of_one)

    def verb(self, key: str, number: int, tense: str, actor: str = "") -> str:
        """A verb's form for one (0) or several (1)."""
        known = self.verbs.get(key, self.verbs["say"])
        if number == 0 and tense == "past" and known.feminine and actor in self.feminine_actors:
            return known.feminine
        return (known.past if tense == "past" else known.present)[number]

    def said(self, actor: str, clauses: Sequence[Pair], *, also: bool = False) -> str:
        """A sentence: who, and what they said, as verbs with their texts.

        Where the verb comes first it is the form for one, and those that are joined to it are the
        forms for as many as speak: the caller gives both so.
        """
        (verb, text), *others = clauses
        rest = [self.joined_text(*pair) for pair in others]
        if self.verb_first:
            head, _, tail = verb.partition("|")
            told = self.also_text * also + self.joined_text(tail, text)
            first = self.sentence.format(verb=head, actor=actor, text=told)
        else:
            first = self.joined_text(with_also(verb, self.also) if also else verb, text)
        *most, last = [first, *rest]
        predicate = self.joined.format(first=", ".join(most), second=last) if most else last
        whole = (
            predicate if self.verb_first else self.sentence.format(actor=actor, predicate=predicate)
        )
        return " ".join(whole.split()) if self.blank else whole

    def joined_text(self, verb: str, text: str) -> str:
        """A verb and its text, contracted where they meet: de + les → des, de + un → d’un."""
        verb = verb.replace("|", " ")
        if verb.endswith(_GLUED):
            return f"{verb[: -len(_GLUED)]}{text}"
        if text.startswith((",", "，")) or not verb:
            return f"{verb}{text}"
        for word in self.elided:
            if verb.endswith(f" {word}") and text[:1].lower() in _VOWELS:
                return f"{verb[:-1]}’{text}"
        whole = f"{verb}{self.blank}{text}"
        for both, one in self.contracted:
            end, _, start = both.partition(" ")
            if verb.endswith(f" {end}") and text.startswith(start):
                return whole.replace(f" {both}", f" {one}", 1)
        return whole


def with_also(verb: str, pattern: str) -> str:
    """A verb's form with the word for "also" in its place."""
    first, _, rest = verb.partition(" ")
    return pattern.format(first=first, rest=rest).rstrip()


class BadPhrasebook(Exception):  # noqa: N818
    """A phrasebook's file cannot be used; the message says file, key and fault."""


def read_phrasebook(text: str, name: str) -> Phrasebook:
    """Read a phrasebook from TOML.

    Raises:
        BadPhrasebook: one line per fault: file, key, what is wrong.
    """
    try:
        return Phrasebook.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        raise BadPhrasebook(f"{name}: {fault}") from None
    except ValidationError as wrong:
        faults = [f"{name}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in wrong.errors()]
        raise BadPhrasebook("\n".join(faults)) from None


@cache
def phrasebook(language: str) -> Phrasebook:
    """The phrasebook of a language; English where there is none yet."""
    path = FOLDER / f"{language}.toml"
    if not path.exists():
        return phrasebook("en")
    return read_phrasebook(path.read_text(encoding="utf-8"), path.name)


def drafting_languages() -> tuple[str, ...]:
    """The languages that reports can be drafted in."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def reporting_verbs() -> dict[str, tuple[str, str]]:
    """How each verb of all languages begins a text, in the past: its key and its language.

    The first verb of a phrasebook has a form that two verbs share. In the present too many are
    nouns: "States should…", "Demande de…".
    """
    forms: dict[str, tuple[str, str]] = {}
    for language in drafting_languages():
        for key, verb in phrasebook(language).verbs.items():
            for form in verb.past:
                forms.setdefault(form.partition("|")[0].lower(), (key, language))
    return forms


def verbs_to_choose(language: str) -> dict[str, dict[str, str]]:
    """What a view can be worded with: {form: {key: words as several speakers say them}}."""
    book = phrasebook(language)
    unattributed = {key: frame.format(text="…") for key, frame in book.unattributed.items()}
    return {
        "speakers": {
            key: verb.past[1].replace("|", " ") for key, verb in sorted(book.verbs.items())
        },
        "list": unattributed,
        "assessment": unattributed,
    }
