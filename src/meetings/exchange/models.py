"""What comes in: the forms that bring it, and how a list of participants is taken back.

A log kept elsewhere needs no table: its identifiers are derived.
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel
from typing_extensions import TypedDict

from meetings.base.db import Base, UTCDateTime


class LogImport(SQLModel):
    """What a preview showed and is now to be kept.

    The page makes `id`, so that sending it twice is safe; `rows` are those of the preview as JSON.
    """

    id: UUID
    item: str = ""
    rows: str


class PeopleImport(SQLModel):
    """What a preview of a list of participants showed and is now to be kept."""

    id: UUID
    rows: str


class Undoing(TypedDict):
    """What an import of participants did, as it is needed to take it back."""

    participations: list[str]
    participants: list[str]
    changed: dict[str, list[str]]  # of a person: the function before, and after


class ImportedPeople(Base, table=True):
    """A list of participants that came in. The page made its `id`: sent twice, it comes in once."""

    __tablename__ = "imported_people"

    id: UUID = Field(primary_key=True)
    session_id: UUID = Field(foreign_key="session.id", index=True)
    done: Undoing = Field(sa_type=sa.JSON)
    made_by: UUID = Field(foreign_key="user.id")
    made_at: datetime = Field(sa_type=UTCDateTime)
    undone_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
