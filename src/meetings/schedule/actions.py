"""What may be done to the calendar."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import User
from meetings.base.clock import now
from meetings.base.columns import Text
from meetings.base.errors import Refused, Superseded
from meetings.base.languages import current_language
from meetings.base.languages import gettext as _
from meetings.bodies.models import Session
from meetings.bodies.queries import sessions_beside
from meetings.schedule.clashes import tell_clashes
from meetings.schedule.conflicts import Slot, faults
from meetings.schedule.models import (
    Allotment,
    Meeting,
    MeetingForm,
    MeetingState,
    MovedMeeting,
    NewMeeting,
    Room,
    SessionMeeting,
)
from meetings.schedule.queries import (
    SPEAKER_LIST,
    Scheduled,
    Sitting,
    floor_taken,
    held_on,
    items_spoken_of,
    next_number,
    scheduled_meeting,
)
from meetings.schedule.taking_up_actions import allot
from meetings.schedule.words import hours, weekday


async def add_meeting(db: AsyncSession, session: Session, form: NewMeeting, user: User) -> int:
    """Put a meeting in the calendar of a session, and of those that sit in it jointly.

    Gives its number in this session; see `next_number` for how numbers are given.

    Raises:
        Refused: something is wrong with the plan; every fault is told.
    """
    sessions = [session, *await _joined(db, session, form.joint, user)]
    room = await _room(db, form.room)
    await _check(db, form, room, sessions, user)

    meeting = Meeting(**_where_and_when(form, room), title=_title(Text(), form))
    db.add(meeting)
    await db.flush()
    numbers = [await next_number(db, each.id) for each in sessions]
    db.add_all(
        SessionMeeting(session_id=each.id, meeting_id=meeting.id, number=number)
        for each, number in zip(sessions, numbers, strict=True)
    )
    await allot(db, meeting, [each.id for each in sessions], form)
    return numbers[0]


async def move_meeting(db: AsyncSession, sitting: Sitting, form: MovedMeeting, user: User) -> None:
    """Move a meeting to another room or time, or name it anew. It keeps its numbers.

    Raises:
        Superseded: somebody else changed it first.
        Refused: something is wrong with the plan; every fault is told.
    """
    room = await _room(db, form.room)
    if form.version != sitting.meeting.version:
        raise _superseded(sitting, form, room)
    whole = await scheduled_meeting(db, sitting.meeting.id, user)
    sessions = [numbered.session for numbered in whole.numbers]
    await _check(db, form, room, sessions, user, sitting.meeting.id)

    for name, value in _where_and_when(form, room).items():
        setattr(sitting.meeting, name, value)
    sitting.meeting.title = _title(sitting.meeting.title, form)
    sitting.meeting.version += 1


async def _joined(
    db: AsyncSession, session: Session, slugs: Sequence[str], user: User
) -> list[Session]:
    if not slugs:
        return []
    beside = {each.slug: each for each in await sessions_beside(db, session, user)}
    if not beside.keys() >= set(slugs):
        raise Refused(
            _("A joint meeting is of sessions that sit on the same days, at one place."),
            field="joint",
        )
    return [beside[slug] for slug in dict.fromkeys(slugs)]


async def _room(db: AsyncSession, code: str) -> Room:
    found = await db.exec(select(Room).where(Room.code == code))
    if (room := found.first()) is None:
        raise Refused(_("Choose a room from the list."), field="room")
    return room


async def _check(  # noqa: PLR0913, PLR0917 (a plan is of many things)
    db: AsyncSession,
    form: MeetingForm,
    room: Room,
    sessions: Sequence[Session],
    user: User,
    meeting_id: UUID | None = None,
) -> None:
    starts, ends = form.hours
    ids = frozenset(session.id for session in sessions)
    plan = Slot(room.id, form.day, starts, ends, ids, meeting_id)
    await _take_turns(db, plan)
    held = {one.meeting.id: one for one in await held_on(db, form.day, room.id, ids, user)}
    found = faults(
        plan,
        form.half,
        days={session.id: (session.starts_on, session.ends_on) for session in sessions},
        closed=[date.fromisoformat(day) for day in room.closed],
        held=[_slot(one) for one in held.values()],
    )
    if found:
        raise tell_clashes(found, plan, room, {each.id: each for each in sessions}, held)


async def _take_turns(db: AsyncSession, plan: Slot) -> None:
    """Wait until nobody else plans for this room or these sessions.

    SQLite has one writer anyway. PostgreSQL locks the rows, rooms before sessions and those in
    order, so that two plans wait for each other in a line and never in a circle.
    """
    room = select(Room.id).where(Room.id == plan.room)
    sessions = (
        select(Session.id).where(col(Session.id).in_(plan.sessions)).order_by(col(Session.id))
    )
    await db.exec(room.with_for_update(key_share=True))
    await db.exec(sessions.with_for_update(key_share=True))


def _slot(one: Scheduled) -> Slot:
    meeting = one.meeting
    sessions = frozenset(numbered.session.id for numbered in one.numbers)
    return Slot(meeting.room_id, meeting.day, meeting.starts, meeting.ends, sessions, meeting.id)


def _where_and_when(form: MeetingForm, room: Room) -> dict[str, Any]:
    starts, ends = form.hours
    return {
        "room_id": room.id,
        "day": form.day,
        "half": form.half,
        "starts": starts,
        "ends": ends,
    }


def _title(before: Text, form: MeetingForm) -> Text:
    """The title with the form's two languages in it; the others stay."""
    words = {**before, "en": form.title_en, "fr": form.title_fr}
    return Text({language: said for language, said in words.items() if said})


