"""States, groups, organizations and topics come with the program, and stay as it has them."""

import pytest
from sqlmodel import col, func, select

from meetings.accounts.models import Entry
from meetings.base.columns import FALLBACK, Text
from meetings.delegations.models import Delegation, DelegationKind
from meetings.exchange.reference_actions import load_reference
from meetings.exchange.reference_files import reference_delegations, reference_topics
from meetings.interventions.models import Topic

pytestmark = pytest.mark.anyio

DELEGATIONS = list(reference_delegations())
TOPICS = list(reference_topics())
STATES = [row for row in DELEGATIONS if row["kind"] in {"state", "observer-state"}]


async def load(store):
    async with store.write() as db:
        return await load_reference(db)


async def one(store, model, column, value):
    async with store.read() as db:
        return (await db.exec(select(model).where(column == value))).one()


async def test_what_came_with_the_program_says_so(store):
    rows = await load(store)

    france = await one(store, Delegation, Delegation.code, "FRA")
    topic = await one(store, Topic, Topic.slug, "extradition")
    above = await one(store, Topic, Topic.slug, "international-cooperation")
    assert rows == 229 + 127
    assert (france.kind, france.iso2, france.m49) == (DelegationKind.STATE, "FR", "250")
    assert france.name.in_language("es") == "Francia"
    assert france.ranks == {"ar": 145, "zh": 54, "en": 63, "fr": 63, "ru": 178, "es": 67}
    assert (topic.parent_id, topic.treaty, topic.articles) == (above.id, "uncac", ["44"])
    assert (france.reference, topic.reference) == (True, True)


async def test_loading_again_changes_nothing(store):
    await load(store)

    again = await load(store)

    async with store.read() as db:
        entries = (await db.exec(select(Entry.what, Entry.subject, Entry.after))).all()
    assert again == 0
    assert entries == [("loaded", "reference", {"delegation": 229, "topic": 127})]


async def test_what_somebody_changed_is_corrected(store):
    await load(store)
    async with store.write() as db:
        found = await db.exec(select(Delegation).where(Delegation.code == "FRA"))
        found.one().name = Text(en="Gallia")

    changed = await load(store)

    france = await one(store, Delegation, Delegation.code, "FRA")
    assert changed == 1
    assert france.name.in_language("en") == "France"


async def test_what_a_session_file_made_before_keeps_its_identifier(store):
    async with store.write() as db:
        made = Topic(slug="international-cooperation", name=Text(en="Together"), position=1)
        db.add(made)

    await load(store)

    above = await one(store, Topic, Topic.slug, "international-cooperation")
    under = await one(store, Topic, Topic.slug, "extradition")
    assert above.id == made.id
    assert above.name.in_language("fr") == "Coopération internationale"
    assert under.parent_id == made.id


async def test_topics_stand_in_the_order_of_the_report(store):
    await load(store)

    async with store.read() as db:
        count = (await db.exec(select(func.count()).select_from(Topic))).one()
        found = await db.exec(select(Topic.position).order_by(col(Topic.position)))
    assert list(found.all()) == list(range(1, count + 1))


def test_every_state_has_a_name_in_each_of_the_six_languages():
    incomplete = {row["code"] for row in STATES if row["name"].keys() != set(FALLBACK)}

    assert len(STATES) == 197
    assert incomplete == set()


@pytest.mark.parametrize("language", FALLBACK)
def test_the_ranks_of_a_language_put_the_states_in_one_order(language):
    ranks = sorted(row["ranks"][language] for row in STATES)

    assert ranks == list(range(1, 198))


def test_french_and_spanish_ranks_go_by_the_letters_and_not_by_their_accents():
    def around(language, code):
        row = next(row for row in STATES if row["code"] == code)
        near = {other["ranks"][language]: other["name"][language] for other in STATES}
        return [near[row["ranks"][language] + step] for step in (-1, 0, 1)]

    assert around("fr", "EGY") == ["Dominique", "Égypte", "El Salvador"]
    assert around("es", "GBR") == [
        "Qatar",
        "Reino Unido de Gran Bretaña e Irlanda del Norte",
        "República Árabe Siria",
    ]


def test_regional_groups_have_their_members():
    counts = {}
    for row in DELEGATIONS:
        counts[row["group"]] = counts.get(row["group"], 0) + 1

    counts.pop("")
    assert counts == {
        "African States": 54,
        "Asia-Pacific States": 53,
        "Eastern European States": 23,
        "Latin American and Caribbean States": 33,
        "Western European and other States": 28,
    }


def test_the_tree_of_topics_has_no_orphan_and_no_name_twice():
    known = set()
    for row in TOPICS:
        assert row["parent_id"] is None or row["parent_id"] in known
        known.add(row["id"])

    assert len({row["slug"] for row in TOPICS}) == len(TOPICS)
    assert all(row["name"].keys() >= {"en", "fr"} for row in TOPICS)


@pytest.mark.parametrize(
    ("treaty", "first", "last"), [("uncac", 5, 62), ("untoc", 1, 41)], ids=["uncac", "untoc"]
)
def test_every_substantive_article_has_a_topic_of_its_own(treaty, first, last):
    articles = {
        int(row["articles"][0])
        for row in TOPICS
        if row["treaty"] == treaty and len(row["articles"]) == 1
    }

    assert set(range(first, last + 1)) - articles == set()


def test_no_alias_is_the_name_of_another_topic():
    topics = list(reference_topics())
    slugs = {topic["slug"] for topic in topics}
    aliases = [alias for topic in topics for alias in topic["aliases"]]

    assert len(aliases) == len(set(aliases))
    assert slugs.isdisjoint(aliases)
