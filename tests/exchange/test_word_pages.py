"""A report on paper: what LibreOffice prints of the Word file."""

import re
from zipfile import ZipFile

import pytest

from meetings.exchange.word import Chapter, Heading, ReportDocument, Subparagraph, write_docx
from meetings.exchange.word_text import Changed
from meetings.interventions.differing import Change, Piece
from tests.exchange.office import convert, pages

SYMBOL = "XYZ/COSP/EG.1/2031/L.1/Add.1"
SENTENCES = {
    "fr": "Plusieurs intervenants ont souligné l’importance de voies de communication directes. ",
    "ar": "وشدد عدة متكلمين على أهمية قنوات الاتصال المباشرة وطلبوا مساعدة تقنية إضافية. ",
    "zh": "一些发言者强调了直接联系渠道的重要性并要求提供更多的技术援助。",
}


def a_report(language, *chapters, **changes):
    return ReportDocument(
        **{
            "symbol": SYMBOL,
            "language": language,
            "organ": "Conférence des États parties à la Convention d’exemple",
            "meeting": "Réunion d’experts sur la coopération",
            "place_and_dates": "Vienne, 5-9 mai 2031",
            "date": "7 mai 2031",
            "original_language": "en",
            "title": "Projet de rapport",
            "addendum": "Additif",
            "chapters": chapters,
            **changes,
        }
    )


def printed(report, folder):
    return pages(convert(write_docx(report), "report.docx", "pdf", folder))


def labels(text):
    """The numbers of headings and paragraphs, which stand at the beginning of lines."""
    return re.findall(r"^ *((?:[IVX]+|[A-Z]|\d+)\.|[a-z]+\)) *\S", text, re.MULTILINE)


def squeezed(text):
    return " ".join(text.split())


@pytest.fixture(scope="module")
def twelve_paragraphs(tmp_path_factory):
    """Chapter III with twelve long paragraphs under two sections, and parts of one of them."""
    text = SENTENCES["fr"] * 6
    parts = (Subparagraph("Premier point ;"), Subparagraph("Détail ;", 2), Subparagraph("Second."))
    chapter = Chapter(
        3,
        "Application de la Convention",
        (text, text, *parts, Heading("Débat"), *[text] * 5, Heading("Assistance"), *[text] * 5),
    )
    return printed(a_report("fr", chapter), tmp_path_factory.mktemp("french"))


def test_numbers_are_printed_though_no_text_holds_them(twelve_paragraphs):
    assert labels("\n".join(twelve_paragraphs)) == [
        *("III.", "1.", "2.", "a)", "i)", "b)"),
        *("A.", "3.", "4.", "5.", "6.", "7."),
        *("B.", "8.", "9.", "10.", "11.", "12."),
    ]


def test_each_page_bears_the_symbol_at_its_head_and_its_number_at_its_foot(twelve_paragraphs):
    heads = [squeezed(page.strip().splitlines()[0]) for page in twelve_paragraphs]
    feet = [squeezed(page.strip().splitlines()[-1]) for page in twelve_paragraphs]

    assert heads == [f"Nations Unies {SYMBOL}", SYMBOL, SYMBOL]
    assert feet == ["1/3", "2/3", "3/3"]


def test_even_pages_are_numbered_at_the_left_and_odd_ones_at_the_right(twelve_paragraphs):
    feet = [page.rstrip().splitlines()[-1] for page in twelve_paragraphs]

    places = [len(foot) - len(foot.lstrip()) for foot in feet]
    assert [place > 50 for place in places] == [True, False, True]


def test_the_first_page_has_the_masthead_and_the_title(twelve_paragraphs):
    first = squeezed(twelve_paragraphs[0])

    assert first.startswith(
        f"Nations Unies {SYMBOL} Conférence des États parties à la Distr. limitée "
        "Convention d’exemple 7 mai 2031 Français Original : anglais "
        "Réunion d’experts sur la coopération Vienne, 5-9 mai 2031 "
        "Projet de rapport Additif III. Application de la Convention 1. Plusieurs"
    )


def test_numbers_of_chapters_that_do_not_follow_and_their_sections_are_right(tmp_path):
    content = (Heading("Débat"), "Texte.", Heading("Voies", 2), "Texte.", Heading("Suite", 2))
    chapters = (Chapter(number, "Titre", content) for number in (3, 4, 9))

    text = "\n".join(printed(a_report("fr", *chapters), tmp_path))

    assert labels(text) == [
        *("III.", "A.", "1.", "1.", "2.", "2."),
        *("IV.", "A.", "3.", "1.", "4.", "2."),
        *("IX.", "A.", "5.", "1.", "6.", "2."),
    ]


def test_a_continued_report_goes_on_counting(tmp_path):
    chapter = Chapter(1, "Titre", ("Texte.", "Texte."))

    [text] = printed(a_report("fr", chapter, number_first_paragraph=41), tmp_path)

    assert labels(text) == ["I.", "41.", "42."]


def test_chinese_is_printed_with_numbers_and_symbols(tmp_path):
    chapter = Chapter(3, "执行情况", (SENTENCES["zh"], Heading("讨论"), *[SENTENCES["zh"] * 9] * 9))

    printed_pages = printed(a_report("zh", chapter), tmp_path)

    # The Chinese characters themselves can be read only where a Chinese font is installed.
    assert labels("\n".join(printed_pages)) == ["1.", "A.", *(f"{n}." for n in range(2, 11))]
    assert all(SYMBOL in page for page in printed_pages)


def test_arabic_is_printed_from_right_to_left(tmp_path):
    chapter = Chapter(
        3, "تنفيذ الاتفاقية", (SENTENCES["ar"], Heading("مناقشة"), SENTENCES["ar"] * 30)
    )
    report = a_report("ar", chapter, date="7 May 2031", addendum="")

    first, second = printed(report, tmp_path)

    assert "7 May 2031" in squeezed(first)
    assert squeezed(second).startswith(SYMBOL)
    assert [squeezed(page.strip().splitlines()[-1]) for page in (first, second)] == ["1/2", "2/2"]
    assert first.rstrip().splitlines()[-1].index("1/2") < 10  # the outer side is mirrored


def test_libreoffice_shows_notes_and_takes_changes_in(tmp_path):
    """As plain text it writes what stands when all changes are taken; as a page, both."""
    pieces = (
        Piece(Change.OUT, "Plusieurs"),
        Piece(Change.IN, "Certains"),
        Piece(Change.SAME, " intervenants ont approuvé[^Résolution 8/1.]."),
    )
    report = a_report("fr", Chapter(3, "Débat", (Changed(pieces),)))

    page = squeezed(" ".join(printed(report, tmp_path)))
    again = convert(write_docx(report), "again.docx", "odt:writer8", tmp_path)

    assert "Plusieurs" in page
    assert "Certains" in page
    assert "Résolution 8/1." in page
    with ZipFile(again) as file:
        content = file.read("content.xml").decode()
    assert re.findall(r"<text:(insertion|deletion)>", content) == ["deletion", "insertion"]
    assert "<text:note " in content
