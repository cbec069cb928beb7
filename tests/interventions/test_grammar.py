"""What a typed line says: its text, and the marks in it. The desk's script is held to the same."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.interventions.grammar import Typed, Words, parse
from meetings.interventions.models import PointKind

SHARED = json.loads((Path(__file__).parent / "grammar_cases.json").read_text(encoding="utf-8"))
WORDS = Words(
    topics=SHARED["words"]["topics"],
    views=SHARED["words"]["views"],
    verbs={form: (key, "") for form, key in SHARED["words"]["verbs"].items()},
)


@pytest.mark.parametrize("case", SHARED["cases"], ids=lambda case: case["line"])
def test_marks_are_taken_out_of_the_text(case):
    typed = parse(case["line"], WORDS)

    faults = [mark for mark, _near in typed.faults]
    assert faults == case.get("faults", [])
    assert typed == Typed(
        case["text"],
        verb=case.get("verb", ""),
        topic=case.get("topic", ""),
        articles=tuple(case.get("articles", [])),
        kind=PointKind(case["kind"]) if "kind" in case else None,
        view=case.get("view", ""),
        faults=typed.faults,
    )


def test_a_mark_that_names_nothing_is_told_with_the_nearest_name():
    assert parse("Asked #netwroks !never", WORDS).faults == (
        ("#netwroks", "networks"),
        ("!never", ""),
    )


def test_a_verb_tells_the_language_it_is_of():
    words = Words(verbs={"a souligné": ("stress", "fr")})

    assert parse("A souligné l’importance", words).language == "fr"


@given(st.text(st.characters(exclude_characters="#@!="), max_size=200))
def test_a_line_without_marks_keeps_its_words(line):
    typed = parse(line, WORDS)

    assert typed.text.replace(" ", "") == "".join(line.split())
    assert typed.faults == ()
