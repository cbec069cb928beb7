"""Lines and tables become rows: who speaks, and what goes on under whom."""

from contextlib import suppress
from time import monotonic

import pytest

from meetings.base.errors import Refused
from meetings.delegations.finding import folded
from meetings.exchange.log_rows import CHARACTERS, ROWS, read_lines, read_table

NAMES = {"delegation a", "delegation-a", "delegation b", "delegation-b", "delegation c"}


def rows_of(text):
    """The rows of pasted lines, as (number, {column: cell})."""
    rows = read_lines(text, lambda name: folded(name) in NAMES)
    return [(row.number, {key.value: cell for key, cell in row.cells.items()}) for row in rows.rows]


def cells_of(line):
    """The cells of one line under Delegation C, which is not read as a row of its own."""
    return rows_of(f"Delegation C: said.\n{line}")[1][1]


def table_of(*rows):
    found = read_table(enumerate(rows, 1))
    return [
        (row.number, {key.value: cell for key, cell in row.cells.items()}) for row in found.rows
    ]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("10:32 Delegation A: Yes.",
         {"time": "10:32", "delegation": "Delegation A", "text": "Yes."}),
        ("10:32 - Delegation A: Yes.",
         {"time": "10:32", "delegation": "Delegation A", "text": "Yes."}),
        ("10h32 Delegation A : oui",
         {"time": "10h32", "delegation": "Delegation A", "text": "oui"}),
        ("3:05 p.m. Delegation A: Yes.",
         {"time": "3:05 p.m.", "delegation": "Delegation A", "text": "Yes."}),
        ("10：32 delegation-a：好", {"time": "10：32", "delegation": "delegation-a", "text": "好"}),
        ("Delegation A: at 10:30: yes", {"delegation": "Delegation A", "text": "at 10:30: yes"}),
        ("Delegation A:5 points", {"delegation": "Delegation A", "text": "5 points"}),
        ("Delegation A\tYes.", {"delegation": "Delegation A", "text": "Yes."}),
        ("10:32\tDelegation A\tYes.\tAnd no.",
         {"time": "10:32", "delegation": "Delegation A", "text": "Yes. And no."}),
        ("Delegation A – Yes.", {"delegation": "Delegation A", "text": "Yes."}),
        ("Delegation A", {"delegation": "Delegation A", "text": ""}),
        ("10:32 Delegation A", {"time": "10:32", "delegation": "Delegation A", "text": ""}),
        ("Nobody known: Yes.", {"delegation": "Nobody known", "text": "Yes."}),
        ("- Delegation A: Yes.", {"delegation": "Delegation A", "text": "Yes."}),
        ("Delegation A (right of reply): No.",
         {"delegation": "Delegation A", "kind": "right of reply", "text": "No."}),
        ("Delegation A (on behalf of the Group of X): Yes.",
         {"delegation": "Delegation A", "on_behalf_of": "the Group of X", "text": "Yes."}),
        ("Delegation A, au nom du Groupe X : oui",
         {"delegation": "Delegation A", "on_behalf_of": "Groupe X", "text": "oui"}),
    ],
)  # fmt: skip
def test_a_line_that_begins_with_a_delegation_names_who_speaks(line, cells):
    assert cells_of(line) == cells


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("- Yes.", "Yes."),
        ("• Yes.", "Yes."),
        ("  Yes.", "Yes."),
        ("\tYes.", "Yes."),
        ("Yes.", "Yes."),
        ("  Asked: why?", "Asked: why?"),
        ("- Asked: why?", "Asked: why?"),
        ("See https://example.org", "See https://example.org"),
        ("They met at 10:30", "They met at 10:30"),
        ("-5 per cent", "-5 per cent"),
    ],
)
def test_another_line_goes_on_under_the_speaker_above(line, text):
    assert cells_of(line) == {"text": text}


def test_a_blank_line_separates_but_not_a_speaker_from_the_first_point():
    rows = read_lines("A: x\n\nA: y\n\nB:\n\n- z", lambda _name: False).rows

    assert [(row.number, row.apart) for row in rows] == [
        (1, False),
        (3, True),
        (5, True),
        (7, False),
    ]


def test_a_line_that_is_an_item_holds_for_what_follows():
    rows = rows_of("Item 3 (a)\nDelegation A: x\n\nPoint 4 :\nDelegation B: y\n- z")

    assert [cells.get("item") for _number, cells in rows] == ["3 (a)", "4", None]


def test_what_was_copied_from_a_spreadsheet_is_a_table():
    rows = rows_of("Heure\tPays\tRésumé\n10:32\tDelegation A\tYes: so.\n\t\tNo.")

    assert rows == [
        (2, {"time": "10:32", "delegation": "Delegation A", "text": "Yes: so."}),
        (3, {"text": "No."}),
    ]


@pytest.mark.parametrize(
    "headings",
    [
        ("Time", "Delegation", "Text"),
        ("HEURE", "Délégation", "Résumé"),
        ("Start:", "Speaker’s delegation", "Point"),
        ("Hora", "País", "Resumen"),
        ("Время", "Делегация", "Текст"),
        ("الوقت", "الوفد", "النص"),
        ("时间", "代表团", "要点"),
        ("From", "Speaker", "Summary"),
    ],
)
def test_headings_are_known_in_the_languages_of_the_program(headings):
    rows = table_of(("Log of the 1st meeting",), headings, ("10:32", "A", "Yes."))

    assert rows == [(3, {"time": "10:32", "delegation": "A", "text": "Yes."})]


def test_columns_that_are_not_known_are_named():
    rows = read_table(enumerate([("Delegation", "Text", "Mood"), ("A", "Yes.", "good")], 1))

    assert rows.unused == ("Mood",)


@pytest.mark.parametrize("rows", [[], [("a", "b")], [("Delegation", "Mood"), ("A", "good")]])
def test_a_table_without_headings_is_told_which_it_needs(rows):
    with pytest.raises(Refused, match="at least “Delegation” and “Text”"):
        table_of(*rows)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\n \n", "nothing to import"),
        ("A: x\n" * (ROWS + 1), "more than 2000 rows"),
        ("\n" * 1_000_000, "more than 2000 rows"),
        ("A: " + "x" * CHARACTERS, "too much text"),
        ("x " * 3 * CHARACTERS, "more than 2000 rows"),
    ],
)
def test_too_much_or_nothing_is_refused(text, told):
    with pytest.raises(Refused, match=told):
        rows_of(text)


@pytest.mark.parametrize("filler", [" ", "-", "(", ":", "\t", "#", "10:32 ", " - ", "–—"])
def test_a_long_line_of_anything_takes_no_long_time(filler):
    began = monotonic()

    for line in (f"A{filler * CHARACTERS}", f"A{filler * 20_000}A"):
        with suppress(Refused):  # too much text, where something is left of it
            rows_of(line)

    assert monotonic() - began < 5
