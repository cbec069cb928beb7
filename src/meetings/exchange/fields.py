"""The kinds of value that a session file holds, each with a sentence on what is allowed."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from meetings.interventions.models import MAX_TEXT

Language = Literal["ar", "zh", "en", "fr", "ru", "es"]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", max_length=80)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=1_000, strip_whitespace=True)]
Note = Annotated[str, StringConstraints(max_length=1_000, strip_whitespace=True)]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT, strip_whitespace=True)]
Number = Annotated[str, StringConstraints(pattern=r"^[0-9]+( \([a-z]+\))*$", max_length=20)]
ItemName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[0-9]+( \([a-z]+\))*$")]
Article = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)?( \([a-z]+\))*$")]
AsOf = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Minutes = Annotated[int, Field(ge=1, le=1_440)]
Count = Annotated[int, Field(ge=1, le=1_000_000)]
Ordinal = Annotated[int, Field(ge=1, le=10_000)]

# What a person is told instead of a regular expression.
PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "small letters, digits and single hyphens, such as eg1-2021",
    r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$": "letters, digits and single hyphens, such as FRA",
    r"^[0-9]+( \([a-z]+\))*$": "the number of an item, such as 3 or 3 (a)",
    r"^[a-z0-9-]+/[0-9]+( \([a-z]+\))*$": "session/number of an item, such as eg1-2021/3 (a)",
    r"^[0-9]+(\.[0-9]+)?( \([a-z]+\))*$": "an article, such as 46, 46.3 or 46.3 (a)",
    r"^\d{4}(-\d{2}(-\d{2})?)?$": "a year, a month or a day, such as 2021, 2021-09 or 2021-09-06",
}


def _said(text: dict[Language, str]) -> dict[Language, str]:
    if not text:
        raise ValueError("says nothing: expected words in one language at least")
    return text


Words = Annotated[dict[Language, Prose], AfterValidator(_said)]


@cache
def _zones() -> set[str]:
    return available_timezones()  # reads a thousand files


def _known_zone(name: str) -> str:
    if name not in _zones():
        raise ValueError("expected an IANA time zone, such as Europe/Vienna")
    return name


Zone = Annotated[str, AfterValidator(_known_zone)]

Reader = Callable[[str], object]
YEARS = range(1900, 2200)  # of moments, in UTC: so that they stay inside in any time zone


def _written(pattern: str, read: Reader, expected: str) -> BeforeValidator:
    """Reads a date or time that is written in one way only: a bare number is not a moment."""

    def validate(value: object) -> object:
        if not isinstance(value, str):
            if isinstance(value, date | time):
                return value
            raise ValueError(f"expected {expected}, not {value!r}")
        try:
            if re.fullmatch(pattern, value):
                return read(value)
        except ValueError:
            pass
        raise ValueError(f"expected {expected}, not {value!r}")

    return BeforeValidator(validate)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.astimezone(UTC).year not in YEARS:
        raise ValueError("out of the years")
    return moment


Day = Annotated[date, _written(r"\d{4}-\d\d-\d\d", date.fromisoformat, "a day, such as 2021-09-06")]
Hour = Annotated[
    time, _written(r"\d\d:\d\d(:\d\d)?", time.fromisoformat, "an hour at the place, such as 10:00")
]
Moment = Annotated[
    AwareDatetime,
    _written(
        r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)",
        _moment,
        "a moment with its distance from UTC, such as 2021-09-06T10:05:00+02:00",
    ),
]


class Part(BaseModel):
    """What every part of a file inherits: a misspelt field is a fault, not something ignored.

    An item numbered 3 or an article 46.3 needs no quotes: numbers are taken as words there.
    """

    model_config = ConfigDict(
        extra="forbid", use_attribute_docstrings=True, coerce_numbers_to_str=True
    )
