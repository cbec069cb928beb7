"""The words for what this room's codes mean, in the person's language."""

from collections.abc import Mapping

from meetings.base.columns import Text
from meetings.base.languages import gettext as _

_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def draft_note(note: str) -> str:
    """What a drafted sentence waits for."""
    return {
        "confirm-all": _("Every delegation that spoke: confirm before it is printed."),
        "not-translated": _("Worded in another language only: word it in this one."),
        "not-worded": _("As it was typed: join the point to a view, or make one of it."),
    }[note]


def roman(number: int) -> str:
    """A chapter's number as it is printed: 3 is III."""
    numeral = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral


def in_language(text: Mapping[str, str], language: str) -> str:
    """The words of a Text in the language of a draft, which need not be the person's."""
    return Text.of(dict(text)).in_language(language)
