"""No name of a delegation may stand in a text that is printed."""

import pytest

from meetings.report.checks import names_in

NAMES = ["Delegation A", "Türkiye", "Côte d’Ivoire", "AUT", "越南", "Niger"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One speaker thanked delegation a.", ["Delegation A"]),
        ("Turkiye said", ["Türkiye"]),
        ("cote d'ivoire", ["Côte d’Ivoire"]),
        ("AUT and aut", ["AUT"]),
        ("by aut idem", []),
        ("若干发言者和越南指出", ["越南"]),
        ("Nigeria", []),
        ("Delegation Alpha", []),
    ],
)
def test_a_name_is_found_as_a_whole_word(text, found):
    assert names_in(text, NAMES) == found
