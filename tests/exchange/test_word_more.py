"""Footnotes, tables, contents and tracked changes of a report are Word's own."""

import re
from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from meetings.exchange.pdf import write_pdf
from meetings.exchange.word import Chapter, Heading, Noted, Table, write_docx
from meetings.exchange.word_changes import Hand, changed_paragraph
from meetings.exchange.word_languages import MANNERS
from meetings.exchange.xml import write_xml
from tests.exchange.office import convert, pages
from tests.exchange.test_word import a_report
from tests.exchange.test_xml import ORIGIN, faults, found, texts, written

NOTED = Noted(
    "Two States had joined. Others followed.", ((39, "See document B."), (22, "In 2030."))
)
FIGURES = Table(("Group", "States"), (("First", "12"), ("Second", "7")))


def a_full_report(language="en", *more):
    chapters = (
        Chapter(3, "Lessons", ("Before.", NOTED, FIGURES, Heading("Debate"), "After.", *more)),
        Chapter(4, "Outlook", ("Last.",)),
    )
    return a_report(language=language, chapters=chapters, contents="Contents")


def footnotes(word):
    [part] = [
        relation.target_part
        for relation in word.part.rels.values()
        if relation.reltype.endswith("/footnotes")
    ]
    return docx.oxml.parse_xml(part.blob)


def told(root):
    return ["".join(text.text for text in note.iter(qn("w:t"))).strip() for note in root]


@pytest.mark.parametrize("language", MANNERS)
def test_footnotes_are_real_and_come_in_the_order_of_the_text(language):
    word = docx.Document(BytesIO(write_docx(a_full_report(language))))

    marks = [mark.get(qn("w:id")) for mark in word.element.body.iter(qn("w:footnoteReference"))]
    notes = footnotes(word)
    assert marks == ["1", "2"]
    assert [note.get(qn("w:id")) for note in notes] == ["-1", "0", "1", "2"]
    assert told(notes)[2:] == ["In 2030.", "See document B."]


def test_the_head_of_a_table_comes_again_on_each_page():
    [table] = docx.Document(BytesIO(write_docx(a_full_report()))).tables

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        *(["Group", "States"], ["First", "12"], ["Second", "7"])
    ]
    head, first, _ = table._tbl.tr_lst  # noqa: SLF001
    assert head.find(f".//{qn('w:tblHeader')}") is not None
    assert first.find(f".//{qn('w:tblHeader')}") is None


def test_tables_are_mirrored_in_arabic():
    [table] = docx.Document(BytesIO(write_docx(a_full_report("ar")))).tables

    assert table._tbl.tblPr.find(qn("w:bidiVisual")) is not None  # noqa: SLF001


def test_contents_give_each_heading_and_its_page(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(write_pdf(write_docx(a_full_report("en", *["A long text. " * 40] * 20))))

    text = "\n".join(pages(path))

    lines = re.findall(r"^ *(\S+) +(Lessons|Debate|Outlook) ?[. ]{9,}(\d+)$", text, re.MULTILINE)
    assert lines == [("III.", "Lessons", "1"), ("A.", "Debate", "1"), ("IV.", "Outlook", "3")]


@pytest.mark.parametrize("language", MANNERS)
def test_an_office_program_keeps_all_of_it(language, tmp_path):
    report = docx.Document(BytesIO(write_docx(a_full_report(language))))
    hand = Hand("Secretariat", datetime(2031, 5, 7, tzinfo=UTC))
    pieces = [("same", "All "), ("deleted", "old"), ("inserted", "new"), ("same", " words")]
    changed = changed_paragraph(MANNERS[language], "NumberedParagraph", pieces, hand)
    list(report.element.body)[-1].addprevious(changed)
    file = BytesIO()
    report.save(file)

    kept = docx.Document(convert(file.getvalue(), "report.docx", "docx:MS Word 2007 XML", tmp_path))

    body = kept.element.body
    assert told(footnotes(kept))[-2:] == ["In 2030.", "See document B."]
    assert [change.get(qn("w:author")) for change in body.iter(qn("w:ins"), qn("w:del"))] == [
        *("Secretariat", "Secretariat")
    ]
    assert [text.text for text in body.iter(qn("w:delText"))] == ["old"]
    assert len(kept.tables) == 1
    said = [paragraph.text for paragraph in kept.paragraphs]
    assert {"Before.", "After.", "Last."} <= set(said)
    styles = [paragraph.style.name for paragraph in kept.paragraphs]
    assert styles.count("Numbered Paragraph") == 5
    assert styles.count("Heading 1") == 2


def test_footnotes_and_tables_are_in_the_xml_too():
    tree = written(a_full_report())

    assert faults(tree) == []
    assert texts(tree, "//a:authorialNote") == ["In 2030.", "See document B."]
    assert found(tree, "//a:authorialNote/@marker") == ["1", "2"]
    assert texts(tree, "//a:td") == ["First", "12", "Second", "7"]
    assert write_xml(a_full_report(), ORIGIN).count(b"<table ") == 1
