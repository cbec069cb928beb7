"""A draft that somebody looks at: its order, its languages, and what it tells."""

import re

import pytest

from meetings.base.columns import Text
from meetings.bodies.models import Body
from meetings.report.models import Update
from tests.cast import named
from tests.report.rows import a_point, a_view, an_intervention, put
from tests.support.reading import texts

pytestmark = pytest.mark.anyio

REPORT = "/sessions/eg1-2021/report"
DRAFT = f"{REPORT}/items/3"


@pytest.fixture
async def said(week):
    """Delegation A holds a view."""
    await put(week, [a_view("trust"), an_intervention("p", "a")], [a_point("p", "trust")])


async def more(store):
    """Delegation B comes to hold it too."""
    await put(store, [an_intervention("q", "b")], [a_point("q", "trust")])


async def paragraphs(person, language="en"):
    """The paragraphs of the draft as they are read, without what is said about them."""
    page = await person.get(f"{DRAFT}?language={language}")
    return texts(page, "//ol[contains(@class, 'draft')]/li/p[1]")


async def test_paragraphs_follow_the_tree_of_topics_and_what_has_none_comes_last(rapporteur, week):
    topics = {
        "none": None,
        "second": named("topic", "requests"),
        "first": named("topic", "networks"),
    }
    await put(
        week,
        [a_view(key, topic_id=topic, position=n) for n, (key, topic) in enumerate(topics.items())],
        [an_intervention("p", "a")],
        [a_point("p", key, position=n) for n, key in enumerate(topics)],
    )

    assert await paragraphs(rapporteur) == [
        "During the discussion, one speaker stressed the importance of first.",
        "One speaker stressed the importance of second.",
        "One speaker stressed the importance of none.",
    ]


async def test_the_rules_of_the_body_say_who_speaks(rapporteur, said, week):
    async with week.write() as db:
        (await db.get_one(Body, named("body", "eg"))).rules = {"actor": "expert"}

    assert await paragraphs(rapporteur) == [
        "During the discussion, one expert stressed the importance of trust."
    ]


async def test_an_update_of_the_secretariat_stands_before_the_discussion(rapporteur, said, week):
    update = Update(
        item_id=named("item", "3"),
        position=1,
        verb="present",
        text=Text(en="the network of {members} members"),
        figures={"members": {"value": 12}},
    )
    await put(week, [update])

    assert await paragraphs(rapporteur) == [
        "A representative of the Secretariat presented the network of 12 members.",
        "In the ensuing discussion, one speaker stressed the importance of trust.",
    ]


async def test_a_source_says_who_spoke_for_whom_and_when(rapporteur, week):
    group = {"capacity": "group", "on_behalf_of": "Group X"}
    await put(
        week,
        [a_view("trust"), an_intervention("p", "a", **group)],
        [a_point("p", "trust", "For all of us.")],
    )

    page = await rapporteur.get(f"{DRAFT}/paragraphs/topic:networks/sources?language=en")

    assert texts(page, "//ul/li") == [
        "Delegation A on behalf of Group X 1st meeting, 13:52 For all of us."
    ]


@pytest.mark.parametrize(("language", "told"), [("fr", 1), ("en", 0)])
async def test_a_view_worded_in_one_language_only_says_so_in_the_other(
    rapporteur, week, language, told
):
    clauses = [{"verb": "stress", "text": {"en": "trust"}}]
    await put(
        week,
        [a_view("trust", clauses=clauses), an_intervention("p", "a")],
        [a_point("p", "trust")],
    )

    page = await rapporteur.get(f"{DRAFT}?language={language}")

    assert page.text.count("Worded in another language only") == told


async def test_a_language_without_a_phrasebook_is_drafted_in_english(rapporteur, said):
    assert await paragraphs(rapporteur, "xx") == await paragraphs(rapporteur, "en")


@pytest.mark.parametrize("item", ["9", "99999999999999999999", "3b"])
async def test_an_item_that_is_not_on_the_agenda_is_not_found(rapporteur, item):
    assert (await rapporteur.get(f"{REPORT}/items/{item}")).status_code == 404


async def test_an_item_on_which_nothing_was_said_says_what_to_do(rapporteur):
    page = await rapporteur.get(DRAFT)

    assert "Nothing has been said on this item yet." in page.text


async def test_an_open_draft_hears_that_the_log_has_changed(rapporteur, said, week):
    page = (await rapporteur.get(f"{DRAFT}?language=en")).text
    ask = re.search(r'hx-get="([^"]*/changed[^"]*)"', page)[1].replace("&amp;", "&")
    before = await rapporteur.get(ask)

    await more(week)
    after = await rapporteur.get(ask)

    told = "The log has changed"
    assert (told in page, told in before.text, told in after.text) == (False, False, True)
