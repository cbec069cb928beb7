"""The hub: who follows gets what was told, once, in order, and only what these eyes may see."""

import asyncio
from contextlib import aclosing, asynccontextmanager, suppress
from uuid import uuid4

import pytest
import sqlalchemy as sa
from jinja2 import DictLoader, Environment
from sqlmodel import delete

from meetings.base.db import Store
from meetings.base.following import RING
from meetings.base.hub import BATCH, Hub
from meetings.base.live import Audience, Drawing, last_told, tell
from meetings.base.live_web import LiveStream
from meetings.base.models import LiveEvent

pytestmark = pytest.mark.anyio

RAPPORTEUR = Audience("rapporteur", None, "en")
DELEGATE = Audience("delegation", uuid4(), "en")
TEMPLATES = Environment(loader=DictLoader({"said.html": "<p>{{ word }}</p>"}), autoescape=True)


LET = asyncio.Event()
drawings = []


async def draw(_db, subject, audience):
    drawings.append((subject, audience))
    if audience.role == "delegation":
        return None
    return Drawing("said.html", {"word": f"<{subject}>"})


async def draw_badly(_db, _subject, _audience):
    raise RuntimeError("this fragment cannot be drawn")


async def draw_when_let(db, subject, audience):
    await LET.wait()
    return await draw(db, subject, audience)


async def never():
    await asyncio.Event().wait()


@pytest.fixture
def hub(store):
    renderers = {"said": draw, "bad": draw_badly, "slow": draw_when_let}
    return Hub(store, renderers, TEMPLATES)


def elsewhere(store):
    """A store on the same database that this hub does not hear of."""
    return Store(store.engine)


@asynccontextmanager
async def opened(hub, token=""):
    """A stream that has been let in."""
    async with asyncio.timeout(5):
        messages = hub.follow("meeting:1", 0, RAPPORTEUR, token).messages()
        async with aclosing(messages):
            assert await anext(messages) == b": following\n\n"
            yield messages


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
            # What has come meanwhile comes in one piece.
            parts = [f"{part}\n\n" for part in message.decode().split("\n\n") if part]
            messages += [part for part in parts if not part.startswith(":")]
            if len(messages) >= count:
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


async def test_of_several_events_that_show_the_same_only_the_last_is_drawn(store, hub):
    listening = asyncio.create_task(heard(hub, 1))
    await asyncio.sleep(0.05)
    subject, drawings[:] = uuid4(), []

    async with store.write() as db:
        for _ in range(5):
            await tell(db, "meeting:1", "said", subject)

    assert await listening == [f"id: 5\ndata: <p>&lt;{subject}&gt;</p>\n\n"]
    assert len(drawings) == 1


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


async def test_the_numbers_of_a_write_are_taken_at_once(store, hub):
    sent = []
    sa.event.listen(
        store.engine.sync_engine, "before_cursor_execute", lambda *it: sent.append(it[2])
    )

    subjects = await say(store, 3)

    assert len([statement for statement in sent if "live_channel" in statement]) == 1
    assert [text.split("&lt;")[1][:36] for text in await heard(hub, 3)] == [
        str(subject) for subject in subjects
    ]


async def test_who_writes_does_not_wait_for_what_is_drawn(store, hub):
    LET.clear()
    async with opened(hub) as messages:
        (subject,) = await say(store, kind="slow")  # comes back though nothing is drawn yet
        LET.set()

        assert await anext(messages) == f"id: 1\ndata: <p>&lt;{subject}&gt;</p>\n\n".encode()


async def test_an_event_is_drawn_once_for_all_who_see_the_same(store, hub):
    listening = [asyncio.create_task(heard(hub, 1)) for _ in range(2 * BATCH + 1)]
    await asyncio.sleep(0.2)
    drawings.clear()

    (subject,) = await say(store)

    messages = await asyncio.gather(*listening)
    assert messages == [[f"id: 1\ndata: <p>&lt;{subject}&gt;</p>\n\n"]] * len(listening)
    assert list(drawings) == [(subject, RAPPORTEUR)]


async def test_followers_wait_for_a_write_but_not_for_ever(store, hub, monkeypatch):
    monkeypatch.setattr("meetings.base.hub.BATCH", 1)
    listening = [asyncio.create_task(heard(hub, 1)) for _ in range(3)]
    await asyncio.sleep(0.05)

    await say(store)
    async with store.write():
        messages = await asyncio.gather(*listening)

    assert [len(its) for its in messages] == [1, 1, 1]


