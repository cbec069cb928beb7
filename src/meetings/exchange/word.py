"""A report as a Word file, laid out as the United Nations issues it.

Numbers of chapters, headings and paragraphs are Word's own, held by the styles: whoever edits the
file inserts and moves paragraphs, and the numbers follow.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Literal

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.section import Section
from docx.shared import Twips

from meetings.exchange.legal_text import legal_text
from meetings.exchange.word_languages import (
    MANNERS,
    Distribution,
    Language,
    Manner,
    arabic_label,
    original_lines,
)
from meetings.exchange.word_parts import (
    element,
    job_foot,
    masthead,
    paragraph,
    running_foot,
    running_head,
    runs,
)
from meetings.exchange.word_styles import (
    HEADING_LIST,
    HEADINGS,
    PARAGRAPHS,
    heading_lists,
    list_definitions,
    list_place,
    style_definitions,
)
from meetings.exchange.word_text import Changed, Writer, add_footnotes

Paper = Literal["A4", "Letter"]

SIZES: dict[Paper, tuple[int, int]] = {"A4": (11907, 16840), "Letter": (12240, 15840)}
MARGINS: dict[Paper, int] = {"A4": 936, "Letter": 1200}
KEPT = {
    *(RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES),
    *(RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.NUMBERING, RELATIONSHIP_TYPE.SETTINGS),
}
LONGEST_PROPERTY = 255  # characters


@dataclass(frozen=True)
class Heading:
    """A heading inside a chapter: level 1 is "A.", level 2 is "1."."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True)
