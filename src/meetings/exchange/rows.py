"""From a session file to the rows it asks for, under derived identifiers. No database is asked."""

from collections.abc import Iterator
from uuid import UUID

from meetings.bodies.models import Body
from meetings.delegations.models import Delegation
from meetings.exchange.meeting_rows import add_meeting
from meetings.exchange.session_file import SessionFile
from meetings.exchange.session_rows import add_session
from meetings.exchange.wanted import Wanted, named, text
from meetings.interventions.models import Topic
from meetings.schedule.models import Room


def wanted_rows(file: SessionFile) -> Wanted:
    """The rows that a session file asks for. What it leaves out of a column is not in its row."""
    wanted = Wanted(explicit=set(_given_ids(file)))
    _add_shared(wanted, file)
    for session in file.sessions:
        add_session(wanted, session)
    for meeting in file.meetings:
        add_meeting(wanted, meeting)
    return wanted


def _given_ids(file: SessionFile) -> Iterator[UUID]:
    for meeting in file.meetings:
        ids = [
            meeting.id,
            *(one.id for speakers in meeting.lists for one in speakers.speakers),
            *(intervention.id for intervention in meeting.log),
            *(point.id for intervention in meeting.log for point in intervention.points),
        ]
        yield from filter(None, ids)


def _add_shared(wanted: Wanted, file: SessionFile) -> None:
    for body in file.bodies:
        wanted.add(
            Body,
            id=named("body", body.code),
            code=body.code,
            parent_id=named("body", body.parent),
            kind=body.kind,
            name=text(body.name),
            treaty=body.treaty or "",
            rules=body.rules,
        )
    for room in file.rooms:
        wanted.add(
            Room,
            id=named("room", room.code),
            code=room.code,
            name=text(room.name),
            capacity=room.capacity,
            booths=room.booths,
            remote=room.remote,
            closed=sorted({day.isoformat() for day in room.closed}),
        )
    for position, topic in enumerate(file.topics, 1):
        wanted.add(
            Topic,
            id=named("topic", topic.slug),
            slug=topic.slug,
            parent_id=named("topic", topic.parent),
            treaty=topic.treaty or "",
            name=text(topic.name),
            articles=topic.articles,
            position=position,
        )
    for delegation in file.delegations:
        wanted.add(
            Delegation,
            id=named("delegation", delegation.code),
            code=delegation.code,
            kind=delegation.kind,
            name=text(delegation.name),
            group=delegation.group,
        )
