"""What went out and what came in, word by word, in scripts with and without spaces."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.interventions.differing import WORDS, Change, Piece, difference, squeezed


def told(before, after):
    """The difference as a person would write it: -out- +in+."""
    marks = {Change.SAME: "", Change.OUT: "-", Change.IN: "+"}
    return "".join(f"{marks[p.change]}{p.text}{marks[p.change]}" for p in difference(before, after))


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        ("Asked for help.", "Asked for help.", "Asked for help."),
        ("Asked for help.", "Asked for direct contacts.", "Asked for- help-+ direct contacts+."),
        ("Asked for help", "Asked for help.", "Asked for help+.+"),
        ("", "Offered training.", "+Offered training.+"),
        ("Article 46.3 applies.", "Article 46.4 applies.", "Article- 46.3-+ 46.4+ applies."),
        ("支持直接联系。", "支持间接联系。", "支持-直-+间+接联系。"),
        ("طلبت المساعدة، فورا", "طلبت التدريب، فورا", "طلبت- المساعدة-+ التدريب+، فورا"),
        ("...", "!", "-...-+!+"),
    ],
)
def test_what_differs_is_told_in_whole_words(before, after, difference):
    assert told(before, after) == difference


@given(st.text(max_size=60), st.text(max_size=60))
def test_both_texts_can_be_read_back(before, after):
    pieces = difference(squeezed(before), squeezed(after))

    without = {
        change: squeezed("".join(piece.text for piece in pieces if piece.change != change))
        for change in (Change.IN, Change.OUT)
    }
    # The space before a word that stayed is the newer one's.
    assert without[Change.OUT] == squeezed(after)
    assert without[Change.IN].replace(" ", "") == squeezed(before).replace(" ", "")


def test_very_long_texts_are_shown_one_after_the_other_at_once():
    before, after = "a b " * WORDS, "b a " * WORDS

    began = time.perf_counter()
    pieces = difference(before, after)

    assert time.perf_counter() - began < 1
    assert pieces == [
        Piece(Change.OUT, before.strip()),
        Piece(Change.IN, after.strip()),
    ]
