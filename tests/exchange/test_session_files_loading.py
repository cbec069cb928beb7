"""A file makes its sessions what it says, keeps what it does not carry, and tells what it took."""

from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import select

from meetings.accounts.models import Entry
from meetings.base.ids import derived_id
from meetings.bodies.models import AgendaItem, Session
from meetings.delegations.models import Delegation
from meetings.exchange.actions import load_session_file
from meetings.exchange.names import view_name
from meetings.exchange.queries import dump_sessions
from meetings.exchange.reading import BadFile
from meetings.interventions.models import Intervention, Point, Topic, View
from meetings.schedule.models import Meeting
from meetings.speakers.models import Inscription
from tests.cast import named
from tests.exchange.session_files import EXAMPLE, JOINT, alone

pytestmark = pytest.mark.anyio

ID = UUID("01890a5d-ac96-774b-bcce-b302099a8057")


async def load(store, text):
    async with store.write() as db:
        return await load_session_file(db, text)


async def every(store, *columns):
    """These columns of all rows of a table, in order."""
    async with store.read() as db:
        return sorted((await db.exec(select(*columns))).all())


async def dump(store, *slugs):
    async with store.read() as db:
        return await dump_sessions(db, slugs or None)


async def test_a_file_is_counted_as_it_is_loaded(store):
    loaded = await load(store, EXAMPLE)

    assert (loaded.changed, loaded.removed) == ({}, {})
    assert loaded.added == {
        "body": 2,
        "room": 1,
        "topic": 1,
        "delegation": 2,
        "session": 1,
        "agenda_item": 2,
        "document": 1,
        "participation": 2,
        "participant": 1,
        "meeting": 2,
        "session_meeting": 2,
        "allotment": 1,
        "speaker_list": 1,
        "inscription": 2,
        "view": 2,
        "intervention": 1,
        "point": 2,
        "update": 1,
        "report": 1,
        "report_part": 1,
        "paragraph": 1,
    }


async def test_the_same_file_again_changes_nothing_and_leaves_no_line(store):
    await load(store, EXAMPLE)

    again = await load(store, EXAMPLE)

    assert again.nothing
    assert await every(store, Entry.what) == ["loaded"]


async def test_a_bad_file_changes_nothing(store):
    await load(store, EXAMPLE)
    before = await dump(store)

    with pytest.raises(BadFile):
        await load(
            store, EXAMPLE.replace("en: Vienna", "en: Geneva").replace("half: pm", "half: x")
        )

    assert await dump(store) == before


async def test_a_changed_point_keeps_its_id_and_counts_its_versions(store):
    await load(store, EXAMPLE)
    before = await every(store, Point.id)

    loaded = await load(store, EXAMPLE.replace("Contacts matter.", "Contacts matter much."))

    assert (loaded.added, loaded.changed, loaded.removed) == ({}, {"point": 1}, {})
    assert await every(store, Point.id) == before
    assert await every(store, Point.text, Point.version) == [
        ("Contacts matter much.", 2),
        ("They are to be kept up.", 1),
    ]


async def test_what_a_file_does_not_carry_stays(store):
    await load(store, EXAMPLE)
    async with store.write() as db:
        inscription = (await db.exec(select(Inscription.id))).first()
        await db.exec(sa.update(Intervention).values(inscription_id=inscription))

    await load(store, EXAMPLE.replace("09:43:00", "09:44:00"))

    assert await every(store, Intervention.inscription_id) == [inscription]


async def test_what_is_gone_from_the_file_is_removed_and_witnessed(store):
    await load(store, EXAMPLE)
    log = EXAMPLE.index("  log:")
    rest = EXAMPLE.index("- sessions:\n    eg-2021: 2")

    loaded = await load(store, EXAMPLE[:log] + EXAMPLE[rest:])

    assert loaded.removed == {"intervention": 1, "point": 2}
    entries = await every(store, Entry.what, Entry.subject)
    assert entries == [
        ("loaded", "session"),
        ("loaded", "session"),
        ("removed", "intervention"),
        ("removed", "point"),
        ("removed", "point"),
    ]
    async with store.read() as db:
        found = await db.exec(select(Entry.before).where(Entry.subject == "point"))
        told = sorted(before["text"] for before in found.all())
    assert told == ["Contacts matter.", "They are to be kept up."]