async def test_what_another_process_told_is_found_by_looking(store, hub):
    listening = asyncio.create_task(heard(hub, 2))
    await asyncio.sleep(0.05)

    await say(elsewhere(store), 2)
    await hub.look()

    assert [message[:6] for message in await listening] == ["id: 1\n", "id: 2\n"]


async def test_what_another_process_told_is_heard_before_what_came_after(store, hub):
    listening = asyncio.create_task(heard(hub, 3))
    await asyncio.sleep(0.05)

    await say(elsewhere(store), 2)
    await say(store)

    assert [message[:6] for message in await listening] == ["id: 1\n", "id: 2\n", "id: 3\n"]


async def test_a_burst_longer_than_the_memory_leaves_nobody_waiting(store, hub):
    listening = asyncio.create_task(heard(hub, 1))
    await asyncio.sleep(0.05)

    await say(elsewhere(store), 2 * RING + 1)
    await hub.look()

    first, *_ = await listening
    assert first == "event: behind\ndata:\n\n" or first.startswith("id: 1\n")
    assert await heard(hub, 1, after=2 * RING) != []


async def test_when_old_events_are_cleared_away_a_page_loads_itself_anew(store, hub):
    listening = asyncio.create_task(heard(hub, 1))
    await asyncio.sleep(0.05)

    there = elsewhere(store)
    await say(there, 3)
    async with there.write() as db:
        await db.exec(delete(LiveEvent).where(LiveEvent.seq < 3))
    await hub.look()

    assert await listening == ["event: behind\ndata:\n\n"]


async def test_a_number_that_was_never_given_harms_nobody_else(store, hub):
    astray = asyncio.create_task(heard(hub, 1, after=1_000_000))
    assert await astray == ["event: behind\ndata:\n\n"]

    listening = asyncio.create_task(heard(hub, 1))
    await asyncio.sleep(0.05)
    await say(store)

    assert (await listening)[0].startswith("id: 1\n")


async def test_a_round_lets_every_stream_say_that_it_is_alive(store, hub):
    async with opened(hub) as messages:
        await hub.go_round(0)

        assert await anext(messages) == b": still here\n\n"


async def test_a_stream_ends_when_its_sign_in_has(store):
    rapporteur = ("rapporteur", None)
    signed_in = {"mine": rapporteur, "yours": rapporteur, "theirs": rapporteur}

    async def still_signed_in(_db, tokens):
        return {token: signed_in[token] for token in tokens & signed_in.keys()}

    hub = Hub(store, {"said": draw}, TEMPLATES, still_signed_in)
    streams = [opened(hub, token) for token in signed_in]
    async with streams[0] as mine, streams[1] as yours, streams[2] as theirs:
        del signed_in["mine"]
        signed_in["theirs"] = ("chair", None)  # somebody else by now
        await hub.go_round(0)

        assert [message async for message in mine] == [b""]
        assert [message async for message in theirs] == [b""]
        assert await anext(yours) == b": still here\n\n"


async def test_a_reader_that_takes_nothing_is_given_up_in_the_second_round(store, hub):
    sent = asyncio.Event()

    async def take_nothing(_message):
        sent.set()
        await asyncio.Event().wait()

    stream = LiveStream(hub.follow("meeting:1", 0, RAPPORTEUR))
    streaming = asyncio.create_task(stream.send_body(take_nothing, never))
    await sent.wait()
    await hub.go_round(0)
    assert not streaming.done()
    await hub.go_round(0)

    async with asyncio.timeout(5):
        await streaming


async def test_a_page_that_is_left_is_forgotten(store, hub):
    async def leave():
        return {"type": "http.disconnect"}

    sent = []

    async def take(message):
        sent.append(message)

    async with asyncio.timeout(5):
        await LiveStream(hub.follow("meeting:1", 0, RAPPORTEUR)).send_body(take, leave)

    assert sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False}
    assert hub.followers() == []


async def test_a_stream_that_has_ended_may_be_left(store, hub):
    ended = asyncio.Event()

    async def take(message):
        if not message["more_body"]:
            ended.set()
        elif message["body"].startswith(b": following"):
            hub.close()

    async def leave():
        await ended.wait()
        return {"type": "http.disconnect"}

    async with asyncio.timeout(5):
        await LiveStream(hub.follow("meeting:1", 0, RAPPORTEUR)).send_body(take, leave)

    assert hub.followers() == []


async def test_closing_the_hub_ends_the_streams(store, hub):
    listening = asyncio.create_task(heard(hub, 1))
    await asyncio.sleep(0.05)

    hub.close()

    assert await listening == []
