"""The six languages: which one a person reads, what is said in it, which way it runs."""

import gettext as stdlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

# In the order of the United Nations' own language bar; each is called by its own name.
LANGUAGES: Mapping[str, str] = {
    "ar": "عربي",
    "zh": "中文",
    "en": "English",
    "fr": "Français",
    "ru": "Русский",
    "es": "Español",
}
DEFAULT = "en"
CATALOGUES = Path(__file__).parents[1] / "locale"

_current: ContextVar[str] = ContextVar("language", default=DEFAULT)


def current_language() -> str:
    return _current.get()


def speak(language: str) -> None:
    """Use this language for the rest of this request (or this task)."""
    _current.set(language if language in LANGUAGES else DEFAULT)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Use this language inside the block."""
    token = _current.set(language if language in LANGUAGES else DEFAULT)
    try:
        yield
    finally:
        _current.reset(token)


def direction(language: str) -> str:
    """The value of `dir` in HTML."""
    return "rtl" if language == "ar" else "ltr"


def preferred(accept: str) -> str:
    """The best of our languages for an Accept-Language header; the default where none fits."""
    wishes = []
    for place, wish in enumerate(accept.split(",")):
        tag, _, parameters = wish.strip().partition(";")
        _, _, weight = parameters.partition("q=")
        try:
            wishes.append((-float(weight or 1), place, tag.split("-")[0].lower()))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(wishes) if tag in LANGUAGES), DEFAULT)


@cache
def catalogue(language: str) -> stdlib.NullTranslations:
    """What is said in a language. Read from the .po file itself: nothing compiled can be stale.

    A language speaks English until all of it is translated: no page is half in another language.
    """
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return stdlib.NullTranslations()
    with path.open("rb") as po:
        words = read_po(po, locale=language)
    if not all(_is_translated(message) for message in words if message.id):
        return stdlib.NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, words)
    compiled.seek(0)
    return stdlib.GNUTranslations(compiled)


def _is_translated(message: Message) -> bool:
    forms = message.string or ("",)
    return all(forms)  # a text, or every plural form of it


def gettext(message: str) -> str:
    return catalogue(_current.get()).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    return catalogue(_current.get()).ngettext(one, many, count)
