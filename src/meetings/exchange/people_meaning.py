"""What the rows of a list of participants come to: new, changed, as it is, or wrong. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from uuid import UUID

from rapidfuzz import fuzz, process

from meetings.base.languages import LANGUAGES, current_language, speaking
from meetings.base.languages import gettext as _
from meetings.delegations.finding import called, folded
from meetings.delegations.models import Capacity, Delegation, DelegationKind
from meetings.delegations.words import capacity_name
from meetings.exchange.log_words import plain
from meetings.exchange.people_rows import LONGEST, Field, People, Person
from meetings.exchange.usual_names import usual_names

NEAR = 80  # of 100: how alike a name must be to be offered
OFFERED = 3


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGES = "changes"
    STAYS = "stays"
    WRONG = "wrong"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row, where, and what is allowed."""

    row: int
    column: Field
    value: str
    told: str


@dataclass(frozen=True)
class Known:
    """A person who is on the list already."""

    id: UUID
    name: str
    function: str


@dataclass(frozen=True)
class Present:
    """A delegation that takes part already."""

    participation: UUID
    capacity: Capacity
    people: tuple[Known, ...] = ()


@dataclass(frozen=True)
class Meant:
    """A row and what becomes of it."""

    person: Person
    fate: Fate
    delegation: Delegation | None = None
    capacity: Capacity | None = None
    known: Known | None = None
    fault: Fault | None = None


@dataclass(frozen=True)
class Plan:
    rows: tuple[Meant, ...]
    counts: Mapping[Fate, int] = field(default_factory=dict)

    @property
    def faults(self) -> list[Fault]:
        return [row.fault for row in self.rows if row.fault]


def plan_of_people(
    people: People, delegations: Iterable[Delegation], present: Mapping[UUID, Present]
) -> Plan:
    """What becomes of each row, given who is known and who takes part already."""
    names = Names(delegations)
    meant: list[Meant] = []
    capacities: dict[UUID, Capacity] = {one: has.capacity for one, has in present.items()}
    seen: dict[tuple[UUID, str], int] = {}
    for person in people.rows:
        row = _meant(person, names, present, capacities, seen)
        meant.append(row)
    return Plan(tuple(meant), Counter(row.fate for row in meant))


def _meant(
    person: Person,
    names: "Names",
    present: Mapping[UUID, Present],
    capacities: dict[UUID, Capacity],
    seen: dict[tuple[UUID, str], int],
) -> Meant:
    delegation, told = names.find(person.delegation)
    if delegation is None:
        return _wrong(person, Field.DELEGATION, person.delegation, told)
    if max(len(person.name), len(person.function)) > LONGEST:
        told = _("At most %(count)s characters are taken.") % {"count": LONGEST}
        return _wrong(person, Field.NAME, person.name[:40], told)
    capacity = capacities_called().get(plain(person.capacity)) if person.capacity else None
    if person.capacity and capacity is None:
        allowed = ", ".join(capacity_name(one) for one in Capacity)
        told = _("Nobody attends as this. Write one of: %(words)s.") % {"words": allowed}
        return _wrong(person, Field.CAPACITY, person.capacity, told)
    before = capacities.get(delegation.id)
    if before and capacity and capacity is not before:
        told = _("This delegation attends as %(word)s: it has one capacity at a session.")
        return _wrong(
            person, Field.CAPACITY, person.capacity, told % {"word": capacity_name(before)}
        )
    key = (delegation.id, folded(person.name))
    if person.name and key in seen:
        told = _("The same person stands in row %(number)s.") % {"number": seen[key]}
        return _wrong(person, Field.NAME, person.name, told)
    seen[key] = person.number
    capacity = capacity or before or usual_capacity(delegation)
    is_new = delegation.id not in capacities
    capacities[delegation.id] = capacity
    fate, known = _fate(person, present.get(delegation.id), is_new=is_new)
    return Meant(person, fate, delegation, capacity, known)


def _fate(person: Person, has: Present | None, *, is_new: bool) -> tuple[Fate, Known | None]:
    if not person.name:
        return (Fate.NEW if is_new else Fate.STAYS), None
    same = [one for one in has.people if folded(one.name) == folded(person.name)] if has else []
    if not same:
        return Fate.NEW, None
    changes = bool(person.function) and person.function != same[0].function
    return (Fate.CHANGES if changes else Fate.STAYS), same[0]


def _wrong(person: Person, column: Field, value: str, told: str) -> Meant:
    return Meant(person, Fate.WRONG, fault=Fault(person.number, column, value, told))


def usual_capacity(delegation: Delegation) -> Capacity:
    """As what a delegation attends where the row does not say."""
    return {
        DelegationKind.STATE: Capacity.STATE_PARTY,
        DelegationKind.REGIONAL_ORGANIZATION: Capacity.STATE_PARTY,
        DelegationKind.SECRETARIAT: Capacity.SECRETARIAT,
        DelegationKind.PANEL: Capacity.PANEL,
    }.get(delegation.kind, Capacity.OBSERVER)


@cache
def capacities_called() -> dict[str, Capacity]:
    """What capacities are called, in all languages."""
    words = {plain(one.value): one for one in Capacity}
    for language in LANGUAGES:
        with speaking(language):
            words |= {plain(capacity_name(one)): one for one in Capacity}
    return words


class Names:
    """All names of all delegations: official ones in six languages, codes, and usual ones."""

    def __init__(self, delegations: Iterable[Delegation]) -> None:
        self.meant: dict[str, dict[UUID, Delegation]] = {}
        for one in delegations:
            usual = (folded(name) for name in usual_names(one.code))
            for name in (*called(one), *usual):
                self.meant.setdefault(name, {})[one.id] = one
        self.found: dict[str, tuple[Delegation | None, str]] = {}

    def find(self, typed: str) -> tuple[Delegation | None, str]:
        """The delegation that is called exactly so; else nobody, and what to type instead."""
        words = folded(typed)
        if words not in self.found:
            self.found[words] = self._find(words)
        return self.found[words]

    def _find(self, words: str) -> tuple[Delegation | None, str]:
        if not words:
            return None, _("Name the delegation.")
        exact = list(self.meant.get(words, {}).values())
        if len(exact) == 1:
            return exact[0], ""
        offered = exact or self._near(words)
        if not offered:
            return None, _("No delegation is called so. Type its name or its code.")
        shown = ", ".join(
            f"{one.name.in_language(current_language())} ({one.code})" for one in offered[:OFFERED]
        )
        return None, _("Perhaps one of these is meant: %(names)s. Type its code.") % {
            "names": shown
        }

    def _near(self, words: str) -> list[Delegation]:
        """Whose names hold these words, or look like them."""
        holding = [name for name in self.meant if words in name]
        alike = process.extract(words, self.meant.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
        offered: dict[UUID, Delegation] = {}
        for name in (*holding, *(name for name, *_score in alike)):
            offered |= self.meant[name]
        return list(offered.values())
