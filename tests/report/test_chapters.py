"""The chapters besides the discussion, and what a session recommends."""

from datetime import date

import pytest
from sqlmodel import select

from meetings.bodies.models import Body
from meetings.report.chapter_frames import chapter_frames, ordinal
from meetings.report.chapters import (
    ATTENDED,
    MeetingHeld,
    Recommended,
    SessionMaterial,
    chapters_after,
    chapters_before,
    statements_by,
)
from meetings.report.models import Recommendation
from tests.cast import named
from tests.report.rows import an_intervention, put
from tests.support.reading import texts

pytestmark = pytest.mark.anyio

SIX = ("ar", "en", "es", "fr", "ru", "zh")
CHAPTERS = "/sessions/eg1-2021/report/chapters"
RECOMMENDATIONS = "/sessions/eg1-2021/recommendations"


def a_session(**changes):
    held = MeetingHeld(1, date(2021, 9, 6)), MeetingHeld(2, date(2021, 9, 7), ("Working Group",))
    values = {
        "meeting": "The expert meeting",
        "place": "Vienna",
        "first": date(2021, 9, 6),
        "last": date(2021, 9, 10),
        "mandate": "In its resolution 1/4, the Conference established the meeting.",
        "meetings": held,
        "agenda": (("1", "Opening"), ("2", "Cooperation")),
        "attended": {who: ["First", "Second"] for who in ATTENDED},
        "documents": (("A/1", "A note"),),
        "recommendations": (Recommended(1, "States should cooperate.", "States parties"),),
        "adopted_at": held[1],
        "participants": (("First", ("Ms. A", "Mr. B")), ("Second", ())),
    }
    return SessionMaterial(**(values | changes))


def lines(session, language="en"):
    made = [*chapters_before(session, language), *chapters_after(session, language)]
    return [line.text for chapter in made for line in chapter.lines]


def test_the_chapters_say_what_is_known():
    told = lines(a_session())

    for sentence in (
        (
            "The expert meeting was held in Vienna from 6 September 2021 to 10 September 2021."
            " 2 meetings were held. 1 of them was held jointly with Working Group."
        ),
        "The 1st meeting was opened on 6 September 2021.",
        "The following States parties were represented: First and Second.",
        "States should cooperate. (States parties)",
        "At its 2nd meeting, on 7 September 2021, the meeting adopted its report.",
        "First: Ms. A and Mr. B",
    ):
        assert sentence in told


def test_what_is_not_known_is_not_said():
    bare = a_session(mandate="", meetings=(), agenda=(), attended={}, documents=(),
                     recommendations=(), adopted_at=None, participants=())  # fmt: skip

    assert lines(bare) == [
        "Opening of the meeting",
        "The expert meeting was held in Vienna from 6 September 2021 to 10 September 2021.",
    ]


@pytest.mark.parametrize("language", SIX)
def test_every_language_has_all_frames_and_leaves_nothing_open(language):
    told = lines(a_session(), language)

    assert len(told) == len(lines(a_session()))
    assert not [line for line in told if set("{}") & set(line)]
    assert sorted(chapter_frames(language).attended) == sorted(ATTENDED)


@pytest.mark.parametrize("language", SIX)
@pytest.mark.parametrize("count", [1, 2, 3, 11, 100])
def test_every_number_of_meetings_has_its_form(language, count):
    held = tuple(MeetingHeld(n, date(2021, 9, 6), ("X",)) for n in range(1, count + 1))

    assert all(lines(a_session(meetings=held), language))


@pytest.mark.parametrize(
    ("language", "number", "told"),
    [("en", 1, "1st"), ("en", 12, "12th"), ("en", 22, "22nd"), ("fr", 1, "1re"), ("fr", 2, "2e"),
     ("es", 3, "3ª"), ("ru", 3, "3-е"), ("zh", 4, "第4次"), ("ar", 5, "5")],
)  # fmt: skip
def test_ordinals_are_those_of_the_language(language, number, told):
    assert ordinal(number, chapter_frames(language), language) == told


def test_a_list_of_speakers_where_nobody_spoke_is_nothing():
    assert statements_by([], "en") == ""
    assert statements_by(["First", "Second"], "fr") == (
        "Des déclarations ont été faites par First et Second."
    )


async def test_the_page_shows_them_in_each_language(rapporteur):
    page = await rapporteur.get(f"{CHAPTERS}?language=fr")

    assert (
        "Étaient représentés les États parties suivants : Délégation A et Délégation B."
        in page.text
    )
    assert "2 séances ont été tenues. 1 d’entre elles l’a été conjointement" in page.text


async def test_a_body_that_lists_its_speakers_has_no_summary(rapporteur, week):
    async with week.write() as db:
        (await db.get_one(Body, named("body", "eg"))).rules = {"report": "list-of-speakers"}
    await put(
        week, [an_intervention("p", "b"), an_intervention("q", "a"), an_intervention("r", "b")]
    )

    page = await rapporteur.get("/sessions/eg1-2021/report/items/3?language=en")

    assert texts(page, "//ol[contains(@class, 'draft')]/li/p[1]") == [
        "Statements were made by Delegation B and Delegation A."
    ]


# Recommendations ------------------------------------------------------------------------------


async def add(person, text, **changes):
    return await person.post(RECOMMENDATIONS, data={"text_en": text} | changes)


async def kept(store):
    async with store.read() as db:
        found = (await db.exec(select(Recommendation).order_by(Recommendation.number))).all()
        return [(one.number, one.text["en"]) for one in found]


async def the(store, text):
    async with store.read() as db:
        found = (await db.exec(select(Recommendation))).all()
        return next(one for one in found if one.text["en"] == text)


async def test_recommendations_are_numbered_and_put_in_order(rapporteur, week):
    for text in ("First.", "Second.", "Third."):
        await add(rapporteur, text, addressee_en="States")
    third = await the(week, "Third.")

    form = {"text_en": "Third, anew.", "number": "1", "version": "1"}
    await rapporteur.post(f"{RECOMMENDATIONS}/{third.id}", data=form)
    late = await rapporteur.post(f"{RECOMMENDATIONS}/{third.id}", data=form)
    second = await the(week, "Second.")
    await rapporteur.post(f"{RECOMMENDATIONS}/{second.id}/remove")

    assert late.status_code == 409
    assert await kept(week) == [(1, "Third, anew."), (2, "First.")]


async def test_a_recommendation_needs_words(rapporteur, week):
    answer = await add(rapporteur, "  ")

    assert answer.status_code == 422
    assert "Word it in one language at least." in answer.text


async def test_it_is_followed_up(rapporteur, week):
    await add(rapporteur, "First.", due="2022-06-30")
    one = await the(week, "First.")

    form = {"state": "under-way", "noted_on": "2022-06-01", "note": "Half done."}
    await rapporteur.post(f"{RECOMMENDATIONS}/{one.id}/follow-ups", data=form)
    page = await rapporteur.get(RECOMMENDATIONS)

    assert "Half done." in page.text
    assert "Under way" in page.text
    assert "due on 30 June 2022" in page.text


async def test_what_another_body_recommends_is_not_followed_up_here(rapporteur, week):
    await rapporteur.post("/sessions/wg-2021/recommendations", data={"text_en": "Theirs."})
    theirs = await the(week, "Theirs.")

    form = {"state": "done", "noted_on": "2022-06-01"}
    answer = await rapporteur.post(f"{RECOMMENDATIONS}/{theirs.id}/follow-ups", data=form)

    assert answer.status_code == 404
