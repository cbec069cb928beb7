"""Tables as an Excel file: real dates and numbers, and text that stays text.

What people typed is never a formula here, however it begins; its value is unchanged.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Font, NamedStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from meetings.exchange.legal_text import legal_text

Kind = Literal["text", "date", "time", "datetime", "number", "minutes"]

LOOKS = {  # name of a style and its number format
    "heading": "General",
    "text": "General",
    "typed": "@",
    "date": "yyyy-mm-dd",
    "time": "hh:mm",
    "datetime": "yyyy-mm-dd hh:mm",
    "number": "General",
    "minutes": "0",
}
TEXTS = ("heading", "text", "typed")
# A program may take a cell that begins so for a formula; full-width signs count in East Asia.
DANGEROUS = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
# Excel's limits, in its own count of characters, where those outside the basic plane count twice.
MOST_BARS = 40
A4 = 9  # in the list of papers that Excel keeps
LONGEST_TEXT, LONGEST_HEADING, LONGEST_SHEET_NAME, LONGEST_PAGE_HEAD = 32_767, 255, 31, 200


@dataclass(frozen=True)
class Column:
    title: str
    kind: Kind = "text"
    width: float = 16  # in characters


@dataclass(frozen=True)
class Sheet:
    """A table on a sheet of its own; its rows are taken one by one.

    Dates and times are local ones without a zone (Excel knows none): name the zone in a column.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[object, ...]]
    right_to_left: bool = False
    chart: tuple[int, int] | None = None  # columns: of what bars are called, and how long they are


def sheet_names(sheets: Iterable[Sheet]) -> list[str]:
    """What the sheets are called in the file: their titles, no two alike."""
    return _unique([_sheet_name(sheet.title) for sheet in sheets], LONGEST_SHEET_NAME)


def write_xlsx(sheets: Sequence[Sheet], title: str) -> bytes:
    """The Excel file. Its title is a property of the file and heads each printed page."""
    workbook = Workbook(write_only=True)
    workbook.properties.title = _cut(_one_line(title), LONGEST_HEADING)
    workbook.properties.creator = None
    for style in _styles():
        workbook.add_named_style(style)
    named = zip(sheet_names(sheets), sheets, strict=True)
    for number, (name, sheet) in enumerate(named, start=1):
        page = workbook.create_sheet(name)
        _set_up(page, sheet, title)
        with closing(page):
            _write_table(page, sheet, number)
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _styles() -> Iterator[NamedStyle]:
    """A style of cells for each look, which whoever opens the file finds by name."""
    for name, number_format in LOOKS.items():
        style = NamedStyle(name, number_format=number_format)
        style.font = Font(name="Calibri", size=11, bold=name == "heading")
        style.alignment = Alignment(vertical="top", wrap_text=True)
        yield style


def _set_up(page: Any, sheet: Sheet, title: str) -> None:
    """Headings stay in sight on the screen and on paper, A4 across, all columns on one page."""
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.sheet_view.rightToLeft = sheet.right_to_left
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = A4
    page.page_setup.fitToHeight = 0
    head = _cut(_one_line(title), LONGEST_PAGE_HEAD)
    page.HeaderFooter.oddHeader.left.text = head.replace("&", "&&") or None
    page.HeaderFooter.oddFooter.center.text = "&P/&N"
    for place, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = column.width


def _write_table(page: Any, sheet: Sheet, number: int) -> None:
    headings = _headings(sheet.columns)
    # openpyxl would try each cell as a value before it takes it: that is half of its time.
    page._values_to_row = _Row(page, [column.kind for column in sheet.columns]).cells  # noqa: SLF001
    page.append(headings)
    count = 0
    for count, row in enumerate(sheet.rows, start=1):  # noqa: B007
        page.append(row)
    # A table has at least one row under its headings, if an empty one.
    area = f"A1:{get_column_letter(len(headings))}{max(count, 1) + 1}"
    page.tables.add(_table(number, area, headings))
    if sheet.chart and count:
        page.add_chart(_bars(page.title, sheet, min(count, MOST_BARS)), _beside(headings))


