"""What was told to live pages: each channel has its own gapless count."""

from typing import ClassVar
from uuid import UUID

from sqlmodel import Field

from meetings.base.db import Base


class LiveChannel(Base, table=True):
    """The last number given out on a channel. Its row is the lock that keeps numbers gapless."""

    __tablename__ = "live_channel"

    channel: str = Field(primary_key=True)
    seq: int


class LiveEvent(Base, table=True):
    """Something changed: what kind of fragment shows it, and of which row."""

    __tablename__ = "live_event"
    audited: ClassVar[bool] = False

    channel: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    kind: str
    subject: UUID
