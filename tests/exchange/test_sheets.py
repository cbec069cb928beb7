"""Tables leave as Excel files in which dates are dates and nothing typed is a formula."""

import csv
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from meetings.exchange.legal_text import legal_text
from meetings.exchange.sheets import Column, Sheet, write_xlsx
from tests.exchange.office import convert

DANGEROUS = [
    "=1+1",
    '=HYPERLINK("http://example.org","click")',
    "+1",
    "-2+3",
    "@SUM(1,2)",
    "\t=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
]
CSV_IN_UTF_8 = "csv:Text - txt - csv (StarCalc):44,34,76"
TEXT = Column("Text", width=40)


def a_sheet(*rows, columns=(TEXT,), **changes):
    return Sheet(**{"title": "Log", "columns": columns, "rows": rows, **changes})


def opened(*sheets, title="Title"):
    return load_workbook(BytesIO(write_xlsx(sheets, title)))


def values(sheet):
    return [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]


def column_of(*texts):
    """A sheet of one column, written and opened again: its cells below the heading."""
    [sheet] = opened(a_sheet(*((text,) for text in texts)))
    return [sheet.cell(row, 1) for row in range(2, len(texts) + 2)]


def test_dates_times_and_numbers_are_what_they_are_and_look_the_same_everywhere():
    kinds = ("date", "time", "datetime", "number", "minutes", "minutes")
    columns = tuple(Column(f"{place} {kind}", kind) for place, kind in enumerate(kinds))
    at = datetime(2031, 5, 7, 10, 5)  # noqa: DTZ001
    row = (date(2031, 5, 7), time(10, 5), at, 2.5, 3, timedelta(minutes=4))

    [sheet] = opened(a_sheet(row, columns=columns))

    midnight = datetime(2031, 5, 7)  # noqa: DTZ001
    assert values(sheet) == [[midnight, time(10, 5), at, 2.5, 3, 4]]
    assert [cell.number_format for cell in sheet[2]] == [
        *("yyyy-mm-dd", "hh:mm", "yyyy-mm-dd hh:mm"),
        *("General", "0", "0"),
    ]


def test_an_instant_with_a_zone_is_refused_for_excel_knows_none():
    with pytest.raises(ValueError, match="no time zones"):
        write_xlsx([a_sheet((datetime.now(UTC),), columns=(Column("At", "datetime"),))], "Title")


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_looks_like_a_formula_stays_text_with_its_value_even_when_edited(text):
    [cell] = column_of(text)

    assert (cell.value, cell.data_type) == (text, "s")
    assert (cell.quotePrefix, cell.number_format) == (True, "@")


def test_it_stays_text_in_columns_of_numbers_and_in_headings_too():
    columns = (Column("=1+1", "number"),)

    [sheet] = opened(a_sheet(("=2+2",), columns=columns))

    assert [(row[0].value, row[0].data_type) for row in sheet.rows] == [
        ("=1+1", "s"),
        ("=2+2", "s"),
    ]


def test_a_carriage_return_becomes_a_line_feed_and_hides_no_formula():
    [cell] = column_of("\r=1+1\r\nsecond")

    assert (cell.value, cell.data_type, cell.quotePrefix) == ("\n=1+1\nsecond", "s", True)


def test_text_that_looks_like_an_error_or_a_number_is_text():
    cells = column_of("#N/A", "007", "1e5", "TRUE")

    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells] == [
        *(("#N/A", "s", False), ("007", "s", False)),
        *(("1e5", "s", False), ("TRUE", "s", False)),
    ]


