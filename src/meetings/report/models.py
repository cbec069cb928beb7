"""What the report is made of besides views: the secretariat's updates, and documents in parts."""

from datetime import date
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from pydantic import ConfigDict
from sqlmodel import Field, SQLModel
from typing_extensions import TypedDict

from meetings.base.columns import Text, TextColumn, choice
from meetings.base.db import Base
from meetings.base.ids import new_id


class ParagraphState(StrEnum):
    ASSEMBLED = "assembled"
    EDITED = "edited"
    ADOPTED = "adopted"


class Figure(TypedDict, total=False):
    """A figure that the secretariat reported: the value, as of when, and from which document."""

    value: int
    as_of: str  # ISO date, or year and month
    source: str  # symbol of a document


class Update(Base, table=True):
    """What the secretariat reported on an item; one paragraph of the report."""

    __table_args__ = (sa.UniqueConstraint("item_id", "position"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    item_id: UUID = Field(foreign_key="agenda_item.id")
    position: int
    representative: str = ""  # who spoke for the secretariat, by any key: never printed
    verb: str
    lead: Text = Field(default_factory=Text, sa_type=TextColumn)
    text: Text = Field(sa_type=TextColumn)
    more: list[dict[str, str]] = Field(default_factory=list, sa_type=sa.JSON)  # Texts
    figures: dict[str, Figure] = Field(default_factory=dict, sa_type=sa.JSON)


class Report(Base, table=True):
    """A draft report or one of its additions: a document with a symbol and a date."""

    __table_args__ = (sa.UniqueConstraint("session_id", "symbol"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    session_id: UUID = Field(foreign_key="session.id")
    symbol: str
    addendum: bool = False
    dated: date | None = None
    original: str = "en"  # language
    position: int


class ReportPart(Base, table=True):
    """A chapter of a report: the roman number and heading under which an item is reported."""

    __tablename__ = "report_part"
    __table_args__ = (sa.UniqueConstraint("report_id", "position"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    report_id: UUID = Field(foreign_key="report.id")
    item_id: UUID = Field(foreign_key="agenda_item.id", index=True)
    position: int
    chapter: int
    heading: Text = Field(sa_type=TextColumn)


class Paragraph(Base, table=True):
    """A paragraph that a rapporteur took over from the assembled draft of an item."""

    __table_args__ = (sa.UniqueConstraint("item_id", "language", "position"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    item_id: UUID = Field(foreign_key="agenda_item.id")
    language: str
    position: int
    text: str
    state: ParagraphState = Field(default=ParagraphState.ASSEMBLED, sa_type=choice(ParagraphState))
    views: list[str] = Field(default_factory=list, sa_type=sa.JSON)  # keys: its sources
    version: int = 1


class EditedParagraph(SQLModel):
    """A paragraph as it is edited; `version` is the one that the page was drawn from."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    text: str = Field(min_length=1, max_length=20_000)
    version: int
