"""What a view that is made of a point is called, and how it is worded to begin with. Pure."""

import re
from collections.abc import Set as AbstractSet

from meetings.interventions.grammar import Verbs, in_one_word, leading_verb
from meetings.interventions.models import Clause, Point
from meetings.interventions.nearness import stems

WORDS = 3  # in a short name
_NOT_IN_A_KEY = re.compile(r"[^a-z0-9]+")


def free_key(point: Point, verbs: Verbs, taken: AbstractSet[str]) -> str:
    """A short name of a point's telling words that no other view of the item has: "mail-contacts".

    Scripts that a key cannot be written in give "view".
    """
    said = point.text[len(leading_verb(point.text, verbs)) :]
    words = stems(said, point.language).values()
    telling = [_NOT_IN_A_KEY.sub("", in_one_word(word)) for word in words]
    key = "-".join([word for word in telling if word][:WORDS])[:40].strip("-") or "view"
    numbered = (f"{key}-{number}" for number in range(2, len(taken) + 3))
    return next(name for name in (key, *numbered) if name not in taken)


def first_clause(point: Point, verbs: Verbs) -> Clause | None:
    """What the point says as a view's first clause; None where it begins with no reporting verb."""
    form = leading_verb(point.text, verbs)
    if not form:
        return None
    key, language = verbs[form]
    said = point.text[len(form) :].strip()
    return {"verb": key, "text": {language: said}} if said else None
