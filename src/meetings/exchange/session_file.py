"""A session file: one or several sessions with all that belongs to them, as a person writes it.

This is the contract, version 1. `seeds/README.md` explains it; `meetings schema` prints it as JSON
Schema. Things are named by their short names (slug, code, key, number), never by database ids;
an `id` stands only where a thing has no natural name and was not made by a file.
"""

from datetime import time
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from meetings.bodies.models import BodyKind, SessionState
from meetings.delegations.models import Capacity, DelegationKind
from meetings.exchange.fields import (
    Article,
    AsOf,
    Code,
    Count,
    Day,
    Hour,
    ItemName,
    Language,
    Line,
    Minutes,
    Moment,
    Note,
    Number,
    Ordinal,
    Prose,
    Slug,
    Words,
    Zone,
)
from meetings.interventions.models import InterventionKind, PointKind, ViewForm
from meetings.report.models import ParagraphState
from meetings.schedule.models import HOURS, Half, MeetingState
from meetings.speakers.models import LIMIT, InscriptionState, SpeakingCapacity

VERSION = 1


class Part(BaseModel):
    """What every part of a file inherits: a misspelt field is a fault, not something ignored.

    An item numbered 3 or an article 46.3 needs no quotes: numbers are taken as words there.
    """

    model_config = ConfigDict(
        extra="forbid", use_attribute_docstrings=True, coerce_numbers_to_str=True
    )


class BodyIn(Part):
    """A conference, expert group… `rules` says only what differs from the defaults."""

    code: Slug
    kind: BodyKind
    name: Words
    parent: Slug | None = None
    treaty: Slug | None = None
    rules: dict[str, Any] = {}


class RoomIn(Part):
    code: Slug
    name: Words
    capacity: Count | None = None
    booths: Annotated[int, Field(ge=0, le=12)] = 0
    remote: bool = False
    closed: list[Day] = []


class TopicIn(Part):
    """A topic that the reference tree does not have. The order of topics is the report's order."""

    slug: Slug
    name: Words
    parent: Slug | None = None
    treaty: Slug | None = None
    articles: list[Article] = []


class DelegationIn(Part):
    """A delegation that the reference data does not have: "Delegation A", an observer, a panel."""

    code: Code
    kind: DelegationKind
    name: Words
    group: Note = ""


class ParticipantIn(Part):
    name: Line
    function: Note = ""


class ParticipationIn(Part):
    delegation: Code
    capacity: Capacity
    participants: list[ParticipantIn] = []


class DocumentIn(Part):
    symbol: Line
    title: Words
    item: Number | None = None


class ClauseIn(Part):
    """A reporting verb of the phrasebook and what follows it. `{his or her|their}` agrees."""

    verb: Slug
    text: Words


class ViewIn(Part):
    key: Slug
    topic: Slug | None = None
    form: ViewForm = ViewForm.SPEAKERS
    after: Slug | None = None
    """The view of this item that this one continues."""
    says: list[ClauseIn]


class FigureIn(Part):
    value: int
    as_of: AsOf | None = None
    source: Line | None = None
    """Symbol of the document the figure is taken from."""


class UpdateIn(Part):
    """What the secretariat reported. `{name}` in its texts stands for the figure of that name."""

    representative: Note = ""
    verb: Slug
    lead: dict[Language, Prose] = {}
    text: Words
    more: list[Words] = []
    figures: dict[Slug, FigureIn] = {}


class ParagraphIn(Part):
    """A paragraph that a rapporteur took over from the assembled draft."""

    language: Language
    text: Prose
    state: ParagraphState = ParagraphState.EDITED
    views: list[Slug] = []


class ItemIn(Part):
    number: Number
    title: Words
    minutes: Minutes | None = None
    joint_with: ItemName | None = None
    """The item of another session that is discussed together with this one: "slug/number"."""
    updates: list[UpdateIn] = []
    views: list[ViewIn] = []
    paragraphs: list[ParagraphIn] = []
    items: list["ItemIn"] = []