class _Styled(Cell):
    """A cell that knows its look: openpyxl would look for it at each cell anew."""

    has_style = True
    style_id = 0

    def __init__(self, page: Any, place: int, look: str) -> None:
        super().__init__(page, row=1, column=place)
        self.style = look
        self.quotePrefix = look == "typed"
        self.style_id = super().style_id


class _Row:
    """Makes the cells of each row; those of a column that look alike are one, written anew."""

    def __init__(self, page: Any, kinds: Sequence[Kind]) -> None:
        self.kinds = kinds
        self.made = [
            {look: _Styled(page, place, look) for look in {kind, *TEXTS}}
            for place, kind in enumerate(kinds, start=1)
        ]

    def cells(self, values: Iterable[object], number: int) -> Iterator[Cell]:
        """The cells of a row that hold something."""
        for value, kind, made in zip(values, self.kinds, self.made, strict=True):
            if value is None:
                continue
            if number == 1:
                look, content, data = "heading", value, "s"
            elif kind == "text" or isinstance(value, str):
                content, data = _cut(legal_text(str(value)), LONGEST_TEXT), "s"
                look = "typed" if content.startswith(DANGEROUS) else "text"
            else:
                look, (content, data) = kind, _number(value)
            if content == "":
                continue
            cell: Any = made[look]
            cell._value, cell.data_type, cell.row = content, data, number  # noqa: SLF001
            yield cell


def _number(value: Any) -> tuple[Any, str]:
    """A number, date or time, and how Excel calls what it is."""
    if getattr(value, "tzinfo", None):
        raise ValueError(f"Excel knows no time zones: give a local time instead of {value}.")
    if isinstance(value, timedelta):
        return value / timedelta(minutes=1), "n"
    return value, "d" if isinstance(value, date | time) else "n"


def _bars(name: str, sheet: Sheet, count: int) -> BarChart:
    """A chart of the first rows, the first of them at the top."""
    quoted = name.replace("'", "''")
    labels, lengths = (
        f"'{quoted}'!${(letter := get_column_letter(place))}$2:${letter}${count + 1}"
        for place in sheet.chart or ()
    )
    chart = BarChart()
    chart.type, chart.style, chart.legend = "bar", 10, None
    chart.title = _one_line(sheet.title)
    chart.height, chart.width = 4 + count / 2, 24  # centimetres
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.add_data(Reference(range_string=lengths))
    chart.set_categories(Reference(range_string=labels))
    return chart


def _beside(headings: Sequence[str]) -> str:
    """The first cell beside a table, with a column between."""
    return f"{get_column_letter(len(headings) + 2)}2"


def _table(number: int, area: str, headings: Sequence[str]) -> Table:
    columns = [TableColumn(id=place, name=name) for place, name in enumerate(headings, start=1)]
    return Table(
        id=number,
        displayName=f"Table{number}",
        ref=area,
        autoFilter=AutoFilter(ref=area),
        tableColumns=columns,
        tableStyleInfo=TableStyleInfo(name="TableStyleLight1", showRowStripes=True),
    )


def _headings(columns: Iterable[Column]) -> list[str]:
    """Titles as the columns of a table need them: one line each, none empty, no two alike."""
    titles = [_one_line(column.title) or "-" for column in columns]
    return _unique(titles, LONGEST_HEADING)


def _sheet_name(title: str) -> str:
    """A name Excel takes: without its signs for paths, and not one that it keeps for itself."""
    name = NOT_IN_A_SHEET_NAME.sub("-", _one_line(title)).strip("'") or "-"
    return f"{name}-" if name.casefold() == "history" else name


def _unique(names: Iterable[str], longest: int) -> list[str]:
    """The names, cut to length, with a number behind those that came before."""
    unique: dict[str, str] = {}
    for name in names:
        candidate = _cut(name, longest)
        count = 1
        while candidate.casefold() in unique:
            count += 1
            ending = f" ({count})"
            candidate = _cut(name, longest - len(ending)) + ending
        unique[candidate.casefold()] = candidate
    return list(unique.values())


def _one_line(text: str) -> str:
    return " ".join(legal_text(text).split())


def _cut(text: str, longest: int) -> str:
    """The text, or as much of it as Excel can hold and an ellipsis."""
    if 2 * len(text) <= longest:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * longest:
        return text
    return units[: 2 * (longest - 1)].decode("utf-16-le", errors="ignore") + "…"
