"""The Jinja environment: where templates are, and the words and filters that all of them have."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_timezone_name
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from meetings.base.assets import ASSETS
from meetings.base.columns import Text
from meetings.base.languages import (
    LANGUAGES,
    current_language,
    direction,
    gettext,
    ngettext,
)


def text(value: Mapping[str, str] | None) -> str:
    """The words of a Text in the person's language, by the one rule of fallback."""
    return Text.of(dict(value or {})).in_language(current_language())


# English as the United Nations writes it: 6 September 2021.
_LOCALES = {"en": "en_GB"}


def locale() -> str:
    """The person's language as Babel knows it."""
    return _LOCALES.get(current_language(), current_language())


def day(value: date, style: str = "full") -> str:
    """A date in the person's language; styles: full, long, medium, short or a CLDR pattern."""
    return format_date(value, format=style, locale=locale())


def clock(value: datetime, zone: str) -> str:
    """The time of day at a place, in 24 hours."""
    return value.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def moment(value: datetime, zone: str) -> str:
    """A moment at a place, to the millisecond: where it decides who came first."""
    there = value.astimezone(ZoneInfo(zone))
    date_ = format_date(there.date(), format="medium", locale=locale())
    return f"{date_} {there:%H:%M:%S}.{there.microsecond // 1000:03}"


def seconds(value: datetime, zone: str) -> str:
    """The time of day at a place, to the second, as a browser's own input takes it."""
    return value.astimezone(ZoneInfo(zone)).strftime("%H:%M:%S")


def minutes(value: timedelta) -> str:
    """A length of time in minutes and seconds: 6:10; what is less than nothing with its sign."""
    seconds = int(abs(value.total_seconds()))
    sign = "−" if value.total_seconds() < 0 else ""
    return f"{sign}{seconds // 60}:{seconds % 60:02}"


def local(value: datetime, zone: str) -> str:
    """A moment as a browser's own input of date and time takes it."""
    return value.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


def minutes_of(value: timedelta) -> int:
    """Whole minutes, at least those begun."""
    return -(-int(value.total_seconds()) // 60)


def zone_name(zone: str) -> str:
    """A time zone as a person of this language calls it: "Central European Time"."""
    return get_timezone_name(ZoneInfo(zone), locale=locale())


@cache
def static(path: str) -> str:
    """The address of a static file, with its contents' mark: a changed file is never stale."""
    contents = (ASSETS.static / path).read_bytes()
    return f"/static/{path}?v={hashlib.sha256(contents).hexdigest()[:10]}"


@pass_eval_context
def lines(_: EvalContext, value: str) -> Markup:
    """Text with its line breaks kept."""
    return Markup("<br>").join(value.splitlines())


def make_environment(**words: Any) -> Environment:
    """The environment of all templates; a name that a template does not get is an error."""
    environment = Environment(
        loader=FileSystemLoader(ASSETS.templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True
    )
    environment.filters.update(
        text=text,
        day=day,
        clock=clock,
        moment=moment,
        minutes=minutes,
        seconds=seconds,
        local=local,
        zone=ZoneInfo,
        zone_name=zone_name,
        lines=lines,
    )
    environment.globals.update(
        LANGUAGES=LANGUAGES,
        current_language=current_language,
        direction=direction,
        static=static,
        minutes_of=minutes_of,
        **words,
    )
    return environment
