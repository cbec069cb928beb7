"""A report leaves as PDF: the pages of the Word file, for readers by eye and by ear."""

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest

from meetings.base.errors import Refused
from meetings.exchange import pdf
from meetings.exchange.pdf import write_pdf
from meetings.exchange.word import write_docx
from meetings.exchange.word_changes import Hand, changed_paragraph
from meetings.exchange.word_languages import MANNERS
from tests.exchange.office import pages, program
from tests.exchange.test_word import a_report


def written(content, folder):
    path = folder / "report.pdf"
    path.write_bytes(content)
    return path


def told(name, path):
    return subprocess.run(
        [program(name), str(path)], check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.parametrize(("language", "tag"), [("en", "en-GB"), ("ar", "ar-SA"), ("zh", "zh-CN")])
def test_it_can_be_read_by_ear(language, tag, tmp_path):
    content = write_pdf(write_docx(a_report(language=language)))
    path = written(content, tmp_path)

    facts = told("pdfinfo", path)
    assert re.search(r"Tagged: +yes", facts)
    assert re.search(r"Title: +Draft report \(XYZ/COSP/EG.1/2031/L.1/Add.1\)", facts)
    assert f"/Lang({tag})".encode() in content
    assert b"pdfuaid" in content
    assert b"/Outlines" in content


def test_it_carries_its_fonts(tmp_path):
    path = written(write_pdf(write_docx(a_report())), tmp_path)

    rows = told("pdffonts", path).splitlines()[2:]
    assert rows
    assert all(re.search(r" yes +(yes|no) +(yes|no) +\d+ +\d+$", row) for row in rows)


def test_tracked_changes_are_printed_as_if_taken_over(tmp_path):
    word = docx.Document(BytesIO(write_docx(a_report())))
    last = list(word.element.body)[-2]
    hand = Hand("Secretariat", datetime(2031, 5, 7, tzinfo=UTC))
    for pieces in ([("deleted", "Gone.")], [("same", "It "), ("inserted", "stays.")]):
        last.addprevious(changed_paragraph(MANNERS["en"], "NumberedParagraph", pieces, hand))
    file = BytesIO()
    word.save(file)

    [page] = pages(written(write_pdf(file.getvalue()), tmp_path))

    assert "Gone" not in page
    assert re.search(r"^ +3\. +It stays\.\n+ +4\. +One speaker asked", page, re.MULTILINE)


def test_two_are_made_at_once():
    word = write_docx(a_report())

    with ThreadPoolExecutor() as hands:
        made = list(hands.map(write_pdf, [word] * 3))

    assert {content[:5] for content in made} == {b"%PDF-"}


def test_who_has_no_office_is_told_how_to_get_it(monkeypatch):
    monkeypatch.setattr(pdf, "office", lambda: None)

    with pytest.raises(Refused, match="libreoffice-writer-nogui"):
        write_pdf(b"")


def test_what_takes_too_long_is_ended():
    with pytest.raises(Refused, match="too long"):
        write_pdf(write_docx(a_report()), seconds=0.05)


def test_what_cannot_be_printed_is_told(monkeypatch, tmp_path):
    idle = tmp_path / "soffice"
    idle.write_text("#!/bin/sh\nexit 0\n")
    idle.chmod(0o700)
    monkeypatch.setattr(pdf, "office", lambda: str(idle))

    with pytest.raises(Refused, match="no PDF"):
        write_pdf(write_docx(replace(a_report(), addendum="")))


@pytest.mark.anyio
async def test_a_person_takes_it_from_the_page(rapporteur):
    page = await rapporteur.get("/sessions/eg1-2021/exports")
    answer = await rapporteur.get("/sessions/eg1-2021/exports/report.pdf?language=fr&item=3")

    assert 'formaction="/sessions/eg1-2021/exports/report.pdf"' in page.text
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="eg1-2021-3-fr.pdf"'
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.anyio
async def test_the_page_says_how_to_get_it_where_it_is_missing(rapporteur, monkeypatch):
    monkeypatch.setattr("meetings.exchange.web.office", lambda: None)

    page = await rapporteur.get("/sessions/eg1-2021/exports")

    assert "libreoffice-writer-nogui" in page.text
    assert "report.pdf" not in page.text
