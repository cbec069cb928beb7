"""How many speakers are "several": the ladder of quantifiers, and each body's way with it.

No style guide gives numbers to these words; the defaults are the house's rule, and a body's `rules`
may say otherwise. What is counted is distinct delegations, never interventions.
"""

from collections.abc import Collection, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Quantifier = Literal["one", "two", "some", "several", "many", "most", "all"]
LADDER: tuple[Quantifier, ...] = ("one", "two", "some", "several", "many", "most", "all")


class Step(BaseModel):
    """A word fits when at least so many, and at least (or more than) that share, agree."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    word: Quantifier
    at_least: Annotated[int, Field(ge=1)] = 1
    share: Annotated[float, Field(ge=0, le=1)] = 0.0  # of those who spoke on the item
    speakers: Annotated[int, Field(ge=0)] = 0  # who must have spoken for the word to be used


DEFAULT_LADDER = (
    Step(word="all", share=1.0, speakers=5),
    Step(word="most", at_least=4, share=0.61, speakers=6),
    Step(word="many", at_least=7, share=0.3),
    Step(word="several", at_least=4),
    Step(word="some", at_least=2),
    Step(word="one"),
)


class Rules(BaseModel):
    """How a body's reports speak."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    actor: str = "speaker"  # a key of the phrasebook's actors
    tense: Literal["past", "present"] = "past"
    quantifiers: tuple[Step, ...] = DEFAULT_LADDER  # the strongest first
    group_statements: Literal["one", "members"] = "one"  # as what a group's statement counts
    report: Literal["discussion", "list-of-speakers"] = "discussion"  # what an item's chapter is
    mandate: dict[str, str] = Field(default_factory=dict)  # of the body, per language

    @classmethod
    def of(cls, rules: dict[str, Any]) -> "Rules":
        """A body's rules over the defaults; keys that are not about drafting are left out.

        Raises:
            ValueError: says which rule is wrong and what is allowed.
        """
        ours = {key: value for key, value in rules.items() if key in cls.model_fields}
        try:
            return cls.model_validate(ours)
        except ValidationError as wrong:
            faults = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in wrong.errors()]
            raise ValueError("; ".join(faults)) from None


def counted_for(
    delegation: str, group: str, members: Mapping[str, Collection[str]]
) -> frozenset[str]:
    """Whom a statement counts for: who made it, or those of the group it was made for.

    `members` are the delegations that take part, by their group; a group that is none of them, and
    one whose statements count once, has only the one who spoke.
    """
    return frozenset(members.get(group, ())) or frozenset({delegation})


def quantifier(supporters: int, speakers: int, rules: Rules) -> Quantifier:
    """The word for so many supporters among so many who spoke on the item."""
    share = supporters / max(speakers, supporters, 1)
    for step in rules.quantifiers:
        if supporters >= step.at_least and share >= step.share and speakers >= step.speakers:
            return step.word
    return "one"
