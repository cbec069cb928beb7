"""A list of speakers: opened and closed, asked to be on, withdrawn from, put in another order."""

from uuid import uuid4

import pytest
from sqlmodel import select

from meetings.base.models import LiveEvent
from meetings.schedule.models import Meeting, MeetingState
from meetings.speakers.models import Inscription, ListChange, SpeakerList
from tests.cast import named
from tests.speakers.stage import FIRST, LIST, A, B, a_form, a_request, add, at, kept
from tests.support.reading import faults, reads, texts

pytestmark = pytest.mark.anyio

JOINT = "/sessions/eg1-2021/meetings/2/speakers"


async def change(store, model, id_, **values):
    async with store.write() as db:
        row = await db.get_one(model, id_)
        for name, value in values.items():
            setattr(row, name, value)


async def lists(store, name):
    async with store.read() as db:
        rows = await db.exec(
            select(SpeakerList.open, SpeakerList.limit).where(
                SpeakerList.meeting_id == named("meeting", name)
            )
        )
        return list(rows.all())


async def record_of(store):
    async with store.read() as db:
        return list((await db.exec(select(ListChange).order_by(ListChange.number))).all())


async def told(store):
    async with store.read() as db:
        rows = await db.exec(select(LiveEvent.channel, LiveEvent.kind, LiveEvent.subject))
        return list(rows.all())


# Opening and closing --------------------------------------------------------------------------


async def test_a_list_is_made_when_it_is_opened(enter, week):
    chair = await enter("chair")

    before = texts(await chair.get(f"{JOINT}/4"), "//*[@class='badge-state ']")
    answer = await chair.post(f"{JOINT}/4/open", data={"limit": "3"})
    again = await chair.post(f"{JOINT}/4/open", data={"limit": "3"})

    assert before == ["Not open yet"]
    assert texts(answer, "//*[@class='badge-state open']") == ["Open"]
    assert again.text == answer.text
    assert await lists(week, "joint") == [(True, 3)]


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        ("0", {"limit": "Give each speaker between 1 and 60 minutes."}),
        ("61", {"limit": "Give each speaker between 1 and 60 minutes."}),
        ("x", {"limit": "Give a whole number."}),
    ],
)
async def test_a_limit_that_is_no_time_to_speak_is_refused(secretariat, week, limit, told):
    answer = await secretariat.post(f"{JOINT}/4/open", data={"limit": limit})

    assert (answer.status_code, faults(answer)) == (422, told)
    assert await lists(week, "joint") == []


async def test_a_closed_list_keeps_who_waits_and_takes_nobody_else(enter, secretariat, week):
    await add(week, a_request("b"))
    delegate = await enter("delegation", "a")

    await secretariat.post(f"{LIST}/close")
    answers = [await each.post(f"{LIST}/inscriptions", data=a_form(delegation="delegation-a"))
               for each in (delegate, secretariat)]  # fmt: skip

    closed = {"": "This list is closed. Ask the secretariat whether it can be opened again."}
    assert [(answer.status_code, faults(answer)) for answer in answers] == [(422, closed)] * 2
    assert await kept(week, Inscription.delegation_id) == [B]


async def test_nobody_asks_before_a_list_is_open(enter, week):
    delegate = await enter("delegation", "a")

    answer = await delegate.post(f"{JOINT}/4/inscriptions", data=a_form())

    assert faults(answer) == {"": "This list is not open yet. The secretariat opens it."}
    assert await kept(week, Inscription.id) == []


async def test_nobody_asks_in_a_meeting_that_has_adjourned(enter, week):
    await change(week, Meeting, named("meeting", "first"), state=MeetingState.ADJOURNED)
    delegate = await enter("delegation", "a")

    answer = await delegate.post(f"{LIST}/inscriptions", data=a_form())

    refusal = "This meeting has adjourned: ask for the floor in another one."
    assert faults(answer) == {"": refusal}
    assert await kept(week, Inscription.id) == []


# Asking ---------------------------------------------------------------------------------------


