"""A list of participants comes in from the registration system, whole or not at all."""

import re
from html import unescape
from io import BytesIO
from types import SimpleNamespace as Thing
from uuid import uuid4

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from meetings.base.columns import Text
from meetings.base.errors import Refused
from meetings.base.languages import speaking
from meetings.delegations.models import Capacity, Delegation, DelegationKind, Participant
from meetings.exchange.log_files import read_sheet
from meetings.exchange.people_meaning import Fate, Known, Present, plan_of_people
from meetings.exchange.people_rows import Field, People, Person, headings, read_people
from meetings.exchange.session_tables import participants_sheet
from meetings.exchange.sheets import write_xlsx

IMPORT = "/sessions/eg1-2021/participants/import"
GUINEA, BISSAU, BOLIVIA = (
    Delegation(code=code, kind=DelegationKind.STATE, name=Text.of(name))
    for code, name in (
        ("GIN", {"en": "Guinea", "fr": "Guinée", "ar": "غينيا"}),
        ("GNB", {"en": "Guinea-Bissau", "fr": "Guinée-Bissau"}),
        ("BOL", {"en": "Bolivia (Plurinational State of)", "zh": "多民族玻利维亚国"}),
    )
)
STATES = [GUINEA, BISSAU, BOLIVIA]


def meant(*rows, present=None):
    with speaking("en"):
        people = People(tuple(Person(number, *row) for number, row in enumerate(rows, 2)))
        return plan_of_people(people, STATES, present or {})


def a_file(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("row", "read"),
    [
        (["Country", "First name", "Surname", "Job title"], "delegation first last function"),
        (["Pays", "Nom", "Prénom", "Fonction"], "delegation last first function"),
        (["País", "Nombre completo", "Cargo"], "delegation name function"),
        (["Страна", "ФИО", "Должность"], "delegation name function"),
        (["الدولة", "الاسم", "الوظيفة"], "delegation name function"),
        (["国家", "姓名", "职务"], "delegation name function"),
        (["Délégation", "Nom"], "delegation name"),
        (["Name", "Function"], ""),
        (["Delegation"], ""),
    ],
)
def test_headings_are_known_in_six_languages(row, read):
    assert [one.value for one in headings(row).values()] == read.split()


def test_first_and_last_names_are_one_and_a_row_without_a_delegation_goes_on():
    cells = [["State", "First name", "Last name"], ["Guinea", "Ann", "Bee"], ["", "Cy", "Dee"], []]

    people = read_people(enumerate(cells, 1))

    assert [(one.number, one.delegation, one.name) for one in people.rows] == [
        *((2, "Guinea", "Ann Bee"), (3, "Guinea", "Cy Dee"))
    ]


@pytest.mark.parametrize("typed", ["gin", "Guinea", "GUINÉE", "guinee", "غينيا"])
def test_a_state_is_found_by_its_code_or_any_of_its_names(typed):
    [row] = meant((typed, "Ann Bee")).rows

    assert (row.delegation.code, row.fate, row.capacity) == ("GIN", "new", "state-party")


@pytest.mark.parametrize("typed", ["Bolivia", "玻利维亚", "BOLIVIE"])
def test_a_state_is_found_by_its_usual_name(typed):
    [row] = meant((typed, "Ann Bee")).rows

    assert row.delegation.code == "BOL"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Guinea Bisau", "Perhaps one of these is meant: Guinea-Bissau (GNB)"),
        ("Plurinational", "Perhaps one of these is meant: Bolivia (Plurinational State of) (BOL)"),
        ("Atlantis", "No delegation is called so"),
        ("", "Name the delegation"),
    ],
)
def test_a_doubtful_name_is_asked_and_not_guessed(typed, told):
    [fault] = meant((typed, "Ann Bee")).faults

    assert (fault.row, fault.column.value, fault.value) == (2, "delegation", typed)
    assert fault.told.startswith(told)


def test_rows_are_told_apart_by_what_becomes_of_them():
    known = (Known(uuid4(), "Ann Bee", "Expert"), Known(uuid4(), "Cy Dee", "Expert"))
    present = {GUINEA.id: Present(uuid4(), Capacity.SIGNATORY, known)}

    plan = meant(
        ("GIN", "ann bée", "Minister"),
        ("GIN", "Cy Dee", "Expert"),
        ("GIN", "New One"),
        ("BOL", ""),
        ("GIN", ""),
        present=present,
    )

    assert [row.fate for row in plan.rows] == [
        *(Fate.CHANGES, Fate.STAYS, Fate.NEW, Fate.NEW, Fate.STAYS)
    ]
    assert plan.rows[2].capacity is Capacity.SIGNATORY


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("GIN", "A", "", "Emperor")], "Nobody attends as this"),
        ([("GIN", "A", "", "Observer"), ("GIN", "B", "", "Signatory")], "one capacity"),
        ([("GIN", "Ann"), ("GIN", "ANN")], "stands in row 2"),
        ([("GIN", "A" * 201)], "At most 200"),
    ],
)
def test_what_is_wrong_is_told_with_what_is_allowed(rows, told):
    plan = meant(*rows)

    assert [told in fault.told for fault in plan.faults] == [True]
    assert plan.counts[Fate.WRONG] == 1


