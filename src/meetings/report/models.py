"""What the report is made of besides views: updates, paragraphs, documents, and their adoption."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from pydantic import ConfigDict, StringConstraints, model_validator
from sqlmodel import Field, SQLModel
from typing_extensions import TypedDict

from meetings.base.columns import Text, TextColumn, choice
from meetings.base.db import Base, UTCDateTime
from meetings.base.forms import Ticked, Unfilled
from meetings.base.ids import new_id
from meetings.base.languages import LANGUAGES


class ParagraphState(StrEnum):
    """What a person made of a paragraph; one that nobody ever touched has no row."""

    ASSEMBLED = "assembled"  # given back to the log; its versions stay
    EDITED = "edited"
    LEFT_OUT = "left-out"


class IssueKind(StrEnum):
    """What a document is: a draft of the session, one issued again, or what was adopted."""

    DRAFT = "draft"  # L.1, L.1/Add.1
    REVISION = "revision"  # …/Rev.1: the whole text anew
    CORRECTION = "correction"  # …/Corr.1: what was wrong, marked
    FINAL = "final"


class Distribution(StrEnum):
    GENERAL = "general"
    LIMITED = "limited"
    RESTRICTED = "restricted"


class Change(StrEnum):
    """What an amendment does at its place."""

    INSERT = "insert"
    REPLACE = "replace"
    DELETE = "delete"


class AmendmentState(StrEnum):
    PROPOSED = "proposed"
    TAKEN = "taken"
    NOT_TAKEN = "not-taken"


class Decided(StrEnum):
    """What a meeting decided on a paragraph."""

    ADOPTED = "adopted"
    AMENDED = "amended"  # adopted as amended
    PENDING = "pending"  # left pending


class FollowUpState(StrEnum):
    """How far a recommendation has come."""

    OPEN = "open"
    UNDER_WAY = "under-way"
    DONE = "done"


class Sentence(TypedDict, total=False):
    """A sentence as it is kept, with what is behind it (UUIDs as text)."""

    text: str
    views: list[str]
    points: list[str]
    update: str
    quantifier: str
    supporters: int
    speakers: int


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


class Outline(Base, table=True):
    """The order that people gave to the paragraphs of an item, in all languages: their keys."""

    item_id: UUID = Field(primary_key=True, foreign_key="agenda_item.id", ondelete="CASCADE")
    keys: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    version: int = 1


class Paragraph(Base, table=True):
    """A paragraph that a person has edited or left out: it stands in the place of the assembled.

    `key` says which one that is (composing.py). `sentences` are its text with what is behind each;
    `base` is what the assembler wrote when a person last looked at it: another one is a change.
    """

    __table_args__ = (sa.UniqueConstraint("item_id", "language", "position"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    item_id: UUID = Field(foreign_key="agenda_item.id")
    language: str
    position: int  # among those of the item in this language
    key: str = ""
    text: str
    state: ParagraphState = Field(default=ParagraphState.EDITED, sa_type=choice(ParagraphState))
    views: list[str] = Field(default_factory=list, sa_type=sa.JSON)  # keys: its sources in files
    sentences: list[Sentence] = Field(default_factory=list, sa_type=sa.JSON)
    base: list[Sentence] = Field(default_factory=list, sa_type=sa.JSON)
    version: int = 1


class ParagraphVersion(Base, table=True):
    """A paragraph as somebody saved it: every save is kept."""

    audited: ClassVar[bool] = False  # it is a record itself
    __tablename__ = "paragraph_version"
    __table_args__ = (sa.UniqueConstraint("paragraph_id", "number"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    paragraph_id: UUID = Field(foreign_key="paragraph.id", ondelete="CASCADE")
    number: int  # from 1
    state: ParagraphState = Field(sa_type=choice(ParagraphState))
    sentences: list[Sentence] = Field(default_factory=list, sa_type=sa.JSON)
    saved_at: datetime = Field(sa_type=UTCDateTime)
    saved_by: UUID | None = Field(default=None, foreign_key="user.id")


class RefusedJoin(Base, table=True):
    """Two points, or a point and a view, that a person found not to say the same."""

    __tablename__ = "refused_join"

    point_id: UUID = Field(primary_key=True, foreign_key="point.id", ondelete="CASCADE")
    other_id: UUID = Field(primary_key=True)  # of a point or a view
    refused_by: UUID | None = Field(default=None, foreign_key="user.id")


class AcceptedFinding(Base, table=True):
    """A finding of the checks that a person accepts, and why. `mark` changes with the text."""

    __tablename__ = "accepted_finding"
    __table_args__ = (sa.UniqueConstraint("session_id", "language", "mark"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    session_id: UUID = Field(foreign_key="session.id", ondelete="CASCADE")
    language: str
    mark: str
    reason: str
    accepted_by: UUID | None = Field(default=None, foreign_key="user.id")
    accepted_at: datetime = Field(sa_type=UTCDateTime)


class Recommendation(Base, table=True):
    """What a session recommends, numbered as adopted, with what became of it."""

    __table_args__ = (sa.UniqueConstraint("session_id", "number"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    session_id: UUID = Field(foreign_key="session.id")
    item_id: UUID | None = Field(default=None, foreign_key="agenda_item.id")
    number: int
    text: Text = Field(sa_type=TextColumn)
    addressee: Text = Field(default_factory=Text, sa_type=TextColumn)
    due: date | None = None
    state: FollowUpState = Field(default=FollowUpState.OPEN, sa_type=choice(FollowUpState))
    version: int = 1


class FollowUp(Base, table=True):
    """How far a recommendation had come, as a later session took note of it."""

    __tablename__ = "follow_up"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    recommendation_id: UUID = Field(foreign_key="recommendation.id", index=True, ondelete="CASCADE")
    session_id: UUID | None = Field(default=None, foreign_key="session.id")
    noted_on: date
    state: FollowUpState = Field(sa_type=choice(FollowUpState))
    note: str = ""


class Issue(Base, table=True):
    """A document that was issued: frozen, in all its languages, with its sources as of then.

    `content` is {language: [chapter]} and `sources` {point: who, when, where, what} (issuing.py).
    """

    audited: ClassVar[bool] = False  # never changed
    __table_args__ = (sa.UniqueConstraint("symbol"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    session_id: UUID = Field(foreign_key="session.id", index=True)
    report_id: UUID | None = Field(default=None, foreign_key="report.id")
    symbol: str
    kind: IssueKind = Field(default=IssueKind.DRAFT, sa_type=choice(IssueKind))
    of_id: UUID | None = Field(default=None, foreign_key="issue.id")  # issued again, or corrected
    distribution: Distribution = Field(default=Distribution.LIMITED, sa_type=choice(Distribution))
    dated: date
    original: str  # language
    content: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    sources: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    issued_at: datetime = Field(sa_type=UTCDateTime)
    issued_by: UUID | None = Field(default=None, foreign_key="user.id")


class Adoption(Base, table=True):
    """A meeting goes through an issued document, paragraph by paragraph, on the room's screen."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    issue_id: UUID = Field(foreign_key="issue.id", unique=True)
    meeting_id: UUID = Field(foreign_key="meeting.id", index=True)
    language: str  # in which it is amended
    paragraph: int = 0  # the number on the screen; 0: none
    started_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Decision(Base, table=True):
    """What was decided on a paragraph of an issued document."""

    __table_args__ = (sa.UniqueConstraint("adoption_id", "paragraph"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    adoption_id: UUID = Field(foreign_key="adoption.id", ondelete="CASCADE")
    paragraph: int
    decided: Decided = Field(sa_type=choice(Decided))
    decided_at: datetime = Field(sa_type=UTCDateTime)


class Amendment(Base, table=True):
    """What somebody proposes to change in a paragraph: at a place, which is words that stand in it.

    To insert: `text` behind the words `place` (at the beginning where they are empty).
    """

    __table_args__ = (sa.Index(None, "adoption_id", "paragraph"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    adoption_id: UUID = Field(foreign_key="adoption.id", ondelete="CASCADE")
    paragraph: int
    change: Change = Field(sa_type=choice(Change))
    place: str = ""
    text: str = ""
    delegation_id: UUID | None = Field(default=None, foreign_key="delegation.id")  # who proposes
    state: AmendmentState = Field(default=AmendmentState.PROPOSED, sa_type=choice(AmendmentState))
    proposed_at: datetime = Field(sa_type=UTCDateTime)


class VersionedForm(SQLModel):
    """What changes a paragraph; `version` is the one that the page was drawn from (0: none)."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    version: int = 0


class StateForm(VersionedForm):
    """The state that a paragraph is put in."""

    state: ParagraphState


class TakenNews(VersionedForm):
    """Which of the news of a paragraph are taken, by their places from 0; the rest is left."""

    news: Annotated[list[int], Ticked] = []


class MovedParagraph(SQLModel):
    """To which place, from 1, a paragraph goes; `version` is that of the order."""

    key: str
    to: int
    version: int = 0


class EditedParagraph(SQLModel):
    """A paragraph as it is edited; `version` is the one that the page was drawn from (0: none)."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    text: str = Field(min_length=1, max_length=20_000)
    version: int


class NewParagraph(EditedParagraph):
    """A paragraph of a person's own, behind another one; `version` is that of the order."""

    after: str = ""


# A symbol of a document: parts between slashes, without blanks.
Symbol = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.\-/]{1,79}$")]


class PlannedForm(SQLModel):
    """An item of the agenda as a chapter of a document."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    symbol: Symbol
    item: str
    chapter: int = Field(ge=1, le=99)


class IssueForm(SQLModel):
    """How a document is issued."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    symbol: Symbol
    kind: IssueKind = IssueKind.DRAFT
    distribution: Distribution = Distribution.LIMITED
    dated: date
    original: str = "en"
    languages: Annotated[list[str], Ticked] = []


class AdoptionForm(SQLModel):
    """In which meeting of the session a document is gone through, and in which language."""

    meeting: int
    language: str


class AmendmentForm(SQLModel):
    """What is proposed to be changed in a paragraph; `delegation` is the code of who proposes."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    change: Change
    place: str = Field(default="", max_length=2_000)
    text: str = Field(default="", max_length=5_000)
    delegation: str = Field(default="", max_length=200)


class SettledForm(SQLModel):
    """Whether an amendment is taken."""

    state: AmendmentState


class DecisionForm(SQLModel):
    """What the meeting decides on a paragraph."""

    decided: Decided


class FinalForm(SQLModel):
    """The symbol and the date of the report as it was adopted."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    symbol: Symbol
    dated: date


class AcceptedForm(SQLModel):
    """A finding that is accepted, and why."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    language: str
    mark: str
    reason: str = Field(min_length=3, max_length=500)


class RecommendationForm(SQLModel):
    """A recommendation: `text_<language>` and `addressee_<language>`, its place, when it is due."""

    text: dict[str, str] = {}
    addressee: dict[str, str] = {}
    number: Annotated[Annotated[int, Field(ge=1)] | None, Unfilled] = None
    due: Annotated[date | None, Unfilled] = None
    version: int = 0

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, sent: dict[str, Any]) -> dict[str, Any]:
        gathered = dict(sent)
        for name in ("text", "addressee"):
            words = {code: gathered.pop(f"{name}_{code}", "") for code in LANGUAGES}
            gathered[name] = {code: str(text)[:5_000] for code, text in words.items()}
        return gathered


class FollowUpForm(SQLModel):
    """How far a recommendation has come."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    state: FollowUpState
    noted_on: date
    note: str = Field(default="", max_length=2_000)


class JoinsForm(SQLModel):
    """What was ticked of the proposed joins, as "point other", and whether it says the same."""

    pairs: Annotated[list[str], Ticked] = []
    same: bool
