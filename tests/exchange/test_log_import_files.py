"""The files in which a log was kept: read for what they hold, refused fast for what they hide."""

import random
from contextlib import contextmanager
from datetime import datetime, time
from io import BytesIO
from time import monotonic
from uuid import uuid4
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import docx
import openpyxl
import pytest

from meetings.base.errors import Refused
from meetings.delegations.finding import folded
from meetings.exchange.log_files import UNPACKED, UPLOAD, decoded, read_file
from meetings.exchange.log_rows import ROWS
from tests.exchange.office import convert
from tests.support.reading import faults, texts

IMPORT = "/sessions/eg1-2021/meetings/1/log/import"
TABLE = [
    ["Time", "Delegation", "Point"],
    ["10:32", "Delegation A", "Yes: so."],
    ["", "", "No."],
    ["", "Delegation B", "Perhaps."],
]
ROWS_OF_TABLE = [
    (2, {"time": "10:32", "delegation": "Delegation A", "text": "Yes: so."}),
    (3, {"text": "No."}),
    (4, {"delegation": "Delegation B", "text": "Perhaps."}),
]
LINES = "10:32 Delegation A: déjà vu\n- No.\n"


def rows_of(content, name):
    rows = read_file(content, name, lambda typed: folded(typed) == "delegation a").rows
    return [(row.number, {key.value: cell for key, cell in row.cells.items()}) for row in rows]


def an_xlsx(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for place, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sheet {place}")
        for row in rows:
            sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def a_docx(*tables):
    document = docx.Document()
    document.add_paragraph("Notes")
    for rows in tables:
        table = document.add_table(len(rows), len(rows[0]))
        for row, texts_ in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts_, strict=True):
                cell.text = text
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def with_part(content, name, data, compression=ZIP_DEFLATED):
    """An Office file in which one part holds something else."""
    file = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, data, compression)
    return file.getvalue()


def part_of(content, name):
    with ZipFile(BytesIO(content)) as archive:
        return archive.read(name)


@contextmanager
def fast(seconds=5):
    began = monotonic()
    yield
    assert monotonic() - began < seconds


# What they hold ---------------------------------------------------------------------------------


def test_a_spreadsheet_is_read():
    assert rows_of(an_xlsx(TABLE), "log.xlsx") == ROWS_OF_TABLE


def test_times_and_numbers_of_a_spreadsheet_are_read_as_typed():
    content = an_xlsx(
        [
            ["Time", "Delegation", "Item", "Text"],
            [time(10, 32), "A", 3, "x"],
            [datetime.fromisoformat("2021-09-06 10:40"), "B", 4.0, True],
        ]
    )

    assert rows_of(content, "log.xlsx") == [
        (2, {"time": "10:32", "delegation": "A", "item": "3", "text": "x"}),
        (3, {"time": "2021-09-06 10:40", "delegation": "B", "item": "4", "text": "True"}),
    ]


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (an_xlsx(TABLE), "log.xlsx", "ods:calc8"),
        (a_docx(TABLE), "log.docx", "odt:writer8"),
    ],
    ids=["xlsx", "docx"],
)
def test_what_another_program_has_written_is_read(content, name, kind, tmp_path):
    """LibreOffice keeps its texts apart from the sheets, and writes Word tables its own way."""
    between = convert(content, name, kind, tmp_path).read_bytes()
    written = convert(between, f"log.{kind[:3]}", name.rpartition(".")[2], tmp_path).read_bytes()

    assert rows_of(written, name) == ROWS_OF_TABLE


def test_the_sheet_with_headings_is_read_and_named():
    rows = read_file(an_xlsx([["Cover"]], TABLE), "LOG.XLSX", lambda _: False)

    assert rows.sheet == "Sheet 2"
    assert len(rows.rows) == 3


def test_a_formula_counts_as_what_it_came_to():
    content = an_xlsx([*TABLE, ["", "Delegation A", "=1+1"], ["", "Delegation A", "x"]])
    sheet = part_of(content, "xl/worksheets/sheet1.xml")
    content = with_part(content, "xl/worksheets/sheet1.xml", sheet.replace(b"<v></v>", b"<v>2</v>"))

    assert rows_of(content, "log.xlsx")[3:] == [
        (5, {"delegation": "Delegation A", "text": "2"}),
        (6, {"delegation": "Delegation A", "text": "x"}),
    ]


def test_the_first_table_of_a_word_document_is_read():
    assert rows_of(a_docx(TABLE, [["Other", "Table"]]), "log.docx") == ROWS_OF_TABLE


