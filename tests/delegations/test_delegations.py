"""Who takes part in a session: listed by group, found, added, changed and removed."""

import pytest
from sqlmodel import select

from meetings.base.columns import Text
from meetings.delegations.models import (
    Capacity,
    Delegation,
    DelegationKind,
    Participant,
    Participation,
)
from meetings.delegations.queries import PAGE
from meetings.interventions.models import Intervention
from meetings.speakers.models import Inscription
from tests.cast import NOON, named
from tests.support.reading import faults, reads, texts

pytestmark = pytest.mark.anyio

PATH = "/sessions/eg1-2021/delegations"
NAMES = "//tbody//th[@scope='row']"
EG = named("session", "eg1-2021")


async def add_delegations(store, *wanted):
    """Delegations that take part: (code, kind, capacity)."""
    async with store.write() as db:
        for code, kind, capacity in wanted:
            one = Delegation(
                code=code, kind=DelegationKind(kind), name=Text(en=f"Delegation {code}")
            )
            db.add(one)
            await db.flush()
            capacity_ = Capacity(capacity)
            db.add(Participation(session_id=EG, delegation_id=one.id, capacity=capacity_))


async def taking_part(store):
    """The codes of the first session's delegations, with their capacities."""
    async with store.read() as db:
        rows = await db.exec(
            select(Delegation.code, Participation.capacity)
            .join(Participation, Participation.delegation_id == Delegation.id)
            .where(Participation.session_id == EG)
            .order_by(Delegation.code)
        )
        return dict(rows.all())


async def people(store):
    async with store.read() as db:
        rows = await db.exec(
            select(Participant.name, Participant.function).order_by(Participant.position)
        )
        return list(rows.all())


# The list -------------------------------------------------------------------------------------


async def test_delegations_are_listed_as_a_report_names_those_who_attended(secretariat, week):
    await add_delegations(
        week,
        ("y", "non-governmental", "observer"),
        ("x", "observer-state", "observer"),
        ("z", "state", "signatory"),
    )

    page = await secretariat.get(PATH)

    assert texts(page, "//th[@scope='rowgroup']") == [
        "States parties",
        "Signatories",
        "Observer States",
        "Non-governmental organizations",
    ]
    assert texts(page, NAMES) == [f"Delegation {it}" for it in ("A", "B", "z", "x", "y")]
    assert texts(page, "//ul[@class='people']/li") == ["Ms. First"]


@pytest.mark.parametrize(
    ("typed", "found"), [("delegation b", ["Delegation B"]), ("délég", 2), ("nobody", [])]
)
async def test_a_delegation_is_found_by_a_name_in_any_language(secretariat, typed, found):
    page = await secretariat.get(PATH, params={"find": typed})

    names = texts(page, NAMES)
    assert (len(names) if isinstance(found, int) else names) == found


async def test_a_long_list_comes_in_pages(secretariat, week):
    await add_delegations(
        week, *((f"d{number:02}", "state", "state-party") for number in range(PAGE - 1))
    )

    first, second = await secretariat.get(PATH), await secretariat.get(PATH, params={"page": 2})

    assert (len(texts(first, NAMES)), texts(second, NAMES)) == (PAGE, ["Delegation d48"])
    assert texts(first, "//a[@rel='next']/@href") == [f"{PATH}?page=2&find="]
    assert texts(second, "//a[@rel='next']/@href") == []


@pytest.mark.parametrize("more", [1, 3])
async def test_the_list_asks_the_database_five_times(secretariat, week, count_statements, more):
    await add_delegations(week, *((f"d{n}", "state", "state-party") for n in range(more)))

    with count_statements() as sent:
        await secretariat.get(PATH)

    assert len(reads(sent)) == 5


async def test_a_delegation_sees_only_itself(enter):
    delegate = await enter("delegation", "a", htmx=False)

    page = await delegate.get(PATH)
    other = await delegate.get(f"{PATH}/delegation-b")

    assert page.url.path == f"{PATH}/delegation-a"
    assert "Delegation B" not in page.text
    assert texts(page, "//tbody//th") == ["Ms. First"]
    assert other.status_code == 404


async def test_a_session_that_is_not_theirs_is_not_found(enter):
    stranger = await enter("delegation", "c")

    answers = [await stranger.get(path) for path in (PATH, f"{PATH}/delegation-c")]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize("role", ["rapporteur", "chair"])
