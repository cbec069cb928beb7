"""A report leaves as a Word file that a person can go on editing."""

import re
from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.exchange.word import Chapter, Heading, ReportDocument, Subparagraph, write_docx
from meetings.exchange.word_languages import MANNERS, arabic_label, original_lines
from meetings.exchange.word_text import Changed
from meetings.interventions.differing import Change, Piece

# The order in which the schema wants the children of these elements; Word refuses another.
ORDERS = {
    "pPr": "pStyle keepNext keepLines numPr pBdr tabs suppressAutoHyphens bidi spacing ind jc "
    "outlineLvl",
    "rPr": "rStyle rFonts b bCs i iCs color spacing w kern position sz szCs vertAlign rtl lang",
    "tblPr": "bidiVisual tblW tblInd tblBorders tblLayout tblCellMar",
    "tcPr": "tcW gridSpan tcBorders vAlign",
    "lvl": "start numFmt pStyle lvlText lvlJc",
    "style": "name basedOn qFormat pPr rPr",
    "sectPr": "headerReference footerReference pgSz pgMar cols titlePg bidi docGrid",
    "settings": "zoom evenAndOddHeaders characterSpacingControl footnotePr compat",
    "numbering": "abstractNum num",
    "styles": "docDefaults style",
}


def a_report(**changes):
    return ReportDocument(
        **{
            "symbol": "XYZ/COSP/EG.1/2031/L.1/Add.1",
            "language": "en",
            "organ": "Conference of the States Parties to the Example Convention",
            "meeting": "Open-ended expert meeting on cooperation",
            "place_and_dates": "Vienna, 5-9 May 2031",
            "date": "7 May 2031",
            "original_language": "en",
            "title": "Draft report",
            "addendum": "Addendum",
            "chapters": (
                Chapter(
                    3,
                    "Lessons learned",
                    (
                        "The Secretariat gave an update on the following:",
                        Subparagraph("Central authorities:"),
                        Subparagraph("For extradition;", level=2),
                        Heading("General discussion"),
                        "Several speakers described their experience.",
                        Heading("Direct channels", level=2),
                        "One speaker asked for direct contacts.",
                    ),
                ),
            ),
            **changes,
        }
    )


def opened(document):
    return docx.Document(BytesIO(write_docx(document)))


def xml_parts(word):
    """Each part that we write, as its element."""
    section = word.sections[0]
    frames = (
        *(section.first_page_header, section.even_page_header, section.header),
        *(section.first_page_footer, section.even_page_footer, section.footer),
    )
    return [
        *(word.element, word.styles.element, word.part.numbering_part.element),
        *(word.settings.element, *(frame.part.element for frame in frames)),
    ]


def name_of(element):
    return element.tag.rpartition("}")[2]


def numbering_of(style):
    """The list and the level that a style puts its paragraphs in."""
    properties = style.element.pPr.numPr
    return properties.numId.val, properties.ilvl.val


def levels(word):
    """Number format, pattern and style of each level of each list."""
    numbering = word.part.numbering_part.element
    patterns = {
        pattern.get(qn("w:abstractNumId")): [
            tuple(
                level.find(qn(f"w:{part}")).get(qn("w:val"))
                for part in ("numFmt", "lvlText", "pStyle")
            )
            for level in pattern.findall(qn("w:lvl"))
        ]
        for pattern in numbering.findall(qn("w:abstractNum"))
    }
    return {num.numId: patterns[str(num.abstractNumId.val)] for num in numbering.num_lst}


def starts(word):
    return {
        num.numId: num.lvlOverride_lst[0].startOverride.val
        for num in word.part.numbering_part.element.num_lst
    }


def test_texts_hold_no_numbers_and_say_by_style_what_they_are():
    body = [
        (paragraph.style.style_id, paragraph.text) for paragraph in opened(a_report()).paragraphs
    ]

    assert body == [
        ("SessionName", "Open-ended expert meeting on cooperation"),
        ("SessionPlace", "Vienna, 5-9 May 2031"),
        ("Title", "Draft report"),
        ("Subtitle", "Addendum"),
        ("Heading1", "Lessons learned"),
        ("NumberedParagraph", "The Secretariat gave an update on the following:"),
        ("Subparagraph", "Central authorities:"),
        ("SubparagraphItem", "For extradition;"),
        ("Heading2", "General discussion"),
        ("NumberedParagraph", "Several speakers described their experience."),
        ("Heading3", "Direct channels"),
        ("NumberedParagraph", "One speaker asked for direct contacts."),
    ]


