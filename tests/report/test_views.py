"""Points are sorted into views; nothing of it loses a point."""

import pytest
from sqlmodel import select

from meetings.interventions.models import Point, View
from tests.cast import named
from tests.report.rows import a_point, a_view, an_intervention, put

pytestmark = pytest.mark.anyio

TOPICS = "/sessions/eg1-2021/topics?item=3"
POINT = f"/sessions/eg1-2021/points/{named('point', 'p', None, 'Said.')}"


def view_page(key):
    return f"/sessions/eg1-2021/views/{named('view', key)}"


@pytest.fixture
async def said(week):
    """Delegation A made a point that expresses no view; there is a view that nobody holds."""
    await put(week, [a_view("trust"), an_intervention("p", "a")], [a_point("p")])


async def the_point(store):
    async with store.read() as db:
        return (await db.exec(select(Point))).one()


async def test_a_point_joins_a_view_and_leaves_it(rapporteur, said, week):
    await rapporteur.post(f"{POINT}/view", data={"view": "trust", "version": 1})
    joined = (await the_point(week)).view_id

    await rapporteur.post(f"{POINT}/view", data={"view": "", "topic": "requests", "version": 2})

    assert joined == named("view", "trust")
    point = await the_point(week)
    assert (point.view_id, point.topic_id) == (None, named("topic", "requests"))


async def test_a_view_is_made_of_a_point(rapporteur, said, week):
    answer = await rapporteur.post(f"{POINT}/views", data={"key": "direct-contacts", "version": 1})

    async with week.read() as db:
        view = (await db.exec(select(View).where(View.key == "direct-contacts"))).one()
    assert (await the_point(week)).view_id == view.id
    assert view.topic_id == named("topic", "networks")
    assert answer.headers["hx-redirect"] == f"/sessions/eg1-2021/views/{view.id}"


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("trust", "This item has a view of that name"),
        ("Not A Name", "A short name has small letters"),
    ],
)
async def test_a_wrong_short_name_is_told(rapporteur, said, week, key, told):
    answer = await rapporteur.post(f"{POINT}/views", data={"key": key, "version": 1})

    assert answer.status_code == 422
    assert f'<label for="key">{told}' in answer.text
    assert (await the_point(week)).view_id is None


async def test_a_view_is_worded_in_both_languages(rapporteur, said, week):
    form = {
        "version": 1,
        "topic": "requests",
        "verb_1": "call-for",
        "en_1": "trust",
        "fr_1": "la confiance",
        "verb_2": "",
    }

    await rapporteur.post(view_page("trust"), data=form)

    async with week.read() as db:
        view = await db.get_one(View, named("view", "trust"))
    assert view.clauses == [{"verb": "call-for", "text": {"en": "trust", "fr": "la confiance"}}]
    assert (view.topic_id, view.version) == (named("topic", "requests"), 2)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"verb_1": "shout"}, "verb_1"),
        ({"verb_1": "difficulties"}, "verb_1"),
        ({"after": "trust"}, "after"),
        ({"after": "nothing"}, "after"),
        ({"topic": "nothing"}, "topic"),
    ],
)
async def test_a_wrong_wording_is_told_at_its_field(rapporteur, said, week, change, field):
    form = {"version": 1, "verb_1": "note", "en_1": "trust"} | change

    answer = await rapporteur.post(view_page("trust"), data=form)

    assert answer.status_code == 422
    assert f'<label for="{field}">' in answer.text


async def test_the_second_of_two_wordings_is_shown_both(rapporteur, said, week):
    await rapporteur.post(
        view_page("trust"), data={"version": 1, "verb_1": "note", "en_1": "theirs"}
    )

    answer = await rapporteur.post(
        view_page("trust"), data={"version": 1, "verb_1": "note", "en_1": "mine"}
    )

    assert answer.status_code == 409
    assert ("note: theirs" in answer.text, "note: mine" in answer.text) == (True, True)


async def test_a_view_that_is_taken_away_frees_its_points(rapporteur, week):
    await put(
        week,
        [a_view("trust"), an_intervention("p", "a")],
        [a_view("more", after_id=named("view", "trust"), position=2)],
        [a_point("p", "trust")],
    )

    await rapporteur.post(f"{view_page('trust')}/remove")

    async with week.read() as db:
        left = (await db.exec(select(View))).one()
    assert (left.key, left.after_id) == ("more", None)
    assert (await the_point(week)).view_id is None


async def test_the_page_sorts_what_was_said_by_topic_and_support(rapporteur, week):
    await put(
        week,
        [
            a_view("narrow", position=1),
            a_view("wide", position=2),
            *(an_intervention(name, letter) for name, letter in ("pa", "qb")),
        ],
        [
            a_point("p", "wide"),
            a_point("q", "wide"),
            a_point("p", "narrow", "Also.", position=2),
            a_point("q", None, "Later.", topic_id=None, position=2),
        ],
    )

    page = (await rapporteur.get(TOPICS)).text

    places = [
        page.index(words) for words in ("=wide</span></a>", "=narrow</span></a>", "No topic yet")
    ]
    assert places == sorted(places)


async def test_a_point_of_another_session_is_not_found(rapporteur, said, week):
    answer = await rapporteur.post(
        POINT.replace("eg1-2021", "wg-2021") + "/view", data={"view": "trust", "version": 1}
    )

    assert answer.status_code == 404
    assert (await the_point(week)).view_id is None


@pytest.mark.parametrize("count", [1, 3])
async def test_the_topics_ask_the_database_nine_times(rapporteur, week, count_statements, count):
    names = "pqr"[:count]
    await put(
        week,
        [an_intervention(name, "a") for name in names],
        [a_point(name) for name in names],
    )

    with count_statements() as told:
        answer = await rapporteur.get(TOPICS)

    assert answer.text.count('<li id="point-') == count
    assert len([line for line in told if line.startswith("SELECT")]) == 9
