"""Documents: what the checks find keeps them from being issued; what is issued is frozen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.interventions.models import Point
from meetings.report.checks import Wrong, claimed_in, findings, length_of
from meetings.report.composing import Standing
from meetings.report.issuing import Chapter, frozen, numbered_through, symbol_for
from meetings.report.models import IssueKind
from meetings.report.phrases import drafting_languages, phrasebook
from meetings.report.quantifiers import LADDER, Rules
from tests.cast import named
from tests.report.rows import a_point, a_view, an_intervention, put
from tests.support.reading import texts

pytestmark = pytest.mark.anyio

REPORT = "/sessions/eg1-2021/report"
SYMBOL = "EG/2021/L.1"
DOCUMENT = f"{REPORT}/documents/EG-2021-L.1"
DRAFT = f"{REPORT}/items/3"
TRUST = f"{DRAFT}/paragraphs/topic:networks"
EN = "?language=en"


@pytest.fixture
async def planned(enter, week):
    """A view of two delegations, and item 3 planned as a chapter of a document."""
    await put(
        week,
        [a_view("trust"), an_intervention("p", "a"), an_intervention("q", "b")],
        [a_point("p", "trust", "Contacts, please."), a_point("q", "trust")],
    )
    secretariat = await enter("secretariat")
    await secretariat.post(
        f"{REPORT}/documents", data={"symbol": SYMBOL, "item": "3", "chapter": "3"}
    )
    return week


def a_form(**changes):
    return {"symbol": SYMBOL, "kind": "draft", "distribution": "limited", "dated": "2021-09-07",
            "original": "en", "languages": ["en", "fr"]} | changes  # fmt: skip


async def test_an_item_is_a_chapter_once(enter, planned):
    secretariat = await enter("secretariat")

    again = await secretariat.post(
        f"{REPORT}/documents", data={"symbol": "X/L.2", "item": "3", "chapter": "4"}
    )

    assert again.status_code == 422
    assert "a chapter of a document already" in again.text


async def test_what_is_issued_is_frozen_with_its_sources(enter, planned):
    secretariat = await enter("secretariat")

    answer = await secretariat.post(f"{DOCUMENT}/issues", data=a_form())
    address = answer.headers["hx-redirect"]
    async with planned.write() as db:
        (
            await db.get_one(Point, named("point", "p", "trust", "Contacts, please."))
        ).text = "Changed."
    await put(planned, [an_intervention("r", "c")], [a_point("r", "trust")])
    page = await secretariat.get(f"{address}?language=en")

    assert texts(page, "//ol[contains(@class, 'draft')]/li/p") == [
        "During the discussion, some speakers stressed the importance of trust."
    ]
    assert "Contacts, please." in page.text
    assert "delegation-a" in page.text


async def test_a_symbol_is_taken_once(enter, planned):
    secretariat = await enter("secretariat")
    await secretariat.post(f"{DOCUMENT}/issues", data=a_form())

    again = await secretariat.post(f"{DOCUMENT}/issues", data=a_form())

    assert again.status_code == 422
    assert "There is a document of this symbol already." in again.text


async def test_a_leak_keeps_a_document_from_being_issued_until_it_is_mended(enter, planned):
    secretariat = await enter("secretariat")
    leak = {"text": "Some speakers, with Delegation B, stressed trust.", "version": 0}
    await secretariat.post(f"{TRUST}{EN}", data=leak)

    refused = await secretariat.post(f"{DOCUMENT}/issues", data=a_form())
    shown = await secretariat.get(DOCUMENT)
    mended = {"text": "Some speakers stressed the importance of trust.", "version": 1}
    await secretariat.post(f"{TRUST}{EN}", data=mended)
    issued = await secretariat.post(f"{DOCUMENT}/issues", data=a_form())

    assert refused.status_code == 422
    assert "English: the checks find" in refused.text
    assert "It names Delegation B." in shown.text
    assert issued.headers["hx-redirect"].endswith("/issues/EG-2021-L.1")


async def test_editorial_advice_is_given_and_keeps_nothing_from_being_issued(enter, planned):
    secretariat = await enter("secretariat")
    text = "Some speakers stressed 3 documents, among them A/1."
    await secretariat.post(f"{TRUST}{EN}", data={"text": text, "version": 0})

    shown = await secretariat.get(DOCUMENT)
    issued = await secretariat.post(f"{DOCUMENT}/issues", data=a_form(languages=["en"]))

    assert texts(shown, "//section[@aria-labelledby='in-en']//ul//del") == ["3", "A/1"]
    assert "A number below ten is written in words." in shown.text
    assert "No document of this symbol is known here." in shown.text
    assert "hx-redirect" in issued.headers


async def test_a_finding_may_be_accepted_with_a_reason_and_another_text_is_checked_anew(
    enter, planned
):
    secretariat = await enter("secretariat")
    strong = {"text": "Many speakers stressed the importance of trust.", "version": 0}
    await secretariat.post(f"{TRUST}{EN}", data=strong)
    page = await secretariat.get(DOCUMENT)
    marks = "//form[input[@name='language' and @value='en']]/input[@name='mark']/@value"
    (mark,) = texts(page, marks)

    form = {"language": "en", "mark": mark, "reason": "Counted by the Chair"}
    for _ in range(2):
        await secretariat.post(f"{DOCUMENT}/findings", data=form)
    accepted = await secretariat.get(DOCUMENT)
    other = {"text": "Many speakers stressed the great importance of trust.", "version": 1}
    await secretariat.post(f"{TRUST}{EN}", data=other)
    anew = await secretariat.get(DOCUMENT)

    assert "Counted by the Chair" in accepted.text
    assert texts(accepted, marks) == []
    assert len(texts(anew, marks)) == 1


async def test_issued_again_it_tells_what_has_changed(enter, planned):
    secretariat = await enter("secretariat")
    await secretariat.post(f"{DOCUMENT}/issues", data=a_form())
    await put(
        planned,
        [an_intervention("r", "c"), an_intervention("s", "a")],
        [a_point("r", "trust"), a_point("s", "trust")],
    )
    again = a_form(symbol=f"{SYMBOL}/Rev.1", kind="revision", languages=["en"])

    answer = await secretariat.post(f"{DOCUMENT}/issues", data=again)
    page = await secretariat.get(answer.headers["hx-redirect"])
    form = await secretariat.get(DOCUMENT)

    assert "instead of EG/2021/L.1" in page.text
    assert texts(form, "//input[@name='symbol']/@value") == [f"{SYMBOL}/Rev.2"]


@pytest.mark.parametrize("who", [("chair", None), ("delegation", "a")])
@pytest.mark.parametrize("path", ["documents/EG-2021-L.1", "final"])
async def test_documents_are_the_secretariats_business(enter, planned, who, path):
    person = await enter(*who)

    assert (await person.get(f"{REPORT}/{path}")).status_code == 403


# Rules ----------------------------------------------------------------------------------------

EN_BOOK, FR_BOOK = phrasebook("en"), phrasebook("fr")


def a_standing(text, **sources):
    sentence = {"text": text, "views": ["v"], "supporters": 3, "speakers": 20} | sources
    return Standing("topic:x", "en", (sentence,))


def wrong(text, phrases=EN_BOOK, names=(), rules=None, **sources):
    found = findings([a_standing(text, **sources)], phrases, rules or Rules(), names)
    return [one.wrong for one in found]


@pytest.mark.parametrize(
    ("text", "sources", "found"),
    [
        ("Some speakers stressed trust.", {}, []),
        ("One speaker stressed trust.", {}, []),
        ("Several speakers stressed trust.", {}, [Wrong.QUANTIFIER]),
        ("In addition, many speakers stressed trust.", {}, [Wrong.QUANTIFIER]),
        ("Several speakers stressed trust.", {"supporters": 4}, []),
        ("All speakers stressed trust.", {"supporters": 20}, []),
        ("Some speakers stress trust.", {}, [Wrong.TENSE]),
        ("Some speakers stressed that they note it.", {}, []),
        ("Some speakers stressed trust.", {"views": []}, [Wrong.SOURCE, Wrong.QUANTIFIER]),
        ("Trust was needed.", {"views": []}, [Wrong.SOURCE]),
        ("Some speakers thanked AUT.", {}, [Wrong.NAME]),
    ],
)
def test_what_the_checks_find(text, sources, found):
    assert wrong(text, names=["AUT", "Austria"], **sources) == found


def test_the_tense_is_the_bodys():
    now = Rules(tense="present")

    assert wrong("Certains intervenants soulignent la confiance.", FR_BOOK, rules=now) == []
    assert wrong("Certains intervenants soulignent la confiance.", FR_BOOK) == [Wrong.TENSE]


def test_where_the_verb_comes_first_its_tense_is_known_too():
    book = phrasebook("ar")
    past, present = (
        book.said(book.quantified("some", "speaker"), [(book.verb("stress", 0, tense), "الثقة")])
        for tense in ("past", "present")
    )

    assert (wrong(past, book), wrong(present, book)) == ([], [Wrong.TENSE])


def test_a_text_that_is_too_long_is_told():
    (found,) = findings([a_standing("word " * 20)], EN_BOOK, Rules(), (), limit=10)

    assert (found.wrong, found.words) == (Wrong.LENGTH, "20")


def test_chinese_is_counted_by_its_signs():
    assert length_of("一位发言者强调信任。", "zh") == 4


@pytest.mark.parametrize("language", drafting_languages())
@pytest.mark.parametrize("word", LADDER)
def test_each_word_of_the_ladder_is_known_again(language, word):
    book = phrasebook(language)
    text = book.said(book.quantified(word, "speaker"), [("…", "…")])

    assert claimed_in(text, book, "speaker")[0] == word


@given(st.text(max_size=100))
def test_the_checks_bear_any_text(text):
    findings([a_standing(text)], EN_BOOK, Rules(), ["Chad", "乍得"])


@pytest.mark.parametrize(
    ("taken", "kind", "symbol"),
    [
        ([], IssueKind.DRAFT, "A/L.1"),
        (["A/L.1"], IssueKind.REVISION, "A/L.1/Rev.1"),
        (["A/L.1", "A/L.1/Rev.1"], IssueKind.REVISION, "A/L.1/Rev.2"),
        (["A/L.1"], IssueKind.CORRECTION, "A/L.1/Corr.1"),
        (["A/L.1"], IssueKind.DRAFT, "A/L.1/Rev.1"),
    ],
)
def test_the_next_symbol(taken, kind, symbol):
    assert symbol_for("A/L.1", taken, kind) == symbol


def test_paragraphs_are_numbered_through():
    one = frozen([Chapter(3, "Three", [a_standing("A."), a_standing("B.")])])
    other = frozen([Chapter(2, "Two", [a_standing("C.")])])

    report = numbered_through([one, other])

    told = [(c["chapter"], [p["number"] for p in c["paragraphs"]]) for c in report]
    assert told == [(1, [1]), (2, [2, 3])]
