"""Proposed joins, and wording in two languages side by side: never without a person."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from meetings.interventions.models import Point, View
from meetings.interventions.nearness import Candidate, Index
from meetings.report.joining import Loose, proposals
from tests.cast import named
from tests.report.rows import a_point, a_view, an_intervention, put
from tests.support.reading import texts

pytestmark = pytest.mark.anyio

ITEM = "/sessions/eg1-2021/report/items/3"
ONE = "Asked for direct contacts between central authorities"
SAME = "Direct contacts of central authorities were asked for"
OTHER = "Thanked the interpreters warmly"


@pytest.fixture
async def said(week):
    """Two delegations ask for the same in other words; a third thing is said."""
    await put(
        week,
        [an_intervention("p", "a"), an_intervention("q", "b")],
        [
            a_point("p", text=ONE, language="en"),
            a_point("q", text=SAME, language="en"),
            a_point("q", text=OTHER, language="en", position=2),
        ],
    )
    return week


async def views_of_points(store):
    async with store.read() as db:
        found = await db.exec(select(Point.text, Point.view_id))
        return dict(found.all())


async def tick(person, same):
    page = await person.get(f"{ITEM}/joins")
    pairs = texts(page, "//input[@name='pairs']/@value")
    return await person.post(f"{ITEM}/joins", data={"pairs": pairs, "same": same})


async def test_what_seems_to_say_the_same_is_proposed_with_the_words_in_common(rapporteur, said):
    page = await rapporteur.get(f"{ITEM}/joins")

    assert "3 points express no view yet." in page.text
    (one,) = texts(page, "//ul[@class='joins']/li")
    assert ONE in one
    assert SAME in one
    assert "contacts" in one.partition("In common:")[2]
    assert set((await views_of_points(said)).values()) == {None}


async def test_what_is_accepted_is_one_view(rapporteur, said):
    await tick(rapporteur, "true")

    joined = await views_of_points(said)
    assert joined[ONE] == joined[SAME] is not None
    assert joined[OTHER] is None
    assert (
        "Nothing left here seems to say the same." in (await rapporteur.get(f"{ITEM}/joins")).text
    )


async def test_what_is_refused_is_not_proposed_again(rapporteur, said):
    await tick(rapporteur, "false")

    page = await rapporteur.get(f"{ITEM}/joins")

    assert texts(page, "//input[@name='pairs']") == []
    assert set((await views_of_points(said)).values()) == {None}


@pytest.mark.parametrize("pairs", [[], ["x"], ["x y z"]])
async def test_nothing_ticked_is_told(rapporteur, said, pairs):
    answer = await rapporteur.post(f"{ITEM}/joins", data={"pairs": pairs, "same": "true"})

    assert answer.status_code == 422
    assert "Tick what is meant first." in answer.text


async def test_two_languages_stand_side_by_side_and_one_is_worded(rapporteur, week):
    await put(week, [a_view("trust"), an_intervention("p", "a")], [a_point("p", "trust")])
    path = f"{ITEM}/wording"

    before = await rapporteur.get(f"{path}?left=fr&right=ar")
    form = {"version": "1", "text": ["أهمية الثقة"]}
    view = named("view", "trust")
    await rapporteur.post(f"{path}/{view}/ar?left=fr", data=form)
    late = await rapporteur.post(f"{path}/{view}/ar", data=form | {"text": ["x"]})
    after = await rapporteur.get(f"{path}?left=fr&right=ar")
    draft = await rapporteur.get(f"{ITEM}?language=ar")

    assert "0 of 1 views are worded in this language." in before.text
    assert "l’importance de trust" in before.text
    assert "1 of 1 views are worded in this language." in after.text
    assert late.status_code == 409
    assert "شدد أحد المتكلمين على أهمية الثقة." in draft.text
    async with week.read() as db:
        clause = (await db.get_one(View, view)).clauses[0]
    assert set(clause["text"]) == {"en", "fr", "ar"}


@pytest.mark.parametrize("query", ["left=xx&right=fr", "left=en&right=.."])
async def test_a_language_that_is_none_is_not_found(rapporteur, query):
    assert (await rapporteur.get(f"{ITEM}/wording?{query}")).status_code == 404


# Rules ----------------------------------------------------------------------------------------


def a_loose(text, topic=None):
    return Loose(uuid4(), text, "en", topic, uuid4())


def index_of(points):
    return Index([Candidate(one.id, "", 1, ((one.language, one.text),), one.of) for one in points])


def test_nothing_is_proposed_across_topics_that_differ():
    points = [a_loose(ONE, uuid4()), a_loose(SAME, uuid4())]
    topics = {one.id: one.topic for one in points}

    assert proposals(points, index_of(points), topics, ()) == []


words = st.lists(
    st.sampled_from(["contact", "request", "network", "training", "evidence"]), min_size=1
)


@given(st.lists(words.map(" ".join), max_size=6, unique=True), st.randoms())
def test_no_pair_comes_twice_whatever_the_order_of_logging(said, random):
    points = [a_loose(text) for text in said]
    shuffled = random.sample(points, len(points))
    topics = dict.fromkeys(one.id for one in points)

    found = proposals(points, index_of(points), topics, ())
    pairs = [frozenset((one.point.id, one.other)) for one in found]

    assert len(pairs) == len(set(pairs))
    assert {frozenset((one.point.id, one.other)) for one in
            proposals(shuffled, index_of(points), topics, ())} == set(pairs)  # fmt: skip
