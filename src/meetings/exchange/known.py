"""What may be named: the names that a file defines, and those that are known already."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Self
from uuid import UUID

from meetings.exchange.meeting_file import MeetingIn
from meetings.exchange.plain_yaml import Place
from meetings.exchange.session_file import ItemIn, SessionFile, SessionIn

Numbers = Mapping[str, int]  # the slugs of a meeting's sessions, and its number in each


@dataclass(frozen=True, slots=True)
class KnownSession:
    """What can be named of a session. In a file that is faulty, a day may be missing."""

    starts: date | None
    ends: date | None
    follows: str | None = None
    items: Mapping[str, frozenset[str]] = field(default_factory=dict)  # number: keys of its views
    documents: frozenset[str] = frozenset()
    delegations: frozenset[str] = frozenset()  # that take part

    @classmethod
    def of(cls, session: SessionIn) -> Self:
        return cls(
            session.starts,
            session.ends,
            session.follows,
            {item.number: frozenset(view.key for view in item.views) for item in agenda(session)},
            frozenset(document.symbol for document in session.documents),
            frozenset(part.delegation for part in session.participations),
        )


@dataclass(frozen=True, slots=True)
class KnownMeeting:
    id: UUID
    sessions: Numbers
    room: str
    day: date
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class Known:
    """Names that a file may use without defining them, because the database has them."""

    bodies: Mapping[str, str | None] = field(default_factory=dict)  # code: code of the parent
    topics: Mapping[str, str | None] = field(default_factory=dict)  # slug: slug of the parent
    rooms: frozenset[str] = frozenset()
    delegations: frozenset[str] = frozenset()
    # Those that came with the program: no file defines them anew.
    reference_topics: frozenset[str] = frozenset()
    reference_delegations: frozenset[str] = frozenset()
    sessions: Mapping[str, KnownSession] = field(default_factory=dict)
    meetings: tuple[KnownMeeting, ...] = ()

    def with_file(self, file: SessionFile) -> "Known":
        """All that can be named in this file: its own word goes before what was known."""
        sessions = {session.slug: KnownSession.of(session) for session in file.sessions}
        return replace(
            self,
            bodies={**self.bodies, **{body.code: body.parent for body in file.bodies}},
            topics={**self.topics, **{topic.slug: topic.parent for topic in file.topics}},
            rooms=self.rooms.union(room.code for room in file.rooms),
            delegations=self.delegations.union(one.code for one in file.delegations),
            sessions={**self.sessions, **sessions},
        )


def placed(items: list[ItemIn], place: Place) -> Iterator[tuple[Place, ItemIn]]:
    """The items of an agenda in their order, each before the items under it, with its place."""
    for nth, item in enumerate(items):
        here = (*place, nth)
        yield here, item
        yield from placed(item.items, (*here, "items"))


def agenda(session: SessionIn) -> list[ItemIn]:
    return [item for _, item in placed(session.agenda, ())]


def split_name(name: str) -> tuple[str, str]:
    """The session and the number in the name of an item: "eg1-2021/3 (a)"."""
    slug, _, number = name.partition("/")
    return slug, number


def standing(file: SessionFile, known: Known) -> list[KnownMeeting]:
    """The known meetings that stay beside those of the file: others' business."""
    own = {session.slug for session in file.sessions}
    ids = {meeting.id for meeting in file.meetings if meeting.id}
    numbers = {pair for meeting in file.meetings for pair in numbered(meeting)}
    return [
        meeting
        for meeting in known.meetings
        if meeting.id not in ids
        and not numbers.intersection(meeting.sessions.items())
        and not own.issuperset(meeting.sessions)
    ]


def numbered(meeting: MeetingIn) -> list[tuple[str, int]]:
    """A meeting's sessions with its number in each, in the order that names it."""
    return sorted(meeting.sessions.items())
