"""How a sentence is finished: agreement, figures, the marks of the language, its first letter."""

import re
from collections.abc import Mapping

from meetings.report.phrases import Phrasebook

_ALTERNATIVE = re.compile(r"{([^{}|]*)\|([^{}|]*)}")
_FIGURE = re.compile(r"{([a-z0-9][a-z0-9-]*)}")
_NO_BREAK = "\u00a0"


def agreed(text: str, number: int) -> str:
    """`{his or her|their}` becomes the one (0) or the other (1)."""
    return _ALTERNATIVE.sub(lambda found: found[1 + number], text)


def with_figures(text: str, figures: Mapping[str, int], phrases: Phrasebook) -> str:
    """`{applications}` becomes its figure: in words below ten, else with the language's groups."""
    return _FIGURE.sub(
        lambda found: spelled(figures[found[1]], phrases) if found[1] in figures else found[0], text
    )


def spelled(value: int, phrases: Phrasebook) -> str:
    """A number as such reports print it (Editorial Manual: words for one to nine)."""
    if 0 <= value < len(phrases.small_numbers):
        return phrases.small_numbers[value]
    return f"{value:,}".replace(",", phrases.thousands)


def finished(text: str, phrases: Phrasebook) -> str:
    """A sentence with a capital, a period, and the marks of its language."""
    text = re.sub(r"[ \t\r\n]+", " ", text).strip().replace("'", "’")
    if phrases.space_before:
        signs = re.escape(phrases.space_before)
        text = re.sub(rf"\s*(?<=[\w»)’\s])([{signs}])(?!//)", rf"{_NO_BREAK}\1", text)
        text = re.sub(r"«\s*", f"«{_NO_BREAK}", text)
    if not text.endswith((".", "!", "?", "…", "。", "！", "？", "؟")):
        text += phrases.stop
    return text[:1].upper() + text[1:]
