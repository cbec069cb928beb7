"""The six languages: which is chosen, which way it runs, what is said in it."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from meetings.base.columns import Text
from meetings.base.languages import CATALOGUES, direction, gettext, preferred, speaking

LANGUAGE_BAR = "عربي 中文 English Français Русский Español"


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        ("de, es;q=0.5", "es"),
        ("en;q=0.1, ru;q=0.7", "ru"),
        ("de", "en"),
        ("", "en"),
        ("fr;q=much", "en"),
    ],
)
def test_the_best_of_our_languages_is_preferred(accept, language):
    assert preferred(accept) == language


def test_arabic_runs_from_right_to_left():
    assert [direction(code) for code in ("ar", "en", "zh")] == ["rtl", "ltr", "ltr"]


def test_what_is_said_follows_the_language():
    with speaking("fr"):
        assert gettext("Sign in") == "Se connecter"
    assert gettext("Sign in") == "Sign in"


def test_a_text_falls_back_in_one_order():
    text = Text(fr="Vienne", zh="维也纳")

    assert [text.in_language(code) for code in ("zh", "es")] == ["维也纳", "Vienne"]
    assert Text().in_language("en") == ""


def messages(language):
    with (Path(CATALOGUES) / language / "LC_MESSAGES" / "messages.po").open("rb") as po:
        return [message for message in read_po(po) if message.id]


TRANSLATED = ["ar", "es", "fr", "ru", "zh"]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_language_has_every_message(language):
    missing = [m.id for m in messages(language) if not m.string or not all(m.string)]

    assert missing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_placeholders_of_its_message(language):
    holes = re.compile(r"%\(\w+\)s")

    wrong = [
        message.id
        for message in messages(language)
        for one, other in [(str(message.id), str(message.string))]
        if not message.pluralizable and set(holes.findall(one)) != set(holes.findall(other))
    ]
    assert wrong == []
