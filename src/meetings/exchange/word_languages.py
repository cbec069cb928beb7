"""What differs between the six languages of a document: words, direction, fonts, numbers.

The words are those of issued documents. Arabic, Chinese and Russian versions carry their
distribution in English, so the date beside it is best given in English as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

Language = Literal["en", "fr", "es", "ru", "zh", "ar"]
Distribution = Literal["general", "limited", "restricted"]


Label = tuple[str, str]  # a format of numbers and a pattern: Word's w:numFmt and w:lvlText

SECTION: Label = ("upperLetter", "%2.")
SUBSECTION: Label = ("decimal", "%3.")
PARAGRAPH: Label = ("decimal", "%1.")
ITEM: Label = ("lowerRoman", "(%3)")


@dataclass(frozen=True)
class Labels:
    """How numbers look at each level of the headings and of the paragraphs."""

    headings: tuple[Label, ...] = (("upperRoman", "%1."), SECTION, SUBSECTION)
    paragraphs: tuple[Label, ...] = (PARAGRAPH, ("lowerLetter", "(%2)"), ITEM)


@dataclass(frozen=True)
class Manner:
    """How a document is set in one language. Lengths are twips, a twentieth of a point."""

    tag: str  # as in w:lang
    job_letter: str  # the language in a job number, "V.21-06536 (F)"
    organization: str
    distribution: Mapping[Distribution, str]
    original: str
    languages: Mapping[Language, str]
    organization_width: int = 2200
    labels: Labels = Labels()
    right_to_left: bool = False
    asian_font: str = "Times New Roman"
    complex_font: str = "Times New Roman"
    widened: bool = True  # Latin and Cyrillic letters are set at 103 %, +0.2 pt


BRACKETED_AFTER = Labels(
    paragraphs=(PARAGRAPH, ("lowerLetter", "%2)"), ("lowerRoman", "%3)")),
)

ENGLISH = Manner(
    tag="en-GB",
    job_letter="E",
    organization="United Nations",
    distribution={
        "general": "Distr.: General",
        "limited": "Distr.: Limited",
        "restricted": "Distr.: Restricted",
    },
    original="Original: %s",
    languages={
        "en": "English",
        "fr": "French",
        "es": "Spanish",
        "ru": "Russian",
        "zh": "Chinese",
        "ar": "Arabic",
    },
)

MANNERS: Mapping[Language, Manner] = {
    "en": ENGLISH,
    "fr": Manner(
        tag="fr-FR",
        job_letter="F",
        organization="Nations Unies",
        distribution={
            "general": "Distr. générale",
            "limited": "Distr. limitée",
            "restricted": "Distr. restreinte",
        },
        original="Original\N{NO-BREAK SPACE}: %s",
        languages={
            "en": "anglais",
            "fr": "français",
            "es": "espagnol",
            "ru": "russe",
            "zh": "chinois",
            "ar": "arabe",
        },
        labels=BRACKETED_AFTER,
    ),
    "es": Manner(
        tag="es-ES",
        job_letter="S",
        organization="Naciones Unidas",
        distribution={
            "general": "Distr. general",
            "limited": "Distr. limitada",
            "restricted": "Distr. reservada",
        },
        original="Original: %s",
        languages={
            "en": "inglés",
            "fr": "francés",
            "es": "español",
            "ru": "ruso",
            "zh": "chino",
            "ar": "árabe",
        },
        labels=BRACKETED_AFTER,
    ),
    "ru": replace(
        ENGLISH,
        tag="ru-RU",
        job_letter="R",
        organization="Организация Объединенных Наций",
        organization_width=3400,
    ),
    "zh": replace(
        ENGLISH,
        tag="zh-CN",
        job_letter="C",
        organization="联 合 国",
        labels=Labels(
            headings=(("chineseCountingThousand", "%1、"), SECTION, SUBSECTION),
        ),
        asian_font="SimSun",
        widened=False,
    ),
    "ar": replace(
        ENGLISH,
        tag="ar-SA",
        job_letter="A",
        organization="الأمم المتحدة",
        labels=Labels(
            paragraphs=(("decimal", "%1 -"), ("arabicAbjad", "(%2)"), ITEM),
        ),
        right_to_left=True,
        complex_font="Traditional Arabic",
        widened=False,
    ),
}

ARABIC_ORDINALS = (
    *("أولا", "ثانيا", "ثالثا", "رابعا", "خامسا", "سادسا", "سابعا", "ثامنا", "تاسعا", "عاشرا"),
    *("حادي عشر", "ثاني عشر", "ثالث عشر", "رابع عشر", "خامس عشر"),
    *("سادس عشر", "سابع عشر", "ثامن عشر", "تاسع عشر", "عشرون"),
)
ARABIC_LETTERS = (
    *("ألف", "باء", "جيم", "دال", "هاء", "واو", "زاي", "حاء", "طاء", "ياء", "كاف", "لام"),
    *("ميم", "نون", "سين", "عين", "فاء", "صاد", "قاف", "راء", "شين", "تاء", "ثاء", "خاء"),
    *("ذال", "ضاد", "ظاء", "غين"),
)


def original_lines(version: Language, original: Language) -> tuple[str, str]:
    """The two lines under the date: a translation names its own language above the original's."""
    manner = MANNERS[version]
    own = manner.languages[version]
    above = "" if version == original else own[0].upper() + own[1:]
    return above, manner.original % manner.languages[original]


def arabic_label(level: int, number: int) -> str:
    """The number of a heading in Arabic: words for chapters, names of letters for sections.

    Word has no number format that gives these words.
    """
    words = (ARABIC_ORDINALS, ARABIC_LETTERS, ())[level]
    word = words[number - 1] if 0 < number <= len(words) else str(number)
    return f"{word} -"
