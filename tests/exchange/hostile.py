# ruff: noqa: E501 (a file a line)
"""Files that somebody might send by mistake or in malice: name, content, what is told."""

import struct
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import openpyxl

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>Country</t></is></c></row>'
BROKEN, LARGE, HEADINGS = "broken", "larger than 5 MB", "needs “Delegation” \\(or “Code”\\)"
UNPACKS, MUCH, LETTERS = "unpacks to more", "too much in this file", "letters of this file"
EMPTY, OLD, ROWS, KIND = "file is empty", "file of old", "more than 10000 rows", "ends in .xlsx"
NOTHING = "nothing to import"
GOOD = ""  # it is read all the same: what is strange in it does no harm


def a_sheet(rows=HEAD, before="", after=""):
    return f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def a_book(sheet=None, parts=None, method=ZIP_DEFLATED, leave_out=()):
    """An .xlsx file, put together by hand."""
    whole = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="xml"'
        ' ContentType="application/xml"/><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
        '"/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type='
        f'"{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="One"'
        ' sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1"'
        f' Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet if sheet is not None else a_sheet(),
        **(parts or {}),
    }
    file = BytesIO()
    with ZipFile(file, "w", method) as archive:
        for name, content in whole.items():
            if name not in leave_out:
                archive.writestr(name, content)
    return file.getvalue()


def written(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def cells(*texts):
    """A row of a sheet."""
    made = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f"<row>{made}</row>"


def doctype(entities, body):
    return f'<!DOCTYPE x [{entities}]><worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'


def lying(content):
    """A file whose directory says that all in it is small."""
    with ZipFile(BytesIO(content)) as archive:
        sizes = [info.file_size for info in archive.infolist()]
    for size in sizes:
        if size > 1_000_000:
            content = content.replace(struct.pack("<L", size), struct.pack("<L", 10))
    return content


def corrupted(content, at=0.5):
    place = int(len(content) * at)
    return (
        content[:place]
        + bytes(255 - byte for byte in content[place : place + 40])
        + content[place + 40 :]
    )


GOOD_ROWS = (["Country", "Name"], ["Delegation A", "Ann Bee"])
FULL = written(*GOOD_ROWS)
PEOPLE = cells("Country", "Name") + cells("Delegation A", "Ann Bee")
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
FAR = (
    cells("Country", "Name")
    + '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>A</t></is></c></row>'
)
CYRILLIC = "Страна;ФИО\nДелегация;Иван Иванов\n"
ARABIC = "البلد;الاسم\nالوفد;الاسم الكامل\n"
BOMB = a_book(a_sheet("<row/>" * 20_000_000))
NESTED = a_book(parts={"xl/media/bomb.zip": BOMB})

FILES = {
    "nothing": ("list.xlsx", b"", EMPTY),
    "nothing as text": ("list.csv", b"", EMPTY),
    "more than 5 MB": ("list.xlsx", b"PK" + b"0" * 5_000_000, LARGE),
    "old Excel": ("list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, OLD),
    "old Excel, renamed": ("list.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, OLD),
    "another kind": ("list.pdf", b"%PDF-1.7", KIND),
    "macros by name": ("list.xlsm", FULL, KIND),
    "no ending": ("list", FULL, KIND),
    "text, renamed": ("list.xlsx", b"Country;Name\nA;B\n", BROKEN),
    "a page, renamed": ("list.xlsx", b"<html><table><tr><td>Country", BROKEN),
    "a picture, renamed": ("list.xlsx", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, BROKEN),
    "Excel, renamed as text": ("list.csv", FULL, LETTERS),
    "an archive of nothing": ("list.xlsx", a_book(leave_out=["xl/workbook.xml"]), BROKEN),
    "no sheet in it": ("list.xlsx", a_book(leave_out=["xl/worksheets/sheet1.xml"]), HEADINGS),
    "cut in half": ("list.xlsx", FULL[: len(FULL) // 2], BROKEN),
    "without its end": ("list.xlsx", FULL[:-30], BROKEN),
    "damaged": ("list.xlsx", corrupted(FULL, 0.1), BROKEN),
    "XML that does not end": ("list.xlsx", a_book(a_sheet()[:-20]), BROKEN),
    "a bomb": ("list.xlsx", BOMB, UNPACKS),
    "a bomb that lies": ("list.xlsx", lying(BOMB), BROKEN),
    "a bomb in a picture": ("list.xlsx", a_book(parts={"xl/media/a.png": b"\0" * 60_000_000}), UNPACKS),
    "3,000 parts": ("list.xlsx", a_book(parts={f"x/{n}.xml": "" for n in range(3_000)}), UNPACKS),
    "a bomb in a bomb": ("list.xlsx", NESTED, HEADINGS),
    "too many cells": ("list.xlsx", a_book(a_sheet("<row><c/></row>" * 999_999)), MUCH),
    "a billion laughs": ("list.xlsx", a_book(doctype(f'<!ENTITY l0 "ha">{LAUGHS}', cells("&l9;"))), BROKEN),
    "a file of the server": (
        "list.xlsx",
        a_book(doctype('<!ENTITY x SYSTEM "file:///etc/passwd">', cells("&x;"))),
        BROKEN,
    ),
    "a page of another server": (
        "list.xlsx",
        a_book(doctype('<!ENTITY x SYSTEM "http://127.0.0.1:1/x">', cells("&x;"))),
        BROKEN,
    ),
    "a strange way of packing": ("list.xlsx", a_book(method=ZIP_BZIP2), BROKEN),
    "another strange way": ("list.xlsx", a_book(method=ZIP_LZMA), BROKEN),
    "not packed at all": ("list.xlsx", a_book(a_sheet(PEOPLE), method=ZIP_STORED), GOOD),
    "1,048,576 empty rows": ("list.xlsx", a_book(a_sheet(FAR)), GOOD),
    "300,000 empty rows": (
        "list.xlsx",
        a_book(a_sheet(PEOPLE + "<row/>" * 300_000)),
        GOOD,
    ),
    "macros inside": (
        "list.xlsx",
        a_book(a_sheet(PEOPLE), parts={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 99}),
        GOOD,
    ),
    "formulas": ("list.xlsx", written(GOOD_ROWS[0], ["Delegation A", '=HYPERLINK("http://x")']), GOOD),
    "a sheet of pictures only": ("list.xlsx", a_book(a_sheet("")), HEADINGS),
    "headings alone": ("list.xlsx", written(GOOD_ROWS[0]), NOTHING),
    "headings of something else": ("list.xlsx", written(["Price", "Colour"], [1, 2]), HEADINGS),
    "10,001 people": (
        "list.csv",
        b"Country;Name\n" + b"".join(b"A;Person %d\n" % n for n in range(10_001)),
        ROWS,
    ),
    "one endless cell": ("list.csv", b'Country;Name\nA;"' + b"x" * 900_000, BROKEN),
    "Cyrillic of old": ("list.csv", CYRILLIC.encode("cp1251"), LETTERS),
    "Cyrillic of DOS": ("list.csv", CYRILLIC.encode("cp866"), LETTERS),
    "Arabic of old": ("list.csv", ARABIC.encode("cp1256"), LETTERS),
    "half a character": ("list.csv", "Country;Name\nA;Zoë".encode("utf-16")[:-1], LETTERS),
    "zeros": ("list.csv", b"Country;Name\nA;B\0\0\0\n", LETTERS),
}  # fmt: skip
