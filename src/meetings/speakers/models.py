"""Lists of speakers and the requests on them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from pydantic import ConfigDict
from sqlmodel import Field, SQLModel

from meetings.base.columns import choice
from meetings.base.db import Base, UTCDateTime
from meetings.base.ids import new_id

LIMIT = 5  # minutes a speaker has, where neither list nor body says otherwise
LONGEST = 60  # minutes; more is a slip of the key


class SpeakingCapacity(StrEnum):
    """For whom somebody speaks."""

    NATIONAL = "national"
    GROUP = "group"
    ORGANIZATION = "organization"


class InscriptionState(StrEnum):
    WAITING = "waiting"
    SPEAKING = "speaking"
    SPOKEN = "spoken"
    WITHDRAWN = "withdrawn"


class SpeakerList(Base, table=True):
    __tablename__ = "speaker_list"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "item_id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    meeting_id: UUID = Field(foreign_key="meeting.id")
    item_id: UUID = Field(foreign_key="agenda_item.id", index=True)
    open: bool = True
    limit: int = LIMIT  # minutes


class Inscription(Base, table=True):
    """A delegation's request for the floor."""

    __table_args__ = (
        sa.Index("ix_inscription_speaker_list_id_place", "speaker_list_id", "place"),
        # Once per list and capacity while it waits: held here, not by a check before the insert.
        sa.Index(
            "uq_inscription_waiting",
            "speaker_list_id",
            "delegation_id",
            "capacity",
            "on_behalf_of",
            unique=True,
            sqlite_where=sa.text("state IN ('waiting', 'speaking')"),
            postgresql_where=sa.text("state IN ('waiting', 'speaking')"),
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


class OpenForm(SQLModel):
    """The form that opens a list."""

    limit: int = LIMIT


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


class MoveForm(SQLModel):
    """To which place among those who wait, and why: the reason is kept in the audit."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    to: int
    reason: str = Field(default="", max_length=500)
