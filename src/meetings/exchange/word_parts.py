"""Pieces of a Word file: runs of text, paragraphs, the masthead, running heads and feet.

Lengths are twips, a twentieth of a point; sizes of letters are half-points; children of an element
stand in the order of the schema, which Word insists on.
"""

import re
from collections.abc import Iterable
from copy import deepcopy
from typing import Literal, NamedTuple, cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from meetings.exchange.legal_text import legal_text
from meetings.exchange.word_languages import Manner

INDENT = 1267  # where text begins; the emblem has its place in it
BLOCK_WIDTH = 3096  # the distribution block, at the end of the masthead

BAR_FONT = "Barcode 3 of 9 by request"  # without it the digits are shown between asterisks

Side = Literal["left", "right"]  # in a right-to-left paragraph Word reads "left" as its beginning

# Letters from right to left, and what stands from a Latin letter to the last one before them.
RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
LATIN_LETTERS = "A-Za-z\u00c0-\u024f"
ARABIC = re.compile(f"[{RIGHT_TO_LEFT}]")
LATIN = re.compile(f"([{LATIN_LETTERS}](?:[^{RIGHT_TO_LEFT}]*[{LATIN_LETTERS}0-9])?)")
LEFT_TO_RIGHT_MARK = "\u200e"


def element(tag: str, *children: Element, **attributes: object) -> Element:
    """An element in Word's main namespace, as are its attributes."""
    made = cast("Element", OxmlElement(f"w:{tag}"))
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def size(manner: Manner, half_points: int) -> tuple[Element, Element]:
    """A size for Latin letters, and with it the one for Arabic, which is larger."""
    complex_size = half_points * 7 // 5 if manner.right_to_left else half_points
    return element("sz", val=half_points), element("szCs", val=complex_size)


def bold() -> tuple[Element, Element]:
    return element("b"), element("bCs")


def spacing(manner: Manner, line: int, before: int = 0, after: int = 0) -> Element:
    """Lines of an exact height, which Arabic letters need higher, and the room around them."""
    height = line * 3 // 2 if manner.right_to_left else line
    return element("spacing", before=before, after=after, line=height, lineRule="exact")


def runs(manner: Manner, text: str, *properties: Element) -> list[Element]:
    """Text as runs. In Arabic, Latin words and symbols get runs of their own.

    A right-to-left run would set them in the Arabic font, and Word would turn their signs round.
    """
    legal = legal_text(text)
    if not manner.right_to_left or not ARABIC.search(legal):
        return [_run(legal, properties)]
    return [
        _run(part, (*properties, element("rtl")) if place % 2 == 0 else properties)
        for place, part in enumerate(LATIN.split(legal))
        if part
    ]


def _run(text: str, properties: Iterable[Element] = ()) -> Element:
    looks = element("rPr", *map(deepcopy, properties))
    return element("r", looks, *map(_piece, re.findall("[\t\n]|[^\t\n]+", text)))


def _piece(text: str) -> Element:
    if text in "\t\n":
        return element("tab" if text == "\t" else "br")
    piece = element("t")
    piece.text = text
    piece.set(qn("xml:space"), "preserve")
    return piece


def paragraph(style: str, *content: Element, properties: Iterable[Element] = ()) -> Element:
    return element("p", element("pPr", element("pStyle", val=style), *properties), *content)


class Cell(NamedTuple):
    width: int
    content: list[Element]
    columns: int = 1


def masthead(manner: Manner, width: int, symbol: str, organ: str, block: Iterable[str]) -> Element:
    """The head of the first page, a table of two rows.

    The emblem's place stays empty: its use is restricted, and whoever may use it puts it there.
    """
    name = manner.organization_width
    rest = width - INDENT - name - BLOCK_WIDTH
    above = _row(
        Cell(INDENT, [paragraph("Header")]),
        Cell(name, [_on_the_rule(*runs(manner, manner.organization, *size(manner, 28)))]),
        Cell(rest + BLOCK_WIDTH, [_on_the_rule(*_symbol(manner, symbol), side="right")], columns=2),
        height=864,
        rule=4,
        stands="bottom",
    )
    below = _row(
        Cell(INDENT, [paragraph("Header")]),
        Cell(name + rest, [paragraph("MastheadOrgan", *runs(manner, organ))], columns=2),
        Cell(BLOCK_WIDTH, _block(manner, block)),
        height=2880,
        rule=12,
        stands="top",
    )
    return _table(manner, (INDENT, name, rest, BLOCK_WIDTH), above, below)


def _on_the_rule(*content: Element, side: Side = "left") -> Element:
    line = element("spacing", before=0, after=80, line=240, lineRule="auto")
    return paragraph("Normal", *content, properties=[line, element("jc", val=side)])


def _symbol(manner: Manner, symbol: str) -> list[Element]:
    """The symbol of a document, its first part ("A", "CAC") twice as large as the rest."""
    first, slash, rest = symbol.partition("/")
    lowered = element("position", val=-4)
    large, small = size(manner, 40), size(manner, 20)
    return runs(manner, first, lowered, *large) + runs(manner, slash + rest, lowered, *small)


