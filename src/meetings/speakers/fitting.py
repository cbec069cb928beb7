"""Whether a list fits into the time that is left, and what would help. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

HEARD = 3  # speakers after whom their real average says more than the limit
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Fit:
    """The time that those who wait are expected to take, beside the time that is left.

    Where it is too long: `limit` is the whole number of minutes for everybody that would fit, None
    where none would; `carry` is how many of the last would have to speak in a later meeting.
    """

    expected: timedelta
    left: timedelta
    limit: int | None = None
    carry: int = 0

    @property
    def fits(self) -> bool:
        return self.expected <= self.left

    @property
    def over(self) -> timedelta:
        return self.expected - self.left


def pace(heard: Sequence[tuple[timedelta, timedelta]]) -> float:
    """How much of the time allowed speakers take, from (time taken, limit) of those heard so far.

    1.0 until HEARD have spoken: a limit says more than one long statement.
    """
    allowed = sum((limit for _, limit in heard), timedelta())
    if len(heard) < HEARD or not allowed:
        return 1.0
    return sum((taken for taken, _ in heard), timedelta()) / allowed


def fit(limits: Sequence[timedelta], left: timedelta, pace: float) -> Fit:
    """Whether speakers with these limits, in their order, fit into what is left."""
    left = max(left, timedelta())
    expected = sum(limits, timedelta()) * pace
    if expected <= left:
        return Fit(expected, left)
    shorter = int(left / (len(limits) * pace) / MINUTE) if pace else 0
    longest = max(limits) / MINUTE
    heard, carry = timedelta(), len(limits)
    for limit in limits:
        heard += limit * pace
        if heard > left:
            break
        carry -= 1
    return Fit(expected, left, shorter if 1 <= shorter < longest else None, carry)
