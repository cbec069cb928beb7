"""The programme of a session: who sees what of it, and what it costs."""

import pytest

from meetings.base.columns import Text
from meetings.bodies.models import Document
from tests.schedule.stage import EG, ITEM_3, ITEM_4, WG, add_meeting
from tests.support.reading import reads, texts

pytestmark = pytest.mark.anyio

PROGRAMME = "/sessions/eg1-2021/programme"


async def test_days_go_down_and_rooms_across(secretariat, week):
    await add_meeting(week, "third", 8, "pm", {EG: 3}, room="b")

    page = await secretariat.get(PROGRAMME)

    assert texts(page, "//thead//th/text()") == ["Day", "Hours", "Boardroom A", "Boardroom B"]
    assert texts(page, "//th[@scope='rowgroup']") == [
        "Monday 6 September",
        "Tuesday 7 September",
        "Wednesday 8 September",
    ]
    assert texts(page, "//th[@scope='row']") == ["Morning 10:00–13:00", "Afternoon 15:00–18:00"] * 3
    assert texts(page, "//tbody[3]/tr[2]/td") == ["", "3rd meeting"]


async def test_a_joint_meeting_is_shown_once_with_its_number_in_each_session(secretariat):
    page = await secretariat.get(PROGRAMME)

    assert texts(page, "//tbody[1]/tr[2]//article/h3") == ["2nd meeting"]
    assert texts(page, "//p[@class='joint']") == ["Joint with: Session wg-2021 (1st meeting)"]


async def test_meetings_of_other_sessions_in_the_same_room_are_shown_beside(secretariat, week):
    await add_meeting(week, "theirs", 7, "am", {WG: 2})
    await add_meeting(week, "elsewhere", 7, "pm", {WG: 3}, room="b")

    page = await secretariat.get(PROGRAMME)

    assert texts(page, "//article[contains(@class, 'beside')]") == ["Session wg-2021 (2nd meeting)"]
    assert texts(page, "//article[contains(@class, 'beside')]//a/@href") == [
        "/sessions/wg-2021/meetings/2"
    ]


async def test_a_link_leads_only_where_a_delegation_may_go(enter):
    only_in_wg = await enter("delegation", "c")

    page = await only_in_wg.get("/sessions/wg-2021/programme")

    assert texts(page, "//article/h3") == ["Session eg1-2021 (1st meeting)", "1st meeting"]
    assert texts(page, "//article//a/@href") == ["/sessions/wg-2021/meetings/1"]


async def test_a_delegation_learns_not_even_that_a_session_of_others_exists(enter):
    only_in_wg = await enter("delegation", "c")

    answers = [
        await only_in_wg.get(path) for path in (PROGRAMME, "/sessions/no-such-session/programme")
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].text == answers[1].text


async def test_an_item_taken_up_again_is_continued(secretariat, week):
    await add_meeting(week, "third", 7, "am", {EG: 3}, [ITEM_4, ITEM_3])

    page = await secretariat.get(PROGRAMME)

    assert texts(page, "//article//li") == [
        "3. Cooperation 180 min",
        "4. Other matters",
        "2. Assets",
        "4. Other matters (continued)",
        "3. Cooperation (continued)",
    ]


async def test_documents_stand_with_their_item(secretariat, week):
    symbols = {"EG.1/2": ITEM_3, "EG.1/1": None}
    async with week.write() as db:
        db.add_all(
            Document(
                session_id=EG, item_id=item, symbol=symbol, title=Text(en="Note"), position=place
            )
            for place, (symbol, item) in enumerate(symbols.items())
        )

    page = await secretariat.get(PROGRAMME)

    assert texts(page, "//ol[@class='agenda']/li[1]//li") == ["EG.1/2 – Note"]
    assert texts(page, "//h3[.='Other documents']/following-sibling::ul/li") == ["EG.1/1 – Note"]


@pytest.mark.parametrize(
    ("role", "may_add"),
    [("administrator", True), ("secretariat", True), ("rapporteur", False), ("chair", False)],
)
async def test_only_the_secretariat_is_offered_to_add_a_meeting(enter, role, may_add):
    person = await enter(role)

    page = await person.get(PROGRAMME)

    assert texts(page, "//a[.='Add meeting']/@href") == (
        ["/sessions/eg1-2021/meetings/new"] if may_add else []
    )


async def test_the_programme_costs_the_same_with_more_meetings(secretariat, week, count_statements):
    with count_statements() as two:
        await secretariat.get(PROGRAMME)
    for number in (3, 4, 5):
        await add_meeting(week, f"m{number}", 7, "am", {EG: number}, [ITEM_3, ITEM_4], room="b")

    with count_statements() as five:
        await secretariat.get(PROGRAMME)

    # Who asks, the session, the meetings, their items, the agenda, the documents.
    assert (len(reads(two)), len(reads(five))) == (6, 6)