class Subparagraph:
    """A part of the paragraph before it: level 1 is "(a)", level 2 is "(i)"."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True)
class Chapter:
    """A chapter; a plain string in it is a numbered paragraph, with its few marks (marks.py)."""

    number: int
    title: str
    paragraphs: tuple[str | Changed | Subparagraph | Heading, ...]
    annex: bool = False  # without a number, and its paragraphs without numbers


@dataclass(frozen=True)
class ReportDocument:
    """All that is printed, in its language and already worded; numbers are not in the texts."""

    symbol: str
    language: Language
    organ: str  # the parent conference, in large letters
    meeting: str  # the session that reports
    place_and_dates: str
    date: str
    original_language: Language
    title: str
    chapters: tuple[Chapter, ...]
    addendum: str = ""  # "Addendum", or nothing
    distribution: Distribution = "limited"
    paper: Paper = "A4"
    job_number: str = ""  # given by documents management, never made up
    number_first_paragraph: int = 1
    written_at: datetime | None = None  # also when the changes in it were made
    changed_by: str = ""


def write_docx(document: ReportDocument) -> bytes:
    """The Word file."""
    manner = MANNERS[document.language]
    chapters = [chapter.number for chapter in document.chapters if not chapter.annex]
    word = docx.Document()
    _drop_unused_parts(word)
    _fill(word.styles.element, style_definitions(manner, document.organ))
    _fill(
        word.part.numbering_part.element,
        list_definitions(manner, chapters, document.number_first_paragraph),
    )
    _fill(word.settings.element, _settings())
    section_properties = word.element.body.get_or_add_sectPr()
    if manner.right_to_left:
        section_properties[-1].addprevious(element("bidi"))  # the grid of lines stands last
    writer = Writer(manner, document.changed_by or manner.organization, document.written_at)
    _fill(word.element.body, [*_body(document, writer), section_properties])
    add_footnotes(word, writer)
    _set_page(word.sections[0], document)
    _fill_frames(word.sections[0], document)
    _describe(word, document)
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _drop_unused_parts(word: Document) -> None:
    """Leave out what comes with an empty document: a theme, fonts, a picture of another page."""
    for relations in (word.part.package.rels, word.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype not in KEPT]:
            del relations[key]


def _fill(whole: Element, parts: Iterable[Element]) -> None:
    """Put these parts in the place of all others."""
    whole[:] = list(parts)


def _settings() -> list[Element]:
    word_2013 = element(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=15,
    )
    return [
        element("zoom", percent=100),
        element("evenAndOddHeaders"),
        element("characterSpacingControl", val="doNotCompress"),
        # A justified line that ends with a line break is not stretched.
        element("compat", element("doNotExpandShiftReturn"), word_2013),
    ]


def _set_page(section: Section, document: ReportDocument) -> None:
    width, height = SIZES[document.paper]
    section.page_width, section.page_height = Twips(width), Twips(height)
    section.left_margin = section.right_margin = Twips(MARGINS[document.paper])
    section.top_margin, section.bottom_margin = Twips(1440), Twips(1152)
    section.header_distance, section.footer_distance = Twips(432), Twips(504)
    section.different_first_page_header_footer = True


def _fill_frames(section: Section, document: ReportDocument) -> None:
    """The masthead, then symbols above and page numbers below, on the outer side of each page."""
    manner, symbol = MANNERS[document.language], document.symbol
    width = SIZES[document.paper][0] - 2 * MARGINS[document.paper]
    job = document.job_number
    head = masthead(manner, width, symbol, document.organ, _distribution_block(document))
    odd_foot = running_foot(manner, width, job, "right")
    even_foot = running_foot(manner, width, job, "left")

    # A header must not end with a table: a line of one point does.
    last = paragraph("Header", properties=[element("spacing", line=20, lineRule="exact")])
    _fill(section.first_page_header.part.element, [head, last])
    _fill(section.even_page_header.part.element, [running_head(manner, symbol, "left")])
    _fill(section.header.part.element, [running_head(manner, symbol, "right")])
    # Documents management numbers the first page by its job; until then it has its page number.
    first_foot = job_foot(manner, job) if job else [running_foot(manner, width, job, "right")]
    _fill(section.first_page_footer.part.element, first_foot)
    _fill(section.even_page_footer.part.element, [even_foot])
    _fill(section.footer.part.element, [odd_foot])


def _distribution_block(document: ReportDocument) -> list[str]:
    distribution = MANNERS[document.language].distribution[document.distribution]
    languages = original_lines(document.language, document.original_language)
    return [distribution, document.date, *languages]


def _body(document: ReportDocument, writer: Writer) -> Iterator[Element]:
    manner = writer.manner
    yield paragraph("SessionName", *runs(manner, document.meeting))
    yield paragraph("SessionPlace", *runs(manner, document.place_and_dates))
    yield paragraph("Title", *runs(manner, document.title))
    if document.addendum:
        yield paragraph("Subtitle", *runs(manner, document.addendum))
    numbered = [chapter for chapter in document.chapters if not chapter.annex]
    lists = heading_lists([chapter.number for chapter in numbered])
    for chapter, list_id in zip(numbered, lists, strict=True):
        yield from _chapter(writer, chapter, list_id)
    for annex in (chapter for chapter in document.chapters if chapter.annex):
        yield paragraph(HEADINGS[0], *runs(manner, annex.title), properties=[_unnumbered()])
        for text in annex.paragraphs:
            yield paragraph("ReportText", *writer.text(str(text)))


def _chapter(writer: Writer, chapter: Chapter, list_id: int) -> Iterator[Element]:
    manner = writer.manner
    numbers = [chapter.number, 0, 0]
    yield _heading(manner, 0, chapter.number, chapter.title, list_id)
    for part in chapter.paragraphs:
        match part:
            case Heading(text, level):
                numbers[level] += 1
                numbers[level + 1 :] = [0] * (len(HEADINGS) - level - 1)
                yield _heading(manner, level, numbers[level], text, list_id)
            case Subparagraph(text, level):
                yield paragraph(PARAGRAPHS[level], *writer.text(text))
            case Changed(pieces):
                yield paragraph(PARAGRAPHS[0], *writer.changed(pieces))
            case str(text):
                yield paragraph(PARAGRAPHS[0], *writer.text(text))


def _unnumbered() -> Element:
    """What takes a paragraph out of the list that its style puts it in."""
    return element("numPr", element("numId", val=0))


def _heading(manner: Manner, level: int, number: int, text: str, list_id: int) -> Element:
    """A heading: its style numbers it, but Arabic has its number in words."""
    if manner.right_to_left:
        label = f"\t{arabic_label(level, number)}\t"
        return paragraph(HEADINGS[level], *runs(manner, label + text))
    elsewhere = [] if list_id == HEADING_LIST else [list_place(list_id, level)]
    return paragraph(HEADINGS[level], *runs(manner, text), properties=elsewhere)


def _describe(word: Document, document: ReportDocument) -> None:
    """Say in the properties what the masthead says: readers by ear are not told the masthead."""
    manner, properties = MANNERS[document.language], word.core_properties
    _fill(word.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES).element, [])
    properties.title = _property(f"{document.title} ({document.symbol})")
    properties.subject = _property(document.meeting)
    properties.identifier = _property(document.symbol)
    properties.author = manner.organization
    properties.language = manner.tag
    if document.written_at:
        properties.created = properties.modified = document.written_at.astimezone(UTC)


def _property(text: str) -> str:
    return " ".join(legal_text(text).split())[:LONGEST_PROPERTY]
