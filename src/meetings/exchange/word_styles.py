"""The styles of a Word file and the numbering that belongs to them.

Whoever edits the file changes a look in one place, and moves paragraphs without touching a number.
"""

from collections.abc import Iterable, Iterator, Sequence

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from meetings.exchange.word_languages import Label, Manner
from meetings.exchange.word_parts import INDENT, Side, bold, element, size, spacing

STEP = 475  # twips from one tab stop to the next
NUMBER_GAP = 245  # twips between the number of a heading, flush right, and its text
NOTE_NUMBER, NOTE_LINE = 1195, 792  # where the number of a footnote ends, and begins
CONTENTS_END, CONTENTS_RIGHT = (
    9360,
    600,
)  # twips: where the numbers of pages end, and the room after
LONG_NAME = 52  # characters; a longer name of a parent body is set in 17 pt, others in 20 pt
HEADING_LIST, PARAGRAPH_LIST = 1, 2

HEADINGS = ("Heading1", "Heading2", "Heading3")  # III., A., 1.
PARAGRAPHS = ("NumberedParagraph", "Subparagraph", "SubparagraphItem")  # 1., (a), (i)
BUILT_IN = {"Normal", *HEADINGS, "Title", "Subtitle", "Header", "Footer", "FootnoteText"}


def style_definitions(manner: Manner, organ: str) -> list[Element]:
    """The defaults of a document, then its styles."""
    return [
        _defaults(manner),
        _normal(manner),
        *_text_styles(),
        *_heading_styles(manner),
        *_title_styles(manner),
        *_frame_styles(manner, organ),
        *_note_styles(manner),
        *_contents_styles(manner),
    ]


def _defaults(manner: Manner) -> Element:
    fonts = element(
        "rFonts",
        ascii="Times New Roman",
        hAnsi="Times New Roman",
        eastAsia=manner.asian_font,
        cs=manner.complex_font,
    )
    language = manner.tag if manner.widened else "en-GB"
    letters = element(
        "rPr",
        fonts,
        *size(manner, 20),
        element("lang", val=language, eastAsia="zh-CN", bidi="ar-SA"),
    )
    return element("docDefaults", element("rPrDefault", letters), element("pPrDefault"))


def _style(
    style_id: str,
    name: str,
    *properties: Element,
    letters: Iterable[Element] = (),
    based_on: str = "Normal",
) -> Element:
    made = element(
        "style", type="paragraph", styleId=style_id, customStyle=int(style_id not in BUILT_IN)
    )
    made.append(element("name", val=name))
    if based_on:
        made.append(element("basedOn", val=based_on))
    made.extend([element("qFormat"), element("pPr", *properties), element("rPr", *letters)])
    return made


def _normal(manner: Manner) -> Element:
    """What all styles build on, the direction of writing included."""
    widened = [element("spacing", val=4), element("w", val=103), element("kern", val=14)]
    return _style(
        "Normal",
        "Normal",
        element("suppressAutoHyphens"),
        *[element("bidi")] * manner.right_to_left,
        spacing(manner, 240),
        letters=widened * manner.widened,
        based_on="",
    )


def _text_styles() -> Iterator[Element]:
    stops = (element("tab", val="left", pos=INDENT + STEP * step) for step in range(11))
    yield _style(
        "ReportText",
        "Report Text",
        element("tabs", *stops),
        element("spacing", after=120),
        element("ind", left=INDENT, right=INDENT),
        element("jc", val="both"),
    )
    for level, style_id in enumerate(PARAGRAPHS):
        yield _style(
            style_id,
            ("Numbered Paragraph", "Subparagraph", "Subparagraph Item")[level],
            list_place(PARAGRAPH_LIST, level),
            _paragraph_indent(level),
            based_on="ReportText",
        )


def _paragraph_indent(level: int) -> Element:
    """Run-over lines go back to the margin of the text; only items hang."""
    if PARAGRAPHS[level] == "SubparagraphItem":
        return element("ind", left=INDENT + 3 * STEP, right=INDENT, hanging=STEP)
    return element("ind", left=INDENT, right=INDENT, firstLine=level * STEP)


def _heading_styles(manner: Manner) -> Iterator[Element]:
    for level, style_id in enumerate(HEADINGS):
        numbering, tabs = _heading_number(manner, level)
        yield _style(
            style_id,
            f"heading {level + 1}",
            *(element("keepNext"), element("keepLines"), *numbering, *tabs),
            spacing(manner, (300, 270, 240)[level], before=240, after=120),
            _heading_indent(manner),
            element("outlineLvl", val=level),
            letters=[*bold(), *size(manner, (28, 24, 20)[level])],
        )


def _heading_number(manner: Manner, level: int) -> tuple[list[Element], list[Element]]:
    """The place in the list of headings; in Arabic tabs instead, for a number typed in words."""
    if not manner.right_to_left:
        return [list_place(HEADING_LIST, level)], []
    number = element("tab", val="right", pos=INDENT - NUMBER_GAP)
    return [], [element("tabs", number, element("tab", val="left", pos=INDENT))]


def _heading_indent(manner: Manner) -> Element:
    hanging = INDENT if manner.right_to_left else NUMBER_GAP
    return element("ind", left=INDENT, right=INDENT, hanging=hanging)


