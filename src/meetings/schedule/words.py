"""The words for what this room's codes mean, in the person's language."""

from datetime import date, time

from babel.dates import format_date

from meetings.base.languages import current_language
from meetings.base.languages import gettext as _
from meetings.schedule.models import Half, MeetingState

WEEKDAY = {  # CLDR has no pattern of this length in the order that the United Nations writes
    "en": "EEEE d MMMM",
    "es": "EEEE d 'de' MMMM",
    "ru": "EEEE, d MMMM",
    "ar": "EEEE، d MMMM",
    "zh": "M月d日EEEE",
}


def meeting_state_name(state: MeetingState) -> str:
    return {
        MeetingState.PLANNED: _("Planned"),
        MeetingState.OPEN: _("Open"),
        MeetingState.ADJOURNED: _("Adjourned"),
    }[state]


def half_name(half: Half) -> str:
    return {Half.MORNING: _("Morning"), Half.AFTERNOON: _("Afternoon")}[half]


def meeting_name(number: int) -> str:
    """What a meeting is called: "3rd meeting". Each ending is a message of its own, to translate.

    Languages whose ordinals do not change translate the last four alike.
    """
    teen = number % 100 in {11, 12, 13}
    ending = 0 if teen else number % 10
    if number == 1:
        name = _("1st meeting")
    elif ending == 1:
        name = _("%(number)sst meeting")
    elif ending == 2:  # noqa: PLR2004 (the 2 of 2nd)
        name = _("%(number)snd meeting")
    elif ending == 3:  # noqa: PLR2004 (the 3 of 3rd)
        name = _("%(number)srd meeting")
    else:
        name = _("%(number)sth meeting")
    return name % {"number": number}


def hours(starts: time, ends: time) -> str:
    """Hours at a place, in 24 hours: 10:00–13:00."""
    return f"{starts:%H:%M}–{ends:%H:%M}"


def weekday(day: date) -> str:
    """A day of a week that is spoken of: "Tuesday 7 September", without its year."""
    language = current_language()
    return format_date(day, WEEKDAY.get(language, WEEKDAY["en"]), locale=language)
