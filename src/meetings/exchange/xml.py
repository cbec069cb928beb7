"""A report as XML: Akoma Ntoso 3.0 in the United Nations profile, a `debateReport`. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from lxml import etree

from meetings.exchange.legal_text import legal_text
from meetings.exchange.numbering import heading_number, paragraph_number
from meetings.exchange.word import Chapter, Heading, Noted, ReportDocument, Subparagraph, Table
from meetings.exchange.word_languages import MANNERS, Manner
from meetings.exchange.word_text import Changed
from meetings.interventions.differing import Change

Element = etree._Element  # noqa: SLF001 (lxml has no other name for the type)

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
KIND = "meetingReport"
CODES = {"ar": "ara", "zh": "zho", "en": "eng", "fr": "fra", "ru": "rus", "es": "spa"}
HIERARCHY = (("chapter", "chp"), ("section", "sec"), ("subsection", "subsec"))


@dataclass(frozen=True)
class Origin:
    """Where a report comes from, as data: what its printed lines say in words."""

    body: str  # its short name in addresses
    dated: date
    starts: date
    ends: date
    place: str


def write_xml(document: ReportDocument, origin: Origin) -> bytes:
    """The XML file."""
    report = make(
        "debateReport",
        _meta(document, origin),
        _preface(document, origin),
        _main(document),
        name=KIND,
        contains="originalVersion",
    )
    whole = make("akomaNtoso", report)
    return etree.tostring(whole, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def make(tag: str, *content: str | Element, **attributes: str) -> Element:
    """An element. Text is made legal, and so are attributes."""
    made = etree.Element(f"{{{NAMESPACE}}}{tag}", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    for name, value in attributes.items():
        made.set(name, _one_line(value))
    for part in content:
        if not isinstance(part, str):
            made.append(part)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + legal_text(part)
        else:
            made.text = (made.text or "") + legal_text(part)
    return made


def _one_line(text: str) -> str:
    return " ".join(legal_text(text).split())


# Metadata ---------------------------------------------------------------------------------------


def _meta(document: ReportDocument, origin: Origin) -> Element:
    dated = origin.dated.isoformat()
    distribution = MANNERS[document.language].distribution[document.distribution]
    keyword = make(
        "keyword",
        value=document.distribution,
        showAs=distribution,
        dictionary="#distribution",
    )
    published = make(
        "publication",
        date=dated,
        name="document",
        showAs=document.symbol,
        number=document.symbol,
    )
    event = make("eventRef", eId="e_1", date=dated, source="#original", type="generation")
    return make(
        "meta",
        _identification(document, origin),
        published,
        make("classification", keyword, source="#secretariat"),
        make("lifecycle", event, source="#secretariat"),
        _references(document, origin),
    )


def _identification(document: ReportDocument, origin: Origin) -> Element:
    """The work, its version in a language, and this file."""
    dated = origin.dated.isoformat()
    work = (
        f"/akn/un/debateReport/{KIND}/{_segment(origin.body)}/{dated}/{_segment(document.symbol)}"
    )
    expression = f"{work}/{CODES[document.language]}@{dated}"
    return make(
        "identification",
        make(
            "FRBRWork",
            make("FRBRthis", value=f"{work}/!main"),
            make("FRBRuri", value=work),
            make("FRBRalias", value=document.symbol, name="symbol"),
            make("FRBRdate", date=dated, name="issued"),
            make("FRBRauthor", href="#body", **{"as": "#author"}),
            make("FRBRcountry", value="un"),
            make("FRBRsubtype", value=KIND),
            make("FRBRnumber", value=document.symbol),
            make("FRBRname", value=document.title),
        ),
        make(
            "FRBRExpression",
            make("FRBRthis", value=f"{expression}/!main"),
            make("FRBRuri", value=expression),
            make("FRBRdate", date=dated, name="expression"),
            make("FRBRauthor", href="#secretariat", **{"as": "#editor"}),
            make("FRBRlanguage", language=CODES[document.language]),
            *_translated(document),
        ),
        make(
            "FRBRManifestation",
            make("FRBRthis", value=f"{expression}/!main.xml"),
            make("FRBRuri", value=f"{expression}.akn"),
            make("FRBRdate", date=dated, name="generated"),
            make("FRBRauthor", href="#secretariat", **{"as": "#editor"}),
            make("FRBRformat", value="application/akn+xml"),
        ),
        source="#secretariat",
    )


def _translated(document: ReportDocument) -> Iterator[Element]:
    original = document.original_language
    if original != document.language:
        yield make(
            "FRBRtranslation",
            href="#original",
            by="#secretariat",
            fromLanguage=CODES[original],
            authoritative="true",
            pivot=CODES[original],
        )


def _references(document: ReportDocument, origin: Origin) -> Element:
    """What the rest of the file points to."""
    work = f"/akn/un/debateReport/{KIND}/{_segment(origin.body)}/{origin.dated.isoformat()}"
    place = _segment(origin.place) or "unknown"
    body = {
        "href": f"/ontology/organization/un/{_segment(origin.body)}",
        "showAs": document.meeting,
    }
    return make(
        "references",
        make(
            "original",
            eId="original",
            href=f"{work}/{_segment(document.symbol)}/{CODES[document.original_language]}",
            showAs=document.symbol,
        ),
        _concept("Organization", "secretariat", "organization/un/secretariat", "Secretariat"),
        make("TLCOrganization", eId="body", **body),
        _concept("Organization", "organ", "organization/un/organ", document.organ),
        _concept("Location", "place", f"location/{place}", origin.place),
        _concept("Role", "author", "role/author", "Author"),
        _concept("Role", "editor", "role/editor", "Editor"),
        _concept("Concept", "distribution", "concept/distribution", "Distribution"),
        source="#secretariat",
    )


def _concept(kind: str, name: str, path: str, shown: str) -> Element:
    return make(f"TLC{kind}", eId=name, href=f"/ontology/{path}", showAs=shown)


def _segment(text: str) -> str:
    """A part of an address: the strokes of a symbol are none of it."""
    return re.sub(r"[^\w.-]+", "_", text).strip("_")


# What is read -----------------------------------------------------------------------------------


def _preface(document: ReportDocument, origin: Origin) -> Element:
    """The masthead and the title, which Word prints in tables and styles of their own."""
    manner = MANNERS[document.language]
    days = [make("docDate", _day(document, day), date=day.isoformat()) for day in _days(origin)]
    between = [part for day in days for part in ("–", day)][1:]
    lines = [
        make("docAuthority", manner.organization),
        make("docNumber", document.symbol),
        make("docProponent", document.organ, refersTo="#organ"),
        make("docCommittee", document.meeting, refersTo="#body"),
        make("docTitle", document.title),
    ]
    place = make("p", make("location", origin.place, refersTo="#place"), ", ", *between)
    stage = [make("p", make("docStage", document.addendum))] if document.addendum else []
    return make("preface", *(make("p", line) for line in lines), place, *stage)


def _days(origin: Origin) -> list[date]:
    return list(dict.fromkeys((origin.starts, origin.ends)))


def _day(document: ReportDocument, day: date) -> str:
    return format_date(day, format="long", locale=document.language)


def _main(document: ReportDocument) -> Element:
    writer = _Writer(MANNERS[document.language], document.number_first_paragraph)
    return make("mainBody", *(writer.chapter(chapter) for chapter in document.chapters))


class _Writer:
    """Writes chapters one after another; paragraphs are counted through all of them."""

    def __init__(self, manner: Manner, first: int) -> None:
        self.manner = manner
        self.next = first
        self.open: list[Element] = []  # the chapter, the section, the subsection that are open
        self.counts = [0, 0, 0]
        self.points: list[Element] = []  # the paragraph, its part that are open
        self.used: set[str] = set()
        self.notes = self.tables = 0

    def chapter(self, chapter: Chapter) -> Element:
        """A chapter with all that stands in it."""
        self.open, self.counts = [], [chapter.number, 0, 0]
        whole = self._heading(0, chapter.number, chapter.title)
        for part in chapter.paragraphs:
            match part:
                case Heading(text, level):
                    self.counts[level] += 1
                    self.counts[level + 1 :] = [0] * (2 - level)
                    self._heading(level, self.counts[level], text)
                case Subparagraph(text, level):
                    self._point(level, text)
                case Changed(pieces):
                    self._paragraph(
                        "".join(new.text for new in pieces if new.change is not Change.OUT)
                    )
                case Noted():
                    self._paragraph(*self._noted(part))
                case Table(head, rows):
                    self._table(head, rows)
                case str(text):
                    self._paragraph(text)
        if len(whole) <= 2:  # noqa: PLR2004 (number and heading)
            whole.append(make("content", make("p")))
        return whole

    def _heading(self, level: int, number: int, text: str) -> Element:
        tag, short = HIERARCHY[level]
        level = min(level, len(self.open))
        del self.open[level:]
        said = heading_number(self.manner, HIERARCHY.index((tag, short)), number)
        made = make(
            tag,
            make("num", said),
            make("heading", text),
            eId=self._id(f"{self._above()}{short}_{number}"),
        )
        if self.open:
            self.open[-1].append(made)
        self.open.append(made)
        self.points = []
        return made

    def _above(self) -> str:
        return f"{self.open[-1].get('eId')}__" if self.open else ""

    def _id(self, wanted: str) -> str:
        """An identifier, made different where a chapter comes again."""
        made, again = wanted, 2
        while made in self.used:
            made, again = f"{wanted}-{again}", again + 1
        self.used.add(made)
        return made

    def _noted(self, part: Noted) -> Iterator[str | Element]:
        """The text of a paragraph with its footnotes where they are."""
        for text, note in part.pieces():
            yield text
            if note:
                self.notes += 1
                marker = str(self.notes)
                told = make("p", note)
                yield make(
                    "authorialNote", told, eId=f"fn_{marker}", marker=marker, placement="bottom"
                )

    def _table(self, head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
        """A table in a paragraph of its own, which has no number."""
        self.tables += 1
        lines = [
            make("tr", *(make(tag, make("p", text)) for text in row))
            for tag, row in (("th", head), *(("td", row) for row in rows))
        ]
        table = make("table", *lines, eId=f"table_{self.tables}")
        name = self._id(f"{self._above()}hcontainer_{self.tables}")
        whole = make("hcontainer", make("content", table), eId=name, name="table")
        self.open[-1].append(whole)

    def _paragraph(self, *text: str | Element) -> None:
        said = paragraph_number(self.manner, 0, self.next)
        identifier = self._id(f"{self._above()}para_{self.next}")
        made = make("paragraph", make("num", said), _content(*text), eId=identifier)
        self.next += 1
        self.open[-1].append(made)
        self.points = [made]

    def _point(self, level: int, text: str) -> None:
        """A part of the paragraph, or an item of its part; of none, it is a paragraph itself."""
        if not self.points:
            self._paragraph(text)
            return
        level = min(level, len(self.points))
        del self.points[level:]
        above = self.points[-1]
        listed = above.find(f"{{{NAMESPACE}}}list")
        if listed is None:
            listed = _opened_list(above)
        number = len(listed)  # its first child is what introduces it
        said = paragraph_number(self.manner, level, number)
        point = make(
            "point",
            make("num", said),
            _content(text),
            eId=f"{listed.get('eId')}__point_{number}",
        )
        listed.append(point)
        self.points.append(point)


def _content(*text: str | Element) -> Element:
    return make("content", make("p", *text))


def _opened_list(above: Element) -> Element:
    """What a paragraph says becomes what introduces the list of its parts."""
    content = above[-1]
    above.remove(content)
    listed = make("list", make("intro", *content), eId=f"{above.get('eId')}__list_1")
    above.append(listed)
    return listed