async def test_what_was_said_is_not_altered_without_a_trace(store):
    await load(store, EXAMPLE)

    await load(store, EXAMPLE.replace("Contacts matter.", "Contacts hardly matter."))

    async with store.read() as db:
        line = (await db.exec(select(Entry).where(Entry.what == "changed"))).one()
    assert (line.subject, line.before, line.after) == (
        "point",
        {"text": "Contacts matter.", "version": 1},
        {"text": "Contacts hardly matter.", "version": 2},
    )


async def test_the_line_of_a_load_says_who_and_how_much(store):
    async with store.write(who=ID) as db:
        await load_session_file(db, EXAMPLE)

    async with store.read() as db:
        line = (await db.exec(select(Entry))).one()
    assert (line.who, line.subject_id, line.after["added"]["point"]) == (ID, "eg-2021", 2)


async def test_shared_things_are_never_removed(store):
    await load(store, JOINT)
    text = JOINT.replace("- {code: unused, kind: network, name: {en: Unused}}\n", "")

    loaded = await load(store, text)

    assert loaded.nothing
    assert "unused" in await dump(store)


async def test_an_agenda_can_turn_inside_out(store):
    await load(store, EXAMPLE)
    text = (
        EXAMPLE.replace("    items:\n    - number: 3 (a)\n      title:\n        en: Networks\n", "")
        .replace("  - number: '3'\n", "  - number: 3 (a)\n    title:\n      en: Networks\n"
                 "  - number: '3'\n")
    )  # fmt: skip

    loaded = await load(store, text)

    assert (loaded.added, loaded.changed, loaded.removed) == ({}, {"agenda_item": 2}, {})


async def test_views_may_change_places_and_what_they_continue(store):
    await load(store, EXAMPLE)
    first = EXAMPLE.index("    - key: contacts")
    second = EXAMPLE.index("    - key: more-contacts")
    end = EXAMPLE.index("    paragraphs:")
    one = EXAMPLE[first:second].replace("says:", "after: more-contacts\n      says:")
    other = EXAMPLE[second:end].replace("      after: contacts\n", "")
    text = EXAMPLE[:first] + other + one + EXAMPLE[end:]

    loaded = await load(store, text)

    assert (loaded.added, loaded.changed, loaded.removed) == ({}, {"view": 2}, {})
    assert await dump(store) == text


async def test_those_who_wait_and_those_who_spoke_may_change_places(store):
    await load(store, EXAMPLE)
    swapped = EXAMPLE.replace("12:00:00+02:00\n      state: spoken", "12:00:00+02:00").replace(
        "delegation: delegation-b\n      requested: 2021-09-05T12:05:00+02:00",
        "delegation: delegation-a\n      requested: 2021-09-05T12:05:00+02:00\n"
        "      state: withdrawn",
    )
    other = swapped.replace("12:00:00+02:00", "12:00:00+02:00\n      state: withdrawn").replace(
        "12:05:00+02:00\n      state: withdrawn", "12:05:00+02:00"
    )

    await load(store, swapped)
    loaded = await load(store, other)

    assert loaded.changed == {"inscription": 2}
    assert await dump(store) == other


async def test_the_floor_can_pass_from_one_intervention_to_the_next(store):
    end = "    end: 2021-09-06T09:43:00+02:00\n"
    started = EXAMPLE.replace(end, "").replace(
        "  log:\n",
        "  log:\n  - item: eg-2021/3\n    delegation: delegation-b\n"
        "    start: 2021-09-06T09:36:00+02:00\n    end: 2021-09-06T09:39:00+02:00\n",
    )
    passed = started.replace("    end: 2021-09-06T09:39:00+02:00\n", "").replace(
        "    start: 2021-09-06T09:40:00+02:00\n", "    start: 2021-09-06T09:40:00+02:00\n" + end
    )
    await load(store, started)

    loaded = await load(store, passed)

    assert loaded.changed == {"intervention": 2}
    assert await dump(store) == passed


async def test_meetings_may_exchange_their_numbers(store):
    text = EXAMPLE.replace(
        "- sessions:\n    eg-2021: 2", f"- id: {ID}\n  sessions:\n    eg-2021: 2"
    )
    other = (
        text.replace("eg-2021: 2", "eg-2021: 3")
        .replace("- sessions:\n    eg-2021: 1", "- sessions:\n    eg-2021: 2")
        .replace("eg-2021: 3", "eg-2021: 1")
    )
    await load(store, text)

    await load(store, other)

    assert await dump(store) == other


