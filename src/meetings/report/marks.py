"""The few marks that a report's text may have: italics, symbols of documents, footnotes. Pure.

`*Recalling*` is in italics, `CAC/COSP/EG.1/2021/2` is a document, `[^Resolution 8/1.]` a footnote.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

_PART = r"[A-Z0-9](?:[A-Za-z0-9.\-]*[A-Za-z0-9])?"
SYMBOL = re.compile(rf"\b[A-Z]{{1,6}}(?:\.[A-Z0-9]+)*(?:/{_PART})+(?![\w/])")
_MARK = re.compile(r"\*(?P<italic>[^*\s](?:[^*]*[^*\s])?)\*|\[\^(?P<footnote>[^\]]+)\]")


class RunKind(StrEnum):
    PLAIN = "plain"
    ITALIC = "italic"
    DOCUMENT = "document"
    FOOTNOTE = "footnote"


@dataclass(frozen=True)
class Run:
    """Some words of a text that look alike."""

    kind: RunKind
    text: str

    @property
    def address(self) -> str:
        """Where a document is found by its symbol: the United Nations keep it there."""
        return f"https://undocs.org/{quote(self.text)}"


def runs_of(text: str) -> list[Run]:
    """A text with its marks taken in."""
    runs: list[Run] = []
    end = 0
    for found in _MARK.finditer(text):
        runs += _plain(text[end : found.start()])
        kind = RunKind.ITALIC if found["italic"] else RunKind.FOOTNOTE
        runs.append(Run(kind, found["italic"] or found["footnote"].strip()))
        end = found.end()
    return runs + _plain(text[end:])


def _plain(text: str) -> list[Run]:
    runs: list[Run] = []
    end = 0
    for found in SYMBOL.finditer(text):
        runs.append(Run(RunKind.PLAIN, text[end : found.start()]))
        runs.append(Run(RunKind.DOCUMENT, found[0]))
        end = found.end()
    return [run for run in (*runs, Run(RunKind.PLAIN, text[end:])) if run.text]
