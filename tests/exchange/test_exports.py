"""A session leaves as Word, Excel and data: nobody is named in what is for the public."""

import json
import re
from io import BytesIO
from zipfile import ZipFile

import docx
import openpyxl
import pytest

from meetings.bodies.models import Session
from meetings.report.models import Report, ReportPart
from tests.cast import named
from tests.report.rows import a_point, a_view, an_intervention, put

pytestmark = pytest.mark.anyio

EXPORTS = "/sessions/eg1-2021/exports"


@pytest.fixture
async def said(week):
    """A and B hold a view; B also said something that begins like a formula."""
    await put(
        week,
        [a_view("trust"), an_intervention("p", "a"), an_intervention("q", "b")],
        [
            a_point("p", "trust"),
            a_point("q", "trust"),
            a_point("q", None, "=HYPERLINK(1)", position=2, topic_id=None),
        ],
    )


async def test_the_word_file_holds_the_draft_and_names_nobody(rapporteur, said):
    answer = await rapporteur.get(f"{EXPORTS}/report.docx?language=en&item=3")

    document = docx.Document(BytesIO(answer.content))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "During the discussion, some speakers stressed the importance of trust." in texts
    assert "Delegation" not in " ".join(texts)
    assert answer.headers["content-disposition"] == 'attachment; filename="eg1-2021-3-en.docx"'


async def test_the_data_holds_the_draft_and_names_nobody(rapporteur, said):
    answer = await rapporteur.get(f"{EXPORTS}/report.json?language=fr")

    first = json.loads(answer.content)["items"][0]["paragraphs"][0]["sentences"][0]
    assert first == {
        "text": "Au cours du débat, certains intervenants ont souligné l’importance de trust.",
        "quantifier": "some",
        "supporters": 2,
        "speakers": 2,
    }
    assert "Delegation" not in answer.text


async def test_the_excel_file_has_the_tables_with_local_times(rapporteur, said):
    answer = await rapporteur.get(f"{EXPORTS}/session.xlsx")

    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert book.sheetnames == [
        *("Meetings", "Organization of work", "Participants", "Speakers", "Interventions"),
        *("Points by topic", "Views", "Points by group"),
        *("Time by delegation", "Time by group"),
    ]
    assert [len(sheet._charts) for sheet in book][-2:] == [1, 1]  # noqa: SLF001
    spoken = list(book["Interventions"].iter_rows(min_row=2, values_only=True))
    assert [(row[2].strftime("%H:%M"), row[5], row[6], row[10]) for row in spoken] == [
        ("13:52", "Europe/Vienna", "Delegation A", 1),
        ("13:53", "Europe/Vienna", "Delegation B", 2),
    ]
    points = list(book["Points by topic"].iter_rows(min_row=2))
    assert [row[2].value for row in points] == ["Said.", "Said.", "=HYPERLINK(1)"]
    assert {row[2].data_type for row in points} == {"s"}


async def test_a_session_without_a_planned_report_is_drafted_all_the_same(rapporteur, said, week):
    async with week.write() as db:
        session = await db.get_one(Session, named("session", "eg1-2021"))
        session.symbol = ""

    answer = await rapporteur.get(f"{EXPORTS}/report.docx?language=en")

    heads = docx.Document(BytesIO(answer.content)).sections[0].first_page_header.tables[0]
    assert heads.rows[0].cells[-1].text == "eg1-2021/L.1"


async def test_the_session_file_can_be_taken_away(rapporteur, said):
    answer = await rapporteur.get(f"{EXPORTS}/session.yaml")

    assert answer.text.startswith("format: 1\n")
    assert answer.text.count("delegation: delegation-a") > 0


@pytest.fixture
async def planned(week):
    """The report has two documents: item 4 in the first, item 3 in its addendum."""
    for place, (symbol, item) in enumerate({"L.1": "4", "L.1/Add.1": "3"}.items(), 1):
        report = Report(
            id=named("report", symbol),
            session_id=named("session", "eg1-2021"),
            symbol=f"EG.1/2021/{symbol}",
            addendum=place > 1,
            position=place,
        )
        part = ReportPart(
            report_id=report.id,
            item_id=named("item", item),
            position=1,
            chapter=place + 1,
            heading={"en": f"What item {item} is about"},
        )
        await put(week, [report], [part])