def _title_styles(manner: Manner) -> Iterator[Element]:
    indent = {"left": INDENT, "right": INDENT}
    yield _style(
        "Title",
        "Title",
        element("keepNext"),
        spacing(manner, 360, before=360, after=120),
        element("ind", **indent),
        letters=[*bold(), *size(manner, 34)],
    )
    yield _style(
        "Subtitle",
        "Subtitle",
        element("keepNext"),
        spacing(manner, 270, before=120, after=120),
        element("ind", **indent),
        letters=[*bold(), *size(manner, 24)],
    )
    half_width = {"right": 4800}
    yield _style(
        "SessionName",
        "Session Name",
        element("spacing", before=120),
        element("ind", **half_width),
        letters=bold(),
    )
    yield _style("SessionPlace", "Session Place", element("ind", **half_width))


def _frame_styles(manner: Manner, organ: str) -> Iterator[Element]:
    points = 17 if len(organ) > LONG_NAME else 20
    tightened = [element("spacing", val=-3), element("w", val=99)]
    yield _style(
        "MastheadOrgan",
        "Masthead Organ",
        spacing(manner, points * 20, before=109),
        element("ind", right=NUMBER_GAP),
        letters=[*bold(), *tightened * manner.widened, *size(manner, points * 2)],
    )
    for style_id, letters in (("Header", ()), ("Footer", bold())):
        yield _style(
            style_id,
            style_id.lower(),
            element("spacing", line=240, lineRule="auto"),
            letters=[*letters, *size(manner, 17)],
        )


def _note_styles(manner: Manner) -> Iterator[Element]:
    """Footnotes and tables: smaller than the text."""
    number = element("tab", val="right", pos=NOTE_NUMBER)
    text = element("tab", val="left", pos=INDENT)
    yield _style(
        "FootnoteText",
        "footnote text",
        element("tabs", number, text),
        spacing(manner, 210),
        element("ind", left=INDENT, right=INDENT, hanging=INDENT - NOTE_LINE),
        letters=size(manner, 17),
    )
    yield _style(
        "TableText",
        "Table Text",
        spacing(manner, 210, before=40, after=40),
        letters=size(manner, 17),
    )
    raised = element("rPr", element("vertAlign", val="superscript"))
    yield element(
        "style",
        element("name", val="footnote reference"),
        raised,
        type="character",
        styleId="FootnoteReference",
    )


def _contents_styles(manner: Manner) -> Iterator[Element]:
    yield _style(
        "ContentsHeading",
        "Contents Heading",
        element("keepNext"),
        spacing(manner, 300, before=240, after=120),
        letters=size(manner, 28),
    )
    for level in range(len(HEADINGS)):
        begin = 1080 + 432 * level
        stops = (
            element("tab", val="right", pos=begin),
            element("tab", val="left", pos=begin + 216),
            element("tab", val="right", leader="dot", pos=CONTENTS_END),
        )
        yield _style(
            f"Contents{level + 1}",
            f"Contents {level + 1}",
            element("tabs", *stops),
            spacing(manner, 240, after=60),
            element("ind", left=begin + 216, right=CONTENTS_RIGHT, hanging=begin + 216),
        )


def list_place(list_id: int, level: int) -> Element:
    return element("numPr", element("ilvl", val=level), element("numId", val=list_id))


def heading_lists(chapters: Sequence[int]) -> list[int]:
    """The list that numbers each chapter's headings; a new one where the numbers do not go on."""
    lists: list[int] = []
    for place, number in enumerate(chapters):
        if place == 0:
            lists.append(HEADING_LIST)
        elif number == chapters[place - 1] + 1:
            lists.append(lists[-1])
        else:
            lists.append(max(*lists, PARAGRAPH_LIST) + 1)
    return lists


def list_definitions(manner: Manner, chapters: Sequence[int], paragraph: int) -> list[Element]:
    """The patterns of numbers, for headings and for paragraphs, then the lists that use them.

    Arabic headings need none, their numbers are typed.
    """
    starts = dict(zip(reversed(heading_lists(chapters)), reversed(chapters), strict=True))
    patterns = [
        _pattern(HEADING_LIST, HEADINGS, manner.labels.headings, "right"),
        _pattern(PARAGRAPH_LIST, PARAGRAPHS, manner.labels.paragraphs, "left"),
    ]
    headings = [_list(list_id, HEADING_LIST, start) for list_id, start in starts.items()]
    paragraphs = _list(PARAGRAPH_LIST, PARAGRAPH_LIST, paragraph)
    if manner.right_to_left:
        return [patterns[1], paragraphs]
    return [*patterns, *headings, paragraphs]


def _pattern(
    list_id: int, style_ids: Sequence[str], labels: Sequence[Label], side: Side
) -> Element:
    levels = (
        _level(level, label, style_id, side)
        for level, (label, style_id) in enumerate(zip(labels, style_ids, strict=True))
    )
    kind = element("multiLevelType", val="multilevel")
    return element("abstractNum", kind, *levels, abstractNumId=list_id)


def _level(level: int, label: Label, style_id: str, side: Side) -> Element:
    """One level of a pattern. Where its number and text stand is said by the style."""
    number_format, text = label
    return element(
        "lvl",
        element("start", val=1),
        element("numFmt", val=number_format),
        element("pStyle", val=style_id),
        element("lvlText", val=text),
        element("lvlJc", val=side),
        ilvl=level,
    )


def _list(list_id: int, pattern: int, starts_at: int) -> Element:
    start = element("lvlOverride", element("startOverride", val=starts_at), ilvl=0)
    return element("num", element("abstractNumId", val=pattern), start, numId=list_id)
