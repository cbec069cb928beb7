"""Delegations check what the log has of them; what they propose is settled by the rapporteur."""

import asyncio
from datetime import date, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlmodel import select

from meetings.base.models import LiveEvent
from meetings.bodies.models import Session
from meetings.exchange.actions import load_session_file
from meetings.exchange.plain_yaml import read_yaml, write_yaml
from meetings.exchange.queries import dump_sessions
from meetings.interventions.models import Correction, Intervention, Point, View
from meetings.schedule.models import Meeting
from meetings.schedule.queries import channel_of
from tests.cast import NOON, named
from tests.support.reading import faults, reads, texts

pytestmark = pytest.mark.anyio

CHECK = "/sessions/eg1-2021/check"
CORRECTIONS = "/sessions/eg1-2021/corrections"
DELEGATIONS = "/sessions/eg1-2021/delegations"


def an_intervention(letter="a", minute=0, **changes):
    values = {
        "id": named("intervention", letter, minute),
        "meeting_id": named("meeting", "first"),
        "item_id": named("item", "3"),
        "delegation_id": named("delegation", letter),
        "started_at": NOON + timedelta(minutes=minute),
        "ended_at": NOON + timedelta(minutes=minute + 4),
    }
    return Intervention(**(values | changes))


def a_point(intervention, text, position=1, **changes):
    return Point(
        **{
            "id": named("point", text),
            "intervention_id": intervention.id,
            "position": position,
            "text": text,
            "logged_at": NOON,
            "logged_by": named("user", "rapporteur", None),
        }
        | changes
    )


A, B = an_intervention("a"), an_intervention("b", 10)
OF_A, OF_B = named("point", "Asked for help."), named("point", "Offered training.")


def a_proposal(**changes):
    values = {
        "id": str(uuid4()),
        "point": str(OF_A),
        "seen": "Asked for help.",
        "text": "Asked for direct contacts.",
        "remark": "See our statement.",
    } | changes
    return {name: value for name, value in values.items() if value is not None}


def a_missing_point(**changes):
    return a_proposal(point=None, seen=None, text="Thanked the Chair.", **changes)


@pytest.fixture
async def switched(week):
    async with week.write() as db:
        (await db.get_one(Session, named("session", "eg1-2021"))).delegation_check = True


@pytest.fixture
async def spoken(week, switched):
    """Delegations A and B have spoken, one point each; A’s point expresses a view."""
    async with week.write() as db:
        view = View(id=named("view", "x"), item_id=A.item_id, key="secret-view", position=1)
        db.add_all([an_intervention("a"), an_intervention("b", 10), view])
        await db.flush()
        tags = {"view_id": view.id, "topic_id": named("topic", "networks")}
        db.add(a_point(A, "Asked for help.", articles=["46"], **tags))
        db.add(a_point(B, "Offered training."))


@pytest.fixture
async def delegate(enter, spoken):
    return await enter("delegation", "a")


async def propose(delegate, intervention=A, **changes):
    """Propose a correction; gives the address at which it is settled, and its identifier."""
    form = a_proposal(**changes)
    assert (await delegate.post(f"{CHECK}/{intervention.id}", data=form)).status_code == 201
    return f"{CORRECTIONS}/{form['id']}", form["id"]


async def kept(store, *columns):
    async with store.read() as db:
        found = await db.exec(sa.select(*columns).order_by(*columns))
        return [tuple(row) for row in found.all()]


async def change_point(store, **changes):
    async with store.write() as db:
        point = await db.get_one(Point, OF_A)
        for name, value in changes.items():
            setattr(point, name, value)
        point.version += 1


def shown(answer):
    """The dl of each open proposal: what it says and what it is called."""
    return list(zip(texts(answer, "//dt"), texts(answer, "//dd"), strict=True))


# The switch -------------------------------------------------------------------------------------


