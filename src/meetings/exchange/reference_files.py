"""The files of what comes with the program, as rows: who can take part, and the topics."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from meetings.base.assets import ASSETS
from meetings.base.columns import FALLBACK, Text
from meetings.delegations.models import DelegationKind
from meetings.exchange.names import shared_name
from meetings.exchange.plain_yaml import read_yaml
from meetings.exchange.wanted import Row

FOLDER = ASSETS.seeds / "reference"
STATES, TOPICS = FOLDER / "states.csv", FOLDER / "topics.yaml"


def reference_delegations(file: Path = STATES) -> Iterator[Row]:
    """The rows of a table of delegations; a name or a rank that is empty is left out."""
    with file.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            yield {
                "id": shared_name("delegation", line["code"]),
                **{column: line[column] for column in ("code", "iso2", "m49", "group")},
                "kind": DelegationKind(line["kind"]),
                "name": Text(_by_language(line, "name")),
                "ranks": {code: int(rank) for code, rank in _by_language(line, "rank").items()},
                "reference": True,
            }


def _by_language(line: dict[str, str], column: str) -> dict[str, str]:
    return {code: line[f"{column}_{code}"] for code in FALLBACK if line[f"{column}_{code}"]}


def reference_topics(file: Path = TOPICS) -> Iterator[Row]:
    """The rows of a tree of topics, each after the one above it; positions count through it."""
    tree = read_yaml(file.read_text(encoding="utf-8")).data
    for position, row in enumerate(_branches(tree), 1):
        yield {**row, "position": position}


def _branches(topics: list[Any], parent: Row | None = None) -> Iterator[Row]:
    for topic in topics:
        row: Row = {
            "id": shared_name("topic", topic["slug"]),
            "slug": topic["slug"],
            "parent_id": parent and parent["id"],
            "treaty": parent["treaty"] if parent else topic["treaty"],
            "name": Text(topic["name"]),
            "aliases": topic.get("aliases", []),
            "articles": [str(article) for article in topic.get("articles", [])],
            "reference": True,
        }
        yield row
        yield from _branches(topic.get("topics", []), row)
