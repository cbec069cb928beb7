"""What a report and a session's tables hold, ready for the writers of Word and Excel files."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast
from zoneinfo import ZoneInfo

from babel.dates import format_date

from meetings.bodies.models import Body, Session
from meetings.exchange.word import Chapter, Heading, ReportDocument, Subparagraph
from meetings.exchange.word_text import Changed
from meetings.exchange.xml import Origin
from meetings.interventions.differing import Piece
from meetings.report.issuing import IssuedChapter, IssuedParagraph, text_in
from meetings.report.models import Issue, IssueKind, Report
from meetings.report.queries import Chapter as Planned
from meetings.report.queries import Draft

Language = Literal["ar", "zh", "en", "fr", "ru", "es"]
_LOCALES = {"en": "en_GB"}
# Mastheads in these languages keep the date in English (see word_languages.py).
_DATED_IN_ENGLISH = {"ar", "ru", "zh"}

DRAFT_REPORT = {
    "ar": "مشروع التقرير",
    "zh": "报告草稿",
    "en": "Draft report",
    "fr": "Projet de rapport",
    "ru": "Проект доклада",
    "es": "Proyecto de informe",
}
FINAL_REPORT = {
    "ar": "التقرير",
    "zh": "报告",
    "en": "Report",
    "fr": "Rapport",
    "ru": "Доклад",
    "es": "Informe",
}
CONTENTS = {
    "ar": "المحتويات",
    "zh": "目录",
    "en": "Contents",
    "fr": "Table des matières",
    "ru": "Содержание",
    "es": "Índice",
}
LONG = 60  # paragraphs: about six pages
ADDENDUM = {
    "ar": "إضافة",
    "zh": "增编",
    "en": "Addendum",
    "fr": "Additif",
    "ru": "Добавление",
    "es": "Adición",
}


@dataclass(frozen=True)
class Drafted:
    """A chapter of a report with its paragraphs."""

    planned: Planned | None  # None: the session's file names no chapter for this item
    draft: Draft


def report_document(
    session: Session, organ: Body, language: str, chapters: Sequence[Drafted]
) -> ReportDocument:
    """The report of a session in a language, as it is to be printed: nobody is named in it."""
    report = _planned(chapters)
    dated = _dated(session, chapters)
    return ReportDocument(
        symbol=report.symbol if report else f"{session.symbol or session.slug}/L.1",
        language=cast("Language", language),
        organ=organ.name.in_language(language),
        meeting=session.title.in_language(language),
        place_and_dates=f"{session.place.in_language(language)}, {_days(session, language)}",
        date=_date(dated, "en" if language in _DATED_IN_ENGLISH else language),
        original_language=cast("Language", report.original if report else "en"),
        title=DRAFT_REPORT[language],
        addendum=ADDENDUM[language] if report and report.addendum else "",
        contents=CONTENTS[language] if _is_long(chapters) else "",
        chapters=tuple(_chapter(number, one, language) for number, one in enumerate(chapters, 1)),
    )


def issued_document(
    session: Session,
    organ: Body,
    issue: Issue,
    language: str,
    changes: Mapping[int, Sequence[Piece]],
) -> ReportDocument:
    """A document as it was issued, with what changed since as tracked changes, by paragraph."""
    final = issue.kind is IssueKind.FINAL
    chapters: Sequence[IssuedChapter] = issue.content[language]
    numbers = [
        one["number"] for chapter in chapters for one in chapter["paragraphs"] if one["number"]
    ]
    return ReportDocument(
        symbol=issue.symbol,
        language=cast("Language", language),
        organ=organ.name.in_language(language),
        meeting=session.title.in_language(language),
        place_and_dates=f"{session.place.in_language(language)}, {_days(session, language)}",
        date=_date(issue.dated, "en" if language in _DATED_IN_ENGLISH else language),
        original_language=cast("Language", issue.original),
        title=FINAL_REPORT[language] if final else DRAFT_REPORT[language],
        addendum=ADDENDUM[language] if "/Add." in issue.symbol else "",
        distribution=issue.distribution.value,
        chapters=tuple(
            Chapter(
                chapter["chapter"],
                chapter["heading"],
                tuple(
                    part
                    for one in chapter["paragraphs"]
                    for part in _printed(one, language, changes)
                ),
                annex=not chapter["chapter"],
            )
            for chapter in chapters
        ),
        number_first_paragraph=min(numbers, default=1),
        written_at=issue.issued_at,
    )


def _printed(
    one: IssuedParagraph, language: str, changes: Mapping[int, Sequence[Piece]]
) -> Iterator[str | Changed | Subparagraph | Heading]:
    """A paragraph with the heading over it and what it lists."""
    if heading := one.get("under"):
        yield Heading(heading)
    changed = changes.get(one["number"])
    yield Changed(tuple(changed)) if changed else text_in(one, language)
    yield from (Subparagraph(line) for line in one.get("listed", []))


def _is_long(chapters: Sequence[Drafted]) -> bool:
    """Whether a reader wants contents: several chapters, on more than a few pages."""
    return len(chapters) > 1 and sum(len(one.draft.texts) for one in chapters) >= LONG


def origin_of(session: Session, body: Body, language: str, chapters: Sequence[Drafted]) -> Origin:
    """Where the report of a session comes from, as its XML names it."""
    return Origin(
        body=body.code,
        dated=_dated(session, chapters),
        starts=session.starts_on,
        ends=session.ends_on,
        place=session.place.in_language(language),
    )


def _dated(session: Session, chapters: Sequence[Drafted]) -> date:
    report = _planned(chapters)
    return report.dated if report and report.dated else session.ends_on


def _planned(chapters: Sequence[Drafted]) -> Report | None:
    return chapters[0].planned.report if chapters and chapters[0].planned else None


def _chapter(number: int, drafted: Drafted, language: str) -> Chapter:
    if drafted.planned:
        part = drafted.planned.part
        return Chapter(part.chapter, part.heading.in_language(language), drafted.draft.texts)
    title = drafted.draft.item.title.in_language(language)
    return Chapter(number, title, drafted.draft.texts)


def _date(day: date, language: str, style: str = "long") -> str:
    return format_date(day, format=style, locale=_LOCALES.get(language, language))


def _days(session: Session, language: str) -> str:
    """The days of a session: 6–10 September 2021, as short as they can be said."""
    first, last = session.starts_on, session.ends_on
    if first == last:
        return _date(first, language)
    if (first.year, first.month) == (last.year, last.month) and language in {"en", "fr", "ru"}:
        return f"{first.day}–{_date(last, language)}"
    return f"{_date(first, language)} – {_date(last, language)}"


def report_json(session: Session, language: str, chapters: Iterable[Drafted]) -> bytes:
    """The draft as data, without anything that names who spoke."""
    content = {
        "session": session.slug,
        "language": language,
        "items": [
            {
                "number": one.draft.item.number,
                "title": one.draft.item.title.in_language(language),
                "document": one.planned.report.symbol if one.planned else None,
                "chapter": one.planned.part.chapter if one.planned else None,
                "paragraphs": _paragraphs(one.draft),
            }
            for one in chapters
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _paragraphs(draft: Draft) -> list[dict[str, object]]:
    return [
        {
            "key": paragraph.key.partition(":")[0],
            "topic": paragraph.topic,
            "text": paragraph.text,
            "state": paragraph.state.value,
            "sentences": [
                {
                    "text": sentence["text"],
                    "quantifier": sentence.get("quantifier", ""),
                    "supporters": sentence.get("supporters", 0),
                    "speakers": sentence.get("speakers", 0),
                }
                for sentence in paragraph.sentences
            ],
        }
        for paragraph in draft.standing
        if paragraph.printed
    ]


def local(moment: datetime | None, zone: str) -> datetime | None:
    """A moment as the clock at the place shows it: spreadsheets know no time zones."""
    return moment and moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
