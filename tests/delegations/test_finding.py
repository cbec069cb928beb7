"""Delegations are found as people type, and stand as each language sorts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.base.columns import Text
from meetings.delegations.attendance import Attendance, attendance
from meetings.delegations.finding import chosen, fits, folded, place_in
from meetings.delegations.models import Capacity, Delegation, DelegationKind


def a_delegation(code, ranks=None, **names):
    kind = DelegationKind.STATE
    return Delegation(code=code, kind=kind, name=Text(names), ranks=ranks or {})


COTE = a_delegation("AAA", en="Côte A", ru="Берег А", ar="ساحل")
NORTH = a_delegation("BBB", en="Island")
SOUTH = a_delegation("CCC", en="Island of the South")


@pytest.mark.parametrize("typed", ["cote", "CÔTE a", "берег", "ساحل", "aaa", ""])
def test_a_delegation_is_found_in_any_language_without_accents_or_capitals(typed):
    assert fits(COTE, typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("island", NORTH), ("south", SOUTH), ("bbb", NORTH), ("lan", None), ("", None), ("x", None)],
)
def test_who_is_meant_is_called_exactly_so_or_is_the_only_one(typed, meant):
    assert chosen([COTE, NORTH, SOUTH], typed) is meant


@given(st.text())
def test_what_is_folded_once_is_folded(words):
    assert folded(folded(words)) == folded(words)


def test_each_language_has_its_own_order_and_the_unranked_come_last():
    first = a_delegation("AAA", {"en": 1, "fr": 2}, en="Germany A", fr="Allemagne A")
    second = a_delegation("BBB", {"en": 2, "fr": 1}, en="Hungary B", fr="Afrique B")
    demonstration = a_delegation("delegation-a", en="Delegation A")
    known = [demonstration, second, first]

    def in_order(language):
        return [one.code for one in sorted(known, key=lambda one: place_in(language, one))]

    assert in_order("en") == ["AAA", "BBB", "delegation-a"]
    assert in_order("fr") == ["BBB", "AAA", "delegation-a"]


@pytest.mark.parametrize(
    ("kind", "capacity", "group"),
    [
        ("state", "state-party", Attendance.STATES_PARTIES),
        ("regional-organization", "state-party", Attendance.REGIONAL_ORGANIZATIONS),
        ("state", "signatory", Attendance.SIGNATORIES),
        ("observer-state", "observer", Attendance.OBSERVER_STATES),
        ("united-nations", "observer", Attendance.UNITED_NATIONS),
        ("non-governmental", "observer", Attendance.NON_GOVERNMENTAL),
        ("panel", "panel", Attendance.PANEL),
    ],
)
def test_attendance_is_told_by_what_a_delegation_is_and_is_there_as(kind, capacity, group):
    assert attendance(DelegationKind(kind), Capacity(capacity)) is group


def test_every_delegation_has_a_group():
    groups = {attendance(kind, capacity) for kind in DelegationKind for capacity in Capacity}

    assert groups == set(Attendance)
