"""The tree of topics: in which order they stand, how deep, and how one is found by its names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from meetings.delegations.finding import folded
from meetings.interventions.grammar import in_one_word
from meetings.interventions.models import Topic


@dataclass(frozen=True)
class Placed:
    """A topic, and how many topics stand over it."""

    topic: Topic
    depth: int


def in_tree(topics: Iterable[Topic]) -> list[Placed]:
    """Each topic behind the one it belongs to; those side by side stay as they were given."""
    under: dict[UUID | None, list[Topic]] = {}
    for topic in topics:
        under.setdefault(topic.parent_id, []).append(topic)
    placed: list[Placed] = []
    waiting = [Placed(root, 0) for root in reversed(under.get(None, []))]
    while waiting:
        placed.append(here := waiting.pop())
        below = under.get(here.topic.id, [])
        waiting += [Placed(topic, here.depth + 1) for topic in reversed(below)]
    return placed


def fits(topic: Topic, words: str) -> bool:
    """Whether these words are part of what a topic is called in any language, or of an article."""
    called = (topic.slug, *topic.aliases, *topic.name.values(), *topic.articles)
    return any(folded(words) in folded(name) for name in called)


def marks_of(slug: str, aliases: Iterable[str], name: Mapping[str, str]) -> dict[str, str]:
    """All that a mark may call a topic, in one word each: {word: slug}."""
    words = (in_one_word(called) for called in (*aliases, *name.values()))
    return dict.fromkeys(words, slug) | {slug: slug}
