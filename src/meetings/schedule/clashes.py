"""How a plan that cannot be is refused: every fault at once, each at its field, naming the way."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from meetings.base.errors import Refused
from meetings.base.languages import current_language
from meetings.base.languages import gettext as _
from meetings.bodies.models import Session
from meetings.schedule.conflicts import MIDDAY, Fault, Slot, Wrong
from meetings.schedule.models import Room
from meetings.schedule.queries import Scheduled
from meetings.schedule.words import hours, meeting_name, weekday

FIELDS = {
    Wrong.HOURS: "ends",
    Wrong.HALF: "starts",
    Wrong.OUTSIDE: "day",
    Wrong.CLOSED: "room",
    Wrong.TAKEN: "room",
    Wrong.ELSEWHERE: "half",
}


class Clashes(Refused):
    """A plan with one or more faults: {field: sentences}."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        field, message = next(iter(errors.items()))
        super().__init__(message, field)
        self.errors = errors


def tell_clashes(
    found: Iterable[Fault],
    plan: Slot,
    room: Room,
    sessions: Mapping[UUID, Session],
    held: Mapping[UUID, Scheduled],
) -> Clashes:
    """The refusal for these faults of a plan; `held` are the meetings that may be in the way."""
    errors: dict[str, str] = {}
    for fault in found:
        session = sessions[fault.session] if fault.session else None
        other = held[fault.slot.meeting] if fault.slot and fault.slot.meeting else None
        sentence = _sentence(fault.wrong, plan, room, session, other)
        field = FIELDS[fault.wrong]
        errors[field] = f"{errors[field]} {sentence}" if field in errors else sentence
    return Clashes(errors)


def _sentence(
    wrong: Wrong, plan: Slot, room: Room, session: Session | None, other: Scheduled | None
) -> str:
    name = room.name.in_language(current_language())
    if wrong is Wrong.HOURS:
        return _("A meeting ends after it starts: give a later hour.")
    if wrong is Wrong.HALF:
        noon, one = MIDDAY
        return _(
            "A morning meeting starts before %(one)s, an afternoon meeting not before %(noon)s."
        ) % {"noon": f"{noon:%H:%M}", "one": f"{one:%H:%M}"}
    if wrong is Wrong.CLOSED:
        return _("%(room)s is closed on %(day)s: choose another room or another day.") % {
            "room": name,
            "day": weekday(plan.day),
        }
    if session and not other:
        return _("%(session)s sits from %(first)s to %(last)s: choose one of these days.") % {
            "session": session.title.in_language(current_language()),
            "first": weekday(session.starts_on),
            "last": weekday(session.ends_on),
        }
    assert other is not None  # noqa: S101 (for the type checker: the rules give it)
    if session:
        return _("%(session)s sits in %(room)s on %(when)s: choose another time.") % {
            "session": session.title.in_language(current_language()),
            "room": other.room.name.in_language(current_language()),
            "when": _when(other),
        }
    return _("%(room)s is taken on %(when)s, by the %(meeting)s: choose another room or time.") % {
        "room": name,
        "when": _when(other),
        "meeting": _whose(other),
    }


def _when(other: Scheduled) -> str:
    meeting = other.meeting
    return f"{weekday(meeting.day)}, {hours(meeting.starts, meeting.ends)}"


def _whose(other: Scheduled) -> str:
    """Names a meeting by its number in each of its sessions."""
    return ", ".join(
        _("%(meeting)s of %(session)s")
        % {
            "meeting": meeting_name(numbered.number),
            "session": numbered.session.title.in_language(current_language()),
        }
        for numbered in other.numbers
    )
