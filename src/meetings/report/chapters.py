"""The chapters besides the discussion, from what the program knows: nothing is made up. Pure.

What is not known is left out of a sentence, or the sentence is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from babel.dates import format_date
from babel.lists import format_list

from meetings.report.chapter_frames import ChapterFrames, chapter_frames, counted, ordinal

_LOCALES = {"en": "en_GB"}
# In the order in which a report names those who attended; panels and groups are not named.
ATTENDED = (
    "states_parties",
    "regional_organizations",
    "signatories",
    "observer_states",
    "secretariat",
    "united_nations",
    "intergovernmental",
    "non_governmental",
)


class Part(Enum):
    """What a line of a chapter is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LISTED = "listed"  # a part of the paragraph before it


@dataclass(frozen=True)
class Line:
    part: Part
    text: str


@dataclass(frozen=True)
class MadeChapter:
    """A chapter as it is printed: a heading, and its lines; an annex has no number."""

    heading: str
    lines: tuple[Line, ...]
    annex: bool = False


@dataclass(frozen=True)
class MeetingHeld:
    """A meeting of the session: its number, its day, and the bodies it was held jointly with."""

    number: int
    day: date
    with_bodies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recommended:
    number: int
    text: str
    addressee: str = ""


@dataclass(frozen=True)
class SessionMaterial:
    """What is known of a session, in the language of the report."""

    meeting: str
    place: str
    first: date
    last: date
    mandate: str = ""
    meetings: tuple[MeetingHeld, ...] = ()
    agenda: tuple[tuple[str, str], ...] = ()  # number and title
    attended: Mapping[str, Sequence[str]] = field(default_factory=dict)  # names, by ATTENDED
    documents: tuple[tuple[str, str], ...] = ()  # symbol and title
    recommendations: tuple[Recommended, ...] = ()
    adopted_at: MeetingHeld | None = None
    participants: tuple[tuple[str, tuple[str, ...]], ...] = ()  # a delegation and its people


def chapters_before(session: SessionMaterial, language: str) -> list[MadeChapter]:
    """The chapters that stand before the discussion."""
    frames = chapter_frames(language)
    made = []
    if session.mandate:
        made.append(MadeChapter(frames.introduction, (Line(Part.PARAGRAPH, session.mandate),)))
    if session.recommendations:
        made.append(_recommendations(session, frames))
    return made


def chapters_after(session: SessionMaterial, language: str) -> list[MadeChapter]:
    """The chapters that stand behind the discussion, and the annexes."""
    frames = chapter_frames(language)
    made = [_organization(session, frames, language)]
    if session.adopted_at:
        told = _at(frames.report_adopted, session.adopted_at, frames, language)
        made.append(MadeChapter(frames.adoption, (Line(Part.PARAGRAPH, told),)))
    if session.documents:
        listed = (Line(Part.LISTED, f"{symbol}\t{title}") for symbol, title in session.documents)
        made.append(MadeChapter(frames.documents_annex, tuple(listed), annex=True))
    if session.participants:
        people = (
            Line(Part.LISTED, f"{name}: {format_list(named, locale=language)}" if named else name)
            for name, named in session.participants
        )
        made.append(MadeChapter(frames.participants_annex, tuple(people), annex=True))
    return made


def statements_by(names: Sequence[str], language: str) -> str:
    """Who spoke on an item, where a body's reports list its speakers; "" where nobody did."""
    told = format_list(list(names), locale=language)
    return chapter_frames(language).statements.format(names=told) if names else ""


def _recommendations(session: SessionMaterial, frames: ChapterFrames) -> MadeChapter:
    lines = [Line(Part.PARAGRAPH, frames.recommended)]
    for one in session.recommendations:
        to = f" {frames.addressed.format(addressee=one.addressee)}" if one.addressee else ""
        lines.append(Line(Part.LISTED, f"{one.text}{to}"))
    return MadeChapter(frames.recommendations, tuple(lines))


def _organization(session: SessionMaterial, frames: ChapterFrames, language: str) -> MadeChapter:
    sections = (
        (frames.opening, _opening(session, frames, language)),
        (frames.agenda, _agenda(session, frames)),
        (frames.attendance, _attendance(session, frames, language)),
        (frames.documentation, _documentation(session, frames)),
    )
    lines: list[Line] = []
    for heading, told in sections:
        if section := list(told):
            lines += [Line(Part.HEADING, heading), *section]
    return MadeChapter(frames.organization, tuple(lines))


def _opening(session: SessionMaterial, frames: ChapterFrames, language: str) -> Iterator[Line]:
    first, last = _day(session.first, language), _day(session.last, language)
    dates = frames.on_day.format(day=first)
    if session.first != session.last:
        dates = frames.from_to.format(first=first, last=last)
    told = [frames.held.format(meeting=session.meeting, place=session.place, dates=dates)]
    if session.meetings:
        told.append(counted(frames.meetings, len(session.meetings), language))
    if joint := [one for one in session.meetings if one.with_bodies]:
        bodies = list(dict.fromkeys(name for one in joint for name in one.with_bodies))
        others = format_list(bodies, locale=language)
        told.append(counted(frames.joint, len(joint), language, others=others))
    blank = "" if language == "zh" else " "
    yield Line(Part.PARAGRAPH, blank.join(told))
    if session.meetings:
        yield Line(Part.PARAGRAPH, _at(frames.opened, session.meetings[0], frames, language))


def _agenda(session: SessionMaterial, frames: ChapterFrames) -> Iterator[Line]:
    if session.agenda:
        yield Line(Part.PARAGRAPH, frames.agenda_adopted)
        yield from (Line(Part.LISTED, f"{number}. {title}") for number, title in session.agenda)


def _attendance(session: SessionMaterial, frames: ChapterFrames, language: str) -> Iterator[Line]:
    for who in ATTENDED:
        if names := session.attended.get(who):
            told = format_list(list(names), locale=language)
            yield Line(Part.PARAGRAPH, frames.attended[who].format(names=told))


def _documentation(session: SessionMaterial, frames: ChapterFrames) -> Iterator[Line]:
    if session.documents:
        yield Line(Part.PARAGRAPH, frames.documents_listed)


def _at(frame: str, held: MeetingHeld, frames: ChapterFrames, language: str) -> str:
    nth = ordinal(held.number, frames, language)
    return frame.format(nth=nth, day=_day(held.day, language))


def _day(day: date, language: str) -> str:
    return format_date(day, format="long", locale=_LOCALES.get(language, language))
