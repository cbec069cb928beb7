"""Whether a session file says a thing twice, or has two things at one place and time.

A field that is faulty in itself is None (or empty) here: it was told already, so it is passed over.
"""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby

from meetings.exchange.known import Known, numbered, placed, standing
from meetings.exchange.meeting_file import InscriptionIn, MeetingIn
from meetings.exchange.plain_yaml import Place, path
from meetings.exchange.references import Spot
from meetings.exchange.session_file import SessionFile, SessionIn
from meetings.speakers.models import InscriptionState

PENDING = {InscriptionState.WAITING, InscriptionState.SPEAKING}


def clashes(file: SessionFile, known: Known) -> Iterator[Spot]:
    """Each thing that cannot stand beside another one of this file or of the database."""
    yield from _shared(file)
    for nth, session in enumerate(file.sessions):
        yield from _in_session(("sessions", nth), session)
    yield from _numbers(file, known)
    yield from _ids(file)
    for nth, meeting in enumerate(file.meetings):
        yield from _in_meeting(("meetings", nth), meeting)
    yield from _days(file, known)
    yield from _overlaps(file, known)


def _twice(what: str, named: Iterable[tuple[Place, Hashable]]) -> Iterator[Spot]:
    first: dict[Hashable, Place] = {}
    for place, name in named:
        if name is None:
            continue
        if name in first:
            told = " ".join(map(str, name)) if isinstance(name, tuple) else name
            yield place, f"{what} {told} stands twice: first in {path(first[name])}"
        else:
            first[name] = place


def _shared(file: SessionFile) -> Iterator[Spot]:
    for what, kind, key in (
        ("body", "bodies", "code"),
        ("room", "rooms", "code"),
        ("topic", "topics", "slug"),
        ("delegation", "delegations", "code"),
        ("session", "sessions", "slug"),
    ):
        yield from _twice(what, _fields((), file, kind, key))


def _fields(place: Place, of: object, kind: str, key: str) -> Iterator[tuple[Place, Hashable]]:
    for nth, one in enumerate(getattr(of, kind)):
        yield (*place, kind, nth, key), getattr(one, key)


def _in_session(place: Place, session: SessionIn) -> Iterator[Spot]:
    items = list(placed(session.agenda, (*place, "agenda")))
    yield from _twice("item", (((*here, "number"), item.number) for here, item in items))
    yield from _twice("document", _fields(place, session, "documents", "symbol"))
    yield from _twice("participation of", _fields(place, session, "participations", "delegation"))
    yield from _twice("report", _fields(place, session, "reports", "symbol"))
    for here, item in items:
        yield from _twice("view", _fields(here, item, "views", "key"))


def _numbers(file: SessionFile, known: Known) -> Iterator[Spot]:
    """A session counts its meetings: no number twice, nor one that another meeting has."""
    yield from _twice(
        "meeting",
        (
            (("meetings", nth, "sessions", slug), f"{number} of {slug}")
            for nth, meeting in enumerate(file.meetings)
            for slug, number in meeting.sessions.items()
        ),
    )
    own = {session.slug for session in file.sessions}
    holders = {pair: one.id for one in known.meetings for pair in one.sessions.items()}
    for nth, meeting in enumerate(file.meetings):
        held = [holders[pair] for pair in numbered(meeting) if pair in holders]
        itself = meeting.id or (held[0] if held else None)
        for slug, number in numbered(meeting):
            if slug not in own and holders.get((slug, number), itself) != itself:
                place = ("meetings", nth, "sessions", slug)
                yield place, f"{slug} has another meeting {number} already"


def _ids(file: SessionFile) -> Iterator[Spot]:
    """An id names one thing only: the whole file is one room for them."""
    ids: list[tuple[Place, Hashable]] = []
    for nth, meeting in enumerate(file.meetings):
        place: Place = ("meetings", nth)
        ids.append(((*place, "id"), meeting.id))
        for mth, speakers in enumerate(meeting.lists):
            ids += _fields((*place, "lists", mth), speakers, "speakers", "id")
        for mth, intervention in enumerate(meeting.log):
            here = (*place, "log", mth)
            ids.append(((*here, "id"), intervention.id))
            ids += _fields(here, intervention, "points", "id")
    yield from _twice("id", ids)


def _in_meeting(place: Place, meeting: MeetingIn) -> Iterator[Spot]:
    yield from _twice("list for", _fields(place, meeting, "lists", "item"))
    for nth, speakers in enumerate(meeting.lists):
        here = (*place, "lists", nth, "speakers")
        waiting = (((*here, m), _request(one)) for m, one in enumerate(speakers.speakers))
        yield from _twice("waiting delegation", waiting)
    has_floor = [nth for nth, one in enumerate(meeting.log) if one.start and one.end is None]
    for nth in has_floor[1:]:
        other = path((*place, "log", has_floor[0]))
        yield (*place, "log", nth), f"has no end, and {other} has none: one speaker at a time"


def _request(one: InscriptionIn) -> Hashable:
    """What a delegation may ask for once at a time; None when it does not wait any more."""
    if one.state not in PENDING or one.delegation is None:
        return None
    return (one.delegation, *filter(None, (one.capacity, one.on_behalf_of)))


def _days(file: SessionFile, known: Known) -> Iterator[Spot]:
    sessions = known.with_file(file).sessions
    for nth, meeting in enumerate(file.meetings):
        for slug in meeting.sessions:
            session = sessions.get(slug)
            if not (session and session.starts and session.ends and meeting.day):
                continue
            if not session.starts <= meeting.day <= session.ends:
                days = f"from {session.starts} to {session.ends}"
                yield ("meetings", nth, "day"), f"{meeting.day} is no day of {slug}, held {days}"


@dataclass(frozen=True, slots=True)
class _Hours:
    """A room or a session that is occupied; `place` is None for what the file does not hold."""

    what: str
    day: date
    starts: time
    ends: time
    name: str
    place: Place | None


def _overlaps(file: SessionFile, known: Known) -> Iterator[Spot]:
    """One meeting at a time in a room, and of a session."""
    hours = sorted(_hours(file, known), key=lambda h: (h.what, h.day, h.starts, h.ends, h.name))
    for _, together in groupby(hours, key=lambda h: (h.what, h.day)):
        last: _Hours | None = None
        for one in together:
            if last and one.starts < last.ends:
                yield from _overlap(last, one)
            last = max((one, last or one), key=lambda h: h.ends)


def _overlap(first: _Hours, second: _Hours) -> Iterator[Spot]:
    here, other = (second, first) if second.place else (first, second)
    if here.place:
        during = f"{other.starts:%H:%M} to {other.ends:%H:%M}"
        yield here.place, f"{here.what} is taken then: {other.name} is there from {during}"


def _hours(file: SessionFile, known: Known) -> Iterator[_Hours]:
    for nth, meeting in enumerate(file.meetings):
        if not (meeting.day and meeting.half):
            continue
        name, place = path(("meetings", nth)), ("meetings", nth)
        starts, ends = meeting.hours
        if meeting.room:
            yield _Hours(f"room {meeting.room}", meeting.day, starts, ends, name, (*place, "room"))
        for slug in meeting.sessions:
            here = (*place, "sessions", slug)
            yield _Hours(f"session {slug}", meeting.day, starts, ends, name, here)
    for other in standing(file, known):
        name = " and ".join(f"meeting {n} of {slug}" for slug, n in sorted(other.sessions.items()))
        occupied = [f"room {other.room}", *(f"session {slug}" for slug in other.sessions)]
        for what in occupied:
            yield _Hours(what, other.day, other.starts, other.ends, name, None)
