"""The rows that a session file asks for, before they meet a database."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from meetings.base.columns import Text
from meetings.base.db import Base
from meetings.base.ids import derived_id
from meetings.exchange.fields import Language
from meetings.exchange.names import shared_name

Row = dict[str, Any]
Rows = dict[type[Base], list[Row]]


@dataclass(slots=True)
class Wanted:
    """The rows of a file, in its order; `explicit` are the ids that the file itself gives."""

    rows: Rows = field(default_factory=lambda: defaultdict(list))
    explicit: set[UUID] = field(default_factory=set)

    def add(self, model: type[Base], **values: Any) -> None:
        self.rows[model].append(values)

    def id(self, given: UUID | None, name: UUID) -> UUID:
        """The id that a file gives, else its name: unless another thing of the file has that."""
        while given is None and name in self.explicit:
            name = derived_id(name)
        return given or name


def named(kind: str, code: str | None) -> UUID | None:
    return shared_name(kind, code) if code else None


def text(words: Mapping[Language, str]) -> Text:
    return Text({str(language): said for language, said in words.items()})
