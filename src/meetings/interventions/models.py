"""What was said: interventions, their points, the topics of points, and the views they express."""

from collections.abc import Iterator
from datetime import datetime, time
from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from pydantic import AwareDatetime, ConfigDict, StringConstraints, model_validator
from sqlmodel import Field, SQLModel
from typing_extensions import TypedDict

from meetings.base.columns import Text, TextColumn, choice
from meetings.base.db import Base, UTCDateTime
from meetings.base.forms import Ticked
from meetings.base.ids import new_id
from meetings.base.languages import LANGUAGES
from meetings.speakers.models import SpeakingCapacity

MAX_TEXT = 20_000  # characters; a national statement of 3 minutes has about 2,000


class InterventionKind(StrEnum):
    STATEMENT = "statement"
    RIGHT_OF_REPLY = "right-of-reply"
    POINT_OF_ORDER = "point-of-order"
    PRESENTATION = "presentation"
    CHAIR = "chair"


class PointKind(StrEnum):
    """What kind of thing was said; "" in a file or a form means: not said yet."""

    GOOD_PRACTICE = "good-practice"
    CHALLENGE = "challenge"
    MEASURE = "measure"
    RECOMMENDATION = "recommendation"
    REQUEST = "request"
    ANNOUNCEMENT = "announcement"


class ViewForm(StrEnum):
    """How a view is told: by its speakers, as a list of examples, or as an assessment."""

    SPEAKERS = "speakers"
    LIST = "list"
    ASSESSMENT = "assessment"


class Clause(TypedDict):
    """What a view says: a reporting verb of the phrasebook, and what follows it, per language."""

    verb: str
    text: dict[str, str]


