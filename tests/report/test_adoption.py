"""A meeting adopts a document: amendments at their places, decisions, the screen, the end."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlmodel import select

from meetings.report.models import Amendment
from tests.report.rows import a_point, a_view, an_intervention, put
from tests.support.reading import faults, texts

pytestmark = pytest.mark.anyio

SESSION = "/sessions/eg1-2021"
ADOPTION = f"{SESSION}/issues/EG-2021-L.1/adoption"
SCREEN = "/screens/eg1-2021/1"
ISSUED = "During the discussion, some speakers stressed the importance of trust."


@pytest.fixture
async def chair(enter, week):
    """A document of two paragraphs, issued, and begun to be adopted; the one who chairs."""
    other = {"topic_id": None}
    await put(
        week,
        [a_view("trust"), a_view("speed", position=2, **other), an_intervention("p", "a"),
         an_intervention("q", "b")],
        [a_point("p", "trust"), a_point("q", "trust"), a_point("q", "speed", position=2, **other)],
    )  # fmt: skip
    secretariat = await enter("secretariat")
    plan = {"symbol": "EG/2021/L.1", "item": "3", "chapter": "3"}
    await secretariat.post(f"{SESSION}/report/documents", data=plan)
    form = {"symbol": "EG/2021/L.1", "dated": "2021-09-07", "languages": ["en"]}
    await secretariat.post(f"{SESSION}/report/documents/EG-2021-L.1/issues", data=form)
    await secretariat.post(ADOPTION, data={"meeting": "1", "language": "en"})
    return await enter("chair")


async def amend(person, number=1, **changes):
    form = {"change": "replace", "place": "some", "text": "several", "delegation": ""} | changes
    return await person.post(f"{ADOPTION}/paragraphs/{number}/amendments", data=form)


async def amendment(store):
    async with store.read() as db:
        return (await db.exec(select(Amendment).order_by(Amendment.proposed_at))).all()[-1]


async def settle(person, store, state):
    one = await amendment(store)
    return await person.post(f"{ADOPTION}/amendments/{one.id}", data={"state": state})


async def decide(person, number, decided="adopted"):
    return await person.post(f"{ADOPTION}/paragraphs/{number}/decision", data={"decided": decided})


async def test_an_amendment_is_shown_as_a_change_and_taken(chair, week):
    proposed = await amend(chair, delegation="delegation-a")
    await settle(chair, week, "taken")
    page = await chair.get(ADOPTION)

    assert "Delegation A" in proposed.text
    assert texts(page, "//li[@id='paragraph-1']/p//del") == ["some"]
    assert texts(page, "//li[@id='paragraph-1']/p//ins") == ["several"]


async def test_the_paragraph_and_its_amendment_are_on_the_screen(enter, chair):
    await chair.post(f"{ADOPTION}/screen/1")
    await amend(chair)

    screen = await (await enter()).get(SCREEN)

    assert texts(screen, "//del | //ins") == ["some", "several"]
    assert "An amendment is proposed." in screen.text
    assert "Delegation" not in screen.text


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"place": "nowhere"}, {"place": "These words do not stand in the paragraph."}),
        ({"place": "s"}, {"place": "These words stand in the paragraph 10 times: give more."}),
        ({"place": ""}, {"place": "Say which words are meant."}),
        ({"text": ""}, {"text": "Say which words come in."}),
        ({"delegation": "nobody"},
         {"delegation": "Choose a delegation that takes part, by its code or from the list."}),
    ],
)  # fmt: skip
async def test_an_amendment_that_cannot_be_is_told_at_its_field(chair, form, told):
    answer = await amend(chair, **form)

    assert answer.status_code == 422
    assert faults(answer) == told


async def test_a_paragraph_with_open_amendments_is_not_adopted(chair, week):
    await amend(chair)

    early = await decide(chair, 1)
    await settle(chair, week, "not-taken")
    adopted = await decide(chair, 1)

    assert "Settle the amendments to this paragraph first." in early.text
    assert texts(adopted, "//li[@id='paragraph-1']//span[contains(@class, 'badge')]") == ["Adopted"]


async def test_the_report_as_adopted_is_numbered_through_and_tells_its_amendments(
    enter, chair, week
):
    await amend(chair)
    await settle(chair, week, "taken")
    await decide(chair, 1)
    early = await chair.post(f"{ADOPTION}/ended")
    await decide(chair, 2)
    await chair.post(f"{ADOPTION}/ended")
    secretariat = await enter("secretariat")

    told = await secretariat.get(f"{SESSION}/report/final")
    form = {"symbol": "EG/2021/2", "dated": "2021-09-10"}
    issued = await secretariat.post(f"{SESSION}/report/final", data=form)
    page = await secretariat.get(issued.headers["hx-redirect"])
    late = await amend(chair)

    assert "1 paragraph is not adopted yet: 2." in early.text
    assert texts(told, "//section//del | //section//ins") == ["some", "several"]
    printed = texts(page, "//ol[contains(@class, 'draft')]/li/p")
    assert printed[:2] == [
        "During the discussion, several speakers stressed the importance of trust.",
        "One speaker stressed the importance of speed.",
    ]
    assert texts(page, "//h3") == [
        "I. Cooperation",
        "II. Organization of the meeting",
        "III. Adoption of the report",
        "List of participants",
    ]
    assert "At its 1st meeting, on 6 September 2021, the meeting adopted its report." in printed
    assert texts(page, "//li[@value]/@value") == [str(n) for n in range(1, 8)]
    assert late.status_code == 422


async def test_the_next_paragraph_comes_on_the_screen_by_itself(enter, chair):
    await chair.post(f"{ADOPTION}/screen/1")
    await decide(chair, 1)

    screen = await (await enter()).get(SCREEN)

    assert "Paragraph 2" in screen.text


async def test_a_delegation_sees_nothing_of_an_adoption(enter, chair):
    delegate = await enter("delegation", "a")

    assert (await delegate.get(ADOPTION)).status_code == 403
    assert (await amend(delegate)).status_code == 403


async def test_the_amendments_come_out_as_tracked_changes_for_word(enter, chair, week):
    await amend(chair)
    await settle(chair, week, "taken")
    secretariat = await enter("secretariat")

    path = f"{SESSION}/issues/EG-2021-L.1/document.docx?language=en"
    amended = await secretariat.get(f"{path}&amended=yes")
    issued = await secretariat.get(path)

    words = [word_xml(file).count(b"<w:ins ") for file in (amended, issued)]
    assert words == [1, 0]
    assert b"some" in word_xml(issued)


def word_xml(answer):
    with ZipFile(BytesIO(answer.content)) as file:
        return file.read("word/document.xml")
