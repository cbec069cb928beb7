"""A session file: one or several sessions with all that belongs to them, as a person writes it.

This is the contract, version 1. `seeds/README.md` explains it; `meetings schema` prints it as JSON
Schema. Things are named by their short names (slug, code, key, number), never by database ids;
an `id` stands only where a thing has no natural name and was not made by a file.
"""

# A default list is nobody's own: pydantic copies it for each part.

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from meetings.bodies.models import BodyKind, SessionState
from meetings.delegations.models import Capacity, DelegationKind
from meetings.exchange.fields import (
    Article,
    AsOf,
    Code,
    Count,
    Day,
    ItemName,
    Language,
    Line,
    Minutes,
    Note,
    Number,
    Ordinal,
    Part,
    Prose,
    Slug,
    Words,
    Zone,
)
from meetings.exchange.meeting_file import MeetingIn
from meetings.interventions.models import ViewForm
from meetings.report.models import ParagraphState
from meetings.report.quantifiers import Rules
from meetings.speakers.rules import ListRules

VERSION = 1


class BodyIn(Part):
    """A conference, expert group… `rules` says only what differs from the defaults."""

    code: Slug
    kind: BodyKind
    name: Words
    parent: Slug | None = None
    treaty: Slug | None = None
    rules: dict[str, Any] = {}

    @field_validator("rules")
    @classmethod
    def _can_be_drafted_by(cls, rules: dict[str, Any]) -> dict[str, Any]:
        Rules.of(rules)
        ListRules.of(rules)
        return rules


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
    """A paragraph that a person edited or left out."""

    language: Language
    key: Note = ""
    """Which assembled paragraph it stands for: "topic:networks"; none: one of the person's own."""
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