async def test_a_new_topic_comes_after_those_that_are_there(store):
    async with store.write() as db:
        db.add(Topic(slug="known", name={"en": "Known"}, position=700, reference=True))

    await load(store, EXAMPLE)

    assert await every(store, Topic.position, Topic.slug) == [(700, "known"), (701, "networks")]


async def test_things_made_in_the_browser_keep_their_ids(week):
    before = await dump(week)

    loaded = await load(week, before)

    assert loaded.nothing
    assert await every(week, Session.id) == sorted(
        [named("session", "eg1-2021"), named("session", "wg-2021")]
    )


async def test_a_view_made_in_the_browser_is_found_by_its_key(store):
    await load(store, EXAMPLE)
    async with store.write() as db:
        view = (await db.exec(select(View).where(View.key == "contacts"))).one()
        await db.exec(sa.update(Point).values(view_id=None))
        await db.exec(sa.update(View).where(View.key == "more-contacts").values(after_id=None))
        await db.exec(sa.update(View).where(View.id == view.id).values(id=ID))

    await load(store, EXAMPLE)

    assert await dump(store) == EXAMPLE
    ids = await every(store, View.id)
    assert ids == sorted([ID, view_name("eg-2021", "3", "more-contacts")])


async def test_a_file_without_ids_finds_what_was_logged_in_the_browser(store):
    await load(store, EXAMPLE)
    async with store.write() as db:
        await db.exec(sa.delete(Point))
        await db.exec(sa.update(Intervention).values(id=ID))

    loaded = await load(store, EXAMPLE)

    assert (loaded.added, loaded.changed, loaded.removed) == ({"point": 2}, {}, {})
    assert f"  - id: {ID}\n    item: eg-2021/3\n" in await dump(store)


async def test_an_id_is_written_only_where_a_load_could_not_find_it_out(week):
    async with week.write() as db:
        db.add(Intervention(
            id=ID,
            meeting_id=named("meeting", "first"),
            item_id=named("item", "3"),
            delegation_id=named("delegation", "a"),
            started_at=(await db.get_one(Meeting, named("meeting", "first"))).opened_at,
        ))  # fmt: skip

    text = await dump(week)
    assert [line.split()[-1] for line in text.splitlines() if "id: " in line] == [
        str(named("meeting", "first")),
        str(ID),
        str(named("meeting", "joint")),
    ]


async def test_an_id_of_another_session_is_refused(store):
    text = EXAMPLE.replace("- text: Contacts matter.", f"- id: {ID}\n      text: Contacts matter.")
    await load(store, text)

    other = text.replace("eg-2021", "eg-2022").replace("2021-09", "2022-09")
    with pytest.raises(BadFile) as refusal:
        await load(store, other)

    assert str(refusal.value) == (
        f"1: id {ID} belongs to another session of the database: leave it out"
    )


async def test_a_session_called_anew_leaves_its_name_free(store):
    await load(store, alone("first"))
    async with store.write() as db:
        await db.exec(sa.update(Session).values(slug="renamed"))

    loaded = await load(store, alone("first"))

    assert (loaded.added["session"], loaded.added["agenda_item"]) == (1, 1)
    assert await every(store, Session.slug) == ["first", "renamed"]
    assert len(await every(store, AgendaItem.id)) == 2


async def test_a_joint_meeting_that_one_session_leaves_stays_for_the_other(store):
    await load(store, JOINT)

    loaded = await load(store, alone("first"))

    assert loaded.removed == {"session_meeting": 1, "intervention": 1, "point": 1}
    assert await every(store, Point.text) == ["Said of the second."]


async def test_a_session_joins_the_meeting_of_another_by_its_number(store):
    await load(store, JOINT.replace("{first: 1, second: 1}", "{second: 1}").replace(
        JOINT[JOINT.index("  - item: first/3"):JOINT.index("  - item: second/2")], ""
    ))  # fmt: skip
    meeting = "meetings:" + JOINT.partition("meetings:")[2]

    loaded = await load(store, alone("first") + meeting)

    assert loaded.added == {"session_meeting": 1, "intervention": 1, "point": 1}
    assert await every(store, Meeting.id) == [derived_id("meeting", "second", 1)]


async def test_a_delegation_of_a_file_is_corrected_by_the_next_file(store):
    await load(store, EXAMPLE)

    loaded = await load(store, EXAMPLE.replace("en: Delegation A", "en: Delegation Alpha"))

    assert loaded.changed == {"delegation": 1}
    assert await every(store, Delegation.code) == ["delegation-a", "delegation-b"]
