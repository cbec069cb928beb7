"""What a desk sends: dated, late, twice, with receipts; and what was being typed."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from meetings.interventions.models import Intervention, Point, UnfinishedLine, View
from meetings.interventions.queries import Waiting
from meetings.speakers.models import Inscription, InscriptionState
from tests.cast import NOON, named
from tests.interventions.test_log import LOG, a_call, a_point, an_intervention, rows

pytestmark = pytest.mark.anyio

RECEIPT = {"accept": "application/json"}
SESSION = "/sessions/eg1-2021"


def ago(minutes):
    return datetime.now(UTC) - timedelta(minutes=minutes)


async def the(store, what, **where):
    """The rows of a kind, by a column."""
    async with store.read() as db:
        return (await db.exec(select(what).filter_by(**where))).all()


@pytest.fixture
async def spoken(week):
    intervention = an_intervention()
    async with week.write() as db:
        db.add(intervention)
    return intervention


async def test_a_write_is_receipted_and_a_refusal_told_as_json(rapporteur, spoken):
    kept = await rapporteur.post(f"{LOG}/points", data=a_point(spoken), headers=RECEIPT)
    refused = await rapporteur.post(
        f"{LOG}/points", data=a_point(spoken, text="#networks"), headers=RECEIPT
    )

    assert (kept.status_code, kept.json()["version"]) == (200, 1)
    assert refused.status_code == 422
    assert refused.json() == {"errors": {"text": "Say what was said, besides its marks."}}


async def test_who_is_not_signed_in_is_told_so_as_json(enter, spoken):
    nobody = await enter()

    answer = await nobody.post(f"{LOG}/points", data=a_point(spoken), headers=RECEIPT)

    assert answer.status_code == 401
    assert "sign-in has ended" in answer.json()["errors"][""]


async def test_the_proof_is_for_whoever_is_signed_in(enter, spoken):
    rapporteur, nobody = await enter("rapporteur"), await enter()

    mine = (await rapporteur.get("/sign-in/proof")).json()
    none = (await nobody.get("/sign-in/proof")).json()

    assert (mine["login"], none["login"]) == ("rapporteur", "")
    rapporteur.headers["x-csrf-token"] = mine["csrf"]
    assert (await rapporteur.post(f"{LOG}/points", data=a_point(spoken))).status_code == 200
    rapporteur.headers["x-csrf-token"] = none["csrf"]
    assert (await rapporteur.post(f"{LOG}/points", data=a_point(spoken))).status_code == 403


async def test_what_was_done_offline_has_the_time_at_which_it_was_done(rapporteur, week):
    first, second = a_call(at=ago(9).isoformat()), a_call(at=ago(5).isoformat())
    second |= {"believed": first["id"], "delegation": "delegation-b", "late": "true"}

    await rapporteur.post(f"{LOG}/floor", data=first | {"late": "true"}, headers=RECEIPT)
    await rapporteur.post(f"{LOG}/floor", data=second, headers=RECEIPT)
    ended = {"at": ago(2).isoformat()}
    await rapporteur.post(f"{LOG}/floor/{second['id']}/ended", data=ended, headers=RECEIPT)

    one, other = sorted(await the(week, Intervention), key=lambda it: it.started_at)
    minutes = [
        round((later - earlier).total_seconds() / 60)
        for earlier, later in (
            (one.started_at, one.ended_at),
            (one.ended_at, other.started_at),
            (other.started_at, other.ended_at),
        )
    ]
    assert minutes == [4, 0, 3]


@pytest.mark.parametrize("at", [ago(-60), ago(60 * 24 * 30)])
async def test_a_wrong_clock_is_not_believed(rapporteur, week, at):
    await rapporteur.post(f"{LOG}/floor", data=a_call(at=at.isoformat()), headers=RECEIPT)

    [given] = await the(week, Intervention)
    assert abs((given.started_at - datetime.now(UTC)).total_seconds()) < 60


async def test_a_floor_given_late_stands_beside_what_others_gave(rapporteur, week):
    theirs, ours = a_call(), a_call(delegation="delegation-b", at=ago(3).isoformat(), late="true")
    await rapporteur.post(f"{LOG}/floor", data=theirs)

    answer = await rapporteur.post(f"{LOG}/floor", data=ours, headers=RECEIPT)
    again = await rapporteur.post(f"{LOG}/floor", data=ours, headers=RECEIPT)

    assert answer.json()["beside"] == {"id": theirs["id"], "name": "Delegation A"}
    assert again.json()["beside"] is None
    speaking = [one for one in await the(week, Intervention) if one.ended_at is None]
    assert [str(one.id) for one in speaking] == [theirs["id"]]


async def test_two_desks_that_call_the_same_from_the_list_call_once(rapporteur, week):
    asks = Inscription(
        speaker_list_id=named("list", "3"),
        delegation_id=named("delegation", "a"),
        requested_at=NOON,
        place=1,
    )
    async with week.write() as db:
        db.add(asks)
    call = {
        "id": str(Waiting(asks, None, None).floor_id),
        "inscription": str(asks.id),
        "late": "true",
        "at": ago(1).isoformat(),
    }

    first = await rapporteur.post(f"{LOG}/floor", data=call, headers=RECEIPT)
    other = await rapporteur.post(f"{LOG}/floor", data=call | {"believed": ""}, headers=RECEIPT)

    assert (first.json()["beside"], other.json()["beside"]) == (None, None)
    assert await rows(week, Intervention.delegation_id) == [named("delegation", "a")]
    assert await rows(week, Inscription.state) == [InscriptionState.SPEAKING]


async def test_a_pause_is_not_counted_as_speaking(rapporteur, week):
    call = a_call(at=ago(10).isoformat())
    path = f"{LOG}/floor/{call['id']}"
    await rapporteur.post(f"{LOG}/floor", data=call, headers=RECEIPT)
    await rapporteur.post(f"{path}/ended", data={"at": ago(6).isoformat()}, headers=RECEIPT)

    for _ in range(2):
        await rapporteur.post(f"{path}/resumed", data={"at": ago(4).isoformat()}, headers=RECEIPT)

    [one] = await the(week, Intervention)
    assert (one.ended_at, one.paused) == (None, 120)


async def test_a_note_by_the_chair_needs_no_delegation_where_there_is_a_secretariat(
    rapporteur, week
):
    refused = await rapporteur.post(f"{LOG}/floor", data=a_call(delegation="", kind="chair"))

    assert refused.status_code == 422
    assert 'for="delegation"' in refused.text


@pytest.mark.parametrize("typed", ["delegation-b", "Délégation B", "delegation b"])
async def test_a_delegation_is_found_by_code_and_by_any_name(rapporteur, week, typed):
    await rapporteur.post(f"{LOG}/floor", data=a_call(delegation=typed))

    assert await rows(week, Intervention.delegation_id) == [named("delegation", "b")]


async def test_the_speaker_is_corrected_and_the_points_stay(rapporteur, spoken, week):
    await rapporteur.post(f"{LOG}/points", data=a_point(spoken))
    path = f"{SESSION}/interventions/{spoken.id}"
    form = {"delegation": "delegation-b", "item": str(named("item", "3")), "speaker": "Mr. B"}

    first = await rapporteur.post(path, data=form | {"version": 1}, headers=RECEIPT)
    again = await rapporteur.post(path, data=form | {"version": 1}, headers=RECEIPT)
    other = await rapporteur.post(
        path, data=form | {"version": 1, "speaker": "Ms. C"}, headers=RECEIPT
    )

    assert [answer.status_code for answer in (first, again, other)] == [200, 200, 409]
    [one] = await the(week, Intervention)
    assert (one.delegation_id, one.speaker) == (named("delegation", "b"), "Mr. B")
    assert await rows(week, Point.text) == ["Asked for direct contacts."]


async def test_two_records_become_one_and_lose_no_point(rapporteur, spoken, week):
    other = an_intervention("b")
    async with week.write() as db:
        db.add(other)
    for one in (spoken, other):
        await rapporteur.post(f"{LOG}/points", data=a_point(one, text=f"Said in {one.id}"))
    path = f"{SESSION}/interventions/{other.id}/merged"

    await rapporteur.post(path, data={"into": str(spoken.id), "version": 1})

    assert await rows(week, Intervention.id) == [spoken.id]
    points = await the(week, Point, intervention_id=spoken.id)
    assert [(p.text, p.position) for p in points] == [
        (f"Said in {spoken.id}", 1),
        (f"Said in {other.id}", 2),
    ]


async def test_two_texts_become_one_and_what_came_since_stays(enter, spoken, week):
    one, other = await enter("rapporteur"), await enter("secretariat")
    mine, twice = a_point(spoken, text="Direct contacts"), a_point(spoken, text="Direct contact")
    since = a_point(spoken, text="Came since")
    await one.post(f"{LOG}/points", data=mine)
    await other.post(f"{LOG}/points", data=twice)

    page = await one.get(f"{SESSION}/interventions/{spoken.id}")
    await other.post(f"{LOG}/points", data=since)
    form = {"seen": [mine["id"], twice["id"]], "kept": mine["id"], "version": 1}
    await one.post(f"{SESSION}/interventions/{spoken.id}/texts", data=form)
    again = await one.post(f"{SESSION}/interventions/{spoken.id}/texts", data=form)

    assert page.text.count('type="checkbox" name="kept"') == 2
    assert page.text.count(" checked>") == 1
    assert again.status_code == 409
    assert await rows(week, Point.text) == ["Came since", "Direct contacts"]


async def test_a_removed_point_comes_back_as_it_was(rapporteur, spoken, week):
    form = a_point(spoken, text="Asked #networks @46 !request")
    await rapporteur.post(f"{LOG}/points", data=form)
    path = f"{SESSION}/points/{form['id']}"

    gone = await rapporteur.post(f"{path}/removed", data={"version": 1}, headers=RECEIPT)
    none = await rows(week, Point.text)
    back = [await rapporteur.post(f"{path}/restored", headers=RECEIPT) for _ in range(2)]

    assert (gone.status_code, none) == (200, [])
    assert [answer.status_code for answer in back] == [200, 200]
    [point] = await the(week, Point)
    assert (point.text, point.topic_id, point.articles, point.kind) == (
        "Asked",
        named("topic", "networks"),
        ["46"],
        "request",
    )


async def test_a_point_shows_what_it_was_before(rapporteur, spoken):
    form = a_point(spoken, text="Askd for it.")
    path = f"{SESSION}/points/{form['id']}"
    await rapporteur.post(f"{LOG}/points", data=form)
    await rapporteur.post(path, data={"text": "Asked for it.", "version": 1})

    page = await rapporteur.get(path)

    assert "<del>Askd for it.</del>" in page.text


async def test_the_same_correction_twice_is_one(rapporteur, spoken, week):
    form = a_point(spoken)
    await rapporteur.post(f"{LOG}/points", data=form)
    edit = {"text": "Asked for more. #networks", "version": 1}

    answers = [
        await rapporteur.post(f"{SESSION}/points/{form['id']}", data=edit, headers=RECEIPT)
        for _ in range(2)
    ]

    assert [answer.json() for answer in answers] == [{"version": 2}] * 2


async def test_what_is_said_like_another_makes_a_view_of_both(rapporteur, spoken, week):
    other = an_intervention("b")
    async with week.write() as db:
        db.add(other)
    first = a_point(spoken, text="Stressed the cost of translating requests #requests")
    await rapporteur.post(f"{LOG}/points", data=first)
    second = a_point(other, text="Translation is dear", beside=first["id"])

    for _ in range(2):
        await rapporteur.post(f"{LOG}/points", data=second)

    [view] = await the(week, View)
    assert (view.key, view.topic_id) == ("cost-translating-requests", named("topic", "requests"))
    assert view.clauses == [{"verb": "stress", "text": {"en": "the cost of translating requests"}}]
    assert [point.view_id for point in await the(week, Point)] == [view.id] * 2


async def test_a_view_is_worded_in_one_line(rapporteur, spoken, week):
    view = View(id=uuid4(), item_id=named("item", "3"), key="contacts", position=1)
    async with week.write() as db:
        db.add(view)
    path = f"{SESSION}/views/{view.id}/worded"

    bare = await rapporteur.post(path, data={"text": "early contacts", "version": 1})
    french = {"text": "A souligné l’utilité des contacts", "version": 1}
    worded = [await rapporteur.post(path, data=french, headers=RECEIPT) for _ in range(2)]
    old = await rapporteur.post(path, data={"text": "noted it", "version": 1}, headers=RECEIPT)

    assert (bare.status_code, old.status_code) == (422, 409)
    assert [answer.json() for answer in worded] == [{"version": 2}] * 2
    [view] = await the(week, View)
    assert view.clauses == [{"verb": "stress", "text": {"fr": "l’utilité des contacts"}}]


async def test_the_nearest_views_are_offered_and_ones_own_points_are_not(rapporteur, spoken, week):
    other = an_intervention("b")
    view = View(
        id=uuid4(),
        item_id=named("item", "3"),
        key="translation",
        clauses=[{"verb": "note", "text": {"en": "that translation was costly"}}],
        position=1,
    )
    async with week.write() as db:
        db.add_all([other, view])
    await rapporteur.post(f"{LOG}/points", data=a_point(spoken, text="Costly translations"))
    await rapporteur.post(f"{LOG}/points", data=a_point(other, text="Translation costs money"))

    asked = {"intervention": str(spoken.id), "text": "the costs of translation"}
    answer = await rapporteur.get(f"{LOG}/nearest", params=asked)

    assert 'data-key="translation"' in answer.text
    assert "Translation costs money" in answer.text
    assert "Costly translations" not in answer.text


async def test_a_line_that_is_being_typed_is_kept_for_its_rapporteur_alone(enter, spoken, week):
    rapporteur, secretariat = await enter("rapporteur"), await enter("secretariat")
    form = {"desk": str(uuid4()), "intervention": str(spoken.id), "text": "half a sen"}

    for text in ("half a sen", "half a sentence"):
        await rapporteur.put(f"{LOG}/unfinished", data=form | {"text": text}, headers=RECEIPT)

    assert await rows(week, UnfinishedLine.text) == ["half a sentence"]
    assert "half a sentence" in (await rapporteur.get(LOG)).text
    assert "half a sentence" not in (await secretariat.get(LOG)).text
    await rapporteur.put(f"{LOG}/unfinished", data=form | {"text": ""}, headers=RECEIPT)
    assert await rows(week, UnfinishedLine.text) == []


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ({"words": "TRANSLATION"}, ["Delegation A"]),
        ({"words": "100% translation"}, []),
        ({"topic": "networks"}, ["Delegation B"]),
        ({"delegation": "delegation-b"}, ["Delegation B"]),
        ({"by": str(named("user", "rapporteur", None))}, ["Delegation B", "Delegation A"]),
        ({"by": str(named("user", "secretariat", None))}, []),
        ({"item": str(named("item", "4"))}, []),
    ],
)
async def test_the_log_is_narrowed(rapporteur, spoken, week, sought, found):
    other = an_intervention("b", started_at=NOON + timedelta(minutes=5))
    async with week.write() as db:
        db.add(other)
    await rapporteur.post(f"{LOG}/points", data=a_point(spoken, text="Translation costs"))
    await rapporteur.post(f"{LOG}/points", data=a_point(other, text="Meets #networks"))

    page = await rapporteur.get(LOG, params=sought)

    rows = page.text.split('<b class="whose">')[1:]
    shown = [row.split("</b>")[0] for row in rows]
    assert [name for name in shown if name] == found


async def test_the_hour_tells_what_is_left_to_do(rapporteur, spoken, week):
    async with week.write() as db:
        db.add(an_intervention("b"))
        db.add(View(id=uuid4(), item_id=named("item", "3"), key="unworded", position=1))
    await rapporteur.post(f"{LOG}/points", data=a_point(spoken, text="Slow #netwroks"))

    page = await rapporteur.get(f"{LOG}/hour")

    for told in (
        'Interventions without a point: <b class="number">1</b>',
        'Points with a mark that is not known: <b class="number">1</b>',
        'Points without a topic: <b class="number">1</b>',
        'Points without a view: <b class="number">1</b>',
        'Views that nobody has worded: <b class="number">1</b>',
        '<dd class="number">8 / 180</dd>',
    ):
        assert told in page.text
