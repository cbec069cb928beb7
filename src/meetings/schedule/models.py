"""Rooms, meetings, and what is discussed in which: the organization of work."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import ConfigDict, model_validator
from sqlmodel import Field, SQLModel

from meetings.base.columns import Text, TextColumn, choice
from meetings.base.db import Base, UTCDateTime
from meetings.base.forms import Ticked, Unfilled
from meetings.base.ids import new_id


class Half(StrEnum):
    """Half a day. Usual hours: 10 a.m. to 1 p.m. and 3 to 6 p.m. (A/AC.291/11, annex)."""

    MORNING = "am"
    AFTERNOON = "pm"


HOURS = {Half.MORNING: (time(10), time(13)), Half.AFTERNOON: (time(15), time(18))}


class MeetingState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    ADJOURNED = "adjourned"


class Room(Base, table=True):
    id: UUID = Field(default_factory=new_id, primary_key=True)
    code: str = Field(unique=True)
    name: Text = Field(sa_type=TextColumn)
    capacity: int | None = None  # seats
    booths: int = 0  # for interpreters
    remote: bool = False
    closed: list[str] = Field(default_factory=list, sa_type=sa.JSON)  # ISO dates


class Meeting(Base, table=True):
    """Half a day in a room. It is joint when it belongs to several sessions."""

    __table_args__ = (sa.Index(None, "day", "room_id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    room_id: UUID = Field(foreign_key="room.id")
    day: date
    half: Half = Field(sa_type=choice(Half))
    starts: time  # at the place
    ends: time
    title: Text = Field(default_factory=Text, sa_type=TextColumn)  # only where it needs one
    state: MeetingState = Field(default=MeetingState.PLANNED, sa_type=choice(MeetingState))
    opened_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    adjourned_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    version: int = 1


class SessionMeeting(Base, table=True):
    """A meeting is the Nth of a session; a joint one has a number in each of its sessions."""

    __tablename__ = "session_meeting"
    __table_args__ = (sa.UniqueConstraint("session_id", "number"),)

    session_id: UUID = Field(foreign_key="session.id", primary_key=True)
    meeting_id: UUID = Field(foreign_key="meeting.id", primary_key=True, index=True)
    number: int


class Allotment(Base, table=True):
    """An item taken up in a meeting."""

    __table_args__ = (sa.UniqueConstraint("meeting_id", "position"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    meeting_id: UUID = Field(foreign_key="meeting.id")
    item_id: UUID = Field(foreign_key="agenda_item.id", index=True)
    position: int
    minutes: int | None = None
    note: Text = Field(default_factory=Text, sa_type=TextColumn)  # "(continued)", a panel


# Of one item in one meeting; the most catches a slip of the key.
Minutes = Annotated[int, Field(ge=1, le=600)]


class MeetingForm(SQLModel):
    """Where and when a meeting sits. Hours left empty are the usual ones of that half."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    room: str = Field(min_length=1)
    day: date
    half: Half
    starts: Annotated[time | None, Unfilled] = None
    ends: Annotated[time | None, Unfilled] = None
    title_en: str = Field(default="", max_length=300)
    title_fr: str = Field(default="", max_length=300)

    @property
    def hours(self) -> tuple[time, time]:
        usual = HOURS[self.half]
        return self.starts or usual[0], self.ends or usual[1]


class ItemsForm(SQLModel):
    """The items of a meeting: those that are ticked, with `minutes-<id>` and `place-<id>` of each.

    An item without a place comes after those that have one, in the order of the agenda.
    """

    items: Annotated[list[UUID], Ticked] = []
    minutes: dict[UUID, Annotated[Minutes | None, Unfilled]] = {}
    places: dict[UUID, Annotated[int | None, Unfilled]] = {}

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, sent: dict[str, Any]) -> dict[str, Any]:
        gathered = dict(sent)
        for prefix, name in (("minutes-", "minutes"), ("place-", "places")):
            starting = [key for key in sent if key.startswith(prefix)]
            gathered[name] = {key.removeprefix(prefix): gathered.pop(key) for key in starting}
        return gathered


class NewMeeting(MeetingForm, ItemsForm):
    """The form that adds a meeting; `joint` names the sessions that sit in it besides."""

    joint: Annotated[list[str], Ticked] = []


class MovedMeeting(MeetingForm):
    """The form that moves a meeting or names it anew."""

    version: int


class TakenUp(ItemsForm):
    """The form that says which items a meeting takes up."""

    version: int
