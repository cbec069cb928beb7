"""The words for what this room's codes mean, in the person's language."""

from meetings.base.languages import gettext as _
from meetings.delegations.attendance import Attendance
from meetings.delegations.models import Capacity, DelegationKind


def delegation_kind(kind: DelegationKind) -> str:
    return {
        DelegationKind.STATE: _("State"),
        DelegationKind.OBSERVER_STATE: _("Observer State"),
        DelegationKind.REGIONAL_ORGANIZATION: _("Regional economic integration organization"),
        DelegationKind.GROUP: _("Group of States"),
        DelegationKind.UNITED_NATIONS: _("United Nations entity"),
        DelegationKind.INTERGOVERNMENTAL: _("Intergovernmental organization"),
        DelegationKind.NON_GOVERNMENTAL: _("Non-governmental organization"),
        DelegationKind.SECRETARIAT: _("Secretariat"),
        DelegationKind.PANEL: _("Panel"),
    }[kind]


def group_name(group: str) -> str:
    """A regional group of the United Nations in the person's language; another one as it is."""
    return {
        "African States": _("African States"),
        "Asia-Pacific States": _("Asia-Pacific States"),
        "Eastern European States": _("Eastern European States"),
        "Latin American and Caribbean States": _("Latin American and Caribbean States"),
        "Western European and other States": _("Western European and other States"),
    }.get(group, group)


def capacity_name(capacity: Capacity) -> str:
    return {
        Capacity.STATE_PARTY: _("State party"),
        Capacity.SIGNATORY: _("Signatory"),
        Capacity.OBSERVER: _("Observer"),
        Capacity.SECRETARIAT: _("Secretariat"),
        Capacity.PANEL: _("Panel"),
    }[capacity]


def attendance_name(group: Attendance) -> str:
    """The heading of a group in the list of attendance."""
    return {
        Attendance.STATES_PARTIES: _("States parties"),
        Attendance.REGIONAL_ORGANIZATIONS: _("Regional economic integration organizations"),
        Attendance.SIGNATORIES: _("Signatories"),
        Attendance.OBSERVER_STATES: _("Observer States"),
        Attendance.SECRETARIAT: _("Secretariat"),
        Attendance.UNITED_NATIONS: _("United Nations entities"),
        Attendance.INTERGOVERNMENTAL: _("Intergovernmental organizations"),
        Attendance.NON_GOVERNMENTAL: _("Non-governmental organizations"),
        Attendance.PANEL: _("Panels"),
        Attendance.GROUPS: _("Groups of States"),
    }[group]