def _superseded(sitting: Sitting, form: MovedMeeting, room: Room) -> Superseded:
    theirs = _as_read(sitting.meeting.title, sitting.room, sitting.meeting)
    yours = _as_read(_title(sitting.meeting.title, form), room, form)
    return Superseded(*_differing(yours, theirs))


def _as_read(title: Text, room: Room, plan: Meeting | MovedMeeting) -> dict[str, str]:
    starts, ends = (plan.starts, plan.ends) if isinstance(plan, Meeting) else plan.hours
    return {
        _("Room"): room.name.in_language(current_language()),
        _("Day"): weekday(plan.day),
        _("Hours"): hours(starts, ends),
        _("Title"): title.in_language(current_language()),
    }


def _differing(
    yours: dict[str, str], theirs: dict[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    names = [name for name in yours if yours[name] != theirs[name]]
    return {name: yours[name] for name in names}, {name: theirs[name] for name in names}


def open_meeting(meeting: Meeting) -> None:
    """Open a planned meeting. Opening it twice changes nothing.

    Raises:
        Refused: it has adjourned.
    """
    if meeting.state is MeetingState.ADJOURNED:
        raise Refused(_("This meeting has adjourned. The secretariat can reopen it."))
    if meeting.state is MeetingState.PLANNED:
        meeting.state = MeetingState.OPEN
        meeting.opened_at = now()


async def adjourn_meeting(db: AsyncSession, meeting: Meeting) -> None:
    """Adjourn an open meeting. Adjourning it twice changes nothing.

    Raises:
        Refused: it has not been opened, or somebody has the floor.
    """
    if meeting.state is MeetingState.ADJOURNED:
        return
    if meeting.state is MeetingState.PLANNED:
        raise Refused(_("This meeting has not been opened yet."))
    if await floor_taken(db, meeting.id):
        raise Refused(_("Somebody has the floor. End the intervention, then adjourn the meeting."))
    meeting.state = MeetingState.ADJOURNED
    meeting.adjourned_at = now()


def reopen_meeting(meeting: Meeting) -> None:
    """Open an adjourned meeting again, as if it had not adjourned.

    Raises:
        Refused: it has not been opened yet.
    """
    if meeting.state is MeetingState.PLANNED:
        raise Refused(_("This meeting has not been opened yet."))
    meeting.state = MeetingState.OPEN
    meeting.adjourned_at = None


async def remove_meeting(db: AsyncSession, meeting: Meeting) -> None:
    """Take a meeting out of the calendar of all its sessions. Their other meetings keep numbers.

    Raises:
        Refused: somebody has spoken in it, or has asked to.
    """
    if await items_spoken_of(db, meeting.id):
        raise Refused(
            _("Somebody has spoken in this meeting, or has asked to: it cannot be removed.")
        )
    await db.exec(sa.delete(SPEAKER_LIST).where(SPEAKER_LIST.c.meeting_id == meeting.id))
    for kind in (Allotment, SessionMeeting):
        for row in await db.exec(select(kind).where(col(kind.meeting_id) == meeting.id)):
            await db.delete(row)
    await db.flush()
    await db.delete(meeting)