class ReportPartIn(Part):
    item: Number
    chapter: Annotated[int, Field(ge=1, le=99)]
    heading: Words


class ReportIn(Part):
    symbol: Line
    addendum: bool = False
    dated: Day | None = None
    original: Language = "en"
    parts: list[ReportPartIn] = []


class SessionIn(Part):
    slug: Slug
    body: Slug
    ordinal: Ordinal | None = None
    title: Words
    symbol: Note = ""
    place: Words
    timezone: Zone
    starts: Day
    ends: Day
    state: SessionState = SessionState.PLANNED
    follows: Slug | None = None
    agenda: list[ItemIn] = []
    documents: list[DocumentIn] = []
    participations: list[ParticipationIn] = []
    reports: list[ReportIn] = []

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "SessionIn":
        if self.ends < self.starts:
            raise ValueError(f"ends on {self.ends}, before it starts on {self.starts}")
        return self


class AllotmentIn(Part):
    item: ItemName
    minutes: Minutes | None = None
    note: dict[Language, Prose] = {}


class InscriptionIn(Part):
    """A request for the floor; its place is its place in the file."""

    id: UUID | None = None
    delegation: Code
    speaker: Note = ""
    capacity: SpeakingCapacity = SpeakingCapacity.NATIONAL
    on_behalf_of: Note = ""
    language: Language | None = None
    requested: Moment
    state: InscriptionState = InscriptionState.WAITING


class SpeakerListIn(Part):
    item: ItemName
    open: bool = True
    limit: Annotated[int, Field(ge=1, le=60)] = LIMIT
    """Minutes that a speaker has."""
    speakers: list[InscriptionIn] = []


class PointIn(Part):
    id: UUID | None = None
    text: Prose
    language: Language | None = None
    verb: Slug | None = None
    kind: PointKind | None = None
    topic: Slug | None = None
    articles: list[Article] = []
    view: Slug | None = None
    """Key of a view of the same item."""
    at: Moment | None = None
    """When it was logged; the start of the intervention where it is left out."""


class InterventionIn(Part):
    id: UUID | None = None
    item: ItemName
    delegation: Code
    start: Moment
    end: Moment | None = None
    kind: InterventionKind = InterventionKind.STATEMENT
    capacity: SpeakingCapacity = SpeakingCapacity.NATIONAL
    on_behalf_of: Note = ""
    speaker: Note = ""
    language: Language | None = None
    points: list[PointIn] = []

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "InterventionIn":
        if self.end and self.end < self.start:
            raise ValueError("ends before it starts")
        return self


class MeetingIn(Part):
    """Half a day in a room; joint when it names several sessions, with its number in each."""

    id: UUID | None = None
    sessions: Annotated[dict[Slug, Ordinal], Field(min_length=1)]
    room: Slug
    day: Day
    half: Half
    starts: Hour | None = None
    ends: Hour | None = None
    title: dict[Language, Prose] = {}
    state: MeetingState = MeetingState.PLANNED
    opened: Moment | None = None
    adjourned: Moment | None = None
    items: list[AllotmentIn] = []
    lists: list[SpeakerListIn] = []
    log: list[InterventionIn] = []

    @property
    def hours(self) -> tuple[time, time]:
        """Local hours: those of the file, else the usual ones of that half of the day."""
        usual = HOURS[self.half]
        return self.starts or usual[0], self.ends or usual[1]

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "MeetingIn":
        starts, ends = self.hours
        if ends <= starts:
            raise ValueError(f"ends at {ends:%H:%M}, not after it starts at {starts:%H:%M}")
        return self


class SessionFile(Part):
    format: Literal[1]
    bodies: list[BodyIn] = []
    rooms: list[RoomIn] = []
    topics: list[TopicIn] = []
    delegations: list[DelegationIn] = []
    sessions: list[SessionIn]
    meetings: list[MeetingIn] = []


def json_schema() -> dict[str, Any]:
    """The contract for editors and other programs; what only a load can check is not in it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:meetings:session-file:{VERSION}",
        **SessionFile.model_json_schema(),
        "title": f"Session file, version {VERSION}",
    }
