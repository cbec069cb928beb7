"""One's own request for the floor: its speaker, its text, and changing places with another."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from meetings.base.clock import now
from meetings.bodies.models import Body
from meetings.delegations.models import Capacity, Delegation, DelegationKind, Participation
from meetings.schedule.models import Allotment
from meetings.speakers.models import Inscription, ListChange, SpeakerList, Statement, Swap
from meetings.speakers.queries import replayed
from tests.cast import named
from tests.speakers.stage import FIRST, LIST, A, B, C, a_form, a_request, add, at, kept
from tests.support.reading import faults, texts

pytestmark = pytest.mark.anyio

PDF = b"%PDF-1.7 the text of a statement"


async def set_rules(store, **rules):
    """The rules of the list of item 3, and of its body."""
    async with store.write() as db:
        (await db.get_one(SpeakerList, named("list", "3"))).rules = rules
        (await db.get_one(Body, named("body", "eg"))).rules = {"speakers": rules}


async def order_of(store):
    return await kept(store, Inscription.delegation_id, state="waiting")


async def proved(store, id_=None):
    async with store.read() as db:
        by_record, shown = await replayed(
            db, await db.get_one(SpeakerList, id_ or named("list", "3"))
        )
    return by_record == shown


@pytest.fixture
async def two(enter, week):
    """A, then B, wait on the list of item 3: as they asked for it themselves."""
    for letter in "ab":
        delegate = await enter("delegation", letter)
        answer = await delegate.post(
            f"{LIST}/inscriptions", data=a_form(id=str(named("inscription", letter, 1)))
        )
        assert answer.status_code == 200
    return week


# The speaker --------------------------------------------------------------------------------------


async def test_who_speaks_is_changed_and_the_place_stays(enter, two):
    delegate = await enter("delegation", "a")
    form = {"speaker": "Ms. First", "language": "fr", "remote": "yes"}

    answer = await delegate.post(at("a", 1, "changed"), data=form)

    assert answer.status_code == 200
    columns = (Inscription.speaker, Inscription.language, Inscription.remote, Inscription.place)
    assert (await kept(two, *columns))[0] == ("Ms. First", "fr", True, 1)


async def test_a_group_speaks_first_and_a_reply_last(enter, two):
    delegate = await enter("delegation", "b")
    group = {"capacity": "group", "on_behalf_of": "African Group"}

    await delegate.post(f"{LIST}/inscriptions", data=a_form(asks="right-of-reply"))
    await delegate.post(f"{LIST}/inscriptions", data=a_form(**group))
    await delegate.post(f"{LIST}/inscriptions", data=a_form(asks="point-of-order"))

    classes = await kept(two, Inscription.speaking_class, state="waiting")
    assert classes == ["point-of-order", "group", "state-party", "state-party", "right-of-reply"]
    assert await proved(two)


async def test_a_delegation_speaks_for_another_state_too(enter, two):
    delegate = await enter("delegation", "b")
    state = {"capacity": "state", "on_behalf_of": "Delegation Z"}

    asked = await delegate.post(f"{LIST}/inscriptions", data=a_form(**state))
    nobody = await delegate.post(f"{LIST}/inscriptions", data=a_form(capacity="state"))

    assert "On behalf of another State" in asked.text
    assert faults(nobody) == {"on_behalf_of": "Say on behalf of which State."}
    columns = (Inscription.capacity, Inscription.on_behalf_of, Inscription.speaking_class)
    assert (await kept(two, *columns))[-1] == ("state", "Delegation Z", "state-party")


async def test_a_closed_list_takes_points_of_order_and_rights_of_reply(enter, two):
    async with two.write() as db:
        (await db.get_one(SpeakerList, named("list", "3"))).open = False
    delegate = await enter("delegation", "b")

    for asks in ("statement", "right-of-reply", "point-of-order"):
        await delegate.post(f"{LIST}/inscriptions", data=a_form(asks=asks))

    classes = await kept(two, Inscription.speaking_class)
    assert classes == ["point-of-order", "state-party", "state-party", "right-of-reply"]


async def test_no_list_is_carried_back_to_an_earlier_meeting(enter, two):
    secretariat = await enter("secretariat")

    answer = await secretariat.post(f"{LIST}/carried", data={"to": "1", "count": ""})

    assert answer.status_code == 404
    assert await kept(two, Inscription.state) == ["waiting", "waiting"]


async def test_a_delegation_replies_twice_for_five_and_three_minutes(enter, week):
    delegate = await enter("delegation", "a")
    for spoken in (True, True, False):
        answer = await delegate.post(f"{LIST}/inscriptions", data=a_form(asks="right-of-reply"))
        if spoken:
            async with week.write() as db:
                for one in (await db.exec(select(Inscription))).all():
                    one.state = "spoken"

    assert faults(answer) == {"asks": "A delegation replies twice at most on an item."}
    assert await kept(week, Inscription.minutes) == [5, 3]


async def test_who_is_excluded_by_the_rules_does_not_take_the_floor(enter, week):
    await set_rules(week, excluded=["state-party"])
    delegate = await enter("delegation", "a")

    answer = await delegate.post(f"{LIST}/inscriptions", data=a_form())

    assert faults(answer) == {
        "": "By the rules of this body you cannot take the floor on this list."
    }


async def test_one_statement_on_an_item_where_the_rules_say_so(enter, week):
    await set_rules(week, single=True)
    delegate = await enter("delegation", "a")
    await delegate.post(f"{LIST}/inscriptions", data=a_form())
    async with week.write() as db:
        (await db.exec(select(Inscription))).one().state = "spoken"

    answer = await delegate.post(f"{LIST}/inscriptions", data=a_form())

    assert faults(answer) == {
        "": "Each delegation has one statement on this item: it has been made."
    }


async def test_in_alphabetical_order_the_moment_of_asking_does_not_matter(enter, week):
    await set_rules(week, within="alphabetical", letter="B")
    for letter in "ba":
        delegate = await enter("delegation", letter)
        await delegate.post(f"{LIST}/inscriptions", data=a_form())

    names = await order_of(week)

    assert names == [A, B]  # "Delegation A" and "Delegation B" both stand behind the letter B
    assert await proved(week)


# Not in the room, and carried over ----------------------------------------------------------------


async def test_who_is_not_in_the_room_falls_to_the_end_twice_then_off_the_list(enter, two):
    chair = await enter("chair")
    absent = {"absent": "1", "reason": ""}

    orders = []
    for _ in range(3):
        await chair.post(f"{LIST}/acts", data=absent)
        orders.append(await order_of(two))

    assert orders == [[B, A], [B, A], [B]]
    assert await kept(two, Inscription.state, state="absent") == ["absent"]
    assert await proved(two)


async def test_up_and_down_change_places_with_the_reason_kept(enter, two):
    secretariat = await enter("secretariat")
    form = {"up": "2", "reason": "Leaves at noon"}

    answer = await secretariat.post(f"{LIST}/acts", data=form)

    assert await order_of(two) == [B, A]
    assert "Leaves at noon" in answer.text
    async with two.read() as db:
        line = (await db.exec(select(ListChange).where(ListChange.act == "moved"))).one()
    assert line.detail["reason"] == "Leaves at noon"
    assert await proved(two)


async def test_the_rest_of_a_list_is_carried_over_in_its_order(enter, two):
    await add(two, Allotment(meeting_id=named("meeting", "joint"), item_id=named("item", "3"),
                             position=9))  # fmt: skip
    secretariat = await enter("secretariat")
    await secretariat.post(f"{LIST}/acts", data={"up": "2"})

    answer = await secretariat.post(f"{LIST}/carried", data={"to": "2", "count": ""})

    assert answer.status_code == 200
    assert await order_of(two) == [B, A]
    assert await kept(two, Inscription.state, state="carried") == ["carried"] * 2
    async with two.read() as db:
        later = (
            await db.exec(
                select(SpeakerList).where(SpeakerList.meeting_id == named("meeting", "joint"))
            )
        ).one()
    assert await proved(two)
    assert await proved(two, later.id)


async def test_a_list_is_carried_only_to_a_meeting_on_its_item(secretariat, week):
    answer = await secretariat.post(f"{LIST}/carried", data={"to": "2", "count": ""})

    assert answer.status_code == 404


# Times --------------------------------------------------------------------------------------------


async def test_a_list_takes_requests_from_the_moment_it_says(enter, secretariat, week):
    soon = (now() + timedelta(hours=9)).strftime("%Y-%m-%dT%H:%M")
    await secretariat.post(f"{LIST}/close")
    await secretariat.post(f"{LIST}/times", data={"opens": soon, "closes": ""})
    delegate = await enter("delegation", "a")

    early = await delegate.post(f"{LIST}/inscriptions", data=a_form())
    async with week.write() as db:
        speakers = await db.get_one(SpeakerList, named("list", "3"))
        speakers.opens_at = now()
    late = await delegate.post(f"{LIST}/inscriptions", data=a_form())

    assert faults(early) == {
        "": "This list is not open yet: it opens by itself at the time it says."
    }
    assert late.status_code == 200


async def test_a_list_closes_after_it_opens(secretariat, week):
    form = {"opens": "2999-01-01T10:00", "closes": "2999-01-01T09:00"}

    answer = await secretariat.post(f"{LIST}/times", data=form)

    assert faults(answer) == {"closes": "A list closes after it opens. Give a later time."}


# The text of a statement --------------------------------------------------------------------------


async def send_text(client, content=PDF, name="statement.pdf", **ticks):
    return await client.post(
        at("a", 1, "statement"), files={"file": (name, content, "text/html")}, data=ticks
    )


async def test_a_text_is_kept_and_nobody_elses_before_it_is_delivered(enter, two):
    await set_rules(two, sight="list")
    own, other = await enter("delegation", "a"), await enter("delegation", "b")
    people = [await enter(role) for role in ("secretariat", "rapporteur", "chair")]

    sent = await send_text(own, embargo="yes", against_delivery="yes")
    before = [
        (await each.get(at("a", 1, "statement"))).status_code for each in (own, other, *people)
    ]
    async with two.write() as db:
        (await db.get_one(Inscription, named("inscription", "a", 1))).state = "spoken"
    after = [
        (await each.get(at("a", 1, "statement"))).status_code for each in (own, other, *people)
    ]

    assert sent.headers["hx-redirect"] == LIST
    assert before == [200, 404, 200, 404, 404]
    assert after == [200] * 5
    answer = await own.get(at("a", 1, "statement"))
    assert (answer.content, answer.headers["content-type"]) == (PDF, "application/pdf")
    assert answer.headers["content-disposition"].startswith("attachment")


async def test_without_an_embargo_those_who_work_in_the_room_have_the_text_at_once(enter, two):
    own, rapporteur = await enter("delegation", "a"), await enter("rapporteur")

    await send_text(own)

    assert (await rapporteur.get(at("a", 1, "statement"))).status_code == 200


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("statement.html", b"<script>"),
        ("statement.pdf", b"<script>"),
        ("statement.docx", b"%PDF-1.7"),
        ("statement", PDF),
    ],
)
async def test_what_is_no_text_is_refused(enter, two, name, content):
    own = await enter("delegation", "a")

    answer = await send_text(own, content, name)

    assert faults(answer) == {"file": "Send the text as PDF, Word (.docx, .doc), .odt or .rtf."}


async def test_a_text_that_is_too_large_is_refused(enter, two):
    own = await enter("delegation", "a")

    answer = await send_text(own, PDF + b"x" * 10_000_000)

    assert faults(answer) == {"file": "This file is too large. Ten megabytes are the most."}


async def test_anothers_text_is_not_sent_nor_taken_back(enter, two):
    own, other = await enter("delegation", "a"), await enter("delegation", "b")
    await send_text(own)

    answers = [
        await send_text(other, b"%PDF-1.7 forged"),
        await other.post(at("a", 1, "statement/remove")),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    async with two.read() as db:
        assert (await db.exec(select(Statement.content))).all() == [PDF]


# Changing places ----------------------------------------------------------------------------------


@pytest.fixture
async def offered(enter, two):
    """A has offered B to change places."""
    await set_rules(two, sight="names")
    delegate = await enter("delegation", "a")
    answer = await delegate.post(
        at("a", 1, "swaps"), data={"other": str(named("inscription", "b", 1))}
    )
    assert answer.status_code == 200
    async with two.read() as db:
        return (await db.exec(select(Swap))).one().id


async def test_places_are_changed_when_the_other_agrees(enter, two, offered):
    other = await enter("delegation", "b")

    page = await other.get(LIST)
    answer = await other.post(at("b", 1, f"swaps/{offered}/accepted"))

    assert "offers to change places with you" in page.text
    assert texts(answer, "//*[@class='who-speaks']") == ["You are next"]
    assert await order_of(two) == [B, A]
    assert await proved(two)


async def test_nobody_agrees_for_the_other(enter, two, offered):
    own, third = await enter("delegation", "a"), await enter("delegation", "c")

    answers = [
        await own.post(at("a", 1, f"swaps/{offered}/accepted")),
        await own.post(at("b", 1, f"swaps/{offered}/accepted")),
        await third.post(at("b", 1, f"swaps/{offered}/accepted")),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert await order_of(two) == [A, B]


@pytest.mark.parametrize("letter", ["a", "b"])
async def test_an_offer_is_left_by_either_side(enter, two, offered, letter):
    delegate = await enter("delegation", letter)

    await delegate.post(at(letter, 1, f"swaps/{offered}/declined"))

    async with two.read() as db:
        assert (await db.exec(select(Swap))).all() == []
    assert await order_of(two) == [A, B]


async def test_places_are_changed_inside_a_class_only(enter, two):
    other = Delegation(id=named("delegation", "ngo"), code="ngo",
                       kind=DelegationKind.NON_GOVERNMENTAL, name={"en": "Society"})  # fmt: skip
    await add(two, other)
    await add(two, Participation(session_id=named("session", "eg1-2021"), delegation_id=other.id,
                                 capacity=Capacity.OBSERVER))  # fmt: skip
    await add(two, a_request("c", 9, delegation_id=other.id, speaking_class="non-governmental"))
    delegate = await enter("delegation", "a")

    answer = await delegate.post(
        at("a", 1, "swaps"), data={"other": str(named("inscription", "c", 9))}
    )

    assert faults(answer) == {"other": "Places are changed with another delegation of your class."}


# What delegations see -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sight", "sees_name", "sees_speaker"),
    [("nothing", False, False), ("names", True, False), ("list", True, True)],
)
async def test_a_delegation_sees_of_the_others_what_the_rules_allow(
    enter, two, sight, sees_name, sees_speaker
):
    await set_rules(two, sight=sight)
    other = await enter("delegation", "b")
    await other.post(at("b", 1, "changed"), data={"speaker": "Mr. Other", "language": ""})
    delegate = await enter("delegation", "a")

    page = await delegate.get(LIST)

    assert ("Delegation B" in page.text) is sees_name
    assert ("Mr. Other" in page.text) is sees_speaker


async def test_the_list_of_a_meeting_of_another_session_is_not_there(enter, two):
    stranger = await enter("delegation", "c")

    answers = [
        await stranger.get(f"{FIRST}/3"),
        await stranger.post(at("a", 1, "changed"), data={"speaker": "x"}),
        await stranger.get(at("a", 1, "statement")),
        await stranger.post(at("a", 1, "swaps"), data={"other": str(uuid4())}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert C not in await order_of(two)


# The record ---------------------------------------------------------------------------------------


async def test_the_record_cannot_be_altered(two):
    for statement in ("UPDATE list_change SET number = 99", "DELETE FROM list_change"):
        with pytest.raises(Exception, match="the record of a list is not altered"):
            async with two.write() as db:
                await (await db.connection()).exec_driver_sql(statement)


async def test_the_page_of_the_record_proves_the_order(enter, two):
    chair = await enter("chair")
    await chair.post(f"{LIST}/acts", data={"up": "2", "reason": "x"})

    page = await chair.get(f"{LIST}/record")

    assert "Proved" in page.text
    assert texts(page, "//tbody/tr/td[5]") == [
        "moved from place 2 to place 1",
        "asked for the floor",
        "asked for the floor",
    ]