async def test_each_document_of_a_report_is_a_file_of_its_own(rapporteur, said, planned):
    answer = await rapporteur.get(f"{EXPORTS}/report.docx?language=en&document=EG.1/2021/L.1/Add.1")

    document = docx.Document(BytesIO(answer.content))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[2:] == [
        "Draft report",
        "Addendum",
        "What item 3 is about",
        "During the discussion, some speakers stressed the importance of trust.",
        "One speaker made this point: “=HYPERLINK(1)”.",
    ]
    assert answer.headers["content-disposition"] == (
        'attachment; filename="eg1-2021-EG.1-2021-L.1-Add.1-en.docx"'
    )


async def test_a_document_that_the_report_has_not_is_not_found(rapporteur, planned):
    answer = await rapporteur.get(f"{EXPORTS}/report.docx?document=EG.1/2021/L.2")

    assert answer.status_code == 404


async def test_a_report_of_several_documents_offers_each(rapporteur, planned):
    page = await rapporteur.get(EXPORTS)

    offered = re.findall(r'<option value="(EG[^"]+)"', page.text)
    assert offered == ["EG.1/2021/L.1", "EG.1/2021/L.1/Add.1"]


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_no_code_or_name_of_a_delegation_is_anywhere_in_the_word_file(
    rapporteur, said, language
):
    answer = await rapporteur.get(f"{EXPORTS}/report.docx?language={language}")

    with ZipFile(BytesIO(answer.content)) as parts:
        whole = b"".join(parts.read(name) for name in parts.namelist()).decode().casefold()
    assert re.findall(r"delegation|délégation", whole) == []


async def test_the_excel_file_says_whom_it_is_for(rapporteur, said):
    answer = await rapporteur.get(f"{EXPORTS}/session.xlsx")

    book = openpyxl.load_workbook(BytesIO(answer.content))
    told = "Session eg1-2021: for the secretariat only"
    assert book.properties.title == told
    assert {sheet.oddHeader.left.text for sheet in book} == {told}


@pytest.mark.parametrize("name", ["session.csv.zip", "session.json"])
async def test_the_same_tables_leave_as_text(rapporteur, said, name):
    book = openpyxl.load_workbook(
        BytesIO((await rapporteur.get(f"{EXPORTS}/session.xlsx")).content)
    )
    answer = await rapporteur.get(f"{EXPORTS}/{name}")

    if name.endswith("json"):
        tables = {table["title"]: table for table in answer.json()}
        points = [row[2] for row in tables["Points by topic"]["rows"]]
        assert points == ["Said.", "Said.", "=HYPERLINK(1)"]
        assert list(tables) == book.sheetnames
    else:
        with ZipFile(BytesIO(answer.content)) as archive:
            assert archive.namelist() == [f"{title}.csv" for title in book.sheetnames]
            points = archive.read("Points by topic.csv").decode("utf-8-sig")
        assert ""","'=HYPERLINK(1)",""" in points


async def test_the_sources_of_each_sentence_leave_for_the_secretariat(rapporteur, said):
    answer = await rapporteur.get(f"{EXPORTS}/sources.xlsx?language=en")

    book = openpyxl.load_workbook(BytesIO(answer.content))
    [sheet] = book
    assert [(row[0], row[5], row[6]) for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        ("3", "Delegation A", "Said."),
        ("3", "Delegation B", "Said."),
        ("3", "Delegation B", "=HYPERLINK(1)"),
    ]
    assert book.properties.title == "Session eg1-2021: for the secretariat only"


async def test_the_list_of_participants_names_people_and_nothing_that_was_said(rapporteur, said):
    answer = await rapporteur.get(f"{EXPORTS}/participants.xlsx")

    [sheet] = openpyxl.load_workbook(BytesIO(answer.content))
    names = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert {"Delegation A", "Delegation B"} <= set(names)