def test_styles_number_headings_and_paragraphs_in_two_lists():
    word = opened(a_report(number_first_paragraph=8))

    numbered = ("Heading1", "Heading2", "Heading3", "NumberedParagraph", "Subparagraph")
    by_id = {style.style_id: style for style in word.styles}
    assert [numbering_of(by_id[style]) for style in numbered] == [
        *((1, 0), (1, 1), (1, 2)),
        *((2, 0), (2, 1)),
    ]
    assert levels(word) == {
        1: [
            ("upperRoman", "%1.", "Heading1"),
            ("upperLetter", "%2.", "Heading2"),
            ("decimal", "%3.", "Heading3"),
        ],
        2: [
            ("decimal", "%1.", "NumberedParagraph"),
            ("lowerLetter", "(%2)", "Subparagraph"),
            ("lowerRoman", "(%3)", "SubparagraphItem"),
        ],
    }
    assert starts(word) == {1: 3, 2: 8}


def test_a_chapter_that_does_not_follow_the_one_before_starts_a_list_of_its_own():
    chapters = tuple(
        Chapter(number, "Title", (Heading("Section"), "Text.")) for number in (3, 4, 7, 8, 2)
    )

    word = opened(a_report(chapters=chapters))

    assert starts(word) == {1: 3, 3: 7, 4: 2, 2: 1}
    assert [
        [num.val for num in heading.paragraph_format.element.iter(qn("w:numId"))]
        for heading in word.paragraphs
        if heading.style.name.startswith("Heading")
    ] == [[], [], [], [], [3], [3], [3], [3], [4], [4]]


def test_french_and_spanish_letter_their_subparagraphs_with_one_bracket():
    patterns = {
        language: [text for _, text, _ in levels(opened(a_report(language=language)))[2]]
        for language in ("fr", "es", "ru", "zh")
    }

    assert patterns == {
        "fr": ["%1.", "%2)", "%3)"],
        "es": ["%1.", "%2)", "%3)"],
        "ru": ["%1.", "(%2)", "(%3)"],
        "zh": ["%1.", "(%2)", "(%3)"],
    }


def test_chinese_chapters_have_chinese_numbers():
    assert levels(opened(a_report(language="zh")))[1] == [
        ("chineseCountingThousand", "%1、", "Heading1"),
        ("upperLetter", "%2.", "Heading2"),
        ("decimal", "%3.", "Heading3"),
    ]


def test_arabic_headings_are_numbered_in_words_and_paragraphs_by_word():
    content = (
        Heading("مناقشة"),
        "نص.",
        Heading("قنوات", 2),
        Heading("مساعدة"),
        Heading("قنوات", 2),
    )
    word = opened(a_report(language="ar", chapters=(Chapter(3, "تنفيذ", content),)))

    headings = [
        paragraph.text.split("\t")
        for paragraph in word.paragraphs
        if paragraph.style.name.startswith("Heading")
    ]
    assert headings == [
        ["", "ثالثا -", "تنفيذ"],
        ["", "ألف -", "مناقشة"],
        ["", "1 -", "قنوات"],
        ["", "باء -", "مساعدة"],
        ["", "1 -", "قنوات"],
    ]
    assert levels(word) == {
        2: [
            ("decimal", "%1 -", "NumberedParagraph"),
            ("arabicAbjad", "(%2)", "Subparagraph"),
            ("lowerRoman", "(%3)", "SubparagraphItem"),
        ]
    }


def test_arabic_numbers_go_on_in_digits_where_the_words_end():
    assert [arabic_label(*of) for of in ((0, 20), (0, 21), (1, 29), (2, 3))] == [
        "عشرون -",
        "21 -",
        "29 -",
        "3 -",
    ]


def test_arabic_runs_from_right_to_left_but_latin_words_and_symbols_in_it_do_not():
    text = "عقد (XYZ/COSP/2031/2) في شبكة Example Net 21 اليوم."
    word = opened(a_report(language="ar", chapters=(Chapter(1, "عنوان", (text,)),)))

    [normal] = [style for style in word.styles if style.style_id == "Normal"]
    runs = [
        (run.text, run.font.element.rPr.find(qn("w:rtl")) is not None)
        for run in word.paragraphs[-1].runs
    ]
    assert normal.element.pPr.find(qn("w:bidi")) is not None
    assert runs == [
        ("عقد (", True),
        ("XYZ/COSP/2031/2", False),
        (") في شبكة ", True),
        ("Example Net 21", False),
        (" اليوم.", True),
    ]


def test_spaces_at_the_ends_of_runs_are_kept():
    chapters = (Chapter(1, "عنوان", ("شبكة Example اليوم",)),)

    texts = opened(a_report(language="ar", chapters=chapters)).element.iter(qn("w:t"))

    assert {text.get(qn("xml:space")) for text in texts} == {"preserve"}