class Topic(Base, table=True):
    """A subject of discussion. Topics make a tree; a report's paragraphs follow its order."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(unique=True)
    parent_id: UUID | None = Field(default=None, foreign_key="topic.id")
    treaty: str = ""
    name: Text = Field(sa_type=TextColumn)
    aliases: list[str] = Field(default_factory=list, sa_type=sa.JSON)  # what people type: "mla"
    articles: list[str] = Field(default_factory=list, sa_type=sa.JSON)  # "46", "46.3"
    position: int  # through the whole tree
    reference: bool = False  # came with the program, not with a session file


class Intervention(Base, table=True):
    """Somebody had the floor. For the secretariat's eyes: reports attribute nothing."""

    __table_args__ = (
        sa.Index(None, "meeting_id", "started_at"),
        sa.Index(None, "item_id", "delegation_id"),
        # One speaker at a time: two calls at once give the floor once.
        sa.Index(
            "uq_intervention_floor",
            "meeting_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    meeting_id: UUID = Field(foreign_key="meeting.id")
    item_id: UUID = Field(foreign_key="agenda_item.id")
    delegation_id: UUID = Field(foreign_key="delegation.id", index=True)
    inscription_id: UUID | None = Field(default=None, foreign_key="inscription.id")
    kind: InterventionKind = Field(
        default=InterventionKind.STATEMENT, sa_type=choice(InterventionKind)
    )
    capacity: SpeakingCapacity = Field(
        default=SpeakingCapacity.NATIONAL, sa_type=choice(SpeakingCapacity)
    )
    on_behalf_of: str = ""
    speaker: str = ""
    language: str = ""  # in which it was delivered
    started_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    paused: int = 0  # seconds in between, when others had the floor: a point of order
    warned_at: datetime | None = Field(default=None, sa_type=UTCDateTime)  # two minutes are left
    merged: bool = False  # the texts of several rapporteurs have been made one
    version: int = 1


class Point(Base, table=True):
    """One thing that was said, as the rapporteur typed it, with what its tags came to."""

    __table_args__ = (sa.Index(None, "intervention_id", "position"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    intervention_id: UUID = Field(foreign_key="intervention.id")
    position: int
    text: str
    language: str = ""  # in which it was typed
    verb: str = ""
    kind: PointKind | None = Field(default=None, sa_type=choice(PointKind))
    topic_id: UUID | None = Field(default=None, foreign_key="topic.id", index=True)
    articles: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    view_id: UUID | None = Field(default=None, foreign_key="view.id", index=True)
    logged_by: UUID | None = Field(default=None, foreign_key="user.id")
    logged_at: datetime = Field(sa_type=UTCDateTime)
    version: int = 1


class View(Base, table=True):
    """What one or more speakers expressed on an item; its support is its points' delegations."""

    __table_args__ = (sa.UniqueConstraint("item_id", "key"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    item_id: UUID = Field(foreign_key="agenda_item.id")
    topic_id: UUID | None = Field(default=None, foreign_key="topic.id", index=True)
    key: str  # its short name in files and in the log: "=importance"
    form: ViewForm = Field(default=ViewForm.SPEAKERS, sa_type=choice(ViewForm))
    after_id: UUID | None = Field(default=None, foreign_key="view.id")  # the view it continues
    clauses: list[Clause] = Field(default_factory=list, sa_type=sa.JSON)
    position: int
    version: int = 1


class UnfinishedLine(Base, table=True):
    """What a rapporteur is typing and has not entered yet, so that no crash takes it away.

    Nobody else sees it. A desk is a tab of a browser: two tabs do not overwrite each other.
    """

    __tablename__ = "unfinished_line"
    audited: ClassVar[bool] = False

    user_id: UUID = Field(foreign_key="user.id", primary_key=True, ondelete="CASCADE")
    meeting_id: UUID = Field(foreign_key="meeting.id", primary_key=True, ondelete="CASCADE")
    desk: UUID = Field(primary_key=True)
    intervention_id: UUID | None = None  # may not have reached the server yet
    text: str
    typed_at: datetime = Field(sa_type=UTCDateTime)


class DatedForm(SQLModel):
    """What a desk sends: it was done `at` that moment, on a device that may have been offline."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    at: AwareDatetime | None = None


class Speaking(SQLModel):
    """Who speaks, for whom, and on what: an item's id, a delegation's code or any of its names."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    item: str = ""
    delegation: str = Field(default="", max_length=200)
    speaker: str = Field(default="", max_length=200)
    kind: InterventionKind = InterventionKind.STATEMENT
    capacity: SpeakingCapacity = SpeakingCapacity.NATIONAL
    on_behalf_of: str = Field(default="", max_length=200)


class FloorForm(DatedForm, Speaking):
    """Who is given the floor.

    The page makes `id`, so that a double click gives it once; `believed` is who had the floor when
    the page was drawn, so that nobody is cut off unseen. `late` says that the desk could not tell
    it when it happened: it is then recorded even if the floor has gone another way meanwhile.
    """

    id: UUID
    believed: str = ""
    inscription: str = ""
    late: bool = False


class CorrectedSpeaker(Speaking):
    """Who spoke, as it is corrected; `version` is the one that the page was drawn from."""

    version: int


class CorrectedTimes(SQLModel):
    """When somebody spoke, as it is corrected: hours of the place, and why."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    started: time
    ended: time
    reason: str = Field(default="", max_length=500)
    version: int


class PointForm(DatedForm):
    """A point as it is typed. The device makes its `id`, so that sending it twice is safe.

    `beside` is a point of somebody else that said the same: both then express one view.
    """

    id: UUID
    intervention: UUID
    text: str = Field(min_length=1, max_length=MAX_TEXT)
    topic: str = ""
    beside: str = ""


class UnfinishedForm(SQLModel):
    """What is being typed; "" says that it was entered or wiped out."""

    desk: UUID
    intervention: str = ""
    text: str = Field(default="", max_length=MAX_TEXT)


class EditedPoint(SQLModel):
    """A point as it is corrected; `version` is the one that the page was drawn from."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    text: str = Field(min_length=1, max_length=MAX_TEXT)
    version: int


class RemovedPoint(SQLModel):
    """Which version of a point somebody saw who takes it out of the log."""

    version: int


class MergedTexts(SQLModel):
    """Which points of the texts of several rapporteurs stay, of those that were seen."""

    seen: Annotated[list[UUID], Ticked] = []
    kept: Annotated[list[UUID], Ticked] = []
    version: int  # of the intervention


class MergedInterventions(SQLModel):
    """The intervention that this one is the same as: its points go there."""

    into: UUID
    version: int


class JoinForm(SQLModel):
    """The view that a point expresses, and its topic; "" is none, a topic not sent stays.

    `beside` names another point instead: both express one view from now on.
    """

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    view: str = ""
    beside: str = ""
    topic: str | None = None
    version: int


class NewView(SQLModel):
    """The short name of a view that is made of a point."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    key: str = Field(default="", max_length=80)  # "": made of the point's words
    version: int  # of the point


class RewordedView(SQLModel):
    """How a view is worded in one line: with or without its reporting verb at the beginning."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    text: str = Field(min_length=1, max_length=MAX_TEXT)
    version: int


Prose = Annotated[str, StringConstraints(max_length=MAX_TEXT)]


class WordedView(SQLModel):
    """How a view is worded: its first two clauses, `verb_1` with `en_1`, `fr_1` and so on.

    A language that was not sent stays as it is.
    """

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    version: int
    form: ViewForm = ViewForm.SPEAKERS
    topic: str = ""
    after: str = ""
    verb_1: str = ""
    texts_1: dict[str, Prose] = {}
    verb_2: str = ""
    texts_2: dict[str, Prose] = {}

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, sent: dict[str, Any]) -> dict[str, Any]:
        gathered = dict(sent)
        for number in ("1", "2"):
            keys = [f"{code}_{number}" for code in LANGUAGES if f"{code}_{number}" in sent]
            gathered[f"texts_{number}"] = {key[:2]: gathered.pop(key) for key in keys}
        return gathered

    def clauses(self, kept: list[Clause]) -> list[Clause]:
        """The clauses as the form changes those that are kept: what it does not show stays."""
        worded = ((self.verb_1, self.texts_1), (self.verb_2, self.texts_2))
        unshown: Iterator[Clause] = iter(kept)
        shown = [_reworded(next(unshown, None), verb, texts) for verb, texts in worded]
        return [*shown, *unshown]


def _reworded(kept: Clause | None, verb: str, texts: dict[str, str]) -> Clause:
    elsewhere = {c: words for c, words in kept["text"].items() if c not in texts} if kept else {}
    return {"verb": verb, "text": {c: words for c, words in texts.items() if words} | elsewhere}


class WordedIn(SQLModel):
    """A view's clauses in one language, in their order: `text` once for each."""

    version: int
    text: Annotated[list[Prose], Ticked] = []


# What delegations say of the points that the log has of them ------------------------------------

MAX_REMARK = 2_000


class CorrectionState(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Correction(Base, table=True):
    """What a delegation would have a point say; with `was` empty, a point that it misses.

    It stays on record when it is settled, and when its point is taken out of the log. It goes with
    its intervention, which only a session file removes; the audit keeps it even then.
    """

    id: UUID = Field(primary_key=True)
    intervention_id: UUID = Field(foreign_key="intervention.id", ondelete="CASCADE", index=True)
    point_id: UUID | None = Field(
        default=None, foreign_key="point.id", ondelete="SET NULL", index=True
    )
    delegation_id: UUID = Field(foreign_key="delegation.id", index=True)
    was: str = ""  # the point's text when this was proposed
    text: str
    remark: str = ""
    proposed_by: UUID = Field(foreign_key="user.id")
    proposed_at: datetime = Field(sa_type=UTCDateTime)
    state: CorrectionState = Field(
        default=CorrectionState.PROPOSED, sa_type=choice(CorrectionState)
    )
    settled_by: UUID | None = Field(default=None, foreign_key="user.id")
    settled_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    reason: str = ""


class CheckSwitch(SQLModel):
    """Whether the delegations of a session check their points."""

    on: bool


class CorrectionForm(SQLModel):
    """A correction as it is proposed; no `point` is a point that is missing.

    The page makes `id`, so that sending it twice is one; `seen` is the point's text that the page
    showed. It is no version: delegations are not told of the tags that versions count too.
    """

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    id: UUID
    point: UUID | None = None
    seen: str = ""
    text: str = Field(min_length=1, max_length=MAX_TEXT)
    remark: str = Field(default="", max_length=MAX_REMARK)


class AcceptedCorrection(SQLModel):
    """A correction is accepted in place of the text that the page showed; "" is no point."""

    seen: str = ""


class DeclinedCorrection(SQLModel):
    """A correction is declined, and the delegation reads why."""

    model_config = ConfigDict(str_strip_whitespace=True)  # type: ignore[assignment]

    reason: str = Field(default="", max_length=MAX_REMARK)
