"""The draft of an item, as the log of its meetings makes it."""

import pytest
from sqlmodel import select

from meetings.bodies.models import AgendaItem, Body, Session
from meetings.delegations.models import Delegation
from meetings.interventions.models import InterventionKind
from meetings.report.queries import draft_of
from tests.cast import named
from tests.report.rows import a_point, a_view, an_intervention, put, the_secretariat

pytestmark = pytest.mark.anyio

DRAFT = "/sessions/eg1-2021/report/items/3"


async def drafted(store, slug="eg1-2021", item="3", language="en"):
    async with store.read() as db:
        session = (await db.exec(select(Session).where(Session.slug == slug))).one()
        return await draft_of(
            db, session, await db.get_one(AgendaItem, named("item", item)), language
        )


async def test_delegations_are_counted_not_interventions(week):
    await put(
        week,
        [a_view("trust"), *(an_intervention(name, "a") for name in "pqr")],
        [a_point(name, "trust") for name in "pqr"],
    )

    draft = await drafted(week)

    assert draft.texts == ("During the discussion, one speaker stressed the importance of trust.",)
    assert draft.standing[0].sentences[0]["speakers"] == 1


@pytest.mark.parametrize(
    ("rule", "said"),
    [("one", "one speaker"), ("members", "some speakers")],
)
async def test_a_groups_statement_counts_as_one_or_as_its_members(week, rule, said):
    for letter in "ab":
        async with week.write() as db:
            (await db.get_one(Delegation, named("delegation", letter))).group = "Group X"
    async with week.write() as db:
        (await db.get_one(Body, named("body", "eg"))).rules = {"group_statements": rule}
    group = {"capacity": "group", "on_behalf_of": "Group X"}
    await put(week, [a_view("trust"), an_intervention("p", "a", **group)], [a_point("p", "trust")])

    assert (await drafted(week)).texts[0].startswith(f"During the discussion, {said} stressed")


async def test_a_draft_says_in_french_what_it_says_in_english(week):
    await put(
        week,
        [a_view("confiance"), an_intervention("p", "a"), an_intervention("q", "b")],
        [a_point("p", "confiance"), a_point("q", "confiance")],
    )

    assert (await drafted(week, language="fr")).texts == (
        "Au cours du débat, certains intervenants ont souligné l’importance de confiance.",
    )


async def test_the_secretariat_and_the_chair_are_not_speakers(week):
    secretariat = {"delegation_id": named("delegation", "secretariat")}
    await put(
        week,
        [a_view("trust"), the_secretariat(), an_intervention("p", "a")],
        [
            an_intervention("q", "a", **secretariat),
            an_intervention("r", "b", kind=InterventionKind.CHAIR),
            an_intervention("s", "b", kind=InterventionKind.POINT_OF_ORDER),
        ],
        [a_point(name, "trust") for name in "pqrs"],
    )

    sentence = (await drafted(week)).standing[0].sentences[0]

    assert (sentence["supporters"], sentence["speakers"], len(sentence["points"])) == (1, 1, 1)


async def test_what_is_discussed_together_is_drafted_for_both_sessions(week):
    async with week.write() as db:
        joint = await db.get_one(AgendaItem, named("item", "wg2"))
        joint.joint_with_id = named("item", "4")
    here, there = {"item_id": named("item", "4")}, {"item_id": named("item", "wg2")}
    await put(
        week,
        [
            a_view("trust", **here),
            an_intervention("p", "a", **here),
            an_intervention("q", "c", **there),
        ],
        [a_point("p", "trust"), a_point("q", "trust")],
    )

    drafts = [await drafted(week, item="4"), await drafted(week, "wg-2021", "wg2")]

    told = ("During the discussion, some speakers stressed the importance of trust.",)
    assert [draft.texts for draft in drafts] == [told, told]


async def test_a_point_without_a_worded_view_is_not_left_out(week):
    await put(
        week,
        [a_view("unworded", clauses=[]), an_intervention("p", "a")],
        [a_point("p", text="Asked for time."), a_point("p", "unworded", "Thanked.", position=2)],
    )

    assert (await drafted(week)).texts == (
        (
            "During the discussion, one speaker made this point: “Asked for time”. "
            "Another speaker made this point: “Thanked”."
        ),
    )


async def test_the_page_shows_the_sources_and_the_draft_names_nobody(rapporteur, week):
    await put(
        week,
        [a_view("trust"), an_intervention("p", "a"), an_intervention("q", "b")],
        [a_point("p", "trust", "Contacts, please."), a_point("q", "trust")],
    )

    sources = await rapporteur.get(f"{DRAFT}/paragraphs/topic:networks/sources?language=en")
    draft = await drafted(week)

    assert "Contacts, please." in sources.text
    assert "1st meeting" in sources.text
    assert "2 of 2 delegations" in sources.text
    assert "Delegation" not in " ".join(draft.texts)


async def test_a_name_in_a_wording_is_told(rapporteur, week):
    clauses = [{"verb": "thank", "text": {"en": "Delegation B for its work"}}]
    await put(
        week,
        [a_view("thanks", clauses=clauses), an_intervention("p", "a")],
        [a_point("p", "thanks")],
    )

    page = await rapporteur.get(f"{DRAFT}?language=en")

    assert "Names stand in this text: Delegation B." in page.text


@pytest.mark.parametrize("who", [("chair", None), ("delegation", "a")])
@pytest.mark.parametrize(
    "path",
    ["report", "report/items/3", "report/items/3/paragraphs/topic:networks/sources",
     "topics", "exports", "exports/report.docx", "exports/session.xlsx",
     "exports/session.yaml", "exports/report.json"],
)  # fmt: skip
async def test_who_said_what_stays_inside_the_secretariat(enter, week, who, path):
    await put(week, [an_intervention("p", "b")], [a_point("p", text="In confidence.")])
    person = await enter(*who)

    answer = await person.get(f"/sessions/eg1-2021/{path}")

    assert answer.status_code == 403
    assert b"In confidence" not in answer.content


@pytest.mark.parametrize("count", [1, 3])
async def test_the_draft_asks_the_database_fifteen_times(rapporteur, week, count_statements, count):
    names = "pqr"[:count]
    await put(
        week,
        [*(a_view(f"view-{name}", position=ord(name)) for name in names)],
        [an_intervention(name, "a") for name in names],
        [a_point(name, f"view-{name}") for name in names],
    )

    with count_statements() as told:
        answer = await rapporteur.get(f"{DRAFT}?language=en")

    assert answer.text.count("the importance of view-") == 2 * count  # to be read, and edited
    assert len([line for line in told if line.startswith("SELECT")]) == 15