async def test_a_delegation_that_asks_sees_its_place_at_once(enter, week):
    await add(week, a_request("b"))
    delegate = await enter("delegation", "a")

    answer = await delegate.post(
        f"{LIST}/inscriptions", data=a_form(speaker="Ms. First", language="fr")
    )

    assert answer.status_code == 200
    assert texts(answer, "//*[@class='who-speaks']") == ["1 speaker waits before you"]
    assert texts(answer, "//input[@id='speaker']/@value") == [""]
    columns = (Inscription.delegation_id, Inscription.speaker, Inscription.language)
    assert (await kept(week, *columns))[1] == (A, "Ms. First", "fr")
    assert await told(week) == [
        (f"meeting:{named('meeting', 'first')}", "speakers_list", named("list", "3"))
    ]


@pytest.mark.parametrize("typed", ["delegation-a", "DELEGATION A", "Délégation A", "delegation a"])
async def test_the_secretariat_registers_whom_it_names(secretariat, week, typed):
    answer = await secretariat.post(f"{LIST}/inscriptions", data=a_form(delegation=typed))

    assert texts(answer, "//tbody//th") == ["Delegation A"]
    assert await kept(week, Inscription.delegation_id) == [A]


@pytest.mark.parametrize("typed", ["", "delegation", "delegation-c", "nobody"])
async def test_a_delegation_that_is_not_there_is_told_at_its_field(secretariat, week, typed):
    answer = await secretariat.post(f"{LIST}/inscriptions", data=a_form(delegation=typed))

    assert answer.status_code == 422
    assert faults(answer) == {
        "delegation": "Choose a delegation that takes part, by its code or from the list."
    }
    assert await kept(week, Inscription.id) == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"capacity": "group"}, {"on_behalf_of": "Say on behalf of which group."}),
        (
            {"on_behalf_of": "African Group"},
            {"on_behalf_of": "A national statement is on nobody else’s behalf. Leave this empty."},
        ),
        ({"language": "de"}, {"language": "Choose a language from the list."}),
        (
            {"speaker": "x" * 201},
            {"speaker": "String should have at most 200 characters"},
        ),
    ],
)
async def test_what_is_wrong_is_told_at_its_field(enter, week, wrong, told):
    delegate = await enter("delegation", "a")

    answer = await delegate.post(f"{LIST}/inscriptions", data=a_form(**wrong))

    assert (answer.status_code, faults(answer)) == (422, told)
    assert await kept(week, Inscription.id) == []


async def test_the_same_request_sent_twice_is_one(enter, week):
    delegate, form = await enter("delegation", "a"), a_form()

    await delegate.post(f"{LIST}/inscriptions", data=form)
    await change(week, SpeakerList, named("list", "3"), open=False)
    again = await delegate.post(f"{LIST}/inscriptions", data=form)

    assert again.status_code == 200
    assert await kept(week, Inscription.place) == [1]


async def test_a_delegation_waits_once_in_a_capacity(enter, week):
    delegate = await enter("delegation", "a")
    group = {"capacity": "group", "on_behalf_of": "African Group"}

    answers = [
        await delegate.post(f"{LIST}/inscriptions", data=a_form(**form))
        for form in ({}, group, {}, group)
    ]

    once = {"": "This delegation is on the list already in this capacity: it waits once."}
    assert [faults(answer) for answer in answers[2:]] == [once, once]
    assert await kept(week, Inscription.capacity) == ["group", "national"]  # groups speak first


async def test_after_speaking_a_delegation_may_ask_again(enter, week):
    await add(week, a_request("a", state="spoken"))
    delegate = await enter("delegation", "a")

    await delegate.post(f"{LIST}/inscriptions", data=a_form())

    assert await kept(week, Inscription.state) == ["spoken", "waiting"]


async def test_asking_works_without_scripts(enter, week):
    delegate = await enter("delegation", "a", htmx=False)

    page = await delegate.post(f"{LIST}/inscriptions", data=a_form())

    assert page.url.path == LIST
    assert texts(page, "//*[@class='who-speaks']") == ["You are next"]


# Withdrawing ----------------------------------------------------------------------------------


