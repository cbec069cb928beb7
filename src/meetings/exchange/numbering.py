"""Numbers of chapters, headings and paragraphs as text, where no program counts them. Pure.

Word counts by itself; what is written here is what it shows.
"""

from collections.abc import Callable, Mapping

from meetings.exchange.word_languages import Label, Manner, arabic_label
from meetings.report.words import roman

CHINESE = "零一二三四五六七八九"
# The letters in the order in which Arabic counts, which is not that of its dictionaries.
ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"


def heading_number(manner: Manner, level: int, number: int) -> str:
    """The number of a chapter (level 0), "III.", of a section, "A.", or of a subsection."""
    if manner.right_to_left:
        return arabic_label(level, number)
    return _said(manner.labels.headings[level], number)


def paragraph_number(manner: Manner, level: int, number: int) -> str:
    """The number of a paragraph (level 0), "12.", of its part, "(a)", or of an item in that."""
    return _said(manner.labels.paragraphs[level], number)


def _said(label: Label, number: int) -> str:
    """A number in the format and pattern that Word is given."""
    number_format, pattern = label
    head, _level, tail = pattern.partition("%")
    return f"{head}{FORMATS[number_format](number)}{tail[1:]}"


def letter(number: int) -> str:
    """As Word has it: a … z, aa, bb …."""
    turns, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (turns + 1)


def chinese(number: int) -> str:
    """A number under a hundred in Chinese; larger ones stay in digits."""
    tens, ones = divmod(number, 10)
    if tens > len(CHINESE) - 1:
        return str(number)
    head = {0: "", 1: "十"}.get(tens, f"{CHINESE[tens]}十")
    return head + (CHINESE[ones] if ones or not tens else "")


def abjad(number: int) -> str:
    return ABJAD[(number - 1) % len(ABJAD)]


FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "upperRoman": roman,
    "lowerRoman": lambda number: roman(number).lower(),
    "upperLetter": lambda number: letter(number).upper(),
    "lowerLetter": letter,
    "chineseCountingThousand": chinese,
    "arabicAbjad": abjad,
}
