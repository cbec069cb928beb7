"""Identifiers of what a file names but does not number: the same file makes the same rows.

Each is derived from natural names only, so that two databases that load a file agree on them.
"""

from collections import Counter
from collections.abc import Callable
from datetime import UTC
from uuid import UUID

from meetings.base.ids import derived_id

Name = Callable[..., UUID]  # gives the next identifier under some names


def shared_name(kind: str, code: str) -> UUID:
    """Of a body, room, topic, delegation or session."""
    return derived_id(kind, code)


def session_name(slug: str) -> UUID:
    return shared_name("session", slug)


def item_name(slug: str, number: str) -> UUID:
    return derived_id("item", slug, number)


def view_name(slug: str, number: str, key: str) -> UUID:
    return derived_id("view", slug, number, key)


def meeting_name(sessions: dict[str, int]) -> UUID:
    """Of the Nth meeting of the first of its sessions by the alphabet."""
    slug, number = min(sessions.items())
    return derived_id("meeting", slug, number)


def list_name(meeting: UUID, item: str) -> UUID:
    return derived_id("list", meeting, item)


def point_name(intervention: UUID, ordinal: int) -> UUID:
    return derived_id("point", intervention, ordinal)


def requests(speakers: UUID) -> Name:
    """Names the requests on a list one after the other: delegation, capacity, on behalf of."""
    return _counted("inscription", speakers)


def floors(meeting: UUID) -> Name:
    """Names the interventions of a meeting one after the other: delegation, start."""
    name = _counted("intervention", meeting)
    return lambda code, start: name(code, start.astimezone(UTC).isoformat())


def _counted(kind: str, parent: UUID) -> Name:
    seen: Counter[tuple[str, ...]] = Counter()

    def name(*names: str) -> UUID:
        seen[names] += 1
        return derived_id(kind, parent, *names, seen[names])

    return name
