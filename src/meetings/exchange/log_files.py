"""Reading the files in which a log was kept: .xlsx, .docx, .csv, .txt.

Whatever comes, it ends in rows or in a sentence: a file is weighed before it is unpacked, and what
would take long or much memory is refused. Everything here may take a second: call it in a thread.
"""

import csv
import logging
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, time, timedelta
from io import BytesIO, StringIO
from typing import IO, Any, TypeVar
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

import docx
import openpyxl
from docx.oxml.ns import qn

from meetings.base.errors import Refused
from meetings.base.languages import gettext as _
from meetings.exchange.log_rows import NoHeadings, Rows, read_lines, read_table

log = logging.getLogger(__name__)

Cells = Iterable[tuple[int, Sequence[str]]]  # the rows of a table with their numbers


Read = TypeVar("Read", bound=Any)  # a dataclass with a field `sheet`

UPLOAD = 5_000_000  # bytes
UNPACKED = 50_000_000  # bytes
PARTS = 2_000  # files in an Office file
# What a part may cost to read is told by its tags, and by the attributes in them: "<" and "=".
TAGS = {"docx": 1_000_000, "xlsx": 400_000}
SMALL_TAGS = 150_000  # in parts of a workbook besides its sheets and texts: they are slow to read
SHEETS = 10  # of a workbook in which headings are looked for
LAST_ROW, COLUMNS = 1_048_576, 60
CHUNK = 65_536
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# An Office file never declares a document type: whoever does wants entities expanded or fetched.
_DOCTYPE = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_LARGE = re.compile(r"xl/(worksheets/[^/]+|sharedStrings)\.xml", re.IGNORECASE)


def read_file(content: bytes, name: str, is_name: Callable[[str], bool]) -> Rows:
    """The rows of a file, read as what its name says it is.

    Raises:
        Refused: it is too large, broken, of another kind, or holds no rows.
    """
    if ending(name) == "txt":
        _check_taken(content)
        return read_lines(decoded(content), is_name)
    if ending(name) == "docx":
        return _opened(content, "docx", _docx, TAGS["docx"])
    return read_sheet(content, name, read_table)


def ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def read_sheet(
    content: bytes, name: str, take: Callable[[Cells], Read], tags: int = TAGS["xlsx"]
) -> Read:
    """What `take` makes of a .csv file, or of the first sheet of an .xlsx file that it knows.

    It raises NoHeadings where a table is none of its kind.

    Raises:
        Refused: the file is too large, broken, of another kind, or holds no such table.
    """
    kind = ending(name)
    _check_taken(content)
    if kind == "csv":
        return _csv(decoded(content), take)
    if kind != "xlsx":
        raise Refused(_("Choose a file that ends in .xlsx, .csv, .txt or .docx."), field="upload")
    return _opened(content, kind, lambda whole: _xlsx(whole, take), tags)


def _opened(content: bytes, kind: str, read: Callable[[bytes], Read], tags: int) -> Read:
    """What is read of an Office file, or a sentence on what is wrong with it."""
    _check_taken(content)
    _weigh(content, kind, tags)
    try:
        return read(content)
    except Refused:
        raise
    except Exception as fault:  # the libraries fail in many ways at what is no Office file
        log.info("a file could not be read: %r", fault)
        raise Refused(_broken(kind), field="upload") from fault


def _check_taken(content: bytes) -> None:
    """Refuse what is not looked into at all."""
    if len(content) > UPLOAD:
        raise Refused(too_large(), field="upload")
    if not content:
        raise Refused(_("This file is empty."), field="upload")
    if content.startswith(OLD_OFFICE):
        raise Refused(
            _(
                "This is a file of old (.xls, .doc), or it has a password. Save it as .xlsx or"
                " .docx without one, then choose it again."
            ),
            field="upload",
        )


def too_large() -> str:
    return _("This is larger than 5 MB: import it in parts, or leave out its pictures.")


def _broken(kind: str) -> str:
    told = _("This file is broken, or is no .%(kind)s file. Open it, save it anew, and try again.")
    return told % {"kind": kind}


# Text -------------------------------------------------------------------------------------------


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or the Western encoding of Windows.

    Raises:
        Refused: it is in none of these.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        codes = ["utf-16"]
    else:
        codes = ["utf-8-sig", "cp1252"]
    for code in codes:
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and not (code == "cp1252" and _is_foreign(text)):
            return text
    told = _("The letters of this file cannot be read. Save it as text in UTF-8, and try again.")
    raise Refused(told, field="upload")


