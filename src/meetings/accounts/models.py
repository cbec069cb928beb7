"""Users, their sign-ins, and the audit."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from pydantic import ConfigDict
from sqlmodel import Field, SQLModel

from meetings.base.columns import choice
from meetings.base.db import Base, UTCDateTime
from meetings.base.ids import new_id


class Role(StrEnum):
    """What a person is here for. The public screen has no account: it is nobody's page."""

    ADMINISTRATOR = "administrator"
    SECRETARIAT = "secretariat"
    RAPPORTEUR = "rapporteur"
    CHAIR = "chair"
    DELEGATION = "delegation"


SECRETARIAT = frozenset({Role.ADMINISTRATOR, Role.SECRETARIAT})
WRITERS = SECRETARIAT | {Role.RAPPORTEUR}  # who may read what was said, and by whom
STAFF = WRITERS | {Role.CHAIR}
EVERYONE = frozenset(Role)


class User(Base, table=True):
    """A person with an account. A disabled account keeps its name in the audit."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    login: str = Field(unique=True)
    name: str
    role: Role = Field(sa_type=choice(Role))
    delegation_id: UUID | None = Field(default=None, foreign_key="delegation.id")
    password_hash: str
    language: str = ""
    disabled: bool = False


class Login(Base, table=True):
    """A sign-in that is still good. Only the SHA-256 of its token is kept."""

    audited: ClassVar[bool] = False

    token_hash: str = Field(primary_key=True)
    user_id: UUID = Field(foreign_key="user.id", index=True)
    began_at: datetime = Field(sa_type=UTCDateTime)
    ends_at: datetime = Field(sa_type=UTCDateTime)


class FailedSignIn(Base, table=True):
    """A sign-in that failed, counted per account and address to slow down guessing."""

    __tablename__ = "failed_sign_in"
    audited: ClassVar[bool] = False
    __table_args__ = (sa.Index(None, "login", "address", "at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    login: str
    address: str
    at: datetime = Field(sa_type=UTCDateTime)


class Entry(Base, table=True):
    """A line of the audit: who did what to which row, and what it was before and after."""

    __tablename__ = "audit"
    audited: ClassVar[bool] = False
    __table_args__ = (sa.Index(None, "subject", "subject_id"), sa.Index(None, "at"))

    id: UUID = Field(default_factory=new_id, primary_key=True)
    at: datetime = Field(sa_type=UTCDateTime)
    who: UUID | None  # a user; None is the program itself
    what: str  # added, changed, removed, loaded
    subject: str  # the table
    subject_id: str
    before: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    after: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)


MIN_PASSWORD = 10


class SignIn(SQLModel):
    """The sign-in form."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    login: str = Field(min_length=1, max_length=200)
    password: str = Field(min_length=1, max_length=200)
    back: str = "/"


class NewUser(SQLModel):
    """The form that adds an account."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    login: str = Field(min_length=3, max_length=200)
    name: str = Field(min_length=1, max_length=200)
    role: Role
    delegation: str = ""  # the code of a delegation, for the role of that name
    password: str = Field(min_length=MIN_PASSWORD, max_length=200)


class NewPassword(SQLModel):
    """The form that changes a password."""

    password: str = Field(min_length=MIN_PASSWORD, max_length=200)


class Invitation(Base, table=True):
    """A link that lets a delegation's focal point in, once; only the hash of its token is kept."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    token_hash: str = Field(unique=True)
    delegation_id: UUID = Field(foreign_key="delegation.id", index=True)
    name: str  # of the focal point
    email: str = ""
    made_at: datetime = Field(sa_type=UTCDateTime)
    ends_at: datetime = Field(sa_type=UTCDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    user_id: UUID | None = Field(default=None, foreign_key="user.id")


class InvitationForm(SQLModel):
    """The form that invites a focal point."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    focal: str = Field(min_length=1, max_length=200)
    email: str = Field(default="", max_length=200)
    days: int = Field(default=14, ge=1, le=60)


class OwnPassword(SQLModel):
    """The form that sets one's own password; who has none yet leaves `current` empty."""

    current: str = Field(default="", max_length=200)
    password: str = Field(min_length=MIN_PASSWORD, max_length=200)
