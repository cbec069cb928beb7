"""How the values of rows are written in a session file."""

from datetime import UTC, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from meetings.base.languages import LANGUAGES
from meetings.exchange.fields import Part

Plain = dict[str, Any]


def part(kind: type[Part], /, **values: Any) -> Plain:
    """A part of a file, its fields in order, without those that say nothing new."""
    written = {}
    for name, field in kind.model_fields.items():
        if name in values and (field.is_required() or values[name] != field.default):
            written[name] = plain(values[name])
    return written


def plain(value: Any) -> Any:
    if isinstance(value, StrEnum | UUID):
        return str(value)
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    return value.isoformat() if hasattr(value, "isoformat") else value


def words(text: dict[str, str]) -> dict[str, str]:
    return {code: text[code].strip() for code in LANGUAGES if text.get(code, "").strip()}


def in_order(value: Any) -> Any:
    """The same with its keys in order, however deep."""
    if isinstance(value, dict):
        return {key: in_order(value[key]) for key in sorted(value)}
    return [in_order(one) for one in value] if isinstance(value, list) else value


def unless(id_: UUID, name: UUID) -> UUID | None:
    """An id, except where a load would derive it."""
    return None if id_ == name else id_


def moment(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    """A moment by the clocks of its place; by UTC where those were not set to the minute."""
    local = at and at.astimezone(zone)
    offset = local and local.utcoffset()
    return at.astimezone(UTC) if at and offset and offset.seconds % 60 else local
