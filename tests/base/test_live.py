"""The hub: who follows gets what was told, once, in order, and only what these eyes may see."""

import asyncio
from contextlib import suppress
from uuid import uuid4

import pytest
from jinja2 import DictLoader, Environment

from meetings.base.live import RING, Audience, Drawing, Hub, last_told, tell

pytestmark = pytest.mark.anyio

RAPPORTEUR = Audience("rapporteur", None, "en")
DELEGATE = Audience("delegation", uuid4(), "en")
TEMPLATES = Environment(loader=DictLoader({"said.html": "<p>{{ word }}</p>"}), autoescape=True)


async def draw(_db, subject, audience):
    if audience.role == "delegation":
        return None
    return Drawing("said.html", {"word": f"<{subject}>"})


async def draw_badly(_db, _subject, _audience):
    raise RuntimeError("this fragment cannot be drawn")


@pytest.fixture
def hub(store):
    return Hub(store, {"said": draw, "bad": draw_badly}, TEMPLATES)


async def say(store, times=1, kind="said", channel="meeting:1"):
    subjects = [uuid4() for _ in range(times)]
    async with store.write() as db:
        for subject in subjects:
            await tell(db, channel, kind, subject)
    return subjects


async def heard(hub, count, after=0, audience=RAPPORTEUR):
    """The next messages of a stream, without those that only keep it alive."""
    messages = []
    async with asyncio.timeout(5):
        async for message in hub.follow("meeting:1", after, audience).messages():
            if not message.startswith(b":"):
                messages.append(message.decode())
            if len(messages) == count:
                return messages
    return messages


async def test_what_was_told_before_is_heard_from_where_one_stopped(store, hub):
    first, second = await say(store, 2)

    assert await heard(hub, 2) == [
        f"id: 1\ndata: <p>&lt;{first}&gt;</p>\n\n",
        f"id: 2\ndata: <p>&lt;{second}&gt;</p>\n\n",
    ]
    assert await heard(hub, 1, after=1) == [f"id: 2\ndata: <p>&lt;{second}&gt;</p>\n\n"]


async def test_what_is_told_now_is_heard_at_once(store, hub):
    listening = asyncio.create_task(heard(hub, 1))
    await asyncio.sleep(0.05)

    (subject,) = await say(store)

    assert await listening == [f"id: 1\ndata: <p>&lt;{subject}&gt;</p>\n\n"]


async def test_other_eyes_get_the_number_and_not_the_words(store, hub):
    await say(store)

    assert await heard(hub, 1, audience=DELEGATE) == ["id: 1\n\n"]


async def test_a_fragment_that_cannot_be_drawn_ends_nobodys_stream(store, hub, caplog):
    await say(store, kind="bad")
    (subject,) = await say(store)

    assert await heard(hub, 2) == ["id: 1\n\n", f"id: 2\ndata: <p>&lt;{subject}&gt;</p>\n\n"]
    assert "this fragment cannot be drawn" in caplog.text


async def test_who_is_far_behind_is_told_to_load_the_page_anew(store, hub):
    await say(store, RING + 2)

    assert await heard(hub, 1) == ["event: behind\ndata:\n\n"]


async def test_a_write_that_is_undone_tells_nothing(store, hub):
    with suppress(RuntimeError):
        async with store.write() as db:
            await tell(db, "meeting:1", "said", uuid4())
            raise RuntimeError("undone")

    async with store.read() as db:
        assert await last_told(db, "meeting:1") == 0


async def test_numbers_have_no_gaps_when_many_write_at_once(store, hub):
    await asyncio.gather(*(say(store) for _ in range(10)))

    messages = await heard(hub, 10)
    assert [message.partition("\n")[0] for message in messages] == [
        f"id: {number}" for number in range(1, 11)
    ]


async def test_closing_the_hub_ends_the_streams(store, hub):
    listening = asyncio.create_task(heard(hub, 1))
    await asyncio.sleep(0.05)

    hub.close()

    assert await listening == []