@settings(deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=5))
def test_any_text_comes_back_as_it_was_but_for_what_no_file_can_hold(texts):
    cells = column_of(*texts)

    assert [cell.value for cell in cells] == [legal_text(text) or None for text in texts]
    assert {cell.data_type for cell in cells if cell.value} <= {"s"}


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_titles_make_sheets_that_excel_takes(first, second):
    workbook = opened(
        *(
            a_sheet(title=title, columns=(Column(first), Column(second)))
            for title in (first, second)
        ),
        title=first,
    )

    names = workbook.sheetnames
    assert len({name.casefold() for name in names}) == 2
    assert all(0 < len(name.encode("utf-16-le")) // 2 <= 31 for name in names)
    assert not any(sign in name for name in names for sign in "[]:*?/\\")
    assert not any(name.startswith("'") or name.endswith("'") for name in names)


def test_control_characters_are_left_out():
    [cell] = column_of("a\x00b\x1fc\x9fd\ud800e\ufffff\tg")

    assert cell.value == "abcdef\tg"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a" * 32_767, "a" * 32_767),
        ("a" * 32_768, "a" * 32_766 + "…"),
        ("a" * 32_765 + "😀😀", "a" * 32_765 + "…"),
    ],
)
def test_text_longer_than_a_cell_ends_with_an_ellipsis(text, kept):
    [cell] = column_of(text)

    assert cell.value == kept


def test_nothing_is_an_empty_cell():
    columns = (Column("Text"), Column("Number", "number"), Column("Date", "date"))

    [sheet] = opened(a_sheet(("", None, None), ("x", 0, None), columns=columns))

    assert values(sheet) == [[None, None, None], ["x", 0, None]]


def test_a_row_of_another_length_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="shorter"):
        write_xlsx([a_sheet(("a", "b"))], "Title")


def test_sheet_names_are_made_legal_and_unique():
    titles = ("3 (a): A/B", "3 (a): a*b", "'", "History", "Long " * 9, "Long " * 9, "R&D\nlab")

    workbook = opened(*(a_sheet(title=title) for title in titles))

    assert workbook.sheetnames == [
        "3 (a)- A-B",
        "3 (a)- a-b (2)",
        "-",
        "History-",
        "Long Long Long Long Long Long …",
        "Long Long Long Long Long L… (2)",
        "R&D lab",
    ]


def test_headings_stay_in_sight_are_bold_and_filter_their_columns():
    columns = (Column("State"), Column("state"), Column(" "))

    [sheet] = opened(a_sheet(("a", "b", "c"), columns=columns))

    [table] = sheet.tables.values()
    assert sheet.freeze_panes == "A2"
    assert [(cell.value, cell.font.bold) for cell in sheet[1]] == [
        *(("State", True), ("state (2)", True), ("-", True)),
    ]
    assert table.column_names == ["State", "state (2)", "-"]
    assert (table.ref, table.autoFilter.ref) == ("A1:C2", "A1:C2")


def test_a_sheet_without_rows_still_is_a_table_with_room_for_one():
    [sheet] = opened(a_sheet())

    assert [table.ref for table in sheet.tables.values()] == ["A1:A2"]


def test_pages_lie_across_with_headings_repeated_and_all_columns():
    [sheet] = opened(a_sheet(columns=(TEXT, Column("Other"))), title="R&D")

    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    assert sheet.oddHeader.left.text == "R&&D"
    assert sheet.oddFooter.center.text == "&P/&N"
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [40, 16]


def test_long_text_wraps_and_an_arabic_sheet_begins_at_the_right():
    left, right = opened(
        a_sheet(("text",)), a_sheet(("نص",), title="Arabic", right_to_left=True)
    ).worksheets

    assert [bool(sheet.sheet_view.rightToLeft) for sheet in (left, right)] == [False, True]
    assert left["A2"].alignment.wrap_text


def test_the_title_is_a_property_of_the_file():
    workbook = opened(a_sheet(), title="Speakers\x07 of the session")

    assert workbook.properties.title == "Speakers of the session"


def test_libreoffice_opens_it_and_computes_nothing(tmp_path):
    columns = (Column("Text"), Column("Date", "date"), Column("Minutes", "minutes"))
    rows = [(text, date(2031, 5, 7), 15) for text in DANGEROUS]

    file = write_xlsx([a_sheet(*rows, columns=columns)], "Title")
    made = convert(file, "log.xlsx", CSV_IN_UTF_8, tmp_path)

    with made.open(encoding="utf-8", newline="") as lines:
        assert list(csv.reader(lines)) == [
            ["Text", "Date", "Minutes"],
            *([text, "2031-05-07", "15"] for text in DANGEROUS),
        ]
