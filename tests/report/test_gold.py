"""Sentences of a published addendum: quantifier, noun and verb agree in ours as they do there.

The facts are those of CAC/COSP/EG.1/2021/L.1/Add.1, in French; the claims are ours.
"""

import pytest

from meetings.report.phrases import phrasebook

FR = phrasebook("fr")
# Paragraph, word of the ladder, how it is said there, verb, and whether the noun is said.
GOLD = [
    (8, "several", "plusieurs intervenants ont souligné", "stress"),
    (8, "some_bare", "certains ont évoqué", "evoke"),
    (8, "some_bare", "certains ont appelé à", "call-for"),
    (8, "some", "certains intervenants ont noté", "note"),
    (9, "one", "un intervenant a indiqué", "indicate"),
    (9, "another", "un autre a décrit", "describe"),
    (10, "several", "plusieurs intervenants ont fait état de", "report-on"),
    (10, "several", "plusieurs intervenants ont noté", "note"),
    (10, "some_bare", "certains ont donné des exemples de", "give-examples-of"),
    (11, "several", "plusieurs intervenants ont noté", "note"),
    (11, "some_bare", "certains ont souligné", "stress"),
    (11, "some_bare", "certains ont engagé", "engage"),
    (12, "some", "certains intervenants ont souligné", "stress"),
    (12, "some", "certains intervenants ont appelé", "call-upon"),
]


@pytest.mark.parametrize(("paragraph", "word", "said", "verb"), GOLD)
def test_a_sentence_begins_as_the_published_one(paragraph, word, said, verb):
    number = 0 if word in {"one", "another"} else 1
    form = FR.verb(verb, number, "past", "speaker")

    assert f"{FR.quantified(word, 'speaker')} {form}" == said


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("representative", "un représentant du secrétariat a fait le point sur …"),
        ("the_representative", "le représentant du secrétariat a fait le point sur …"),
    ],
)
def test_the_secretariat_is_introduced_as_there(key, said):
    verb = FR.verb("give-update-on", 0, "past")

    assert FR.said(getattr(FR, key), [(verb, "…")]) == said


def test_difficulties_are_told_in_the_passive():
    assert FR.unattributed["difficulties"].format(text="…") == (
        "parmi les difficultés citées figuraient …"
    )
