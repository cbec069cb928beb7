"""Which points may say the same: proposals, each with the words that are why. Pure.

Nothing is joined without a person; what a person refused is not proposed again.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from meetings.interventions.nearness import Index, Near

ALIKE = 0.45  # nearer than what is only offered while somebody types
LOOKED_AT = 5  # of the nearest to each point


@dataclass(frozen=True)
class Loose:
    """A point that expresses no view yet."""

    id: UUID
    text: str
    language: str
    topic: UUID | None
    of: UUID  # its intervention


@dataclass(frozen=True)
class Proposal:
    """A point and what it may be joined to: a view, or another point without one."""

    point: Loose
    near: Near

    @property
    def other(self) -> UUID:
        return self.near.candidate.id


def proposals(
    loose: Iterable[Loose],
    index: Index,
    topics: dict[UUID, UUID | None],
    refused: Collection[tuple[UUID, UUID]],
) -> list[Proposal]:
    """For each point what it is nearest to, the nearest pairs first; no pair comes twice.

    `topics` are those of views and points: across two that differ nothing is proposed.
    """
    found = []
    for point in loose:
        near = (
            one
            for one in index.nearest(point.text, point.language, LOOKED_AT, point.of)
            if one.nearness >= ALIKE
            and one.candidate.id != point.id
            and (point.id, one.candidate.id) not in refused
            and (one.candidate.id, point.id) not in refused
            and _of_one_topic(point.topic, topics.get(one.candidate.id))
        )
        if best := next(near, None):
            found.append(Proposal(point, best))
    found.sort(key=lambda one: (-one.near.nearness, one.point.text, str(one.point.id)))
    return list(_once(found))


def _of_one_topic(one: UUID | None, other: UUID | None) -> bool:
    return one is None or other is None or one == other


def _once(found: Iterable[Proposal]) -> Iterable[Proposal]:
    seen: set[frozenset[UUID]] = set()
    for one in found:
        pair = frozenset((one.point.id, one.other))
        if pair not in seen:
            seen.add(pair)
            yield one
