"""How many speakers are "several"."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.report.quantifiers import LADDER, Rules, quantifier

HOUSE = Rules()


@pytest.mark.parametrize(
    ("supporters", "speakers", "word"),
    [
        (1, 20, "one"),
        (2, 20, "some"),
        (3, 20, "some"),
        (4, 20, "several"),
        (6, 20, "several"),
        (7, 20, "many"),
        (7, 40, "several"),
        (13, 20, "most"),
        (20, 20, "all"),
        (5, 5, "all"),
        (4, 4, "several"),
        (1, 1, "one"),
        (0, 0, "one"),
    ],
)
def test_the_house_rule(supporters, speakers, word):
    assert quantifier(supporters, speakers, HOUSE) == word


def test_a_body_has_its_own_ladder():
    exact = Rules.of(
        {
            "quantifiers": [
                {"word": "several", "at_least": 3},
                {"word": "two", "at_least": 2},
                {"word": "one"},
            ]
        }
    )

    assert [quantifier(k, 20, exact) for k in (1, 2, 3)] == ["one", "two", "several"]


def test_rules_that_are_not_about_drafting_are_somebody_elses():
    assert Rules.of({"limit": 5, "actor": "delegation"}) == Rules(actor="delegation")


def test_a_wrong_rule_is_told():
    with pytest.raises(ValueError, match=r"tense: Input should be 'past' or 'present'"):
        Rules.of({"tense": "future"})


@given(st.integers(0, 200), st.integers(1, 200))
def test_more_supporters_never_make_a_weaker_word(supporters, speakers):
    fewer = quantifier(supporters, max(speakers, supporters + 1), HOUSE)
    more = quantifier(supporters + 1, max(speakers, supporters + 1), HOUSE)

    assert LADDER.index(more) >= LADDER.index(fewer)