def test_the_arabic_page_and_its_masthead_are_mirrored():
    word = opened(a_report(language="ar"))

    head = word.sections[0].first_page_header.part.element
    assert len(list(word.element.body.sectPr.iter(qn("w:bidi")))) == 1
    assert len(list(head.iter(qn("w:bidiVisual")))) == 1


def test_the_masthead_names_organization_symbol_body_and_distribution():
    section = opened(a_report(language="fr", date="7 mai 2031")).sections[0]

    [masthead] = section.first_page_header.tables
    cells = [[cell.text for cell in row.cells] for row in masthead.rows]
    symbol = "XYZ/COSP/EG.1/2031/L.1/Add.1"
    organ = "Conference of the States Parties to the Example Convention"
    block = "Distr. limitée\n7 mai 2031\nFrançais\nOriginal\N{NO-BREAK SPACE}: anglais"
    assert cells == [["", "Nations Unies", symbol, symbol], ["", organ, organ, block]]


def test_the_first_part_of_the_symbol_is_larger_and_all_of_it_flush_right():
    [masthead] = opened(a_report()).sections[0].first_page_header.tables

    line = masthead.rows[0].cells[2].paragraphs[0]
    assert [(run.text, run.font.size.pt) for run in line.runs] == [
        ("XYZ", 20),
        ("/COSP/EG.1/2031/L.1/Add.1", 10),
    ]
    assert line.alignment.name == "RIGHT"


@pytest.mark.parametrize(
    ("version", "original", "lines"),
    [
        ("en", "en", ("", "Original: English")),
        ("en", "fr", ("English", "Original: French")),
        ("fr", "fr", ("", "Original\N{NO-BREAK SPACE}: français")),
        ("es", "fr", ("Español", "Original: francés")),
        ("ar", "en", ("Arabic", "Original: English")),
    ],
)
def test_a_translation_names_its_language_above_that_of_the_original(version, original, lines):
    assert original_lines(version, original) == lines


def test_symbols_stand_on_the_outer_side_of_the_pages_that_follow():
    word = opened(a_report(job_number="V.31-01234"))

    section = word.sections[0]
    heads = [frame.paragraphs[0] for frame in (section.even_page_header, section.header)]
    feet = [frame.paragraphs[0].text for frame in (section.even_page_footer, section.footer)]
    assert [(head.text, head.alignment.name) for head in heads] == [
        ("XYZ/COSP/EG.1/2031/L.1/Add.1", "LEFT"),
        ("XYZ/COSP/EG.1/2031/L.1/Add.1", "RIGHT"),
    ]
    assert feet == ["/\tV.31-01234", "V.31-01234\t/"]  # pages are fields round the stroke
    assert section.different_first_page_header_footer
    assert word.settings.odd_and_even_pages_header_footer


def test_a_job_number_is_printed_with_its_language_and_its_bars_only_where_it_was_given():
    given_one, without = (
        [line.text for line in opened(a_report(**job)).sections[0].first_page_footer.paragraphs]
        for job in ({"job_number": "V.31-01234"}, {})
    )

    assert given_one == ["V.31-01234 (E)", "*3101234*"]
    assert without == ["\t/"]


def test_properties_repeat_what_readers_by_ear_are_not_told_of_the_masthead():
    written = datetime(2031, 5, 7, 18, tzinfo=UTC)

    properties = opened(a_report(language="es", written_at=written)).core_properties

    assert properties.title == "Draft report (XYZ/COSP/EG.1/2031/L.1/Add.1)"
    assert properties.subject == "Open-ended expert meeting on cooperation"
    assert properties.identifier == "XYZ/COSP/EG.1/2031/L.1/Add.1"
    assert properties.author == "Naciones Unidas"
    assert properties.language == "es-ES"
    assert properties.created == properties.modified == written
    assert properties.comments == ""


@pytest.mark.parametrize(
    ("language", "tag"), [("fr", "fr-FR"), ("ru", "ru-RU"), ("ar", "en-GB"), ("zh", "en-GB")]
)
def test_the_text_says_its_language_to_spelling_checkers(language, tag):
    defaults = opened(a_report(language=language)).styles.element.find(qn("w:docDefaults"))

    [lang] = defaults.iter(qn("w:lang"))
    assert [lang.get(qn(f"w:{of}")) for of in ("val", "eastAsia", "bidi")] == [
        *(tag, "zh-CN", "ar-SA")
    ]


def test_headings_stay_with_what_follows_and_make_the_outline():
    headings = [style for style in opened(a_report()).styles if style.name[:7] == "Heading"]

    assert [
        (
            style.paragraph_format.keep_with_next,
            style.paragraph_format.keep_together,
            style.element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")),
        )
        for style in headings
    ] == [(True, True, "0"), (True, True, "1"), (True, True, "2")]


