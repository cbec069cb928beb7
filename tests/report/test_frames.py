"""The phrasebooks in whole sentences, in all six languages: agreement and order."""

import pytest
from click.testing import CliRunner

from meetings.cli import main
from meetings.report.frames import as_page, as_text, frames_of
from meetings.report.phrases import drafting_languages, phrasebook

SIX = ("ar", "en", "es", "fr", "ru", "zh")


def said(language, word, actor="speaker", verb="note", tense="past", text="…"):
    book = phrasebook(language)
    number = 0 if word in {"one", "another"} or book.verb_first else 1
    return book.said(book.quantified(word, actor), [(book.verb(verb, number, tense, actor), text)])


def test_reports_are_drafted_in_the_six_languages():
    assert drafting_languages() == SIX


@pytest.mark.parametrize("language", SIX)
def test_every_frame_is_filled(language):
    tables = frames_of(phrasebook(language))

    sentences = [one for table in tables for row in table.rows for one in row]

    assert all(sentences)
    assert not [one for one in sentences if set("{}|ـ") & set(one)]


@pytest.mark.parametrize(
    ("language", "word", "actor", "verb", "sentence"),
    [
        ("en", "one", "delegation", "note", "one delegation noted …"),
        ("en", "most", "speaker", "stress", "most speakers stressed …"),
        ("fr", "another", "delegation", "stress", "une autre a souligné …"),
        ("fr", "all", "delegation", "note", "toutes les délégations ont noté …"),
        ("es", "one", "delegation", "note", "una delegación señaló …"),
        ("es", "most", "speaker", "stress", "la mayoría de los oradores destacaron …"),
        ("es", "several", "delegation", "note", "varias delegaciones señalaron …"),
        ("ru", "one", "speaker", "note", "один оратор отметил …"),
        ("ru", "one", "delegation", "note", "одна делегация отметила …"),
        ("ru", "several", "speaker", "note", "несколько ораторов отметили …"),
        ("ru", "two", "delegation", "stress", "две делегации подчеркнули …"),
        ("ru", "many", "expert", "note", "многие эксперты отметили …"),
        ("zh", "one", "speaker", "stress", "一位发言者强调…"),
        ("zh", "several", "delegation", "note", "若干代表团注意到…"),
        ("ar", "one", "speaker", "stress", "شدد أحد المتكلمين على …"),
        ("ar", "several", "speaker", "stress", "شدد عدة متكلمين على …"),
        ("ar", "other", "speaker", "note", "لاحظ متكلمون آخرون …"),
        ("ar", "most", "delegation", "note", "لاحظ معظم الوفود …"),
    ],
)
def test_who_and_verb_agree(language, word, actor, verb, sentence):
    assert said(language, word, actor, verb) == sentence


def test_an_arabic_verb_that_is_joined_agrees_with_those_who_were_named():
    book = phrasebook("ar")
    clauses = [
        (book.verb("stress", 0, "past"), "الثقة"),
        (book.verb("call-for", 1, "past"), "العمل"),
    ]

    told = book.said(book.quantified("some", "speaker"), clauses, also=True)

    assert told == "شدد بعض المتكلمين أيضا على الثقة، ودعوا إلى العمل"


def test_an_arabic_preposition_of_one_letter_is_written_with_the_text():
    assert said("ar", "one", verb="welcome", text="النتائج") == "رحب أحد المتكلمين بالنتائج"


@pytest.mark.parametrize("language", SIX)
def test_the_table_is_printed_and_written_as_a_page(language, tmp_path):
    file = tmp_path / "frames.html"

    printed = CliRunner().invoke(main, ["frames", "--language", language])
    written = CliRunner().invoke(main, ["frames", "--language", language, "-o", str(file)])

    assert (printed.exit_code, written.exit_code) == (0, 0)
    assert printed.stdout.rstrip() == as_text(frames_of(phrasebook(language))).rstrip()
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in file.read_text()


def test_a_language_that_is_none_of_the_six_is_told():
    answer = CliRunner().invoke(main, ["frames", "--language", "xx"])

    assert answer.exit_code == 2
    assert "expected one of ar, en, es, fr, ru, zh" in answer.stderr


def test_a_page_shows_signs_as_they_are():
    book = phrasebook("en").model_copy(update={"raw": "{actor} <b>{text}"})

    assert "&lt;b&gt;" in as_page(frames_of(book), "en")
