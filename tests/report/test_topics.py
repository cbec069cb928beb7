"""Sorting what was said: what is refused, what stays, and a board that many points do not break."""

import asyncio
import re

import pytest
from sqlmodel import select

from meetings.base.columns import Text
from meetings.bodies.models import AgendaItem
from meetings.interventions.models import Point, Topic, View
from tests.cast import named
from tests.report.rows import a_point, a_view, an_intervention, put

pytestmark = pytest.mark.anyio

SESSION = "/sessions/eg1-2021"
TOPICS = f"{SESSION}/topics"
POINT = f"{SESSION}/points/{named('point', 'p', None, 'Said.')}"


def at_view(key, verb=""):
    return f"{SESSION}/views/{named('view', key)}{verb}"


def wording(**changes):
    """A view's form as a browser sends it: what is left empty is sent too."""
    form = {"version": 1, "form": "speakers", "topic": "networks", "after": ""}
    first = {"verb_1": "welcome", "en_1": "the network", "fr_1": "le réseau"}
    return form | first | {"verb_2": "", "en_2": "", "fr_2": ""} | changes


def headings(answer):
    """The headings of the board in their order: topics, views with their support."""
    found = re.findall(r"<h([23])[^>]*>(.*?)</h\1>", answer.text, flags=re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", words).split()) for _, words in found]


@pytest.fixture
async def said(week):
    """Delegation A made a point that expresses no view; there is a view that nobody holds."""
    await put(week, [a_view("trust"), an_intervention("p", "a")], [a_point("p")])


async def the_point(store):
    async with store.read() as db:
        return (await db.exec(select(Point))).one()


async def the_view(store, key="trust"):
    async with store.read() as db:
        return await db.get_one(View, named("view", key))


async def test_a_delegation_that_says_it_twice_supports_a_view_once(rapporteur, week):
    await put(
        week,
        [a_view("trust"), an_intervention("p", "a"), an_intervention("q", "a")],
        [a_point("p", "trust"), a_point("q", "trust")],
    )

    answer = await rapporteur.get(f"{TOPICS}?item=3")

    assert headings(answer) == ["Networks", "1 =trust"]


async def test_the_second_who_sorts_a_point_is_shown_both_choices(rapporteur, said, week):
    await put(week, [a_view("mine", position=2)])
    await rapporteur.post(f"{POINT}/view", data={"view": "trust", "version": 1})

    answer = await rapporteur.post(f"{POINT}/view", data={"view": "mine", "version": 1})

    assert answer.status_code == 409
    assert (">trust</td>" in answer.text, ">mine</td>" in answer.text) == (True, True)
    assert (await the_point(week)).view_id == named("view", "trust")


@pytest.mark.parametrize("choice", [{"view": "nothing"}, {"topic": "nothing"}], ids=str)
async def test_a_view_or_topic_that_is_not_there_is_refused_at_its_field(
    rapporteur, said, week, choice
):
    answer = await rapporteur.post(f"{POINT}/view", data={"version": 1} | choice)

    assert answer.status_code == 422
    assert f'<label for="{next(iter(choice))}">' in answer.text
    assert (await the_point(week)).version == 1


async def test_a_view_on_another_item_cannot_be_joined(rapporteur, said, week):
    await put(week, [a_view("elsewhere", item_id=named("item", "4"))])

    answer = await rapporteur.post(f"{POINT}/view", data={"view": "elsewhere", "version": 1})

    assert answer.status_code == 422
    assert (await the_point(week)).view_id is None


@pytest.mark.parametrize("key", ["-", "a--b", "a" * 81, "café"])
async def test_what_is_no_short_name_is_refused(rapporteur, said, week, key):
    answer = await rapporteur.post(f"{POINT}/views", data={"key": key, "version": 1})

    assert answer.status_code == 422
    assert '<label for="key">' in answer.text
    assert (await the_point(week)).version == 1


async def test_a_point_that_somebody_sorted_meanwhile_is_made_no_new_view(rapporteur, said, week):
    await rapporteur.post(f"{POINT}/view", data={"view": "trust", "version": 1})

    answer = await rapporteur.post(f"{POINT}/views", data={"key": "mine", "version": 1})

    assert answer.status_code == 409
    assert (await the_point(week)).view_id == named("view", "trust")


async def test_wording_a_view_keeps_what_the_form_does_not_show(rapporteur, week):
    clauses = [
        {"verb": verb, "text": {"en": verb, "es": f"{verb} (es)"}}
        for verb in ("stress", "note", "recall")
    ]
    await put(week, [a_view("trust", clauses=clauses)])

    await rapporteur.post(
        at_view("trust"),
        data=wording(verb_1="welcome", en_1="new", fr_1="", verb_2="note", en_2="note"),
    )

    assert (await the_view(week)).clauses == [
        {"verb": "welcome", "text": {"en": "new", "es": "stress (es)"}},
        *clauses[1:],
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"verb_1": ""}, "verb_1"),
        ({"en_1": "", "fr_1": "", "verb_2": "shout", "en_2": "more"}, "verb_2"),
        ({"form": "song"}, "form"),
    ],
    ids=str,
)
async def test_a_wording_without_its_verb_or_form_is_told(rapporteur, said, week, change, field):
    answer = await rapporteur.post(at_view("trust"), data=wording(**change))

    assert answer.status_code == 422
    assert f'<label for="{field}">' in answer.text
    assert (await the_view(week)).version == 1


