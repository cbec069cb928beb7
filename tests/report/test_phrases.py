"""The phrasebooks: data that a linguist edits, the same keys in every language."""

import pytest

from meetings.report.phrases import (
    FOLDER,
    BadPhrasebook,
    drafting_languages,
    phrasebook,
    read_phrasebook,
)


def keys(language):
    book = phrasebook(language)
    return {
        name: sorted(getattr(book, name))
        for name in ("actors", "quantifiers", "verbs", "unattributed")
    }


def test_every_language_has_the_same_keys():
    assert [keys(language) for language in drafting_languages()] == [keys("en")] * 6


@pytest.mark.parametrize("language", drafting_languages())
def test_a_verb_names_only_verbs_that_are_there(language):
    book = phrasebook(language)

    unknown = [
        (key, like) for key, v in book.verbs.items() for like in v.like if like not in book.verbs
    ]
    assert unknown == []


def test_a_fault_is_told_with_file_and_key():
    text = (FOLDER / "en.toml").read_text().replace('past = ["said", "said"]', 'past = ["said"]')

    with pytest.raises(BadPhrasebook, match=r"^en\.toml: verbs\.say\.past\.1: Field required$"):
        read_phrasebook(text, "en.toml")


def test_a_language_without_a_phrasebook_is_drafted_in_english():
    assert phrasebook("xx").language == "en"