async def test_who_withdraws_may_ask_again_at_the_end(enter, week):
    await add(week, a_request("a", 1), a_request("b", 2))
    delegate = await enter("delegation", "a")

    withdrawn = await delegate.post(at("a", 1, "withdraw"))
    one_left = await kept(week, Inscription.delegation_id, state="waiting")
    again = await delegate.post(at("a", 1, "again"))
    twice = await delegate.post(at("a", 1, "again"))

    assert texts(withdrawn, "//*[@class='who-speaks']") == []
    assert one_left == [B]
    assert texts(again, "//*[@class='who-speaks']") == ["1 speaker waits before you"]
    assert twice.text == again.text
    assert await kept(week, Inscription.delegation_id, Inscription.place) == [(B, 2), (A, 3)]


async def test_who_has_asked_anew_cannot_take_the_withdrawal_back_too(enter, week):
    await add(week, a_request("a", 1, state="withdrawn"), a_request("a", 2))
    delegate = await enter("delegation", "a")

    answer = await delegate.post(at("a", 1, "again"))

    assert faults(answer) == {
        "": "This delegation is on the list already in this capacity: it waits once."
    }
    assert await kept(week, Inscription.state) == ["withdrawn", "waiting"]


async def test_who_has_the_floor_does_not_withdraw(secretariat, week):
    await add(week, a_request("a", state="speaking"))

    answer = await secretariat.post(at("a", 1, "withdraw"))

    assert answer.status_code == 422
    assert await kept(week, Inscription.state) == ["speaking"]


# The order ------------------------------------------------------------------------------------


async def test_the_chair_moves_a_speaker_and_the_record_keeps_why(enter, week):
    await add(week, a_request("a", 1), a_request("b", 4))
    chair = await enter("chair")

    answer = await chair.post(at("b", 4, "move"), data={"to": "1", "reason": "Leaves at noon"})

    assert texts(answer, "//tbody//th") == ["Delegation B", "Delegation A"]
    (line,) = await record_of(week)
    assert (line.act, line.who) == ("moved", named("user", "chair", None))
    assert line.inscription_id == named("inscription", "b", 4)
    told = {name: line.detail[name] for name in ("from", "to", "reason")}
    assert told == {"from": 2, "to": 1, "reason": "Leaves at noon"}


@pytest.mark.parametrize(
    ("to", "state", "told"),
    [
        ("0", "waiting", {"to": "Places are counted from 1."}),
        ("", "waiting", {"to": "Give a whole number."}),
        ("1", "spoken", {"": "This speaker is no longer waiting. Look at the list again."}),
    ],
)
async def test_a_move_that_is_none_is_refused(secretariat, week, to, state, told):
    await add(week, a_request("a", 1), a_request("b", 2, state=state))

    answer = await secretariat.post(at("b", 2, "move"), data={"to": to})

    assert (answer.status_code, faults(answer)) == (422, told)
    assert await kept(week, Inscription.place) == [1, 2]


async def test_the_page_of_a_move_names_who_is_moved(enter, week):
    await add(week, a_request("a", 1), a_request("b", 2))
    chair = await enter("chair")

    page = await chair.get(f"{LIST}/inscriptions/{named('inscription', 'b', 2)}")
    missing = await chair.get(f"{LIST}/inscriptions/{uuid4()}")

    assert texts(page, "//h2") == ["Move Delegation B"]
    assert texts(page, "//input[@id='to']/@value") == ["2"]
    assert missing.status_code == 404


# The pages ------------------------------------------------------------------------------------


async def test_a_meeting_shows_the_lists_of_all_its_items(secretariat):
    page = await secretariat.get(JOINT)

    assert texts(page, "//section//h3/a/@href") == [
        f"{JOINT}/4",
        "/sessions/wg-2021/meetings/1/speakers/2",
    ]


@pytest.mark.parametrize("item", ["4", "99", "3a"])
async def test_an_item_that_the_meeting_does_not_take_up_has_no_list(secretariat, item):
    page = await secretariat.get(f"{FIRST}/{item}")

    assert page.status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
async def test_a_list_asks_the_database_a_fixed_number_of_times(
    secretariat, week, count_statements, rows
):
    await add(week, *(a_request("a", place, state="spoken") for place in range(2, rows + 1)))
    await add(week, a_request("b", 99))

    with count_statements() as one_list:
        await secretariat.get(LIST)
    with count_statements() as all_lists:
        await secretariat.get(FIRST)

    assert (len(reads(one_list)), len(reads(all_lists))) == (12, 5)
