"""The order of speaking among those who wait on one list. Pure."""

from collections.abc import Mapping
from uuid import UUID

Places = Mapping[UUID, int]  # of each who waits: lower speaks first; gaps mean nothing


def in_order(waiting: Places) -> list[UUID]:
    """Those who wait, who speaks first coming first. Where places are equal, the older id does."""
    return sorted(waiting, key=lambda one: (waiting[one], one))


def waiting_before(waiting: Places, one: UUID) -> int:
    """How many speak before this one."""
    return in_order(waiting).index(one)


def moved(waiting: Places, one: UUID, to: int) -> dict[UUID, int]:
    """The places that change when one moves to stand `to`-th, from 1, among those who wait.

    A number past the end means the end. The places themselves are dealt out anew, so that a place
    never comes before one whose holder has spoken already.
    """
    order = in_order(waiting)
    order.remove(one)
    order.insert(to - 1, one)
    dealt = zip(order, sorted(waiting.values()), strict=True)
    return {who: place for who, place in dealt if waiting[who] != place}