async def test_the_switch_is_turned_on_and_off_on_the_delegations_page(enter, week):
    secretariat = await enter("secretariat", htmx=False)

    off = await secretariat.get(DELEGATIONS)
    on = await secretariat.post(f"{CHECK}/switch", data={"on": "1"})
    again = await secretariat.post(f"{CHECK}/switch", data={"on": "1"})

    assert texts(off, "//h2[@id='check']/following::button[1]") == ["Switch the check on"]
    assert texts(on, "//h2[@id='check']/following::button[1]") == ["Switch the check off"]
    assert texts(on, "//*[@id='check-says']") == [
        (
            "On While it is on, each delegation sees the points that the log has of its own"
            " interventions, and may propose corrections; the rapporteur decides."
        )
    ]
    assert texts(again, "//*[@id='check-says']/span") == ["On"]
    assert await kept(week, Session.slug, Session.delegation_check) == [
        ("eg1-2021", True),
        ("wg-2021", False),
    ]


async def test_switched_off_a_delegation_finds_no_trace_of_it(enter, delegate, secretariat, week):
    _, id_ = await propose(delegate)
    await secretariat.post(f"{CHECK}/switch", data={"on": "0"})
    pages = [await delegate.get("/"), await delegate.get("/sessions/eg1-2021/programme")]

    answers = [
        await delegate.get(CHECK),
        await delegate.get(f"{CHECK}/{A.id}"),
        await delegate.post(f"{CHECK}/{A.id}", data=a_proposal()),
        await delegate.post(f"{CHECK}/corrections/{id_}/withdrawn"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert [CHECK in page.text for page in pages] == [False, False]
    assert await kept(week, Correction.state) == [("proposed",)]


async def test_what_was_proposed_before_it_was_switched_off_can_still_be_settled(
    delegate, secretariat, rapporteur, week
):
    its, _ = await propose(delegate)
    await secretariat.post(f"{CHECK}/switch", data={"on": "0"})

    page = await rapporteur.get(CORRECTIONS)
    await rapporteur.post(f"{its}/declined", data={"reason": "Too late."})

    assert "The delegations’ check is off" in page.text
    assert await kept(week, Correction.state) == [("declined",)]


async def test_the_ways_there_stand_on_today_and_in_the_tabs(delegate, rapporteur, enter):
    await propose(delegate)
    chair = await enter("chair")

    today = {who: await who.get("/") for who in (delegate, rapporteur, chair)}
    tabs = {
        who: texts(await who.get("/sessions/eg1-2021/programme"), "//nav[@class='tabs']/a/@href")
        for who in (delegate, rapporteur, chair)
    }

    ways = "//div[@class='ways']/a[contains(@href, 'eg1')]"
    own = texts(today[delegate], "//p[@class='ways']/a[contains(@href, 'eg1')]")
    assert own == ["Name those who will speak", "Programme", "Check your points"]
    assert texts(today[rapporteur], ways) == ["Programme", "Report", "Corrections 1 open"]
    assert texts(today[chair], ways) == ["Programme"]
    assert CHECK in tabs[delegate]
    assert CORRECTIONS in tabs[rapporteur]
    assert {CHECK, CORRECTIONS}.isdisjoint(tabs[chair])


# The delegation’s page --------------------------------------------------------------------------


async def test_a_delegation_sees_its_own_points_and_nothing_else_of_the_log(delegate):
    page = await delegate.get(CHECK)

    assert texts(page, "//main//section/h2") == ["1st meeting · Monday, 6 September 2021"]
    assert texts(page, "//article/h3") == ["12:00 · 3. Cooperation"]
    assert texts(page, "//ol[@class='points']/li/span") == ["Asked for help."]
    main = texts(page, "//main")[0]
    for secret in ("Offered training", "secret-view", "Networks", "46", "Rapporteur"):
        assert secret not in main


async def test_it_sees_what_it_said_on_behalf_of_a_group_too(delegate, week):
    group = an_intervention("a", 20, capacity="group", on_behalf_of="the Group of States")
    async with week.write() as db:
        db.add(group)
        await db.flush()
        db.add(a_point(group, "Called for unity."))

    page = await delegate.get(CHECK)

    assert texts(page, "//ol[@class='points']/li/span") == ["Asked for help.", "Called for unity."]
    assert "on behalf of the Group of States" in page.text


async def test_meetings_stand_in_the_order_of_time_not_of_their_numbers(delegate, week):
    before = an_intervention("a", -60, meeting_id=named("meeting", "joint"))
    async with week.write() as db:
        db.add(before)
        (await db.get_one(Meeting, before.meeting_id)).day = date(2021, 9, 5)

    page = await delegate.get(CHECK)

    assert [heading[:11] for heading in texts(page, "//main//section/h2")] == [
        "2nd meeting",
        "1st meeting",
    ]


async def test_an_empty_check_says_what_to_do(enter, switched):
    delegate = await enter("delegation", "a")

    page = await delegate.get(CHECK)

    assert texts(page, "//p[@class='empty']") == [
        (
            "The log has no intervention of your delegation yet. When you have had the floor, come"
            " back here to check what was recorded. Programme"
        )
    ]


async def test_a_delegation_does_not_get_at_anothers_things(enter, delegate, week):
    _, id_ = await propose(delegate)
    other, stranger = await enter("delegation", "b"), await enter("delegation", "c")

    answers = [
        await other.get(f"{CHECK}/{A.id}"),
        await other.get(f"{CHECK}/{B.id}?point={OF_A}"),
        await other.post(f"{CHECK}/{A.id}", data=a_proposal()),
        await other.post(f"{CHECK}/{B.id}", data=a_proposal()),
        await other.post(f"{CHECK}/{B.id}", data=a_missing_point(id=id_)),
        await other.post(f"{CHECK}/corrections/{id_}/withdrawn"),
        await other.get(f"/sessions/wg-2021/check/{A.id}"),
        await stranger.get(CHECK),
    ]

    assert [answer.status_code for answer in answers] == [404] * 8
    assert "direct contacts" not in (await other.get(CHECK)).text
    assert await kept(week, Correction.state, Correction.text) == [
        ("proposed", "Asked for direct contacts.")
    ]


# Proposing --------------------------------------------------------------------------------------


async def test_a_proposal_waits_on_both_pages(delegate, rapporteur):
    form = await delegate.get(f"{CHECK}/{A.id}?point={OF_A}")
    await propose(delegate, text="  Asked for\r\ndirect contacts. ")

    mine = await delegate.get(CHECK)
    theirs = await rapporteur.get(CORRECTIONS)

    assert texts(form, "//textarea[@id='text']") == ["Asked for help."]
    assert texts(mine, "//li/div[@class='outcome']/p") == [
        "Proposed Proposed instead: Asked for direct contacts.",
        "Your remark: See our statement.",
    ]
    assert texts(theirs, "//main//li/h3") == ["Delegation A"]
    assert shown(theirs) == [
        ("The log says", "Asked for help."),
        ("Proposed", "Asked for direct contacts."),
        ("Difference", "Asked for[out: help][in: direct contacts]."),
        ("Remark", "See our statement."),
    ]
    assert texts(theirs, "//del") == ["[out: help]"]
    assert texts(theirs, "//ins") == ["[in: direct contacts]"]


async def test_without_scripts_the_forms_lead_back_to_their_pages(enter, spoken):
    delegate = await enter("delegation", "a", htmx=False)
    rapporteur = await enter("rapporteur", htmx=False)
    form = a_proposal()

    mine = await delegate.post(f"{CHECK}/{A.id}", data=form)
    theirs = await rapporteur.post(
        f"{CORRECTIONS}/{form['id']}/accepted", data={"seen": "Asked for help."}
    )

    assert str(mine.url).endswith(f"/check#correction-{form['id']}")
    assert texts(theirs, "//main//li//span[@class='badge-state']") == ["Accepted"]


async def test_the_same_proposal_sent_twice_is_one(delegate, week):
    form = a_proposal()

    first = await delegate.post(f"{CHECK}/{A.id}", data=form)
    await change_point(week, text="Asked for much help.")
    again = await delegate.post(f"{CHECK}/{A.id}", data=form | {"text": "Something else."})

    assert (first.status_code, again.status_code) == (201, 201)
    assert await kept(week, Correction.text) == [("Asked for direct contacts.",)]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"text": " "}, {"text": "Fill this in."}),
        ({"text": " Asked  for help."}, {"text": "The log says this already: change it first."}),
    ],
)
async def test_a_proposal_that_says_nothing_is_refused(delegate, week, change, told):
    answer = await delegate.post(f"{CHECK}/{A.id}", data=a_proposal(**change))

    assert (answer.status_code, faults(answer)) == (422, told)
    assert await kept(week, Correction.id) == []