def _is_foreign(text: str) -> bool:
    """Cyrillic or Arabic in an encoding of its own reads as nothing but accents in the Western."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(not letter.isascii() for letter in letters) * 3 > len(letters)


def _csv(text: str, take: Callable[[Cells], Read]) -> Read:
    """The rows of a table in text: the first sign that parts known headings parts the cells."""
    for delimiter in ";,\t":
        try:
            return take(enumerate(csv.reader(StringIO(text), delimiter=delimiter), 1))
        except NoHeadings:
            continue
        except csv.Error as fault:
            log.info("a table could not be read: %r", fault)
            raise Refused(_broken("csv"), field="upload") from fault
    return take(())  # nothing: it says which headings it misses


# Office files -----------------------------------------------------------------------------------


def _weigh(content: bytes, kind: str, tags: int) -> None:
    """Look into an Office file before anything of it is built in memory.

    What its directory says is trusted only as an upper bound: zipfile reads no more than that.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            heavy = len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED
            if heavy:
                told = _("This file unpacks to more than 50 MB: import it in parts.")
                raise Refused(told, field="upload")
            if any(part.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for part in parts):
                raise Refused(_broken(kind), field="upload")
            for part in parts:
                with archive.open(part) as stream:
                    large = kind == "docx" or _LARGE.fullmatch(part.filename)
                    _weigh_part(stream, kind, tags if large else SMALL_TAGS)
    except (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as fault:
        raise Refused(_broken(kind), field="upload") from fault


def _weigh_part(stream: IO[bytes], kind: str, most: int) -> None:
    tags, attributes, end = 0, 0, b""
    while chunk := stream.read(CHUNK):
        tags += chunk.count(b"<")
        attributes += chunk.count(b"=")
        seen = end + chunk
        if any(sign in seen for sign in _DOCTYPE):
            raise Refused(_broken(kind), field="upload")
        if max(tags, attributes) > most:
            told = _("There is too much in this file: keep only the table of the log in it.")
            raise Refused(told, field="upload")
        end = seen[-len(_DOCTYPE[-1]) :]


def _xlsx(content: bytes, take: Callable[[Cells], Read]) -> Read:
    """The first sheet that has the headings it should. Formulas count as what they came to."""
    book = openpyxl.load_workbook(
        BytesIO(content), read_only=True, data_only=True, keep_links=False
    )
    for sheet in book.worksheets[:SHEETS]:
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=LAST_ROW, max_col=COLUMNS, values_only=True)
        # A row may stand a million rows further down: those between cost nothing.
        texts = enumerate(([_text(value) for value in row] if any(row) else () for row in rows), 1)
        with suppress(NoHeadings):
            return replace(take(texts), sheet=sheet.title)
    return take(())  # nothing: it says which headings it misses


def _text(value: Any) -> str:
    """What a cell shows, near enough: dates and times as a person types them."""
    match value:
        case None:
            return ""
        case datetime():
            return value.isoformat(" ", "minutes")
        case time():
            return value.isoformat("minutes")
        case timedelta():
            return f"{value.seconds // 3600:02}:{value.seconds // 60 % 60:02}"
        case float() if value.is_integer():
            return str(int(value))
    return str(value)


def _docx(content: bytes) -> Rows:
    """The first table of the document."""
    table = next(docx.Document(BytesIO(content)).element.body.iter(qn("w:tbl")), None)
    if table is None:
        told = _("There is no table in this document. Paste its lines instead.")
        raise Refused(told, field="upload")
    return read_table(enumerate(map(_cells, table.iterchildren(qn("w:tr"))), 1))


def _cells(row: Any) -> list[str]:
    """The texts of a row of a Word table; a cell that goes on from above is empty."""
    cells: list[str] = []
    for cell in row.iterchildren(qn("w:tc")):
        cells.append("\n".join(_paragraphs(cell)))
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        wide = span.get(qn("w:val"), "1") if span is not None else "1"
        if wide.isdecimal():
            cells += [""] * min(int(wide) - 1, COLUMNS)
        if len(cells) >= COLUMNS:
            break
    return cells


def _paragraphs(cell: Any) -> Iterator[str]:
    breaks = {qn("w:tab"), qn("w:br"), qn("w:cr")}
    for paragraph in cell.iter(qn("w:p")):
        yield "".join(
            " " if part.tag in breaks else part.text or ""
            for part in paragraph.iter(qn("w:t"), *breaks)
        )
