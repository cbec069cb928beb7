"""Among whom a delegation is named in the list of attendance. Pure."""

from enum import IntEnum

from meetings.delegations.models import Capacity, DelegationKind


class Attendance(IntEnum):
    """The groups in which a report names those who attended, in their order."""

    STATES_PARTIES = 1
    REGIONAL_ORGANIZATIONS = 2
    SIGNATORIES = 3
    OBSERVER_STATES = 4
    SECRETARIAT = 5
    UNITED_NATIONS = 6
    INTERGOVERNMENTAL = 7
    NON_GOVERNMENTAL = 8
    PANEL = 9
    GROUPS = 10


# What a delegation is comes before what it is there as: the EU is named as itself, though a party.
_BY_KIND = {
    DelegationKind.REGIONAL_ORGANIZATION: Attendance.REGIONAL_ORGANIZATIONS,
    DelegationKind.GROUP: Attendance.GROUPS,
    DelegationKind.UNITED_NATIONS: Attendance.UNITED_NATIONS,
    DelegationKind.INTERGOVERNMENTAL: Attendance.INTERGOVERNMENTAL,
    DelegationKind.NON_GOVERNMENTAL: Attendance.NON_GOVERNMENTAL,
    DelegationKind.SECRETARIAT: Attendance.SECRETARIAT,
    DelegationKind.PANEL: Attendance.PANEL,
}
_BY_CAPACITY = {
    Capacity.STATE_PARTY: Attendance.STATES_PARTIES,
    Capacity.SIGNATORY: Attendance.SIGNATORIES,
    Capacity.OBSERVER: Attendance.OBSERVER_STATES,
    Capacity.SECRETARIAT: Attendance.SECRETARIAT,
    Capacity.PANEL: Attendance.PANEL,
}


def attendance(kind: DelegationKind, capacity: Capacity) -> Attendance:
    return _BY_KIND.get(kind) or _BY_CAPACITY[capacity]
