"""What templates of the desks ask of values."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from meetings.bodies.models import Session
from meetings.schedule.models import Meeting
from meetings.schedule.queries import Scheduled


def session_meetings(meetings: Sequence[Scheduled], session: Session) -> set[UUID]:
    """The meetings that belong to a session."""
    return {one.meeting.id for one in meetings if one.of(session.id)}


def venue_moment(meeting: Meeting, session: Session) -> datetime:
    """When a meeting starts: a moment, not only an hour of the place."""
    return datetime.combine(meeting.day, meeting.starts, ZoneInfo(session.timezone))
