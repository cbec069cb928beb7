"""The words for what this room's codes mean, in the person's language."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from meetings.base.languages import gettext as _
from meetings.speakers.list_queries import Inscribed
from meetings.speakers.models import Act, SpeakingCapacity, SpeakingClass
from meetings.speakers.rules import Sight, Within


def speaking_capacity(capacity: SpeakingCapacity) -> str:
    return {
        SpeakingCapacity.NATIONAL: _("National statement"),
        SpeakingCapacity.STATE: _("On behalf of another State"),
        SpeakingCapacity.GROUP: _("On behalf of a group"),
        SpeakingCapacity.ORGANIZATION: _("On behalf of an organization"),
    }[capacity]


def speaking_class(one: SpeakingClass) -> str:
    return {
        SpeakingClass.POINT_OF_ORDER: _("Point of order"),
        SpeakingClass.GROUP: _("Group"),
        SpeakingClass.MINISTER: _("Minister or above"),
        SpeakingClass.STATE_PARTY: _("State party"),
        SpeakingClass.OBSERVER_STATE: _("Signatory or observer State"),
        SpeakingClass.UNITED_NATIONS: _("United Nations entity"),
        SpeakingClass.INTERGOVERNMENTAL: _("Intergovernmental organization"),
        SpeakingClass.NON_GOVERNMENTAL: _("Non-governmental organization"),
        SpeakingClass.OTHER: _("Others"),
        SpeakingClass.RIGHT_OF_REPLY: _("Right of reply"),
    }[one]


def reason_of(one: Inscribed, zone: str, staff: bool = True) -> str:  # noqa: FBT001, FBT002 (a template calls it)
    """Why somebody stands where they stand."""
    it = one.inscription
    if it.moved:
        if it.absences:
            return _("was called and not in the room")
        told = _("moved by the secretariat or the Chair")
        return f"{told}: {it.reason}" if staff and it.reason else told
    at = it.requested_at.astimezone(ZoneInfo(zone))
    return _("%(class_)s, inscribed %(at)s") % {
        "class_": speaking_class(it.speaking_class),
        "at": f"{at:%H:%M:%S}.{at.microsecond // 1000:03}",
    }


def within_name(within: Within) -> str:
    return {
        Within.INSCRIPTION: _("As they asked"),
        Within.ALPHABETICAL: _("By the alphabet, from a drawn letter"),
        Within.ROTATION: _("Regional groups in turn"),
    }[within]


def sight_name(sight: Sight) -> str:
    return {
        Sight.NOTHING: _("Nothing but their own requests"),
        Sight.NAMES: _("Who waits, in order"),
        Sight.LIST: _("The whole list, and statements once they are delivered"),
    }[sight]


def act_name(act: Act, detail: Mapping[str, Any]) -> str:
    """A line of a list's record, as a person reads it."""
    if act is Act.MOVED:
        return _("moved from place %(before)s to place %(after)s") % {
            "before": detail["from"],
            "after": detail["to"],
        }
    if act is Act.ABSENT:
        if detail.get("out"):
            return _("not in the room: taken off the list")
        return _("not in the room: to the end of the list")
    return {
        Act.OPENED: _("the list was opened"),
        Act.CLOSED: _("the list was closed"),
        Act.TIMED: _("times were set at which the list opens and closes"),
        Act.RULED: _("the body’s rules were applied anew"),
        Act.LOADED: _("the list was loaded from a file"),
        Act.INSCRIBED: _("asked for the floor"),
        Act.CHANGED: _("the request was changed"),
        Act.WITHDRAWN: _("withdrew"),
        Act.SWAPPED: _("changed places with another delegation"),
        Act.CALLED: _("was given the floor"),
        Act.SPOKEN: _("has spoken"),
        Act.CARRIED: _("was carried over to a later meeting"),
    }[act]
