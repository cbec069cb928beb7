"""The tables of a workbook as plain text: CSV and JSON. Pure."""

import csv
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

from meetings.exchange.legal_text import legal_text
from meetings.exchange.sheets import DANGEROUS, Sheet, sheet_names

BYTE_ORDER_MARK = "\ufeff"  # by which Excel knows UTF-8


def write_csv(sheet: Sheet) -> bytes:
    """A table as CSV. What a program may take for a formula has an apostrophe before it."""
    text = StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow([_harmless(column.title) for column in sheet.columns])
    writer.writerows([_harmless(_plain(value)) for value in row] for row in sheet.rows)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def write_csv_files(sheets: Sequence[Sheet]) -> bytes:
    """A ZIP archive with a CSV file of each table."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, sheet in zip(sheet_names(sheets), sheets, strict=True):
            archive.writestr(f"{name}.csv", write_csv(sheet))
    return file.getvalue()


def write_json(sheets: Iterable[Sheet]) -> bytes:
    """All tables: of each its title, the titles of its columns, and its rows."""
    content = [
        {
            "title": sheet.title,
            "columns": [column.title for column in sheet.columns],
            "rows": [[_value(value) for value in row] for row in sheet.rows],
        }
        for sheet in sheets
    ]
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _plain(value: object) -> str:
    return "" if value is None else str(_value(value))


def _value(value: object) -> object:
    match value:
        case datetime():
            return value.isoformat(" ", "seconds")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case timedelta():
            return value / timedelta(minutes=1)
        case str():
            return legal_text(value)
    return value