async def test_a_point_that_changed_while_typing_is_shown_to_the_delegation(delegate, week):
    await change_point(week, text="Asked for much help.")

    answer = await delegate.post(f"{CHECK}/{A.id}", data=a_proposal())

    assert answer.status_code == 409
    assert texts(answer, "//td") == ["Asked for much help.", "Asked for direct contacts."]
    assert await kept(week, Correction.id) == []


async def test_new_tags_alone_are_no_change_that_a_delegation_is_told_of(delegate, week):
    await change_point(week, view_id=None)

    answer = await delegate.post(f"{CHECK}/{A.id}", data=a_proposal())

    assert answer.status_code == 201
    assert await kept(week, Correction.was) == [("Asked for help.",)]


async def test_an_open_proposal_is_withdrawn_a_settled_one_is_not(delegate, rapporteur, week):
    its, id_ = await propose(delegate)
    settled, other = await propose(delegate, text="Asked for training.")
    await rapporteur.post(f"{settled}/declined", data={"reason": "No."})

    first = await delegate.post(f"{CHECK}/corrections/{id_}/withdrawn")
    again = await delegate.post(f"{CHECK}/corrections/{id_}/withdrawn")
    late = await delegate.post(f"{CHECK}/corrections/{other}/withdrawn")
    accepted = await rapporteur.post(f"{its}/accepted", data={"seen": "Asked for help."})

    codes = [answer.status_code for answer in (first, again, late, accepted)]
    assert codes == [201, 201, 422, 409]
    assert texts(accepted, "//td") == ["Withdrawn by the delegation", "Accepted"]
    assert await kept(week, Correction.state) == [("declined",), ("withdrawn",)]
    assert await kept(week, Point.text) == [("Asked for help.",), ("Offered training.",)]


