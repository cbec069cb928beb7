"""What a typed line says: its text, and the marks in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.interventions.grammar import Typed, Words, parse
from meetings.interventions.models import PointKind

WORDS = Words(topics=frozenset({"networks", "requests"}), views=frozenset({"direct-contacts"}))


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ("Asked for direct contacts.", Typed("Asked for direct contacts.")),
        ("Asked #networks for contacts", Typed("Asked for contacts", topic="networks")),
        ("Uses #net, daily.", Typed("Uses, daily.", topic="networks")),
        ("Under @46.3 and @48", Typed("Under and", articles=("46.3", "48"))),
        ("Did it !meas", Typed("Did it", kind=PointKind.MEASURE)),
        ("Agreed =direct-contacts", Typed("Agreed", view="direct-contacts")),
        ("C# and 3 = 3, a@b", Typed("C# and 3 = 3, a@b")),
        ("Trop de délais #NETWORKS", Typed("Trop de délais", topic="networks")),
    ],
)
def test_marks_are_taken_out_of_the_text(line, typed):
    assert parse(line, WORDS) == typed


def test_a_mark_that_names_nothing_stays_and_is_a_fault():
    typed = parse("Asked #netwroks !never", WORDS)

    assert typed == Typed(
        "Asked #netwroks !never", faults=(("#netwroks", "networks"), ("!never", ""))
    )


def test_a_beginning_that_fits_several_names_is_a_fault():
    words = Words(topics=frozenset({"request-forms", "request-times"}))

    assert parse("x #request", words).faults == (("#request", "request-times"),)


@given(st.text(st.characters(exclude_characters="#@!="), max_size=200))
def test_a_line_without_marks_keeps_its_words(line):
    typed = parse(line, WORDS)

    assert typed.text.replace(" ", "") == "".join(line.split())
    assert typed.faults == ()
