"""Amendments as tracked changes: the text before and after, and no letter lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.interventions.differing import Change as Kind
from meetings.report.amending import Amending, NoSuchPlace, amended, text_after, text_before
from meetings.report.models import Change

TEXT = "Several speakers stressed the need for trust."


def after(text, *amendments):
    return text_after(amended(text, [Amending(*one) for one in amendments]))


@pytest.mark.parametrize(
    ("amendments", "read"),
    [
        ([(Change.INSERT, "need", "and the wish")],
         "Several speakers stressed the need and the wish for trust."),
        ([(Change.INSERT, "trust", ", and of time")],
         "Several speakers stressed the need for trust, and of time."),
        ([(Change.INSERT, "", "In addition,")],
         "In addition, Several speakers stressed the need for trust."),
        ([(Change.REPLACE, "Several", "Some")], "Some speakers stressed the need for trust."),
        ([(Change.DELETE, " the need for")], "Several speakers stressed trust."),
        ([(Change.REPLACE, "trust", "time"), (Change.REPLACE, "for time", "for speed")],
         "Several speakers stressed the need for speed."),
    ],
)  # fmt: skip
def test_what_is_read_after_amendments(amendments, read):
    assert after(TEXT, *amendments) == read


def test_chinese_needs_no_blanks():
    assert after("一位发言者说。", (Change.INSERT, "发言者", "强调")) == "一位发言者强调说。"


@pytest.mark.parametrize(("place", "times"), [("speed", 0), ("s", 6), ("", 0)])
def test_words_that_do_not_stand_once_are_no_place(place, times):
    with pytest.raises(NoSuchPlace) as told:
        after(TEXT, (Change.REPLACE, place, "x"))

    assert told.value.times == times


def test_what_went_and_came_is_told_at_its_place():
    pieces = amended(TEXT, [Amending(Change.REPLACE, "Several", "Some")])

    assert [(one.change, one.text) for one in pieces] == [
        (Kind.OUT, "Several"),
        (Kind.IN, "Some"),
        (Kind.SAME, " speakers stressed the need for trust."),
    ]


words = st.text(alphabet="abc ", min_size=1, max_size=4)
changes = st.builds(Amending, st.sampled_from(Change), words, words)


@given(st.text(alphabet="abcdef ", max_size=30), st.lists(changes, max_size=6))
def test_whatever_is_amended_the_issued_text_can_be_read_again(text, proposed):
    taken = []
    for one in proposed:
        try:
            amended(text, [*taken, one])
        except NoSuchPlace:
            continue
        taken.append(one)

    pieces = amended(text, taken)

    assert text_before(pieces) == text
    assert all(piece.text for piece in pieces)
