"""Settings: what is set is read, what is wrong is told by its name."""

from dataclasses import fields
from pathlib import Path

import pytest

from meetings.base.settings import Settings

README = Path(__file__).parents[2] / "README.md"


def test_what_is_not_set_has_its_default():
    assert Settings.from_env({}) == Settings()


def test_what_is_set_is_read():
    settings = Settings.from_env({"MEETINGS_PORT": "9000", "MEETINGS_SECURE_COOKIES": "yes"})

    assert (settings.port, settings.secure_cookies) == (9000, True)


def test_every_fault_is_told_by_name_value_and_what_was_expected():
    with pytest.raises(ValueError) as told:  # noqa: PT011 (the text is compared below)
        Settings.from_env(
            {
                "MEETINGS_PORT": "eighty",
                "MEETINGS_SECURE_COOKIES": "perhaps",
                "MEETINGS_DATABASE_URL": " ",
            }
        )

    assert str(told.value).splitlines() == [
        "MEETINGS_DATABASE_URL=' ': expected a value, not nothing",
        "MEETINGS_PORT='eighty': expected a whole number of 1 or more",
        "MEETINGS_SECURE_COOKIES='perhaps': expected yes or no",
    ]


def test_the_readme_names_every_setting_with_what_it_says():
    readme = README.read_text()

    rows = [
        f"| `MEETINGS_{f.name.upper()}` | `{f.default}` | {f.metadata['says']} |"
        for f in fields(Settings)
    ]
    assert [row for row in rows if row not in readme] == []