async def test_others_read_and_change_nothing(enter, role):
    person = await enter(role)

    pages = [await person.get(path) for path in (PATH, f"{PATH}/delegation-a")]

    assert [texts(page, "//main//form[@method='post']") for page in pages] == [[], []]


# Taking part ----------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["delegation-c", "Delegation C", "délégation c"])
async def test_a_delegation_is_added_by_code_or_name(secretariat, week, typed):
    answer = await secretariat.post(PATH, data={"delegation": typed, "capacity": "observer"})

    assert answer.headers["hx-redirect"] == f"{PATH}/delegation-c"
    assert (await taking_part(week))["delegation-c"] == "observer"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("nobody", "No delegation is called so. Choose one from the list, or type its code."),
        (
            "Delegation",
            "Several are called so: Delegation A, Delegation B, Delegation C. Type its code.",
        ),
        ("delegation-a", "This delegation takes part already."),
        ("", "Fill this in."),
    ],
)
async def test_a_delegation_that_cannot_be_added_is_told_why(secretariat, week, typed, told):
    before = await taking_part(week)

    answer = await secretariat.post(PATH, data={"delegation": typed, "capacity": "observer"})

    assert (answer.status_code, faults(answer)) == (422, {"delegation": told})
    assert await taking_part(week) == before


async def test_the_capacity_can_be_changed(secretariat, week):
    await secretariat.post(f"{PATH}/delegation-a/capacity", data={"capacity": "signatory"})

    assert await taking_part(week) == {"delegation-a": "signatory", "delegation-b": "state-party"}


async def test_a_delegation_is_removed_with_its_people(secretariat, week):
    await secretariat.post(f"{PATH}/delegation-a/remove")

    assert await taking_part(week) == {"delegation-b": "state-party"}
    assert await people(week) == []


HEARD = {
    "has spoken": Intervention(
        meeting_id=named("meeting", "first"),
        item_id=named("item", "3"),
        delegation_id=named("delegation", "a"),
        started_at=NOON,
    ),
    "has asked to": Inscription(
        speaker_list_id=named("list", "3"),
        delegation_id=named("delegation", "a"),
        requested_at=NOON,
        place=1,
    ),
}


@pytest.mark.parametrize("why", HEARD)
async def test_who_was_heard_stays(secretariat, week, why):
    async with week.write() as db:
        db.add(type(HEARD[why])(**HEARD[why].model_dump()))

    answer = await secretariat.post(f"{PATH}/delegation-a/remove")

    assert faults(answer) == {
        "": "This delegation has spoken, or has asked to: it cannot be removed any more."
    }
    assert len(await taking_part(week)) == 2
    assert await people(week) == [("Ms. First", "")]


# Its people -----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [("secretariat", None), ("delegation", "a")])
async def test_a_person_is_added_at_the_end_once(enter, week, who):
    person, form = await enter(*who), {"name": " Mr. Second ", "function": "Alternate"}

    answer = await person.post(f"{PATH}/delegation-a/participants", data=form)
    again = await person.post(f"{PATH}/delegation-a/participants", data=form)

    assert texts(answer, "//tbody//th") == ["Ms. First", "Mr. Second"]
    assert again.text == answer.text
    assert await people(week) == [("Ms. First", ""), ("Mr. Second", "Alternate")]


async def test_a_person_without_a_name_is_told_at_the_field(enter, week):
    delegate = await enter("delegation", "a")

    answer = await delegate.post(f"{PATH}/delegation-a/participants", data={"name": "  "})

    assert (answer.status_code, faults(answer)) == (422, {"name": "Fill this in."})
    assert await people(week) == [("Ms. First", "")]


async def test_a_person_is_removed(enter, week):
    delegate = await enter("delegation", "a")

    answer = await delegate.post(
        f"{PATH}/delegation-a/participants/{named('participant', 'a')}/remove"
    )

    assert texts(answer, "//tbody//th") == []
    assert await people(week) == []


async def test_a_delegation_does_not_touch_anothers_people(enter, week):
    other = await enter("delegation", "b")
    remove = f"participants/{named('participant', 'a')}/remove"

    answers = [
        await other.post(f"{PATH}/delegation-a/participants", data={"name": "Mr. Second"}),
        await other.post(f"{PATH}/delegation-a/{remove}"),
        await other.post(f"{PATH}/delegation-b/{remove}"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert await people(week) == [("Ms. First", "")]
