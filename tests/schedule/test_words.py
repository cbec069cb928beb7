"""What meetings are called, and how days and hours are written."""

from datetime import date, time

import pytest

from meetings.base.languages import speaking
from meetings.schedule.words import hours, meeting_name, weekday


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (22, "22nd"),
        (111, "111th"),
    ],
)
def test_a_meeting_is_called_by_its_ordinal(number, name):
    with speaking("en"):
        assert meeting_name(number) == f"{name} meeting"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Tuesday 7 September"),
        ("fr", "mardi 7 septembre"),
        ("es", "martes 7 de septiembre"),
        ("ru", "вторник, 7 сентября"),
        ("zh", "9月7日星期二"),
        ("ar", "الثلاثاء، 7 سبتمبر"),
    ],
)
def test_a_day_of_the_week_is_said_in_each_language(language, said):
    with speaking(language):
        assert weekday(date(2021, 9, 7)) == said


def test_hours_are_written_in_24_hours():
    assert hours(time(9, 30), time(15)) == "09:30–15:00"
