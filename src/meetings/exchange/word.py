"""A report as a Word file, laid out as the United Nations issues it.

Numbers of chapters, headings and paragraphs are Word's own, held by the styles: whoever edits the
file inserts and moves paragraphs, and the numbers follow.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from operator import itemgetter
from typing import Literal

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.section import Section
from docx.shared import Twips

from meetings.exchange.legal_text import legal_text
from meetings.exchange.numbering import heading_number
from meetings.exchange.word_changes import Hand
from meetings.exchange.word_contents import Line, anchored, contents_line
from meetings.exchange.word_languages import (
    MANNERS,
    Distribution,
    Language,
    original_lines,
)
from meetings.exchange.word_notes import Notes, footnote_settings
from meetings.exchange.word_parts import (
    INDENT,
    element,
    job_foot,
    masthead,
    paragraph,
    ruled_table,
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
from meetings.exchange.word_text import Changed, Texts

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
class Noted:
    """A numbered paragraph with footnotes: each after so many characters of its text."""

    text: str
    notes: tuple[tuple[int, str], ...]

    def pieces(self) -> Iterator[tuple[str, str]]:
        """The text in pieces, each with the footnote that follows it; the last may have none."""
        begin = 0
        for place, note in sorted(self.notes, key=itemgetter(0)):
            yield self.text[begin:place], note
            begin = max(begin, place)
        yield self.text[begin:], ""


@dataclass(frozen=True)
class Table:
    """A table under a paragraph; its head is printed again on each page."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Part = str | Changed | Noted | Subparagraph | Heading | Table


@dataclass(frozen=True)
class Chapter:
    """A chapter; a plain string in it is a numbered paragraph, with its few marks (marks.py)."""

    number: int
    title: str
    paragraphs: tuple[Part, ...]
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
    contents: str = ""  # the heading of a table of contents, or nothing


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
    writer = _Writer(document)
    _fill(word.element.body, [*writer.body(), section_properties])
    writer.notes.add_to(word)
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
        footnote_settings(),
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


class _Writer:
    """Writes the text from its head to its end."""

    def __init__(self, document: ReportDocument) -> None:
        self.document = document
        self.manner = MANNERS[document.language]
        self.notes = Notes(self.manner)
        moment = document.written_at or datetime.now(UTC)
        hand = Hand(document.changed_by or self.manner.organization, moment)
        self.texts = Texts(self.manner, self.notes, hand)
        self.headings: list[Line] = []
        self.width = SIZES[document.paper][0] - 2 * MARGINS[document.paper] - 2 * INDENT

    def body(self) -> list[Element]:
        """All paragraphs; the contents, which stand first, are known last."""
        chapters = list(self._chapters())
        return [*self._head(), *self._contents(), *chapters]

    def _head(self) -> Iterator[Element]:
        document = self.document
        yield self._line("SessionName", document.meeting)
        yield self._line("SessionPlace", document.place_and_dates)
        yield self._line("Title", document.title)
        if document.addendum:
            yield self._line("Subtitle", document.addendum)

    def _line(self, style: str, text: str) -> Element:
        return paragraph(style, *runs(self.manner, text))

    def _contents(self) -> Iterator[Element]:
        if self.document.contents:
            yield self._line("ContentsHeading", self.document.contents)
            for line in self.headings:
                yield contents_line(self.manner, line)

    def _chapters(self) -> Iterator[Element]:
        chapters = [chapter for chapter in self.document.chapters if not chapter.annex]
        lists = heading_lists([chapter.number for chapter in chapters])
        for chapter, list_id in zip(chapters, lists, strict=True):
            yield from self._chapter(chapter, list_id)
        for annex in (chapter for chapter in self.document.chapters if chapter.annex):
            yield from self._annex(annex)

    def _annex(self, annex: Chapter) -> Iterator[Element]:
        """Its heading is taken out of the list that the style puts it in."""
        unnumbered = element("numPr", element("numId", val=0))
        yield paragraph(HEADINGS[0], *runs(self.manner, annex.title), properties=[unnumbered])
        for text in annex.paragraphs:
            yield paragraph("ReportText", *self.texts.text(str(text)))

    def _chapter(self, chapter: Chapter, list_id: int) -> Iterator[Element]:
        numbers = [chapter.number, 0, 0]
        yield self._heading(0, chapter.number, chapter.title, list_id)
        for part in chapter.paragraphs:
            match part:
                case Heading(text, level):
                    numbers[level] += 1
                    numbers[level + 1 :] = [0] * (len(HEADINGS) - level - 1)
                    yield self._heading(level, numbers[level], text, list_id)
                case Subparagraph(text, level):
                    yield paragraph(PARAGRAPHS[level], *self.texts.text(text))
                case Changed(pieces):
                    yield paragraph(PARAGRAPHS[0], *self.texts.changed(pieces))
                case Noted():
                    yield paragraph(PARAGRAPHS[0], *self._noted(part))
                case Table(head, rows):
                    yield ruled_table(self.manner, self.width, head, rows)
                    yield paragraph("Normal")  # two tables would grow together
                case str(text):
                    yield paragraph(PARAGRAPHS[0], *self.texts.text(text))

    def _noted(self, part: Noted) -> Iterator[Element]:
        for text, note in part.pieces():
            yield from runs(self.manner, text)
            if note:
                yield self.notes.reference(note)

    def _heading(self, level: int, number: int, text: str, list_id: int) -> Element:
        """A heading: its style numbers it, but Arabic has its number in words."""
        line = Line(len(self.headings) + 1, level, heading_number(self.manner, level, number), text)
        self.headings.append(line)
        if self.manner.right_to_left:
            label = f"\t{line.number}\t"
            return paragraph(HEADINGS[level], *anchored(line, runs(self.manner, label + text)))
        elsewhere = [] if list_id == HEADING_LIST else [list_place(list_id, level)]
        content = anchored(line, runs(self.manner, text))
        return paragraph(HEADINGS[level], *content, properties=elsewhere)


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
