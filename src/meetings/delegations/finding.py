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
    fitting = [delegation for delegation in delegations if fits(delegation, typed)]
    exact = [delegation for delegation in fitting if folded(typed) in called(delegation)]
    meant = exact or fitting
    return meant[0] if typed and len(meant) == 1 else None


def place_in(language: str, delegation: Delegation) -> tuple[int, str]:
    """Sorts as this language does: by the reference data's order, then by name."""
    rank = delegation.ranks.get(language, UNRANKED)
    return rank, folded(delegation.name.in_language(language))