@pytest.mark.parametrize(
    ("paper", "width", "height", "margin"), [("A4", 210, 297, 16.5), ("Letter", 216, 279, 21.2)]
)
def test_the_page_is_that_of_the_duty_station(paper, width, height, margin):
    section = opened(a_report(paper=paper)).sections[0]

    lengths = (section.page_width, section.page_height, section.left_margin, section.right_margin)
    assert [round(length.mm, 1) for length in lengths] == pytest.approx(
        [width, height, margin, margin], abs=0.5
    )


@pytest.mark.parametrize("language", MANNERS)
def test_elements_stand_in_the_order_of_the_schema(language):
    word = opened(a_report(language=language, job_number="V.31-01234"))

    for part in xml_parts(word):
        for element in part.iter(*(qn(f"w:{tag}") for tag in ORDERS)):
            order = ORDERS[name_of(element)].split()
            places = [order.index(name_of(child)) for child in element]
            assert places == sorted(places), element.xml


def test_every_style_that_is_used_is_there():
    word = opened(a_report(job_number="V.31-01234"))

    used = {
        element.get(qn("w:val"))
        for part in xml_parts(word)
        for element in part.iter(qn("w:pStyle"), qn("w:basedOn"))
    }
    assert used - {style.style_id for style in word.styles} == set()


def test_the_file_holds_nothing_of_an_empty_document_of_somebody_else():
    package = opened(a_report()).part.package

    names = {re.sub(r"\d*\.xml", "", str(part.partname)) for part in package.iter_parts()}
    assert names == {
        *("/docProps/core", "/word/document", "/word/styles", "/word/numbering"),
        *("/word/settings", "/word/header", "/word/footer", "/word/footnotes"),
    }


@settings(deadline=None)
@given(st.text())
def test_any_text_makes_a_file_that_opens_and_holds_what_can_be_printed(text):
    chapters = (Chapter(1, text, (text, Heading(text), Subparagraph(text))),)

    word = opened(a_report(symbol=text, organ=text, meeting=text, title=text, chapters=chapters))

    shown = {paragraph.text for paragraph in word.paragraphs[4:]}
    [expected] = shown
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]", expected)
    assert re.sub(r"\W", "", expected) == re.sub(r"\W", "", text)


def test_a_line_feed_is_a_new_line_in_the_same_paragraph():
    word = opened(a_report(place_and_dates="Vienna, 5-9 May 2031\r\nItem 2\x0c"))

    assert word.paragraphs[1].text == "Vienna, 5-9 May 2031\nItem 2"


def test_a_long_title_does_not_fail_for_the_properties_of_the_file():
    properties = opened(a_report(title="Draft " * 100, meeting="Meeting " * 100)).core_properties

    assert (len(properties.title), len(properties.subject)) == (255, 255)


def test_a_report_without_chapters_is_a_title_page():
    word = opened(a_report(chapters=(), addendum=""))

    assert [paragraph.style.style_id for paragraph in word.paragraphs] == [
        *("SessionName", "SessionPlace", "Title"),
    ]


# Marks and changes ----------------------------------------------------------------------------


def w(tag):
    return qn(f"w:{tag}")


def test_italics_and_footnotes_are_real():
    text = "*Recalling* resolution 8/1[^Adopted in 2019.], it closed."
    word = opened(a_report(chapters=(Chapter(3, "One", (text,)),)))
    body = word.element.body
    part = word.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)

    italic = [run.text for run in body.iter(w("r")) if run.find(f"{w('rPr')}/{w('i')}") is not None]
    (reference,) = body.iter(w("footnoteReference"))

    assert italic == ["Recalling"]
    assert reference.get(w("id")) == "1"
    assert b"Adopted in 2019." in part.blob
    assert "[^" not in "".join(one.text for one in word.paragraphs)


def test_changes_are_tracked_with_who_and_when():
    pieces = (
        Piece(Change.OUT, "Several"),
        Piece(Change.IN, "Some"),
        Piece(Change.SAME, " speakers agreed."),
    )
    chapter = Chapter(3, "One", (Changed(pieces),))
    at = datetime(2031, 5, 9, 15, 30, tzinfo=UTC)
    body = opened(
        a_report(chapters=(chapter,), written_at=at, changed_by="The secretariat")
    ).element

    (came,), (went,) = body.iter(w("ins")), body.iter(w("del"))

    assert [came.get(w(name)) for name in ("author", "date")] == [
        "The secretariat",
        "2031-05-09T15:30:00Z",
    ]
    assert [one.text for one in went.iter(w("delText"))] == ["Several"]
    assert [one.text for one in came.iter(w("t"))] == ["Some"]
    assert went.get(w("id")) != came.get(w("id"))