@pytest.mark.parametrize("path", [f"{POINT}/views", at_view("trust"), at_view("trust", "/remove")])
async def test_what_belongs_to_another_session_is_not_found(rapporteur, said, week, path):
    elsewhere = path.replace("eg1-2021", "wg-2021")

    answer = await rapporteur.post(elsewhere, data=wording(key="new"))

    assert answer.status_code == 404
    assert (await the_view(week)).version == 1


@pytest.mark.parametrize("who", [("chair", None), ("delegation", "a")], ids=str)
async def test_what_was_said_is_sorted_by_writers_only(enter, said, week, who):
    person = await enter(*who)

    answers = [
        await person.get(at_view("trust")),
        await person.post(f"{POINT}/view", data={"view": "trust", "version": 1}),
        await person.post(f"{POINT}/views", data={"key": "new", "version": 1}),
        await person.post(at_view("trust"), data=wording()),
        await person.post(at_view("trust", "/remove")),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
    assert (await the_point(week)).version == 1
    assert (await the_view(week)).version == 1


async def test_an_item_on_which_nothing_was_said_says_where_points_come_from(rapporteur):
    answer = await rapporteur.get(f"{TOPICS}?item=4")

    assert "Points come here from the log of its meetings." in answer.text


async def test_what_is_discussed_together_leads_to_the_other_agenda(rapporteur, week):
    async with week.write() as db:
        item = await db.get_one(AgendaItem, named("item", "wg2"))
        item.joint_with_id = named("item", "4")

    here = await rapporteur.get(f"{TOPICS}?item=4")
    there = await rapporteur.get("/sessions/wg-2021/topics?item=2")

    assert 'href="/sessions/wg-2021/topics?item=2"' in here.text
    assert f'href="{TOPICS}?item=4"' in there.text


async def test_two_hundred_points_and_topics_are_a_page_that_can_be_loaded(rapporteur, week):
    topics = [
        Topic(slug=f"topic-{n}", name=Text(en=f"Topic number {n}"), position=n + 9)
        for n in range(200)
    ]
    points = [a_point("p", text=f"Point {n}.", position=n) for n in range(200)]
    await put(week, topics, [an_intervention("p", "a")], points)

    answer = await rapporteur.get(f"{TOPICS}?item=3")

    assert answer.text.count('<li id="point-') == 200
    assert len(answer.text) < 600_000


async def test_the_tree_of_topics_shows_where_each_stands(rapporteur, week):
    under = Topic(
        slug="direct", parent_id=named("topic", "networks"), position=9, articles=["48.2"],
        name=Text(en="Direct contacts", fr="Contacts directs"),
    )  # fmt: skip
    await put(week, [under])

    page = (await rapporteur.get("/topics")).text

    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in re.findall(r"(?s)<tr>(.*?)</tr>", page)]
    assert rows[1:] == [
        ["Networks", "#networks"],
        ["Direct", "contacts", "#direct", "@48.2"],
        ["Requests", "#requests"],
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [("DEMANDES", ["#requests"]), ("netw", ["#networks"]), ("reseaux", ["#networks"]), ("zzz", [])],
)
async def test_topics_are_found_by_a_part_of_any_of_their_names(rapporteur, words, found):
    page = (await rapporteur.get(f"/topics?words={words}")).text

    assert re.findall(r">(#[a-z-]+)<", page) == found


async def test_of_two_who_sort_a_point_at_once_one_is_told(enter, rapporteur, said, week):
    await put(week, [a_view("other", position=2)])
    secretariat = await enter("secretariat")

    answers = await asyncio.gather(
        rapporteur.post(f"{POINT}/view", data={"view": "trust", "version": 1}),
        secretariat.post(f"{POINT}/view", data={"view": "other", "version": 1}),
    )

    first_came = answers[0].status_code != 409
    assert [answer.status_code == 409 for answer in answers] == [not first_came, first_came]
    kept = named("view", "trust" if first_came else "other")
    assert (await the_point(week)).view_id == kept


async def test_a_view_reads_as_it_is_worded_verb_and_all(rapporteur, said):
    page = (await rapporteur.get(f"{TOPICS}?item=3")).text

    card = re.search(r'<article class="card-plain view-card">(.*?)</article>', page, re.DOTALL)[1]
    assert "stressed the importance of trust" in " ".join(re.sub(r"<[^>]+>", " ", card).split())