NAMES = st.text(st.characters(categories=("L", "Nd", "Pd", "Sm")), min_size=1, max_size=12)


@given(
    st.dictionaries(
        st.sampled_from(["GIN", "GNB", "BOL"]),
        st.dictionaries(NAMES, NAMES | st.just(""), max_size=4),
        max_size=3,
    ),
    st.sampled_from(["en", "fr", "ar", "zh", "ru", "es"]),
)
def test_the_list_that_leaves_comes_in_again_the_same(lists, language):
    by_code = {one.code: one for one in STATES}
    attendance = [
        Thing(
            delegation=by_code[code],
            participation=Thing(capacity=Capacity.OBSERVER),
            participants=[Thing(name=name, function=function) for name, function in people.items()],
        )
        for code, people in lists.items()
    ]
    with speaking(language):
        content = write_xlsx([participants_sheet(attendance)], "List")
        if not attendance:
            with pytest.raises(Refused):
                read_sheet(content, "list.xlsx", read_people)
            return
        people = read_sheet(content, "list.xlsx", read_people)
        plan = plan_of_people(people, STATES, {})

    again = {code: {} for code in lists}
    for row in plan.rows:
        if row.fault:  # two spellings of one name, which the file says twice
            assert row.fault.column is Field.NAME
        elif row.person.name:
            again[row.delegation.code][row.person.name] = row.person.function
    if not plan.faults:
        assert again == lists
        assert {row.capacity for row in plan.rows} <= {Capacity.OBSERVER}


async def people_in(store):
    async with store.read() as db:
        found = (await db.exec(select(Participant).order_by(Participant.name))).all()
    return [(one.name, one.function) for one in found]


def packed(answer):
    return unescape(re.search(r'name="rows" value="([^"]*)"', answer.text)[1])


async def previewed(client, content, name="list.xlsx"):
    files = {"upload": (name, content)}
    return await client.post(f"{IMPORT}/preview", data={"id": str(uuid4())}, files=files)


@pytest.mark.anyio
async def test_a_list_is_previewed_kept_once_and_taken_back(secretariat, week):
    before = await people_in(week)
    content = a_file(["Country", "Name", "Title"], ["Delegation A", "Zoë New", "Minister"])
    answer = await previewed(secretariat, content)
    assert await people_in(week) == before
    form = {"id": str(uuid4()), "rows": packed(answer)}

    for _ in range(2):
        told = await secretariat.post(IMPORT, data=form, files={"none": b""})
    after = await people_in(week)
    told = await secretariat.get(f"{IMPORT}/{form['id']}")
    undone = await secretariat.post(f"{IMPORT}/{form['id']}/undo")

    assert [one for one in after if one not in before] == [("Zoë New", "Minister")]
    assert len(after) == len(before) + 1
    assert "1 person is new." in told.text
    assert undone.is_success
    assert await people_in(week) == before


@pytest.mark.anyio
async def test_one_wrong_row_keeps_all_out_and_can_be_taken_away_marked(secretariat, week):
    before = await people_in(week)
    content = a_file(["Country", "Name"], ["Delegation A", "Zoë New"], ["Nowhere", "Ann Bee"])

    answer = await previewed(secretariat, content)
    form = {"id": str(uuid4()), "rows": packed(answer)}
    refused = await secretariat.post(IMPORT, data=form, files={"none": b""})
    marked = await secretariat.post(f"{IMPORT}/marked", data=form, files={"none": b""})

    assert "Row 3, Delegation “<bdi>Nowhere</bdi>”: No delegation is called so" in answer.text
    assert refused.status_code == 422
    assert await people_in(week) == before
    rows = list(openpyxl.load_workbook(BytesIO(marked.content)).active.values)
    assert [(row[0], row[4], row[5]) for row in rows[1:]] == [
        ("Delegation A", 2, None),
        ("Nowhere", 3, "Delegation"),
    ]


@pytest.mark.anyio
async def test_a_function_that_changed_is_set_back(secretariat, week):
    first = await previewed(
        secretariat, a_file(["Country", "Name", "Title"], ["Delegation A", "Zoë", "Expert"])
    )
    await secretariat.post(
        IMPORT, data={"id": str(uuid4()), "rows": packed(first)}, files={"none": b""}
    )
    second = await previewed(
        secretariat, a_file(["Country", "Name", "Title"], ["Delegation A", "Zoë", "Minister"])
    )
    form = {"id": str(uuid4()), "rows": packed(second)}
    await secretariat.post(IMPORT, data=form, files={"none": b""})
    assert ("Zoë", "Minister") in await people_in(week)

    await secretariat.post(f"{IMPORT}/{form['id']}/undo")

    assert ("Zoë", "Expert") in await people_in(week)
