"""What a draft is made of, in one language: values only, no names of those who spoke."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Clause:
    """A reporting verb of the phrasebook, and what follows it: `{his or her|their}` agrees."""

    verb: str
    text: str


@dataclass(frozen=True, slots=True)
class ViewMaterial:
    """What some speakers expressed on a topic. `supporters` are keys, never printed.

    `form` is "speakers" (quantified), "list" or "assessment" (told of nobody in particular), or
    "raw": a single point that nobody has worded yet, as it was typed;
    `after` is the view that this one continues: it stands right behind it.
    """

    id: UUID
    topic: str
    clauses: tuple[Clause, ...]
    supporters: frozenset[str]
    points: tuple[UUID, ...] = ()
    form: str = "speakers"
    after: UUID | None = None
    translated: bool = True  # False: worded in another language than the draft's
    joined: tuple[UUID, ...] = ()  # other views that the same sentence tells (grouping.py)


@dataclass(frozen=True, slots=True)
class PanelMaterial:
    """What an invited panellist presented: a sentence each, told of the panel, not of speakers."""

    id: UUID  # of the intervention
    told: tuple[tuple[UUID, Clause], ...]  # each point, with its verb; without one it is raw


@dataclass(frozen=True, slots=True)
class UpdateMaterial:
    """What the secretariat reported. `{name}` in a text stands for the figure of that name."""

    id: UUID
    representative: str  # who spoke, by any key
    verb: str
    text: str
    lead: str = ""
    more: tuple[str, ...] = ()
    figures: dict[str, int] = field(default_factory=dict)
    translated: bool = True  # False: worded in another language than the draft's


@dataclass(frozen=True, slots=True)
class ItemMaterial:
    """All that was said on an item; `topics` are (slug, name) in the order of the report."""

    topics: tuple[tuple[str, str], ...]
    views: tuple[ViewMaterial, ...]
    updates: tuple[UpdateMaterial, ...] = ()
    speakers: int = 0  # distinct delegations that spoke on the item
    panels: tuple[PanelMaterial, ...] = ()
