"""Which points of two rapporteurs' texts say the same thing. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from meetings.interventions.queries import Tagged

SAME = 60.0  # of 100: so alike, two points are probably one


@dataclass(frozen=True)
class Pair:
    """A point of the first text beside the one of the second that says the same; or one alone."""

    first: Tagged | None
    second: Tagged | None

    @property
    def is_twice(self) -> bool:
        return self.first is not None and self.second is not None


def side_by_side(texts: Mapping[str, Sequence[Tagged]]) -> list[Pair]:
    """The points of the first text in their order, each beside its likest in the others'.

    What has nothing like it stands alone, behind.
    """
    if not texts:
        return []
    first, *others = texts.values()
    rest = [tagged for text in others for tagged in text]
    pairs = []
    for tagged in first:
        like = max(rest, key=lambda other: _alike(tagged, other), default=None)
        if like is not None and _alike(tagged, like) >= SAME:
            rest.remove(like)
            pairs.append(Pair(tagged, like))
        else:
            pairs.append(Pair(tagged, None))
    return [*pairs, *(Pair(None, tagged) for tagged in rest)]


def _alike(one: Tagged, other: Tagged) -> float:
    return fuzz.token_set_ratio(one.point.text.lower(), other.point.text.lower())
