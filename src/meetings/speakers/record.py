"""A list's record, read back: the order that it leads to, from nothing else. Pure.

What is computed here from the record must be what the list shows: that is how a list is proved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from meetings.speakers.models import Act
from meetings.speakers.order import stand_behind, stand_by_rule

ENDS = {Act.WITHDRAWN, Act.CALLED, Act.SPOKEN, Act.CARRIED}


@dataclass(frozen=True)
class Line:
    """What the record says of one change, as far as the order depends on it."""

    act: Act
    inscription: UUID | None
    detail: Mapping[str, Any]


@dataclass
class Replayed:
    """A list as its record makes it: where everybody stands, and who waits."""

    stands: dict[str, str] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)

    @property
    def order(self) -> list[UUID]:
        return [UUID(id_) for id_ in sorted(self.waiting, key=self.stands.__getitem__)]


def replay(lines: Iterable[Line]) -> Replayed:
    """Go through a record from its first line."""
    seen = Replayed()
    for line in lines:
        _take(seen, line)
    return seen


def _take(seen: Replayed, line: Line) -> None:
    who, detail = str(line.inscription), line.detail
    if line.act is Act.LOADED:
        seen.waiting.clear()  # a file says who waits
    for id_, rule in detail.get("rules", {}).items():
        rank, key, requested_at, place = rule
        seen.stands[id_] = stand_by_rule(rank, key, datetime.fromisoformat(requested_at), place)
    for id_, behind, number in detail.get("moves", ()):
        seen.stands[id_] = stand_behind(behind and seen.stands[behind], number)
    seen.waiting |= set(detail.get("waiting", ()))
    if line.act in ENDS or detail.get("out"):
        seen.waiting.discard(who)