def test_cells_that_were_merged_in_word_go_on_with_the_one_above():
    document = docx.Document()
    table = document.add_table(4, 3)
    for row, texts_ in zip(table.rows, TABLE, strict=True):
        for cell, text in zip(row.cells, texts_, strict=True):
            cell.text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    table.cell(1, 0).merge(table.cell(2, 0))
    file = BytesIO()
    document.save(file)

    assert rows_of(file.getvalue(), "log.docx") == ROWS_OF_TABLE


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_in_text_is_read(delimiter):
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in TABLE)

    assert rows_of(text.encode(), "log.csv") == ROWS_OF_TABLE


def test_lines_in_a_file_are_read():
    assert rows_of(LINES.encode(), "log.txt") == [
        (1, {"time": "10:32", "delegation": "Delegation A", "text": "déjà vu"}),
        (2, {"text": "No."}),
    ]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_usual_encodings(code):
    assert decoded(LINES.encode(code)) == LINES


@pytest.mark.parametrize(
    "content",
    [
        "Делегация А: согласна со всем сказанным".encode("cp1251"),
        "الوفد يوافق على ما قيل".encode("cp1256"),
        LINES.encode("utf-16-le"),
        b"\xff\xfe\x00\xd8",
        b"GIF89a\x00\x01\x81",
        b"\x81\x8d",
    ],
)
def test_text_in_another_encoding_is_told_how_to_save_it(content):
    with pytest.raises(Refused, match="Save it as text in UTF-8"):
        decoded(content)


# What they hide ---------------------------------------------------------------------------------


DICE = random.Random(1)  # noqa: S311 (the same throws in every run)


def outcome(content, name):
    """The rows, or the sentence of the refusal."""
    try:
        return rows_of(content, name)
    except Refused as refused:
        return str(refused)


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "log.xlsx", "empty"),
        (b"x" * (UPLOAD + 1), "log.txt", "larger than 5 MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 1000, "log.xlsx", "Save it as .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 1000, "log.xls", "Save it as .xlsx"),
        (b"Delegation,Text\nA,x\n", "log.xlsx", "is broken, or is no .xlsx file"),
        (DICE.randbytes(10_000), "log.docx", "is broken, or is no .docx file"),
        (an_xlsx(TABLE)[:-100], "log.xlsx", "is broken"),
        (a_docx(TABLE), "log.xlsx", "is broken"),
        (an_xlsx(TABLE), "log.docx", "is broken"),
        (b"PK\x05\x06" + b"\0" * 18, "log.xlsx", "is broken"),
        (an_xlsx(TABLE), "log.pdf", "Choose a file that ends in"),
        (an_xlsx(TABLE), "log", "Choose a file that ends in"),
        (a_docx(), "log.docx", "There is no table"),
        (an_xlsx([["Mood"], ["good"]]), "log.xlsx", "at least “Delegation” and “Text”"),
        (b"a,b\n", "log.csv", "at least"),
        (b'Delegation,Text\n"' + b"x" * 200_000, "log.csv", "is broken"),
        (an_xlsx([TABLE[0], *([["", "A", "x"]] * (ROWS + 1))]), "log.xlsx", "more than 2000 rows"),
        (b"Delegation;Text\n" + b"A;x\n" * (ROWS + 1), "log.csv", "more than 2000 rows"),
        (b"A: x\n" * (ROWS + 1), "log.txt", "more than 2000 rows"),
    ],
    ids=str,
)
def test_what_is_no_log_is_refused_with_what_to_do(content, name, told):
    with fast(), pytest.raises(Refused, match=told):
        rows_of(content, name)


SHEET = "xl/worksheets/sheet1.xml"
MAIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
W = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
BOMB = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8))
    + b"]>"
)
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (with_part(an_xlsx(TABLE), "xl/media/a.bin", b"\0" * (UNPACKED + 1)), "x.xlsx", "50 MB"),
        (with_part(a_docx(TABLE), "word/a.xml", b" " * (UNPACKED + 1)), "x.docx", "50 MB"),
        (with_part(an_xlsx(TABLE), "a.bin", b"\0" * UNPACKED, ZIP_BZIP2), "x.xlsx", "broken|50 MB"),
        (with_part(an_xlsx(TABLE), "a.bin", b"\0" * 999, ZIP_BZIP2), "x.xlsx", "is broken"),
        (with_part(an_xlsx(TABLE), SHEET, BOMB + MAIN), "x.xlsx", "is broken"),
        (with_part(an_xlsx(TABLE), SHEET, (BOMB + MAIN).decode().encode("utf-16")),
         "x.xlsx", "is broken"),
        (with_part(a_docx(TABLE), "word/document.xml", OUTSIDE + W), "x.docx", "is broken"),
        (with_part(a_docx(TABLE), "word/document.xml", b"<a" * 600_000), "x.docx", "is broken"),
        (with_part(a_docx(TABLE), "word/document.xml", W + b"<w:p/>" * 1_100_000),
         "x.docx", "too much in this file"),
        (with_part(an_xlsx(TABLE), SHEET, MAIN + b"<sheetData><row>" + b"<c/>" * 500_000),
         "x.xlsx", "too much in this file"),
        (with_part(an_xlsx(TABLE), "xl/styles.xml", b"<a/>" * 200_000),
         "x.xlsx", "too much in this file"),
        (with_part(a_docx(TABLE), "word/document.xml", W + b"<w:p>" * 100_000),
         "x.docx", "is broken"),
        (with_part(an_xlsx(TABLE), SHEET, MAIN[:-1] + b" a=''" * 500_000 + b"/>"),
         "x.xlsx", "too much in this file"),
    ],
    ids=range(13),
)  # fmt: skip
def test_a_file_that_hides_something_is_refused_fast(content, name, told):
    with fast(), pytest.raises(Refused, match=told):
        rows_of(content, name)


