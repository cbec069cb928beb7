"""The rapporteur logs what is said, as fast as people talk, over a network that fails."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from meetings.accounts.models import Entry
from meetings.interventions.models import Intervention, Point, View
from meetings.schedule.models import Meeting, MeetingState
from meetings.speakers.models import Inscription, InscriptionState
from tests.cast import NOON, named

pytestmark = pytest.mark.anyio

LOG = "/sessions/eg1-2021/meetings/1/log"


def an_intervention(letter="a", **changes):
    values = {
        "id": uuid4(),
        "meeting_id": named("meeting", "first"),
        "item_id": named("item", "3"),
        "delegation_id": named("delegation", letter),
        "started_at": NOON,
        "ended_at": NOON + timedelta(minutes=4),
    }
    return Intervention(**(values | changes))


def a_call(**changes):
    return {
        "id": str(uuid4()),
        "believed": "",
        "delegation": "delegation-a",
        "item": str(named("item", "3")),
    } | changes


def a_point(intervention, **changes):
    return {
        "id": str(uuid4()),
        "intervention": str(intervention.id),
        "text": "Asked for direct contacts.",
    } | changes


@pytest.fixture
async def spoken(week):
    """Delegation A has spoken in the first meeting."""
    intervention = an_intervention()
    async with week.write() as db:
        db.add(intervention)
    return intervention


@pytest.fixture
async def waiting(week):
    """Delegations A and B wait on the list of item 3."""
    places = {"a": 1, "b": 2}
    inscriptions = [
        Inscription(
            speaker_list_id=named("list", "3"),
            delegation_id=named("delegation", letter),
            requested_at=NOON,
            place=place,
        )
        for letter, place in places.items()
    ]
    async with week.write() as db:
        db.add_all(inscriptions)
    return inscriptions


async def rows(store, what):
    async with store.read() as db:
        return (await db.exec(select(what).order_by(what))).all()


async def test_a_point_becomes_a_line_of_the_log(rapporteur, spoken, week):
    form = a_point(spoken, text="  Asked for direct contacts. #networks @48 !request ")

    answer = await rapporteur.post(f"{LOG}/points", data=form)

    assert answer.status_code == 200
    assert "Delegation A" in answer.text
    async with week.read() as db:
        point = (await db.exec(select(Point))).one()
    assert (point.text, point.topic_id) == (
        "Asked for direct contacts.",
        named("topic", "networks"),
    )
    assert (point.articles, point.kind) == (["48"], "request")


async def test_the_same_point_sent_twice_is_one_point(rapporteur, spoken, week):
    form = a_point(spoken)

    first = await rapporteur.post(f"{LOG}/points", data=form)
    again = await rapporteur.post(f"{LOG}/points", data=form)

    assert again.text == first.text
    assert await rows(week, Point.text) == ["Asked for direct contacts."]


async def test_a_point_can_be_logged_after_the_meeting_has_adjourned(rapporteur, spoken, week):
    async with week.write() as db:
        meeting = await db.get_one(Meeting, named("meeting", "first"))
        meeting.state = MeetingState.ADJOURNED

    answer = await rapporteur.post(f"{LOG}/points", data=a_point(spoken))

    assert answer.status_code == 200
    assert await rows(week, Point.text) == ["Asked for direct contacts."]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"text": "  "}, 'for="text">Fill this in.'),
        ({"text": "#networks"}, 'for="text">Say what was said, besides its marks.'),
        ({"topic": "nothing"}, 'for="topic">Choose a topic from the list.'),
        ({"id": "not-an-id"}, 'for="id"'),
    ],
)
async def test_a_bad_point_is_told_what_and_where(rapporteur, spoken, week, change, told):
    answer = await rapporteur.post(f"{LOG}/points", data=a_point(spoken, **change))

    assert answer.status_code == 422
    assert told in answer.text
    assert await rows(week, Point.text) == []


async def test_a_mark_that_names_nothing_stays_in_the_text(rapporteur, spoken, week):
    answer = await rapporteur.post(f"{LOG}/points", data=a_point(spoken, text="Slow #netwroks"))

    assert answer.status_code == 200
    assert await rows(week, Point.text) == ["Slow #netwroks"]


async def test_a_point_of_another_meeting_is_not_found(rapporteur, spoken, week):
    elsewhere = "/sessions/eg1-2021/meetings/2/log/points"

    answer = await rapporteur.post(elsewhere, data=a_point(spoken))

    assert answer.status_code == 404
    assert await rows(week, Point.text) == []


@pytest.mark.parametrize("who", [("chair", None), ("delegation", "a")])
async def test_what_was_said_is_for_the_secretariat_only(enter, spoken, week, who):
    async with week.write() as db:
        db.add(Point(intervention_id=spoken.id, position=1, text="In confidence.", logged_at=NOON))
    person = await enter(*who)

    answers = [await person.get(LOG), await person.post(f"{LOG}/points", data=a_point(spoken))]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "In confidence" not in answers[0].text
    assert await rows(week, Point.text) == ["In confidence."]


async def test_the_next_on_the_list_gets_the_floor(rapporteur, waiting, week):
    form = {"id": str(uuid4()), "inscription": str(waiting[0].id)}

    answer = await rapporteur.post(f"{LOG}/floor", data=form)

    assert 'class="who-speaks">Delegation A<' in answer.text
    async with week.read() as db:
        states = (await db.exec(select(Inscription.state).order_by(Inscription.place))).all()
    assert states == [InscriptionState.SPEAKING, InscriptionState.WAITING]


async def test_a_double_click_gives_the_floor_once_and_skips_nobody(rapporteur, waiting, week):
    form = {"id": str(uuid4()), "inscription": str(waiting[0].id)}

    first = await rapporteur.post(f"{LOG}/floor", data=form)
    again = await rapporteur.post(f"{LOG}/floor", data=form)

    assert (first.status_code, again.status_code) == (200, 200)
    assert await rows(week, Intervention.delegation_id) == [named("delegation", "a")]


async def test_two_who_call_at_once_do_not_cut_off_a_speaker_unseen(rapporteur, waiting, week):
    await rapporteur.post(f"{LOG}/floor", data=a_call())

    answer = await rapporteur.post(f"{LOG}/floor", data=a_call(delegation="delegation-b"))

    assert answer.status_code == 422
    assert "The floor has changed meanwhile" in answer.text
    assert await rows(week, Intervention.delegation_id) == [named("delegation", "a")]


async def test_giving_the_floor_ends_the_speaker_before(rapporteur, week):
    first, second = a_call(), a_call(delegation="delegation-b")
    await rapporteur.post(f"{LOG}/floor", data=first)

    await rapporteur.post(f"{LOG}/floor", data=second | {"believed": first["id"]})

    async with week.read() as db:
        speaking = (
            await db.exec(select(Intervention).where(Intervention.ended_at.is_(None)))
        ).all()
    assert [str(intervention.id) for intervention in speaking] == [second["id"]]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"delegation": "delegation-c"}, 'for="delegation"'),
        ({"delegation": "nobody"}, 'for="delegation"'),
        ({"item": str(named("item", "wg2"))}, 'for="item"'),
        ({"item": ""}, 'for="item"'),
    ],
)
async def test_a_wrong_call_is_told_what_and_where(rapporteur, week, change, told):
    answer = await rapporteur.post(f"{LOG}/floor", data=a_call(**change))

    assert answer.status_code == 422
    assert told in answer.text
    assert await rows(week, Intervention.id) == []


async def test_no_floor_is_given_before_the_meeting_is_open(rapporteur, week):
    answer = await rapporteur.post(
        "/sessions/eg1-2021/meetings/2/log/floor", data=a_call(item=str(named("item", "4")))
    )

    assert answer.status_code == 422
    assert "This meeting is not open." in answer.text
    assert await rows(week, Intervention.id) == []


async def test_a_speaker_ended_by_mistake_gets_the_floor_back(rapporteur, waiting, week):
    form = {"id": str(uuid4()), "inscription": str(waiting[0].id)}
    await rapporteur.post(f"{LOG}/floor", data=form)
    await rapporteur.post(f"{LOG}/floor/{form['id']}/ended")

    answer = await rapporteur.post(f"{LOG}/floor/{form['id']}/resumed")

    assert 'class="who-speaks">Delegation A<' in answer.text
    async with week.read() as db:
        states = (await db.exec(select(Inscription.state).order_by(Inscription.place))).all()
    assert states == [InscriptionState.SPEAKING, InscriptionState.WAITING]


async def test_a_correction_keeps_the_tags_that_it_does_not_change(rapporteur, spoken, week):
    form = a_point(spoken, text="Askd for it. #networks")
    await rapporteur.post(f"{LOG}/points", data=form)

    await rapporteur.post(
        f"/sessions/eg1-2021/points/{form['id']}", data={"text": "Asked for it.", "version": 1}
    )

    async with week.read() as db:
        point = (await db.exec(select(Point))).one()
    assert (point.text, point.topic_id, point.version) == (
        "Asked for it.",
        named("topic", "networks"),
        2,
    )


async def test_the_second_of_two_corrections_is_shown_both_versions(rapporteur, spoken, week):
    form = a_point(spoken)
    await rapporteur.post(f"{LOG}/points", data=form)
    path = f"/sessions/eg1-2021/points/{form['id']}"

    await rapporteur.post(path, data={"text": "Theirs.", "version": 1})
    answer = await rapporteur.post(path, data={"text": "Mine.", "version": 1})

    assert answer.status_code == 409
    assert ">Theirs.</td>" in answer.text
    assert ">Mine.</td>" in answer.text
    assert await rows(week, Point.text) == ["Theirs."]


async def test_a_point_of_another_session_is_not_found(rapporteur, spoken, week):
    form = a_point(spoken)
    await rapporteur.post(f"{LOG}/points", data=form)

    answer = await rapporteur.get(f"/sessions/wg-2021/points/{form['id']}")

    assert answer.status_code == 404
    assert "direct contacts" not in answer.text


async def test_a_mark_joins_a_point_to_a_view(rapporteur, spoken, week):
    async with week.write() as db:
        db.add(View(id=uuid4(), item_id=named("item", "3"), key="direct", position=1))

    await rapporteur.post(f"{LOG}/points", data=a_point(spoken, text="Agreed. =direct"))

    async with week.read() as db:
        joined = (await db.exec(select(Point.view_id))).one()
        view = (await db.exec(select(View.id))).one()
    assert joined == view


async def test_each_write_leaves_a_line_in_the_audit(rapporteur, spoken, week):
    form = a_point(spoken)
    await rapporteur.post(f"{LOG}/points", data=form)
    await rapporteur.post(
        f"/sessions/eg1-2021/points/{form['id']}", data={"text": "Corrected.", "version": 1}
    )

    async with week.read() as db:
        lines = (
            await db.exec(select(Entry).where(Entry.subject == "point").order_by(Entry.id))
        ).all()
    assert [(line.what, line.who) for line in lines] == [
        ("added", named("user", "rapporteur", None)),
        ("changed", named("user", "rapporteur", None)),
    ]
    assert lines[1].before == {"text": "Asked for direct contacts.", "version": 1}
    assert lines[1].after == {"text": "Corrected.", "version": 2}


@pytest.mark.parametrize("count", [1, 3])
async def test_the_log_asks_the_database_fourteen_times(rapporteur, week, count_statements, count):
    async with week.write() as db:
        for minute in range(count):
            one = an_intervention(started_at=NOON + timedelta(minutes=minute))
            db.add(one)
            await db.flush()
            db.add(Point(intervention_id=one.id, position=1, text="Said.", logged_at=NOON))

    with count_statements() as told:
        answer = await rapporteur.get(LOG)

    assert answer.text.count('class="intervention"') == count
    assert len([line for line in told if line.startswith("SELECT")]) == 14