# Settling ---------------------------------------------------------------------------------------


async def test_accepting_changes_the_point_and_tells_the_log(delegate, rapporteur, week):
    its, _ = await propose(delegate)

    first = await rapporteur.post(f"{its}/accepted", data={"seen": "Asked for help."})
    again = await rapporteur.post(f"{its}/accepted", data={"seen": "Asked for help."})

    assert (first.status_code, again.status_code) == (201, 201)
    async with week.read() as db:
        point = await db.get_one(Point, OF_A)
    assert (point.text, point.version) == ("Asked for direct contacts.", 2)
    assert (point.view_id, point.articles) == (named("view", "x"), ["46"])
    assert await kept(week, LiveEvent.channel, LiveEvent.kind, LiveEvent.subject) == [
        (channel_of(A.meeting_id), "intervention", A.id)
    ]
    assert texts(await delegate.get(CHECK), "//div[@class='outcome']/p[1]") == [
        "Accepted Proposed instead: Asked for direct contacts."
    ]


async def test_accepting_a_missing_point_adds_it_once(delegate, rapporteur, week):
    form = a_missing_point()
    await delegate.post(f"{CHECK}/{A.id}", data=form)
    page = await rapporteur.get(CORRECTIONS)

    for _ in range(2):
        await rapporteur.post(f"{CORRECTIONS}/{form['id']}/accepted", data={"seen": ""})

    assert shown(page)[0] == ("The log says", "nothing: a point is missing")
    assert await kept(week, Point.intervention_id, Point.position, Point.text) == sorted(
        [
            (A.id, 1, "Asked for help."),
            (A.id, 2, "Thanked the Chair."),
            (B.id, 1, "Offered training."),
        ]
    )
    mine = await delegate.get(CHECK)
    assert texts(mine, "//ol[@class='points']/li[2]/div/p[1]") == [
        "Accepted Said to be missing: Thanked the Chair."
    ]


