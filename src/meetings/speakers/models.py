"""Lists of speakers and the requests on them."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from pydantic import ConfigDict
from sqlmodel import Field, SQLModel

from meetings.base.columns import choice
from meetings.base.db import Base, UTCDateTime
from meetings.base.forms import Unfilled
from meetings.base.ids import new_id

LIMIT = 5  # minutes a speaker has, where neither list nor body says otherwise
# Sorts by code points on both databases.
Word = sa.String().with_variant(sa.String(collation="C"), "postgresql")
LONGEST = 60  # minutes; more is a slip of the key


class SpeakingCapacity(StrEnum):
    """For whom somebody speaks."""

    NATIONAL = "national"
    STATE = "state"  # another one, which is not in the room
    GROUP = "group"
    ORGANIZATION = "organization"


class InscriptionState(StrEnum):
    WAITING = "waiting"
    SPEAKING = "speaking"
    SPOKEN = "spoken"
    WITHDRAWN = "withdrawn"
    ABSENT = "absent"  # was not in the room, more often than is waited for
    CARRIED = "carried"  # waits on the list of a later meeting


class Asks(StrEnum):
    """For what the floor is asked."""

    STATEMENT = "statement"
    POINT_OF_ORDER = "point-of-order"
    RIGHT_OF_REPLY = "right-of-reply"


class SpeakingClass(StrEnum):
    """By what a list is put in order; in the order of the defaults (rules.py)."""

    POINT_OF_ORDER = "point-of-order"
    GROUP = "group"
    MINISTER = "minister"
    STATE_PARTY = "state-party"
    OBSERVER_STATE = "observer-state"  # and signatories
    UNITED_NATIONS = "united-nations"
    INTERGOVERNMENTAL = "intergovernmental"
    NON_GOVERNMENTAL = "non-governmental"
    OTHER = "other"
    RIGHT_OF_REPLY = "right-of-reply"


class Act(StrEnum):
    """What was done to a list: the words of its record."""

    OPENED = "opened"
    CLOSED = "closed"
    TIMED = "timed"
    RULED = "ruled"
    LOADED = "loaded"
    INSCRIBED = "inscribed"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    MOVED = "moved"
    SWAPPED = "swapped"
    ABSENT = "absent"
    CALLED = "called"
    SPOKEN = "spoken"
    CARRIED = "carried"


class SpeakerList(Base, table=True):
    """The list of an item in a meeting.

    `rules` is what its body's rules were when it was opened, so that they change for later lists
    only. `changes` counts the record: whoever has seen that number has seen the list as it is.
    """

    __tablename__ = "speaker_list"
    audited: ClassVar[bool] = False  # it has a record of its own
    __table_args__ = (sa.UniqueConstraint("meeting_id", "item_id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    meeting_id: UUID = Field(foreign_key="meeting.id")
    item_id: UUID = Field(foreign_key="agenda_item.id", index=True)
    open: bool = True
    opens_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    closes_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    limit: int | None = LIMIT  # minutes for everybody; None: those of each class
    rules: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    changes: int = 0

    def is_open(self, at: datetime) -> bool:
        """Whether requests are taken: the times act by themselves, to the millisecond."""
        if self.closes_at and at >= self.closes_at:
            return False
        return self.open or bool(self.opens_at and at >= self.opens_at)


class Inscription(Base, table=True):
    """A delegation's request for the floor.

    Where it stands is a word that sorts, made (order.py) of its class, its `sort_key`, and the
    moment it was received; or, once it was moved, of whom it was put behind.
    """

    audited: ClassVar[bool] = False  # the list's record has it
    __table_args__ = (
        sa.Index("ix_inscription_speaker_list_id_stand", "speaker_list_id", "stand"),
        # Once per list and capacity while it waits: held here, not by a check before the insert.
        sa.Index(
            "uq_inscription_waiting",
            "speaker_list_id",
            "delegation_id",
            "capacity",
            "on_behalf_of",
            "speaking_class",
            unique=True,
            sqlite_where=sa.text("state IN ('waiting', 'speaking')"),
            postgresql_where=sa.text("state IN ('waiting', 'speaking')"),
        ),
        # Where the body's rules allow one statement on an item, also when it has been made.
        sa.Index(
            "uq_inscription_single",
            "speaker_list_id",
            "delegation_id",
            "capacity",
            "on_behalf_of",
            unique=True,
            sqlite_where=sa.text("single AND state IN ('waiting', 'speaking', 'spoken')"),
            postgresql_where=sa.text("single AND state IN ('waiting', 'speaking', 'spoken')"),
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    speaker_list_id: UUID = Field(foreign_key="speaker_list.id")
    delegation_id: UUID = Field(foreign_key="delegation.id", index=True)
    speaker: str = ""  # the person's name
    capacity: SpeakingCapacity = Field(
        default=SpeakingCapacity.NATIONAL, sa_type=choice(SpeakingCapacity)
    )
    on_behalf_of: str = ""
    language: str = ""
    requested_at: datetime = Field(sa_type=UTCDateTime)
    place: int  # from 1, in the order of requests
    state: InscriptionState = Field(
        default=InscriptionState.WAITING, sa_type=choice(InscriptionState)
    )
    speaking_class: SpeakingClass = Field(
        default=SpeakingClass.STATE_PARTY, sa_type=choice(SpeakingClass)
    )
    sort_key: str = ""  # inside its class, before the moment of the request
    stand: str = Field(default="", sa_type=Word)  # where it stands on the list (order.py)
    moved: bool = False
    reason: str = ""  # of the last move
    asks: Asks = Field(default=Asks.STATEMENT, sa_type=choice(Asks))
    minister: bool = False  # a minister, or above, speaks
    remote: bool = False
    single: bool = False  # the only statement that its delegation has on this item
    minutes: int | None = None  # where it has a limit of its own: a right of reply
    absences: int = 0  # how often it was called and not in the room


class ListChange(Base, table=True):
    """A line of a list's record: written once, never altered (the database holds that)."""

    __tablename__ = "list_change"
    audited: ClassVar[bool] = False
    __table_args__ = (sa.UniqueConstraint("speaker_list_id", "number"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    speaker_list_id: UUID  # no reference: a record outlives its list
    number: int  # from 1, without gaps
    at: datetime = Field(sa_type=UTCDateTime)
    who: UUID | None  # a user; None is the program itself
    act: Act = Field(sa_type=choice(Act))
    inscription_id: UUID | None = None
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)


class Swap(Base, table=True):
    """A delegation offers another one to change places; only the other can take it up."""

    audited: ClassVar[bool] = False

    id: UUID = Field(default_factory=new_id, primary_key=True)
    inscription_id: UUID = Field(foreign_key="inscription.id", index=True, ondelete="CASCADE")
    with_id: UUID = Field(foreign_key="inscription.id", index=True, ondelete="CASCADE")
    offered_by: UUID | None
    offered_at: datetime = Field(sa_type=UTCDateTime)


class Statement(Base, table=True):
    """The text of a statement, sent before it is delivered. Nobody else reads it before that."""

    audited: ClassVar[bool] = False

    inscription_id: UUID = Field(primary_key=True, foreign_key="inscription.id", ondelete="CASCADE")
    name: str
    media_type: str
    content: bytes
    against_delivery: bool = True  # to be checked against delivery
    embargo: bool = True  # until it is delivered, for the secretariat and the interpreters only
    sent_at: datetime = Field(sa_type=UTCDateTime)
    sent_by: UUID | None


class OpenForm(SQLModel):
    """The form that opens a list. Left empty, each class has the minutes of the body's rules."""

    limit: Annotated[int | None, Unfilled] = None


class TimesForm(SQLModel):
    """When a list opens and closes by itself: local times at the place; empty is never."""

    opens: Annotated[datetime | None, Unfilled] = None
    closes: Annotated[datetime | None, Unfilled] = None


class InscriptionForm(SQLModel):
    """A request for the floor. The page makes its `id`, so that sending it twice is safe.

    `delegation` is what the secretariat typed; a delegation asks for itself only.
    """

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    id: UUID
    delegation: str = Field(default="", max_length=200)
    speaker: str = Field(default="", max_length=200)
    capacity: SpeakingCapacity = SpeakingCapacity.NATIONAL
    on_behalf_of: str = Field(default="", max_length=200)
    language: str = ""
    asks: Asks = Asks.STATEMENT
    minister: bool = False
    remote: bool = False


class PointOfOrderForm(SQLModel):
    """Who raises a point of order, and on which item; the page makes its `id`."""

    id: UUID
    item: str
    delegation: str = Field(max_length=200)


class ChangedInscription(SQLModel):
    """The form that says who speaks, and how: the place stays."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    speaker: str = Field(default="", max_length=200)
    language: str = ""
    remote: bool = False


class SwapForm(SQLModel):
    """With whose request to change places."""

    other: UUID


class ActsForm(SQLModel):
    """One button of the table of those who wait, with the reason above it.

    It names a request by the number under which it was written: lists are long.
    """

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    up: int | None = None
    down: int | None = None
    absent: int | None = None
    withdraw: int | None = None
    reason: str = Field(default="", max_length=500)


class CarryForm(SQLModel):
    """To which meeting of the session the last `count` of those who wait go; empty is all."""

    to: int
    count: Annotated[Annotated[int, Field(ge=1)] | None, Unfilled] = None


class MoveForm(SQLModel):
    """To which place among those who wait, and why: the reason is kept in the list's record."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    to: int
    reason: str = Field(default="", max_length=500)
