"""A body's rules for its lists of speakers: who before whom, how long, who at all. Pure.

They are the part "speakers" of Body.rules, which holds only what differs from these defaults.

Sources of the defaults: three minutes for States, four for groups, two for observers and
organizations, one for non-governmental organizations, at 110 words a minute (World Health
Organization, virtual meetings of governing bodies, 2020); ministers five (e-Speakers); a right of
reply five, then three minutes (General Assembly decision 34/401).
"""

import json
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from meetings.base.languages import LANGUAGES
from meetings.delegations.finding import folded
from meetings.delegations.models import Capacity, DelegationKind
from meetings.speakers.models import (
    LONGEST,
    Asks,
    Inscription,
    SpeakerList,
    SpeakingCapacity,
    SpeakingClass,
)

C = SpeakingClass
MINUTES: Mapping[SpeakingClass, int] = {
    C.POINT_OF_ORDER: 3,
    C.GROUP: 4,
    C.MINISTER: 5,
    C.STATE_PARTY: 3,
    C.OBSERVER_STATE: 2,
    C.UNITED_NATIONS: 2,
    C.INTERGOVERNMENTAL: 2,
    C.NON_GOVERNMENTAL: 1,
    C.OTHER: 5,
}
ORDERED = tuple(C)[1:-1]  # a point of order comes before all, a right of reply after all
TWICE = 2  # called so often, a speaker who is not in the room is taken off the list


class Within(StrEnum):
    """The order inside a class."""

    INSCRIPTION = "inscription"
    ALPHABETICAL = "alphabetical"  # from a drawn letter on
    ROTATION = "rotation"  # a speaker of each regional group in turn


class Sight(StrEnum):
    """What delegations see of the others on a list."""

    NOTHING = "nothing"
    NAMES = "names"
    LIST = "list"  # with speakers, capacities and times


Minutes = Annotated[int, Field(ge=1, le=LONGEST)]


class ListRules(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    classes: tuple[SpeakingClass, ...] = ORDERED
    within: Within = Within.INSCRIPTION
    language: str = "en"  # of the alphabet
    letter: str = ""  # drawn; empty: from the first
    minutes: dict[SpeakingClass, Minutes] = {}
    replies: tuple[Minutes, ...] = (5, 3)  # of the first right of reply, of the second
    words_per_minute: Annotated[int, Field(ge=60, le=200)] = 110
    single: bool = False  # one statement for each delegation, item and capacity
    excluded: tuple[SpeakingClass, ...] = ()  # who may not take the floor at all
    warn_covered: bool = True  # where a group's statement covers its members
    sight: Sight = Sight.NOTHING
    budgets: dict[str, Annotated[int, Field(ge=1)]] = {}  # minutes by regional group

    @field_validator("classes")
    @classmethod
    def _each_once(cls, classes: tuple[SpeakingClass, ...]) -> tuple[SpeakingClass, ...]:
        if sorted(classes) != sorted(ORDERED):
            raise ValueError(f"name each of these once: {', '.join(ORDERED)}")
        return classes

    @field_validator("language")
    @classmethod
    def _is_ours(cls, language: str) -> str:
        if language not in LANGUAGES:
            raise ValueError(f"choose one of {', '.join(LANGUAGES)}")
        return language

    @classmethod
    def of(cls, rules: Mapping[str, Any]) -> "ListRules":
        """The rules of a body (its whole `rules`) over the defaults.

        Raises:
            ValueError: says which rule is wrong and what is allowed.
        """
        try:
            return cls.model_validate(rules.get("speakers", {}))
        except ValidationError as wrong:
            faults = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in wrong.errors()]
            raise ValueError("; ".join(faults)) from None

    @property
    def order(self) -> tuple[SpeakingClass, ...]:
        """All classes, who speaks first coming first."""
        return (C.POINT_OF_ORDER, *self.classes, C.RIGHT_OF_REPLY)

    def minutes_of(self, speaking_class: SpeakingClass, replies: int = 0) -> int:
        """The limit of a class; of a right of reply, after so many earlier ones."""
        if speaking_class is C.RIGHT_OF_REPLY:
            return self.replies[min(replies, len(self.replies) - 1)]
        return self.minutes.get(speaking_class, MINUTES[speaking_class])

    def words_of(self, minutes: int) -> int:
        """How many words that is, as people speak."""
        return minutes * self.words_per_minute


def rules_of(speaker_list: SpeakerList | None) -> ListRules:
    """The rules that a list was opened with."""
    return _parsed(json.dumps(speaker_list.rules if speaker_list else {}, sort_keys=True))


@cache
def _parsed(rules: str) -> ListRules:
    return ListRules.of({"speakers": json.loads(rules)})


def limit_of(speaker_list: SpeakerList, one: Inscription) -> int:
    """The minutes that somebody on a list has: their own, the list's, or those of their class."""
    return limit_by_class(speaker_list, one.speaking_class, one.minutes)


def limit_by_class(
    speaker_list: SpeakerList, speaking_class: SpeakingClass, own: int | None
) -> int:
    """The same of a request of which only its class, and minutes of its own, are known."""
    by_class = rules_of(speaker_list).minutes_of
    if own or speaking_class is C.POINT_OF_ORDER:
        return own or by_class(speaking_class)
    return speaker_list.limit or by_class(speaking_class)


KINDS = {
    DelegationKind.GROUP: C.GROUP,
    DelegationKind.REGIONAL_ORGANIZATION: C.GROUP,
    DelegationKind.OBSERVER_STATE: C.OBSERVER_STATE,
    DelegationKind.UNITED_NATIONS: C.UNITED_NATIONS,
    DelegationKind.INTERGOVERNMENTAL: C.INTERGOVERNMENTAL,
    DelegationKind.NON_GOVERNMENTAL: C.NON_GOVERNMENTAL,
}
STATES = {DelegationKind.STATE, DelegationKind.OBSERVER_STATE}


def class_of(
    kind: DelegationKind,
    takes_part_as: Capacity,
    speaks_as: SpeakingCapacity,
    asks: Asks = Asks.STATEMENT,
    *,
    minister: bool = False,
) -> SpeakingClass:
    """The class of a request: of what is asked, then of whom it is for, then of who speaks."""
    if asks is not Asks.STATEMENT:
        return SpeakingClass(asks.value)
    if speaks_as is SpeakingCapacity.GROUP:
        return C.GROUP
    if minister and kind in STATES:
        return C.MINISTER
    if kind is DelegationKind.STATE:
        party = takes_part_as is Capacity.STATE_PARTY
        return C.STATE_PARTY if party else C.OBSERVER_STATE
    return KINDS.get(kind, C.OTHER)


def sort_key(rules: ListRules, name: str, rank: int, earlier: int) -> str:
    """Where a request stands inside its class, before the moment it was received.

    `name` and `rank` are the delegation's in the language of the rules; `earlier` is how many of
    its regional group asked before it in this class.
    """
    if rules.within is Within.ROTATION:
        return f"{earlier:06}"
    if rules.within is Within.ALPHABETICAL:
        before = folded(name) < folded(rules.letter)
        return f"{before:d} {rank:09} {folded(name)}"
    return ""