async def test_declining_needs_a_reason_which_the_delegation_reads(delegate, rapporteur, week):
    its, id_ = await propose(delegate)

    without = await rapporteur.post(f"{its}/declined", data={"reason": " "})
    first = await rapporteur.post(f"{its}/declined", data={"reason": "It was not said."})
    again = await rapporteur.post(f"{its}/declined", data={"reason": "Another word."})

    assert faults(without) == {f"reason-{id_}": "Say why: the delegation reads it."}
    assert (first.status_code, again.status_code) == (201, 201)
    assert "The rapporteur’s reason: It was not said." in texts(
        await delegate.get(CHECK), "//div[@class='outcome']/p"
    )
    assert texts(await rapporteur.get(CORRECTIONS), "//h2[.='Settled']/following::del") == [
        "[out: help]"
    ]
    assert await kept(week, Point.text) == [("Asked for help.",), ("Offered training.",)]


async def test_of_two_rapporteurs_at_once_the_second_is_told(delegate, enter, week):
    its, _ = await propose(delegate)
    one, other = await enter("rapporteur"), await enter("secretariat")

    answers = await asyncio.gather(
        one.post(f"{its}/accepted", data={"seen": "Asked for help."}),
        other.post(f"{its}/accepted", data={"seen": "Asked for help."}),
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert await kept(week, Point.text, Point.version) == [
        ("Asked for direct contacts.", 2),
        ("Offered training.", 1),
    ]


async def test_a_decision_against_anothers_shows_both(delegate, rapporteur, secretariat, week):
    its, _ = await propose(delegate)
    await secretariat.post(f"{its}/declined", data={"reason": "It was not said."})

    answer = await rapporteur.post(f"{its}/accepted", data={"seen": "Asked for help."})

    assert answer.status_code == 409
    assert texts(answer, "//td") == ["Declined: It was not said.", "Accepted"]
    assert await kept(week, Correction.state) == [("declined",)]


async def test_a_point_that_changed_since_is_shown_in_all_three_texts(delegate, rapporteur, week):
    its, _ = await propose(delegate)
    await change_point(week, text="Asked for much help.")

    blind = await rapporteur.post(f"{its}/accepted", data={"seen": "Asked for some help."})
    page = await rapporteur.get(CORRECTIONS)
    seeing = await rapporteur.post(f"{its}/accepted", data={"seen": "Asked for much help."})

    assert (blind.status_code, seeing.status_code) == (409, 201)
    assert texts(blind, "//td") == ["Asked for much help.", "Asked for direct contacts."]
    assert "The point has changed since this was proposed" in page.text
    assert shown(page)[:3] == [
        ("The log said when this was proposed", "Asked for help."),
        ("The log says", "Asked for much help."),
        ("Proposed", "Asked for direct contacts."),
    ]
    assert await kept(week, Point.text) == [("Asked for direct contacts.",), ("Offered training.",)]


async def test_a_page_drawn_before_the_point_changed_is_not_enough(delegate, rapporteur, week):
    its, _ = await propose(delegate)
    page_seen = {"seen": "Asked for help."}
    await change_point(week, text="Asked for much help.")

    answer = await rapporteur.post(f"{its}/accepted", data=page_seen)

    assert answer.status_code == 409
    assert await kept(week, Correction.state) == [("proposed",)]


async def test_a_correction_of_another_session_is_not_found(delegate, rapporteur, week):
    _, id_ = await propose(delegate)
    elsewhere = f"/sessions/wg-2021/corrections/{id_}"

    answers = [
        await rapporteur.post(f"{elsewhere}/accepted", data={"seen": "Asked for help."}),
        await rapporteur.post(f"{elsewhere}/declined", data={"reason": "No."}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert texts(await rapporteur.get("/sessions/wg-2021/corrections"), "//main//li") == []
    assert await kept(week, Correction.state) == [("proposed",)]


async def test_an_empty_list_says_where_corrections_come_from(rapporteur, switched):
    page = await rapporteur.get(CORRECTIONS)

    assert texts(page, "//p[@class='empty']") == [
        (
            "Nothing waits for a decision. Delegations propose corrections on their page “Your"
            " points”; they are counted on today’s page."
        )
    ]


async def test_both_pages_cost_the_same_with_one_row_and_with_three(
    delegate, rapporteur, week, count_statements
):
    costs = []
    await propose(delegate)
    for more in (0, 2):
        async with week.write() as db:
            for nth in range(more):
                one = an_intervention("a", 30 + 5 * nth)
                db.add(one)
                await db.flush()
                db.add(a_point(one, f"Point {nth}."))
                await db.flush()
        for nth in range(more):
            one, text = an_intervention("a", 30 + 5 * nth), f"Point {nth}."
            await propose(delegate, one, point=str(named("point", text)), seen=text)
        with count_statements() as check:
            mine = await delegate.get(CHECK)
        with count_statements() as list_:
            theirs = await rapporteur.get(CORRECTIONS)
        costs.append((len(reads(check)), len(reads(list_))))

    assert len(texts(mine, "//article")) == 3
    assert len(texts(theirs, "//ul[@class='proposals']/li")) == 3
    # Who asks, the session; then interventions, points and corrections, or the open and settled.
    assert costs == [(5, 4), (5, 4)]


# Session files ----------------------------------------------------------------------------------


def with_log(file, change=None):
    """A session file with every intervention of its log changed so; without any: with no log."""
    read = read_yaml(file).data
    for meeting in read["meetings"]:
        if change is None:
            meeting.pop("log", None)
        for one in meeting.get("log", ()):
            change(one)
    return write_yaml(read)


async def test_a_session_file_leaves_the_switch_and_the_corrections_alone(delegate, week):
    await propose(delegate)
    async with week.read() as db:
        file = await dump_sessions(db)

    async with week.write() as db:
        loaded = await load_session_file(db, file)
        changed = await load_session_file(db, file.replace("Session eg1-2021", "A new title"))

    assert "correction" not in file
    assert "delegation_check" not in file
    assert loaded.nothing
    assert changed.changed == {"session": 1}
    assert await kept(week, Session.delegation_check) == [(False,), (True,)]
    assert await kept(week, Correction.point_id) == [(OF_A,)]


async def test_a_file_without_the_point_leaves_its_correction_on_record(delegate, rapporteur, week):
    its, _ = await propose(delegate)
    async with week.read() as db:
        file = await dump_sessions(db)

    async with week.write() as db:
        loaded = await load_session_file(db, with_log(file, lambda one: one.pop("points", None)))
    page = await rapporteur.get(CORRECTIONS)
    blind = await rapporteur.post(f"{its}/accepted", data={"seen": "Asked for some help."})
    mine = await delegate.get(CHECK)
    seeing = await rapporteur.post(f"{its}/accepted", data={"seen": ""})

    assert loaded.removed == {"point": 2}
    assert "taken out of the log since this was proposed" in page.text
    assert texts(mine, "//div[@class='outcome']/p[2]") == [
        "Of a point that is no longer in the log: Asked for help."
    ]
    assert (blind.status_code, seeing.status_code) == (409, 201)
    assert texts(blind, "//td") == ["No longer in the log", "Asked for direct contacts."]
    assert await kept(week, Point.text) == [("Asked for direct contacts.",)]


async def test_corrections_go_with_the_intervention_that_a_file_takes_away(delegate, week):
    await propose(delegate)
    await propose(delegate, text="Asked for training.")
    async with week.read() as db:
        file = await dump_sessions(db)

    async with week.write() as db:
        loaded = await load_session_file(db, with_log(file))

    assert loaded.removed == {"intervention": 2, "point": 2}
    assert await kept(week, Correction.id) == []
    async with week.read() as db:
        assert (await db.exec(select(Intervention))).all() == []
