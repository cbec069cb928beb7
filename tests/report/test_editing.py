"""Editing a draft: a person's words stay, keep their sources, and are told what is new."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from meetings.interventions.models import Point
from meetings.report.composing import NewsKind, in_order, news_of, taken
from meetings.report.marks import runs_of
from meetings.report.models import Paragraph, ParagraphVersion
from meetings.report.sentences import edited, split
from tests.cast import named
from tests.report.rows import a_point, a_view, an_intervention, put
from tests.support.reading import texts

pytestmark = pytest.mark.anyio

DRAFT = "/sessions/eg1-2021/report/items/3"
TRUST = f"{DRAFT}/paragraphs/topic:networks"
EN = "?language=en"
SAID = "During the discussion, one speaker stressed the importance of trust."


@pytest.fixture
async def said(week):
    """Delegation A holds a view on networks, and another one on requests."""
    other = {"topic_id": named("topic", "requests")}
    await put(
        week,
        [a_view("trust"), a_view("speed", position=2, **other), an_intervention("p", "a")],
        [a_point("p", "trust"), a_point("p", "speed", position=2, **other)],
    )
    return week


async def more(store, letter="b", name="q"):
    """Another delegation comes to hold the first."""
    await put(store, [an_intervention(name, letter)], [a_point(name, "trust")])


async def paragraphs(person, language="en"):
    page = await person.get(f"{DRAFT}?language={language}")
    return texts(page, "//ol[contains(@class, 'draft')]/li[@value]/p[1]")


async def edit(person, text, version=0, at=TRUST, language="en"):
    return await person.post(f"{at}?language={language}", data={"text": text, "version": version})


async def test_an_edited_paragraph_stays_and_the_others_follow_the_log(rapporteur, said):
    await edit(rapporteur, "One speaker spoke of trust.")
    await more(said)

    english, french = await paragraphs(rapporteur), await paragraphs(rapporteur, "fr")

    assert english == [
        "One speaker spoke of trust.",
        "One speaker stressed the importance of speed.",
    ]
    assert french[0].startswith("Au cours du débat, certains intervenants ont souligné")


async def test_an_edited_sentence_keeps_its_sources(rapporteur, said):
    await edit(rapporteur, "One speaker stressed the importance of mutual trust. It was late.")

    sources = await rapporteur.get(f"{TRUST}/sources{EN}")

    told = texts(sources, "//div[@id='sources']/ol/li")
    assert "Delegation A" in told[0]
    assert "Nothing is behind this sentence." in told[1]


async def test_what_is_new_is_shown_beside_and_taken_or_left(rapporteur, said):
    await edit(rapporteur, "One speaker spoke of trust.")
    await more(said)
    await more(said, "c", "r")

    page = await rapporteur.get(f"{DRAFT}{EN}")
    shown = texts(page, "//form[contains(@class, 'news')]//li")
    left = await rapporteur.post(f"{TRUST}/news{EN}", data={"version": 1})
    quiet = texts(left, "//form[contains(@class, 'news')]")
    still = await paragraphs(rapporteur)
    await put(said, [an_intervention("s", "a")], [a_point("s", text="Asked for time.")])
    await rapporteur.post(f"{TRUST}/news{EN}", data={"version": 2, "news": ["0"]})

    assert len(shown) == 1
    assert "Held by 1, now by 3." in shown[0]
    assert (quiet, still[0]) == ([], "One speaker spoke of trust.")
    assert (await paragraphs(rapporteur))[0] == (
        "One speaker spoke of trust. One speaker made this point: “Asked for time”."
    )


async def test_the_log_that_changed_again_does_not_let_old_news_be_taken(rapporteur, said):
    await edit(rapporteur, "One speaker spoke of trust.")
    await more(said)

    answer = await rapporteur.post(f"{TRUST}/news{EN}", data={"version": 1, "news": ["4"]})

    assert answer.status_code == 422
    assert "The log has changed meanwhile." in answer.text


async def test_a_view_that_nobody_holds_any_longer_is_told(rapporteur, said):
    await edit(rapporteur, "One speaker spoke of trust.")
    async with said.write() as db:
        for point in (await db.exec(select(Point))).all():
            point.view_id = None if point.view_id == named("view", "trust") else point.view_id

    page = await rapporteur.get(f"{DRAFT}{EN}")

    assert "Nobody holds it any longer" in page.text


async def test_every_save_is_a_version_and_any_can_be_restored(rapporteur, said):
    await edit(rapporteur, "First.")
    await edit(rapporteur, "Second.", version=1)

    page = await rapporteur.get(f"{TRUST}/versions{EN}")
    await rapporteur.post(f"{TRUST}/versions/1{EN}")

    assert texts(page, "//tbody/tr/th") == ["2", "1", "0"]
    assert texts(page, "//section//del | //section//ins") == ["First", "Second"]
    assert (await paragraphs(rapporteur))[0] == "First."
    async with said.read() as db:
        assert len((await db.exec(select(ParagraphVersion))).all()) == 4


async def test_given_back_to_the_log_it_follows_it_and_its_versions_stay(rapporteur, said):
    await edit(rapporteur, "First.")
    await rapporteur.post(f"{TRUST}/state{EN}", data={"version": 1, "state": "assembled"})

    told = await paragraphs(rapporteur)
    await rapporteur.post(f"{TRUST}/versions/1{EN}")

    assert told[0] == SAID
    assert (await paragraphs(rapporteur))[0] == "First."


async def test_what_is_left_out_is_not_printed_and_can_be_put_back(rapporteur, said):
    await rapporteur.post(f"{TRUST}/state{EN}", data={"version": 0, "state": "left-out"})
    without = await paragraphs(rapporteur)
    await rapporteur.post(f"{TRUST}/state{EN}", data={"version": 1, "state": "edited"})

    assert without == ["One speaker stressed the importance of speed."]
    assert (await paragraphs(rapporteur))[0] == SAID


async def test_the_order_that_people_give_is_kept_when_more_is_logged(rapporteur, said):
    form = {"key": "topic:requests", "to": 1, "version": 0}
    await rapporteur.post(f"{DRAFT}/order{EN}", data=form)
    await more(said)

    late = await rapporteur.post(f"{DRAFT}/order{EN}", data=form)

    assert await paragraphs(rapporteur) == [
        "During the discussion, one speaker stressed the importance of speed.",
        "Some speakers stressed the importance of trust.",
    ]
    assert late.status_code == 409


async def test_a_paragraph_of_ones_own_stands_where_it_was_put(rapporteur, said):
    form = {"text": "The Chair thanked all.", "version": 0, "after": "topic:networks"}

    await rapporteur.post(f"{DRAFT}/paragraphs{EN}", data=form)

    assert (await paragraphs(rapporteur))[1] == "The Chair thanked all."
    assert len(await paragraphs(rapporteur, "fr")) == 2


@pytest.mark.parametrize("second", ["Other.", "One."])
async def test_of_two_edits_at_once_one_is_kept_and_the_other_is_told(
    enter, rapporteur, said, second
):
    other = await enter("secretariat")

    answers = await asyncio.gather(edit(rapporteur, "One."), edit(other, second))

    first_came = answers[0].status_code != 409
    assert [answer.status_code == 409 for answer in answers] == [not first_came, first_came]
    assert (await paragraphs(rapporteur))[0] == ("One." if first_came else second)
    async with said.read() as db:
        assert len((await db.exec(select(Paragraph))).all()) == 1


@pytest.mark.parametrize("key", ["topic:none", "own:x", "x" * 300])
async def test_a_paragraph_that_is_not_there_is_not_found(rapporteur, said, key):
    answer = await edit(rapporteur, "x", at=f"{DRAFT}/paragraphs/{key}")

    assert answer.status_code == 404


# Rules ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("See art. 46 of it. Ms. A spoke.", ["See art. 46 of it.", "Ms. A spoke."]),
        ("It opened at 10 a.m. and closed. Then", ["It opened at 10 a.m. and closed.", "Then"]),
        ("一位发言者说。另一位发言者同意。", ["一位发言者说。", "另一位发言者同意。"]),
        ("قال أحدهم ذلك. هل وافقوا؟ نعم.", ["قال أحدهم ذلك.", "هل وافقوا؟", "نعم."]),
        ("Он сказал «да». Другие нет.", ["Он сказал «да».", "Другие нет."]),
        ("Il a dit « oui ». « Non », dit-il.", ["Il a dit « oui ».", "« Non », dit-il."]),
        ("  ", []),
    ],
)
def test_a_text_is_split_where_sentences_end(text, sentences):
    assert split(text) == sentences


@given(st.text(max_size=200))
def test_no_letter_is_lost_where_a_text_is_split(text):
    assert "".join("".join(split(text)).split()) == "".join(text.split())


def a_sentence(text, *views, supporters=1):
    return {"text": text, "views": list(views), "points": [], "supporters": supporters}


def test_a_sentence_made_of_two_has_what_was_behind_both():
    known = [a_sentence("One speaker asked for time.", "a"), a_sentence("Another thanked.", "b")]

    (one,) = edited("One speaker asked for time, and another thanked.", known)

    assert sorted(one["views"]) == ["a", "b"]


def test_a_sentence_that_was_written_anew_keeps_what_was_behind_it():
    known = [a_sentence("One speaker asked for time.", "a"), a_sentence("Another thanked.", "b")]

    first, second, third = edited("One speaker asked for time. All was well. So it ended.", known)

    assert (first["views"], second["views"], third.get("views")) == (["a"], ["b"], None)


sentences = st.lists(
    st.builds(
        lambda view, n: a_sentence(f"{n} stressed {view}.", view, supporters=n),
        st.sampled_from("abcdef"),
        st.integers(1, 9),
    ),
    max_size=5,
    unique_by=lambda one: one["views"][0],
)


@given(sentences, sentences)
def test_all_that_is_new_taken_makes_what_the_log_would_write(base, now):
    news = news_of(base, base, now)

    stands = taken(base, news, range(len(news)))

    assert sorted(one["text"] for one in stands) == sorted(one["text"] for one in now)
    assert taken(base, news, ()) == base


@given(sentences)
def test_nothing_is_new_where_nothing_has_changed(base):
    assert news_of(base, base, base) == []


def test_a_wider_support_is_news_of_the_sentence_that_came_from_it():
    base = [a_sentence("One speaker stressed a.", "a")]
    now = [a_sentence("Some speakers stressed a.", "a", supporters=3)]

    (one,) = news_of([{**base[0], "text": "One speaker spoke of a."}], base, now)

    assert (one.kind, one.stands) == (NewsKind.CHANGED, 0)


keys = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(keys, keys)
def test_an_order_is_kept_and_nothing_is_lost_in_it(known, outline):
    found = in_order(known, outline)

    assert sorted(found) == sorted(known)
    assert [key for key in found if key in outline] == [key for key in outline if key in known]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("as in CAC/COSP/EG.1/2021/L.1/Add.1.",
         [("plain", "as in "), ("document", "CAC/COSP/EG.1/2021/L.1/Add.1"), ("plain", ".")]),
        ("*Recalling* it", [("italic", "Recalling"), ("plain", " it")]),
        ("said[^ Resolution 8/1. ].",
         [("plain", "said"), ("footnote", "Resolution 8/1."), ("plain", ".")]),
        ("2 * 3 * 4 and his/her, km/h", [("plain", "2 * 3 * 4 and his/her, km/h")]),
    ],
)  # fmt: skip
def test_the_marks_of_a_text_are_taken_in(text, runs):
    assert [(run.kind.value, run.text) for run in runs_of(text)] == runs
