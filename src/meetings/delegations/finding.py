"""How delegations are found by what somebody types, and in which order they stand. Pure."""

import unicodedata
from collections.abc import Iterable

from meetings.delegations.models import Delegation

UNRANKED = 1_000_000  # after all that the reference data has put in order


def folded(words: str) -> str:
    """Words without capitals and accents: "cote" finds Côte."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", words).casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).strip()


def called(delegation: Delegation) -> list[str]:
    """All that a delegation is called: its code, and its names in all languages."""
    return [folded(name) for name in (delegation.code, *delegation.name.values())]


def fits(delegation: Delegation, typed: str) -> bool:
    """Whether what was typed is part of a name of this delegation; nothing typed fits all."""
    return any(folded(typed) in name for name in called(delegation))


def chosen(delegations: Iterable[Delegation], typed: str) -> Delegation | None:
    """The delegation that is meant: the one called exactly so, else the only one that fits."""
    meant = candidates(with_names(delegations), typed)
    return meant[0] if typed and len(meant) == 1 else None


def with_names(delegations: Iterable[Delegation]) -> list[tuple[Delegation, list[str]]]:
    """Delegations with all that they are called: made once, where much is to be found."""
    return [(delegation, called(delegation)) for delegation in delegations]


def candidates(named: Iterable[tuple[Delegation, list[str]]], typed: str) -> list[Delegation]:
    """Whom somebody may mean: those called exactly so, else all that what was typed is part of."""
    words = folded(typed)
    fitting = [(one, names) for one, names in named if any(words in name for name in names)]
    exact = [one for one, names in fitting if words in names]
    return exact or [one for one, _names in fitting]


def place_in(language: str, delegation: Delegation) -> tuple[int, str]:
    """Sorts as this language does: by the reference data's order, then by name."""
    rank = delegation.ranks.get(language, UNRANKED)
    return rank, folded(delegation.name.in_language(language))
