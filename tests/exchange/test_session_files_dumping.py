"""The canonical text of sessions: complete for those that are named, and nothing besides."""

import pytest
import sqlalchemy as sa

from meetings.base.errors import Refused
from meetings.delegations.models import Delegation
from meetings.exchange.actions import load_session_file
from meetings.exchange.queries import dump_sessions
from meetings.exchange.session_file import json_schema
from meetings.report.models import Paragraph
from tests.exchange.session_files import EXAMPLE, JOINT, alone

pytestmark = pytest.mark.anyio


async def dumped(store, text, *slugs):
    async with store.write() as db:
        await load_session_file(db, text)
    async with store.read() as db:
        return await dump_sessions(db, slugs or None)


def lines(text, start):
    """What stands after this start in lines of a text."""
    return [
        line.strip()[len(start) :] for line in text.splitlines() if line.strip().startswith(start)
    ]


async def test_a_canonical_file_is_given_back_to_the_letter(store):
    assert await dumped(store, EXAMPLE) == EXAMPLE


async def test_a_session_brings_what_it_uses_and_nothing_besides(store):
    await dumped(store, alone("second").replace("delegation-a", "delegation-z"))

    assert await dumped(store, EXAMPLE, "eg-2021") == EXAMPLE


async def test_things_that_nothing_uses_come_only_with_everything(store):
    everything = await dumped(store, JOINT)
    third = await dumped(store, JOINT, "third")

    assert lines(everything, "- code: ") == ["eg", "unused", "d", "e", "delegation-a"]
    assert lines(third, "- code: ") == ["eg", "d", "delegation-a"]


async def test_a_session_brings_those_it_is_joint_with_or_follows(store):
    assert lines(await dumped(store, JOINT, "first"), "- slug: ") == ["first", "second"]
    assert lines(await dumped(store, JOINT, "third"), "- slug: ") == ["first", "second", "third"]


async def test_what_came_with_the_program_is_not_written(store):
    async with store.write() as db:
        await load_session_file(db, EXAMPLE)
        await db.exec(sa.update(Delegation).values(reference=True))
    async with store.read() as db:
        text = await dump_sessions(db)

    assert text == EXAMPLE[: EXAMPLE.index("delegations:")] + EXAMPLE[EXAMPLE.index("sessions:") :]


async def test_the_order_of_a_file_is_made_canonical(store):
    shuffled = (
        JOINT.replace("{first: 1, second: 1}", "{second: 1, first: 1}")
        .replace("- slug: first", "- slug: zero")
        .replace("first/3", "zero/3")
        .replace("first: 1", "zero: 1")
    )

    text = await dumped(store, shuffled)

    assert lines(text, "- slug: ") == ["second", "third", "zero"]
    assert text.index("    second: 1") < text.index("    zero: 1")


async def test_a_long_text_is_folded_where_a_person_can_read_it(store):
    words = " ".join(["Speakers"] * 40)

    text = await dumped(store, EXAMPLE.replace("Contacts matter.", words))

    assert max(map(len, text.splitlines())) <= 110
    assert words in " ".join(text.split())


async def test_a_paragraph_forgets_a_source_that_is_gone(store):
    await dumped(store, EXAMPLE)
    async with store.write() as db:
        await db.exec(sa.update(Paragraph).values(views=["contacts", "gone"]))

    async with store.read() as db:
        assert await dump_sessions(db) == EXAMPLE


async def test_moments_are_told_by_the_clocks_of_the_place(store):
    text = await dumped(store, EXAMPLE.replace("2021-09-06T09:40:00+02:00", "2021-09-06T07:40:00Z"))

    assert text == EXAMPLE


async def test_a_session_that_is_not_there_is_refused_by_name(store):
    with pytest.raises(Refused, match=r"There is no session x\. There are: eg-2021\."):
        await dumped(store, EXAMPLE, "x")


def test_the_schema_names_its_version_and_every_part():
    schema = json_schema()

    assert (schema["$id"], schema["title"]) == (
        "urn:meetings:session-file:1",
        "Session file, version 1",
    )
    assert list(schema["properties"]) == [
        "format",
        "bodies",
        "rooms",
        "topics",
        "delegations",
        "sessions",
        "meetings",
    ]
