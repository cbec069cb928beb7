"""Bodies and their sessions: what is convened, when, where, and to discuss what."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from meetings.base.columns import Text, TextColumn, choice
from meetings.base.db import Base
from meetings.base.ids import new_id


class BodyKind(StrEnum):
    CONFERENCE = "conference"
    EXPERT_GROUP = "expert-group"
    WORKING_GROUP = "working-group"
    REVIEW_GROUP = "review-group"
    NETWORK = "network"


class SessionState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class Body(Base, table=True):
    """An organ. `rules` holds only what differs from the defaults (see report/quantifiers.py)."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    code: str = Field(unique=True)
    parent_id: UUID | None = Field(default=None, foreign_key="body.id")
    kind: BodyKind = Field(sa_type=choice(BodyKind))
    name: Text = Field(sa_type=TextColumn)
    treaty: str = ""
    rules: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)


class Session(Base, table=True):
    """One gathering of a body. `slug` names it in addresses: eg1-2021."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(unique=True)
    body_id: UUID = Field(foreign_key="body.id")
    ordinal: int | None = None
    title: Text = Field(sa_type=TextColumn)
    symbol: str = ""  # the root of its documents' symbols: CAC/COSP/EG.1/2021
    place: Text = Field(sa_type=TextColumn)
    timezone: str  # IANA: Europe/Vienna
    starts_on: date
    ends_on: date
    state: SessionState = Field(default=SessionState.PLANNED, sa_type=choice(SessionState))
    follows_id: UUID | None = Field(default=None, foreign_key="session.id")
    delegation_check: bool = False  # delegations see, and correct, what the log has of them


class AgendaItem(Base, table=True):
    """An item of a session's agenda.

    `joint_with_id` is the item of another session that is discussed together with this one: what is
    said under it belongs to both reports.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (sa.UniqueConstraint("session_id", "number"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    session_id: UUID = Field(foreign_key="session.id")
    parent_id: UUID | None = Field(default=None, foreign_key="agenda_item.id")
    number: str  # "3", "3 (a)"
    position: int  # from 1, through the whole agenda
    title: Text = Field(sa_type=TextColumn)
    minutes: int | None = None  # expected
    joint_with_id: UUID | None = Field(default=None, foreign_key="agenda_item.id")


class Document(Base, table=True):
    """A document before a session: its symbol is the same in all languages."""

    __table_args__ = (sa.UniqueConstraint("session_id", "symbol"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    session_id: UUID = Field(foreign_key="session.id")
    item_id: UUID | None = Field(default=None, foreign_key="agenda_item.id")
    symbol: str
    title: Text = Field(sa_type=TextColumn)
    position: int