def test_a_file_that_lies_about_its_size_is_not_unpacked_further():
    content = with_part(an_xlsx(TABLE), SHEET, b" " * 40_000_000)
    lied = content.replace((40_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))

    assert lied != content
    with fast(), pytest.raises(Refused, match="is broken"):
        rows_of(lied, "x.xlsx")


@pytest.mark.parametrize("row", ["1048576", "99999999999999999999", "-5", "x"])
def test_a_row_far_away_takes_no_long_time(row):
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in TABLE[0])
    far = f'<row r="{row}"><c t="inlineStr"><is><t>x</t></is></c></row>'
    sheet = f"{MAIN.decode()}<sheetData><row>{cells}</row>{far}</sheetData></worksheet>"
    content = with_part(an_xlsx(TABLE), SHEET, sheet.encode())

    with fast():
        assert outcome(content, "x.xlsx")


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_a_damaged_file_ends_in_rows_or_a_sentence(kind):
    content = {"xlsx": an_xlsx, "docx": a_docx}[kind](TABLE)

    for _ in range(200):
        damaged = bytearray(content)
        for _ in range(DICE.randint(1, 20)):
            damaged[DICE.randrange(len(damaged))] = DICE.randrange(256)
        assert outcome(bytes(damaged), f"log.{kind}")


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
def test_a_workbook_with_a_strange_part_ends_in_rows_or_a_sentence(part):
    good = part_of(an_xlsx(TABLE), part)

    for _ in range(60):
        strange = bytearray(good)
        at = DICE.randrange(len(strange))
        strange[at : at + DICE.randint(0, 30)] = DICE.randbytes(DICE.randint(0, 30))
        assert outcome(with_part(an_xlsx(TABLE), part, bytes(strange)), "log.xlsx")


# At the door ------------------------------------------------------------------------------------


async def send(person, content, name, **changes):
    data = {"id": str(uuid4()), "text": ""} | changes
    return await person.post(f"{IMPORT}/preview", data=data, files={"upload": (name, content)})


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("content", "name"),
    [
        (an_xlsx(TABLE), "log.xlsx"),
        (a_docx(TABLE), "log.docx"),
        ("\n".join(",".join(row) for row in TABLE).encode(), "log.csv"),
        (b"10:32 Delegation A: Yes: so.\n- No.\nDelegation B: Perhaps.", "log.txt"),
    ],
    ids=["xlsx", "docx", "csv", "txt"],
)
async def test_each_kind_of_file_is_previewed(rapporteur, content, name):
    answer = await send(rapporteur, content, name)

    assert texts(answer, "//h2") == ["Ready to come in: 2 interventions, 3 points"]


@pytest.mark.anyio
@pytest.mark.parametrize("size", [UPLOAD + 1, UPLOAD + 200_000])
async def test_a_file_that_is_too_large_is_refused_beside_its_field(rapporteur, size):
    answer = await send(rapporteur, b"x" * size, "log.txt")

    assert answer.status_code == 422
    assert "larger than 5 MB" in faults(answer)["upload"]


@pytest.mark.anyio
async def test_lines_and_a_file_at_once_are_refused(rapporteur):
    answer = await send(rapporteur, an_xlsx(TABLE), "log.xlsx", text="Delegation A: x")

    assert answer.status_code == 422
    assert list(faults(answer)) == ["upload"]


@pytest.mark.anyio
async def test_what_is_typed_is_text_on_the_page(rapporteur):
    answer = await send(rapporteur, b"Delegation A: <script>x</script>\n", "log.txt")

    assert "<script>x" not in answer.text
    assert "&lt;script&gt;x" in answer.text
