"""States, groups, organizations and topics come with the program, and stay as it has them."""

import pytest
from sqlmodel import col, func, select

from meetings.accounts.models import Entry
from meetings.base.columns import Text
from meetings.delegations.models import Delegation, DelegationKind
from meetings.exchange.reference import load_reference
from meetings.interventions.models import Topic

pytestmark = pytest.mark.anyio


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
