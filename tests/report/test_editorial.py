"""Editorial advice: what is right, what is wrong, and what only looks wrong, in each language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.report.editorial import advice_on
from meetings.report.phrases import drafting_languages, phrasebook


def mended(text, language, symbols=(), names=()):
    """The text with all that is proposed taken."""
    for one in reversed(advice_on(text, phrasebook(language), symbols, names)):
        assert text[one.start : one.end] == one.words
        if one.proposal:
            text = text[: one.start] + one.proposal + text[one.end :]
    return text


@pytest.mark.parametrize(
    ("language", "wrong", "right"),
    [
        ("en", "It met on September 6, 2021.", "It met on 6 September 2021."),
        ("en", "It met on the 6th of September.", "It met on the 6 September."),
        ("en", "It had 5 members - all present.", "It had five members – all present."),
        ("en", 'They said "yes".', "They said “yes”."),
        ("en", "Two  spaces", "Two spaces"),
        ("fr", "le 1 septembre, 3 experts", "le 1er septembre, trois experts"),
        ("fr", 'Il a dit "oui" : bien', "Il a dit «\u00a0oui\u00a0»\u00a0: bien"),
        ("fr", "Est-ce vrai ?", "Est-ce vrai\u00a0?"),
        ("es", "el 6 septiembre", "el 6 de septiembre"),
        ("es", "Es así?", "¿Es así?"),
        ("ru", "Вена — город", "Вена\u00a0— город"),
        ("ru", "4 оратора", "четыре оратора"),
        ("zh", "一位发言者强调信任,", "一位发言者强调信任，"),
        ("ar", "قال ذلك, ثم", "قال ذلك، ثم"),
    ],
)
def test_what_an_editor_would_mend(language, wrong, right):
    assert mended(wrong, language) == right


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "On 6 September 2021, under article 9 and paragraph 3, 5 per cent of 12 members."),
        ("en", "In A/RES/60/1, it met from 6 to 10 September 2021."),
        ("en", "See https://example.org: “yes”."),
        ("fr", "Le 1er septembre 2021, à 9 heures\u00a0: «\u00a0oui\u00a0»."),
        ("es", "El 6 de septiembre de 2021. ¿Es así?"),
        ("ru", "6 сентября 2021 года, статья 5, «да»."),
        ("zh", "2021年9月6日，第46条。"),
        ("ar", "في 6 سبتمبر 2021، المادة 46."),
    ],
)
def test_what_is_right_is_left_alone(language, text):
    assert advice_on(text, phrasebook(language)) == []


def test_a_symbol_that_no_document_has_is_told():
    known = {"CAC/COSP/EG.1/2021/2"}

    told = advice_on("See CAC/COSP/EG.1/2021/2 and CAC/COSP/EG.1/2021/3.", phrasebook("en"), known)

    assert [(one.about.value, one.words) for one in told] == [("symbol", "CAC/COSP/EG.1/2021/3")]


def test_a_body_is_called_as_it_is_registered():
    text = "the Working group on cooperation met"

    assert mended(text, "en", names=["Working Group on Cooperation"]) == (
        "the Working Group on Cooperation met"
    )


@given(st.text(max_size=80), st.sampled_from(drafting_languages()))
def test_any_text_is_borne_and_what_is_told_stands_in_it(text, language):
    for one in advice_on(text, phrasebook(language)):
        assert text[one.start : one.end] == one.words
