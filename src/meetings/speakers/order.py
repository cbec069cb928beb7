"""The order of speaking on one list: total, stable, and with a reason for each place. Pure.

A place is a word that sorts: who was never moved stands by class, then by the body's key inside the
class, then by the moment the request was received. Who was moved stands directly behind somebody,
as that one's word and a little more, so that nobody's place depends on who comes or goes. Of two
put behind the same, the later one stands first, as it was meant.
"""

from datetime import UTC, datetime

BREAK = "\t"  # sorts before whatever stands in a word
HEAD = " "  # sorts before every class
MOST = 10**12


def stand_by_rule(rank: int, key: str, requested_at: datetime, place: int) -> str:
    """Where the rules put a request; `place`, in which it was written, tells equals apart."""
    moment = requested_at.astimezone(UTC).strftime("%Y%m%d%H%M%S%f")
    return BREAK.join((f"{rank:02}", key.replace(BREAK, " "), moment, f"{place:06}"))


def stand_behind(before: str | None, number: int) -> str:
    """Directly behind somebody (None: at the head); `number` is higher than of any move before."""
    return f"{HEAD if before is None else before}{BREAK}{MOST - number:012}"
