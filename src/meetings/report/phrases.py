"""The phrasebook of a language: frames that a linguist edits, checked when they are read."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

FOLDER = Path(__file__).parent / "phrasebook"

Pair = tuple[str, str]  # of one, of several


class Verb(BaseModel):
    """A reporting verb, of one and of several speakers, and what may take its place."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    past: Pair
    present: Pair
    like: tuple[str, ...] = ()  # keys of verbs of the same force and construction


class Phrasebook(BaseModel):
    """All frames of one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: str
    sentence: str  # order of {actor} and {predicate}
    also: str  # where "also" stands: {first} and {rest} are the verb's first word and the others
    joined: str  # two predicates of one actor: {first} and {second}
    after_updates: str  # opens the discussion when the secretariat has spoken: {sentence}
    discussion: str  # opens it when nobody has
    raw: str  # a point that nobody has worded yet: {actor} and {text}
    representative: str  # of the secretariat, at the first mention
    the_representative: str  # afterwards
    also_in_turn: tuple[str, ...]  # the words for "also" of the secretariat's paragraphs, by turns
    thousands: str
    small_numbers: tuple[str, ...]  # nought to nine, in words
    contracted: tuple[Pair, ...]  # where a verb and its text meet: both, and what they become
    elided: tuple[str, ...]  # words that end in ’ before a vowel
    space_before: str  # signs that a no-break space stands before
    actors: dict[str, Pair]
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
        one, several = self.actors[known]
        return frame.format(actor=one, actors=several)

    def verb(self, key: str, number: int, tense: str) -> str:
        """A verb's form for one (0) or several (1)."""
        known = self.verbs.get(key, self.verbs["say"])
        return (known.past if tense == "past" else known.present)[number]


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
                forms.setdefault(form.lower(), (key, language))
    return forms


def verbs_to_choose(language: str) -> dict[str, dict[str, str]]:
    """What a view can be worded with: {form: {key: words as several speakers say them}}."""
    book = phrasebook(language)
    unattributed = {key: frame.format(text="…") for key, frame in book.unattributed.items()}
    return {
        "speakers": {key: verb.past[1] for key, verb in sorted(book.verbs.items())},
        "list": unattributed,
        "assessment": unattributed,
    }
