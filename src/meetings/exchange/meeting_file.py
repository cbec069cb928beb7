"""The part of a session file that holds meetings: items taken up, lists of speakers, the log."""

# A default list is nobody's own: pydantic copies it for each part.

from datetime import time
from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from meetings.exchange.fields import (
    Article,
    Code,
    Day,
    Hour,
    ItemName,
    Language,
    Minutes,
    Moment,
    Note,
    Ordinal,
    Part,
    Prose,
    Slug,
)
from meetings.interventions.models import InterventionKind, PointKind
from meetings.schedule.models import HOURS, Half, MeetingState
from meetings.speakers.models import LIMIT, Asks, InscriptionState, SpeakingCapacity


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
    asks: Asks = Asks.STATEMENT
    minister: bool = False
    remote: bool = False
    requested: Moment
    state: InscriptionState = InscriptionState.WAITING


class SpeakerListIn(Part):
    item: ItemName
    open: bool = True
    limit: Annotated[int, Field(ge=1, le=60)] | None = LIMIT
    """Minutes that a speaker has; null: those of the speaker's class."""
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