def _block(manner: Manner, lines: Iterable[str]) -> list[Element]:
    # In a paragraph from right to left the 7 of "7 May 2031" would go to the end.
    mark = LEFT_TO_RIGHT_MARK if manner.right_to_left else ""
    marked = (line if ARABIC.search(line) else f"{mark}{line}" for line in lines)
    first, *others = [runs(manner, line) for line in marked]
    lowered = spacing(manner, 240, before=240)
    return [
        paragraph("Normal", *first, properties=[lowered]),
        *(paragraph("Normal", *other) for other in others),
    ]


def _row(*cells: Cell, height: int, rule: int, stands: str) -> Element:
    """A row of the masthead: at least so high, over a rule so many eighths of a point thick."""
    made = element("tr", element("trPr", element("trHeight", val=height, hRule="atLeast")))
    made.extend(_cell(cell, rule, stands) for cell in cells)
    return made


def _cell(cell: Cell, rule: int, stands: str) -> Element:
    properties = element(
        "tcPr",
        element("tcW", w=cell.width, type="dxa"),
        element("gridSpan", val=cell.columns),
        element("tcBorders", _rule(rule)),
        element("vAlign", val=stands),
    )
    return element("tc", properties, *cell.content)


def _rule(eighths: int, space: int = 0) -> Element:
    return element("bottom", val="single", sz=eighths, space=space, color="auto")


def _table(manner: Manner, columns: Iterable[int], *rows: Element) -> Element:
    columns = tuple(columns)
    no_margins = (element(side, w=0, type="dxa") for side in ("left", "right"))
    properties = element(
        "tblPr",
        *[element("bidiVisual")] * manner.right_to_left,
        element("tblW", w=sum(columns), type="dxa"),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *no_margins),
    )
    grid = element("tblGrid", *(element("gridCol", w=width) for width in columns))
    return element("tbl", properties, grid, *rows)


def ruled_table(
    manner: Manner, width: int, head: Iterable[str], rows: Iterable[Iterable[str]]
) -> Element:
    """A table of the text, between its margins, with rules above and below its head and rows."""
    titles = tuple(head)
    columns = [width // len(titles)] * len(titles)
    sides = [element(side, val="single", sz=4, space=0, color="auto") for side in RULED]
    properties = element(
        "tblPr",
        *[element("bidiVisual")] * manner.right_to_left,
        element("tblW", w=width, type="dxa"),
        element("tblInd", w=INDENT, type="dxa"),
        element("tblBorders", *sides),
        element("tblLayout", type="fixed"),
    )
    grid = element("tblGrid", *(element("gridCol", w=column) for column in columns))
    heading = element("tr", element("trPr", element("cantSplit"), element("tblHeader")))
    heading.extend(_table_cells(manner, columns, titles, bold()))
    made = element("tbl", properties, grid, heading)
    for row in rows:
        line = element("tr", element("trPr", element("cantSplit")))
        line.extend(_table_cells(manner, columns, row))
        made.append(line)
    return made


RULED = ("top", "bottom", "insideH")


def _table_cells(
    manner: Manner, columns: Iterable[int], texts: Iterable[str], looks: Iterable[Element] = ()
) -> list[Element]:
    looks = tuple(looks)
    return [
        element(
            "tc",
            element("tcPr", element("tcW", w=width, type="dxa")),
            paragraph("TableText", *runs(manner, text, *looks)),
        )
        for width, text in zip(columns, texts, strict=True)
    ]


def running_head(manner: Manner, symbol: str, side: Side) -> Element:
    """The symbol over a thin rule: at the left of even pages, at the right of odd ones."""
    rule = element("pBdr", _rule(2, space=4))
    line = element("spacing", before=584, after=0, line=240, lineRule="auto")
    return paragraph(
        "Header",
        *runs(manner, symbol, *bold()),
        properties=[rule, line, element("jc", val=side)],
    )


def running_foot(manner: Manner, width: int, job_number: str, side: Side) -> Element:
    """The page "2/3" at the outer side, the job number at the inner one."""
    page = [_field("PAGE"), _run("/"), _field("NUMPAGES")]
    plain = (element("b", val=0), element("bCs", val=0), *size(manner, 14))
    job = [_run(legal_text(job_number), plain)]
    page_first = (side == "left") is not manner.right_to_left
    left, right = (page, job) if page_first else (job, page)
    end = element("tabs", element("tab", val="right", pos=width))
    return _foot(manner, *left, _run("\t"), *right, properties=[end])


def job_foot(manner: Manner, job_number: str) -> list[Element]:
    """The job number with the letter of the language, and its digits as bars."""
    bars = "*" + "".join(filter(str.isdigit, job_number)) + "*"
    font = element("rFonts", ascii=BAR_FONT, hAnsi=BAR_FONT)
    looks = (font, element("b", val=0), *size(manner, 24))
    return [
        _foot(manner, *runs(manner, f"{job_number} ({manner.job_letter})")),
        _foot(manner, *runs(manner, bars, *looks)),
    ]


def _foot(manner: Manner, *content: Element, properties: Iterable[Element] = ()) -> Element:
    """A line of a foot, from left to right in Arabic too: there page 2 of 3 would read "3/2"."""
    if not manner.right_to_left:
        return paragraph("Footer", *content, properties=properties)
    mirrored = element("bidi", val=0), element("jc", val="right")
    return paragraph("Footer", *content, properties=[*properties, *mirrored])


def _field(name: str) -> Element:
    """A number that Word fills in; until then it shows 1."""
    return element("fldSimple", _run("1"), instr=f" {name} ")
