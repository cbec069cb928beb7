"""Delegations and their participation in sessions."""

from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from pydantic import ConfigDict
from sqlmodel import Field, SQLModel

from meetings.base.columns import Text, TextColumn, choice
from meetings.base.db import Base
from meetings.base.ids import new_id


class DelegationKind(StrEnum):
    STATE = "state"
    OBSERVER_STATE = "observer-state"
    REGIONAL_ORGANIZATION = "regional-organization"  # of economic integration: the EU
    GROUP = "group"  # a regional group, the Group of 77 and China
    UNITED_NATIONS = "united-nations"
    INTERGOVERNMENTAL = "intergovernmental"
    NON_GOVERNMENTAL = "non-governmental"
    SECRETARIAT = "secretariat"
    PANEL = "panel"


class Capacity(StrEnum):
    """In which capacity a delegation takes part in a session."""

    STATE_PARTY = "state-party"
    SIGNATORY = "signatory"
    OBSERVER = "observer"
    SECRETARIAT = "secretariat"
    PANEL = "panel"


class Delegation(Base, table=True):
    id: UUID = Field(default_factory=new_id, primary_key=True)
    code: str = Field(unique=True)
    kind: DelegationKind = Field(sa_type=choice(DelegationKind))
    name: Text = Field(sa_type=TextColumn)
    group: str = ""  # regional group
    iso2: str = ""
    m49: str = ""
    ranks: dict[str, int] = Field(default_factory=dict, sa_type=sa.JSON)  # place by language
    reference: bool = False  # came with the program, not with a session file


class Participation(Base, table=True):
    __table_args__ = (sa.UniqueConstraint("session_id", "delegation_id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    session_id: UUID = Field(foreign_key="session.id")
    delegation_id: UUID = Field(foreign_key="delegation.id", index=True)
    capacity: Capacity = Field(sa_type=choice(Capacity))


class Participant(Base, table=True):
    id: UUID = Field(default_factory=new_id, primary_key=True)
    participation_id: UUID = Field(foreign_key="participation.id", index=True)
    name: str
    function: str = ""
    position: int


class NewParticipation(SQLModel):
    """The form that lets a delegation take part: its code or a name, as typed."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    delegation: str = Field(min_length=1, max_length=200)
    capacity: Capacity


class NewCapacity(SQLModel):
    """The form that changes in which capacity a delegation takes part."""

    capacity: Capacity


class NewParticipant(SQLModel):
    """The form that adds a person to a delegation."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    name: str = Field(min_length=1, max_length=200)
    function: str = Field(default="", max_length=200)
