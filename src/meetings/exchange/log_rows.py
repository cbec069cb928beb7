"""The rows of a log kept elsewhere: from pasted lines, and from the cells of a table. Pure.

A line `10:32 Delegation A: text`, `Delegation A: text` or `Delegation A<TAB>text` begins what a
delegation said; a line with a dash, an indented or a plain one goes on under it; a blank line
separates. What the names mean is for log_meaning.py to say.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from textwrap import dedent

from meetings.base.errors import Refused
from meetings.base.languages import gettext as _
from meetings.exchange.legal_text import legal_text
from meetings.exchange.log_words import HEADINGS, Column, column_name, kinds, plain

ROWS = 2_000  # of one import; a meeting of three hours has about 200
LINES = 10 * ROWS  # with the blank ones
CHARACTERS = 1_000_000  # of all its cells
HEAD = 20  # rows among which the headings of a table are looked for
LONGEST_NAME = 100  # characters before the colon of a line; more is a sentence

_TIME = re.compile(
    r"(?P<time>\d{1,2}[:：hH]\d{2}(?:[:：]\d{2})?(?!\d)(?:\s?[ap]\.?m\b\.?)?)[\s,–—-]*",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[-–—•*·‣◦]\s+|[•·‣◦]")
_NAMED = re.compile(rf"(?P<name>[^:：]{{1,{LONGEST_NAME}}})[:：](?P<close>//|\d)?")
_DASHED = re.compile(rf"(?P<name>.{{1,{LONGEST_NAME}}}?) [-–—] ")
_ITEM = re.compile(
    r"(?:agenda item|item|point de l[’']ordre du jour|point|tema|пункт|البند|议程项目)\s+"
    r"(?P<item>\d{1,3}\s?(?:\(?[a-z]\)?)?)\s*[:.]?",
    re.IGNORECASE,
)
_BEHALF = re.compile(
    r"(?P<name>[^(,]+?)\s*[(,]?\s*(?:speaking )?"
    r"(?:on behalf of|au nom (?:de la |de l[’']|des |du |de )|en nombre (?:de la |del |de los |de )"
    r"|от имени )\s*(?P<whom>[^()]+)\)?",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"(?P<name>[^()]+)\((?P<kind>[^()]+)\)")


@dataclass(frozen=True)
class Row:
    """One row as it was typed; `apart` is one that a blank line parts from what came before."""

    number: int  # in the file or among the lines, from 1
    cells: dict[Column, str]
    apart: bool = False


@dataclass(frozen=True)
class Rows:
    """What was read: `lines` tells pasted lines from a table, whose other headings are `unused`."""

    rows: tuple[Row, ...]
    lines: bool = False
    unused: tuple[str, ...] = ()
    sheet: str = ""


class NoHeadings(Refused):
    """A table has no row that says what its columns hold; another sheet may have one."""

    def __init__(self) -> None:
        told = _(
            "No row of the table has headings that are known. It needs at least “Delegation” and"
            " “Text”; these may stand beside them: %(others)s."
        )
        others = (column_name(one) for one in Column if one not in {Column.DELEGATION, Column.TEXT})
        super().__init__(told % {"others": ", ".join(others)}, field="upload")


def checked(rows: Rows) -> Rows:
    """The rows without characters that cannot be kept, if they are not too many.

    Raises:
        Refused: there are none, or too many, or too much in them.
    """
    if not rows.rows:
        raise Refused(_("There is nothing to import: no row says anything."))
    if len(rows.rows) > ROWS:
        raise Refused(too_many())
    if sum(len(cell) for row in rows.rows for cell in row.cells.values()) > CHARACTERS:
        told = _("This is too much text for one meeting: import at most %(count)s characters.")
        raise Refused(told % {"count": CHARACTERS})
    clean = tuple(
        Row(row.number, {key: legal_text(cell) for key, cell in row.cells.items()}, row.apart)
        for row in rows.rows
    )
    return Rows(clean, rows.lines, rows.unused, rows.sheet)


def too_many() -> str:
    return _("There are more than %(count)s rows: import them in parts.") % {"count": ROWS}


# Pasted lines -----------------------------------------------------------------------------------


def read_lines(text: str, is_name: Callable[[str], bool]) -> Rows:
    """The rows of pasted lines; `is_name` knows what delegations are called.

    What was copied from a spreadsheet, with its headings, is read as the table that it is.

    Raises:
        Refused: too many rows.
    """
    if text.count("\n") > LINES or len(text) > 2 * CHARACTERS:
        raise Refused(too_many())
    lines = dedent(legal_text(text)).split("\n")
    if any(_columns(line.split("\t")) for line in lines[:HEAD]):
        return read_table((number, line.split("\t")) for number, line in enumerate(lines, 1))
    page = _Page(is_name)
    for number, line in enumerate(lines, 1):
        page.take(number, line)
        if len(page.rows) > ROWS:
            raise Refused(too_many())
    return checked(Rows(tuple(page.rows), lines=True))


@dataclass
class _Page:
    """Lines as they are read one after another."""

    is_name: Callable[[str], bool]
    rows: list[Row] = field(default_factory=list)
    blank: bool = False  # the line before is blank
    waiting: bool = False  # the row before names a speaker who has said nothing yet
    item: str = ""

    def take(self, number: int, line: str) -> None:
        bare = line.strip()
        if not bare:
            self.blank = not self.waiting
        elif found := _ITEM.fullmatch(bare):
            self.item = found["item"].strip()
            self.blank = True
        else:
            self._keep(number, self._speaker(line) or {Column.TEXT: _without_bullet(bare)})

    def _keep(self, number: int, cells: dict[Column, str]) -> None:
        names = Column.DELEGATION in cells
        if names and self.item:
            cells[Column.ITEM] = self.item
        self.rows.append(Row(number, cells, apart=self.blank))
        self.blank = False
        self.waiting = names and not cells[Column.TEXT]

    def _speaker(self, line: str) -> dict[Column, str] | None:
        """The cells of a line that names who speaks; None for one that goes on."""
        bare = line.strip()
        loose = line[0].isspace() or _BULLET.match(bare)  # only a known name begins anew here
        rest = _without_bullet(bare)
        timed = _TIME.match(rest)
        rest = rest[timed.end() :] if timed else rest
        name, text = self._parted(rest)
        known = bool(name) and self._is_known(name)
        if not known and (loose or not (name or timed)):
            return None
        cells = {Column.TIME: timed["time"]} if timed else {}
        return cells | self._head(name or rest) | {Column.TEXT: text if name else ""}

    def _parted(self, rest: str) -> tuple[str, str]:
        """Who speaks, and what is said; "" where a line has no such parts."""
        name, tab, text = rest.partition("\t")
        if tab and name.strip():
            return name.strip(), " ".join(text.split())
        found = _NAMED.match(rest)
        # After a name that nobody has, "at 10:30" and "https://" are no colon of a speaker.
        if found and (not found["close"] or self._is_known(found["name"].strip())):
            return found["name"].strip(), rest[len(found["name"]) + 1 :].strip()
        found = _DASHED.match(rest)
        if found and self._is_known(found["name"]):
            return found["name"].strip(), rest[found.end() :].strip()
        return (rest, "") if self._is_known(rest) else ("", "")

    def _is_known(self, name: str) -> bool:
        return len(name) <= 2 * LONGEST_NAME and self.is_name(self._head(name)[Column.DELEGATION])

    def _head(self, name: str) -> dict[Column, str]:
        """`Delegation A (on behalf of a group)` and `Delegation A (right of reply)`, in parts."""
        short = len(name) <= 2 * LONGEST_NAME
        if short and not self.is_name(name):
            if found := _BEHALF.fullmatch(name):
                whom = found["whom"].strip()
                return {Column.DELEGATION: found["name"].strip(), Column.ON_BEHALF_OF: whom}
            found = _BRACKETED.fullmatch(name)
            if found and plain(found["kind"]) in kinds():
                return {Column.DELEGATION: found["name"].strip(), Column.KIND: found["kind"]}
        return {Column.DELEGATION: name}


def _without_bullet(bare: str) -> str:
    found = _BULLET.match(bare)
    return bare[found.end() :].lstrip() if found else bare


# Tables -----------------------------------------------------------------------------------------


def read_table(cells: Iterable[tuple[int, Sequence[str]]]) -> Rows:
    """The rows under the headings of a table, given with their numbers.

    Raises:
        NoHeadings: the table does not say what its columns hold.
        Refused: it has too many rows.
    """
    columns: dict[int, Column] = {}
    unused: tuple[str, ...] = ()
    rows: list[Row] = []
    seen = 0
    for number, row in cells:
        if not any(cell.strip() for cell in row):
            continue
        if columns:
            found = {column: row[at].strip() for at, column in columns.items() if at < len(row)}
            if any(found.values()):
                rows.append(Row(number, {key: cell for key, cell in found.items() if cell}))
        elif columns := _columns(row):
            unused = tuple(_unused(row, columns))
        elif (seen := seen + 1) >= HEAD:
            break
        if len(rows) > ROWS:
            raise Refused(too_many())
    if not columns:
        raise NoHeadings
    return checked(Rows(tuple(rows), unused=unused))


def _columns(row: Sequence[str]) -> dict[int, Column]:
    """Which place holds which column; nothing where this is no row of headings."""
    found: dict[Column, int] = {}
    for at, cell in enumerate(row):
        column = HEADINGS.get(plain(cell)) if len(cell) <= LONGEST_NAME else None
        if column:
            found.setdefault(column, at)
    # A table that calls its delegations speakers has no other column for them.
    if Column.DELEGATION not in found and Column.SPEAKER in found:
        found[Column.DELEGATION] = found.pop(Column.SPEAKER)
    if not {Column.DELEGATION, Column.TEXT} <= found.keys():
        return {}
    return {at: column for column, at in found.items()}


def _unused(row: Sequence[str], columns: dict[int, Column]) -> Iterable[str]:
    for at, cell in enumerate(row):
        if cell.strip() and at not in columns:
            yield cell.strip()[:LONGEST_NAME]
