"""A log kept elsewhere comes in: seen first, whole or not at all, once, and out again."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from lxml import html
from sqlmodel import col, select

from meetings.accounts.models import Entry
from meetings.base.live import last_told
from meetings.base.models import LiveEvent
from meetings.bodies.models import AgendaItem
from meetings.delegations.models import Delegation
from meetings.exchange.log_meaning import FAULTS
from meetings.interventions.models import Intervention, Point, View
from meetings.schedule.models import Allotment, Meeting, MeetingState
from meetings.schedule.queries import channel_of
from tests.cast import NOON, named
from tests.support.reading import faults, texts

pytestmark = pytest.mark.anyio

LOG = "/sessions/eg1-2021/meetings/1/log"
IMPORT = f"{LOG}/import"
JOINT = "/sessions/eg1-2021/meetings/2/log/import"
NO_FILE = {"upload": ("", b"")}
LINES = """\
10:32 Delegation A: Asked for direct contacts. #networks @48 !request
- Proposed a list of them. =contacts

Delegation B (right of reply): Did not agree.
"""


@pytest.fixture
async def contacts(week):
    """Item 3 has a view that marks can name."""
    async with week.write() as db:
        db.add(View(id=named("view"), item_id=named("item", "3"), key="contacts", position=1))


async def preview(person, text=LINES, path=IMPORT, **changes):
    data = {"id": str(uuid4()), "text": text} | changes
    return await person.post(f"{path}/preview", data=data, files=NO_FILE)


def form_of(answer):
    """What the preview's own form would send."""
    inputs = html.fromstring(answer.text).xpath("//form//input[@name and not(@name='_csrf')]")
    return {it.get("name"): it.get("value") for it in inputs if it.get("type") == "hidden"}


async def send(person, form, path=IMPORT):
    """Send the preview's form, as a browser does."""
    return await person.post(path, files={name: (None, value) for name, value in form.items()})


async def keep(person, text=LINES, path=IMPORT, **changes):
    """Look at the preview, then keep what it showed; gives the import's own page."""
    form = form_of(await preview(person, text, path, **changes))
    answer = await send(person, form, path)
    return answer.headers.get("hx-redirect", answer.text)


def told(answer):
    """The faults that a preview tells, as a person reads them."""
    return texts(answer, "//section//ul[@role='alert']/li")


async def logged(store, meeting="first"):
    """The log of a meeting: delegation, hours in Vienna, points."""
    async with store.read() as db:
        found = await db.exec(
            select(Intervention, Delegation.code)
            .join(Delegation, col(Delegation.id) == Intervention.delegation_id)
            .where(Intervention.meeting_id == named("meeting", meeting))
            .order_by(col(Intervention.started_at))
        )
        rows = found.all()
        points = (await db.exec(select(Point).order_by(col(Point.position)))).all()
    return [
        (
            code,
            *(f"{at + timedelta(hours=2):%H:%M}" for at in (one.started_at, one.ended_at)),
            [point.text for point in points if point.intervention_id == one.id],
        )
        for one, code in rows
    ]


# It works ---------------------------------------------------------------------------------------


async def test_the_preview_says_what_each_row_becomes_and_keeps_nothing(rapporteur, contacts, week):
    answer = await preview(rapporteur)

    assert answer.status_code == 200
    assert texts(answer, "//h2") == ["Ready to come in: 2 interventions, 3 points"]
    assert texts(answer, "//tbody/tr") == [
        "1 10:32 Delegation A 3 Asked for direct contacts. #networks @48 Request",
        "2 goes on Proposed a list of them. =contacts",
        "4 10:37 not given Delegation B Right of reply 3 Did not agree.",
    ]
    assert texts(answer, "//tbody//time/i") == ["10:37"]
    assert await logged(week) == []


async def test_what_was_shown_comes_into_the_log(rapporteur, contacts, week):
    path = await keep(rapporteur)

    assert await logged(week) == [
        (
            "delegation-a",
            "10:32",
            "10:37",
            ["Asked for direct contacts.", "Proposed a list of them."],
        ),
        ("delegation-b", "10:37", "10:42", ["Did not agree."]),
    ]
    async with week.read() as db:
        points = (await db.exec(select(Point).order_by(col(Point.text)))).all()
        replies = (await db.exec(select(Intervention.kind))).all()
    assert [(p.kind, p.articles, p.topic_id, p.view_id) for p in points[::2]] == [
        ("request", ["48"], named("topic", "networks"), None),
        (None, [], None, named("view")),
    ]
    assert {point.logged_by for point in points} == {named("user", "rapporteur", None)}
    assert sorted(replies) == ["right-of-reply", "statement"]
    page = await rapporteur.get(path)
    assert texts(page, "//*[@id='imported']/p[1]") == [
        "Came in from the import: 2 interventions, 3 points."
    ]
    assert len(texts(page, "//*[@id='interventions']/li")) == 2


async def test_a_table_can_say_everything_in_columns(rapporteur, contacts, week):
    headings = "Time Delegation Speaker Item Kind Capacity On_behalf_of Text Topic Articles View"
    row = "10:00 délégation_a Ms._A 3 Recommandation group Group_X Yes. Réseaux 46,46.3 contacts"
    table = "\n".join(
        [
            *("\t".join(line.split()).replace("_", " ") for line in (headings, row)),
            "\t\t\t\tpoint of order\t\t\tNo.",
        ]
    )
    wrong = await preview(rapporteur, table)

    await keep(rapporteur, table.replace("point of order", ""))

    assert told(wrong) == [
        (
            "Row 3, Kind “point of order”: This row names no delegation, so it goes on with the one"
            " above, which has something else here. Name the delegation, or leave this empty."
        )
    ]
    async with week.read() as db:
        one = (await db.exec(select(Intervention))).one()
        point = (await db.exec(select(Point).where(Point.text == "Yes."))).one()
    assert (one.speaker, one.capacity, one.on_behalf_of) == ("Ms. A", "group", "Group X")
    assert (point.kind, point.articles) == ("recommendation", ["46", "46.3"])
    assert (point.topic_id, point.view_id) == (named("topic", "networks"), named("view"))


@pytest.mark.parametrize(
    ("text", "log"),
    [
        ("Delegation A: x\nDelegation A: y", [["x", "y"]]),
        ("Delegation A: x\n\nDelegation A: y", [["x"], ["y"]]),
        ("10:00 Delegation A: x\nDelegation A: y", [["x", "y"]]),
        ("10:00 Delegation A: x\n10:01 Delegation A: y", [["x"], ["y"]]),
        ("Delegation A: x\nDelegation A (reply): y", [["x"], ["y"]]),
        ("Delegation A: x\nDelegation B: y\nDelegation A: z", [["x"], ["y"], ["z"]]),
        ("Delegation A:\n\n- x\n- y", [["x", "y"]]),
        ("Delegation A", [[]]),
    ],
)
async def test_rows_of_one_delegation_and_time_are_one_intervention(rapporteur, week, text, log):
    await keep(rapporteur, text)

    assert [points for *_, points in await logged(week)] == log


async def test_nobody_loses_the_floor(rapporteur, week):
    speaking = Intervention(
        id=uuid4(),
        meeting_id=named("meeting", "first"),
        item_id=named("item", "3"),
        delegation_id=named("delegation", "b"),
        started_at=NOON,
    )
    async with week.write() as db:
        db.add(speaking)

    await keep(rapporteur, "Delegation A: Yes.")

    async with week.read() as db:
        found = await db.exec(select(Intervention).order_by(col(Intervention.started_at)))
        assert [(one.started_at, one.ended_at) for one in found.all()] == [
            (NOON, None),
            (NOON + timedelta(seconds=1), NOON + timedelta(minutes=5, seconds=1)),
        ]


async def test_a_log_comes_into_a_meeting_that_is_over(rapporteur, week):
    async with week.write() as db:
        meeting = await db.get_one(Meeting, named("meeting", "first"))
        meeting.state = MeetingState.ADJOURNED

    await keep(rapporteur, "Delegation A: Yes.")

    assert len(await logged(week)) == 1


async def test_live_pages_are_told_of_each_intervention(rapporteur, week):
    await keep(rapporteur, "Delegation A: x\nDelegation B: y")

    async with week.read() as db:
        assert await last_told(db, channel_of(named("meeting", "first"))) == 2
        assert set((await db.exec(select(LiveEvent.kind))).all()) == {"intervention"}


async def test_without_scripts_it_is_pages_and_forms(enter, week):
    person = await enter("rapporteur", htmx=False)
    page = await person.get(IMPORT)

    shown = await preview(person, id=form_of(page)["id"])
    kept = await send(person, form_of(await preview(person, "Delegation A: Yes.")))

    assert texts(shown, "//textarea") == [" ".join(LINES.split())]
    assert "=contacts" in told(shown)[0]
    assert kept.url.path.startswith(f"{IMPORT}/")
    assert texts(kept, "//*[@id='imported']/p[1]") == [
        "Came in from the import: 1 intervention, 1 point."
    ]


# Items ------------------------------------------------------------------------------------------


async def test_where_a_meeting_has_several_items_one_is_chosen_or_named(rapporteur, week):
    text = "Delegation A: x\n\nItem 2\n\nDelegation C: y"
    page = await rapporteur.get(JOINT)

    nothing = await preview(rapporteur, text, JOINT)
    await keep(rapporteur, text, JOINT, item=str(named("item", "4")))

    assert texts(page, "//select[@id='item']/option") == [
        "Each row names its item",
        "4. Other matters",
        "2. Assets",
    ]
    assert told(nothing) == [
        "Row 1, Item: Say on which item this is, here or for all rows above: 4; 2."
    ]
    async with week.read() as db:
        found = await db.exec(select(Intervention.item_id).order_by(col(Intervention.started_at)))
        assert found.all() == [named("item", "4"), named("item", "wg2")]


async def test_items_of_two_sessions_with_one_number_are_told_apart_by_the_session(
    rapporteur, week
):
    async with week.write() as db:
        other = await db.get_one(AgendaItem, named("item", "wg2"))
        other.number = "4"

    doubtful = await preview(rapporteur, "Item 4\nDelegation A: x", JOINT)
    clear = await preview(rapporteur, "Delegation\tItem\tText\nDelegation A\twg-2021/4\tx", JOINT)

    assert told(doubtful) == [
        "Row 2, Item “4”: Several items are called so. Write one of: eg1-2021/4; wg-2021/4."
    ]
    assert told(clear) == []


async def test_a_meeting_without_items_says_so(secretariat, week):
    async with week.write() as db:
        await db.exec(sa.delete(Allotment))

    page = await secretariat.get(IMPORT)

    assert texts(page, "//*[@class='empty']") == [
        "No items are allotted to this meeting. Choose its items"
    ]


# What is wrong ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Delegatoin A: x",
         ("Row 1, Delegation “Delegatoin A”: Nobody of this name or code takes part in the meeting."
         " Did you mean Delegation A? A line that goes on under the speaker above begins with a"
         " dash.")),
        ("Delegation: x",
         ("Row 1, Delegation “Delegation”: This may be any of these: Delegation A; Delegation B."
         " Write the whole name, or the code.")),
        ("Delegation C: x",
         ("Row 1, Delegation “Delegation C”: Nobody of this name or code takes part in the meeting."
         " Did you mean Delegation B? A line that goes on under the speaker above begins with a"
         " dash.")),
        ("- x",
         ("Row 1, Delegation: It is not said who speaks: begin the line, or one above it without a"
         " blank line between, with the delegation and a colon.")),
        ("Delegation A: x\n\n- y",
         ("Row 3, Delegation: It is not said who speaks: begin the line, or one above it without a"
         " blank line between, with the delegation and a colon.")),
        ("25:10 Delegation A: x",
         "Row 1, Time “25:10”: Give the time of day at the place, such as 10:32, or none."),
        ("Item 9\nDelegation A: x",
         "Row 2, Item “9”: Give an item that is allotted to this meeting: 3."),
        ("Delegation A: x #netwroks",
         "Row 1, Text “#netwroks”: This mark names nothing here. Did you mean #networks?"),
        ("Delegation A: x !demand", "Row 1, Text “!demand”: This mark names nothing here."),
        ("Delegation A: x =contact", "Row 1, Text “=contact”: This mark names nothing here."),
        ("Delegation A: x @x", "Row 1, Text “@x”: This mark names nothing here."),
        ("Delegation A: #networks",
         "Row 1, Text “#networks”: Say what was said, besides its marks."),
        ("Delegation A: " + "#x " * 41,
         "Row 1, Text “" + ("#x " * 41)[:79] + "…”: There are too many marks in one point."),
        ("Delegation A: " + "x" * 20_001,
         "Row 1, Text “" + "x" * 79 + "…”: This is too long: give at most 20000 characters."),
        ("Delegation\tTime\tText\nDelegation A\t2021-09-07 10:30\tx",
         "Row 2, Time “2021-09-07 10:30”: The meeting is on 2021-09-06: give a time of that day."),
        ("Delegation\tKind\tText\nDelegation A\tstatment\tx",
         ("Row 2, Kind “statment”: Write one of: statement, right-of-reply, point-of-order,"
         " presentation, chair, good-practice, challenge, measure, recommendation, request,"
         " announcement. Did you mean statement?")),
        ("Delegation\tCapacity\tText\nDelegation A\tnationl\tx",
         ("Row 2, Capacity “nationl”: Write one of: national, state, group, organization."
         " Did you mean national?")),
        ("Delegation\tTopic\tText\nDelegation A\tnetwork stuff\tx",
         "Row 2, Topic “network stuff”: No topic is called so. Did you mean networks?"),
        ("Delegation\tView\tText\nDelegation A\tcontacts\tx",
         "Row 2, View “contacts”: No view on this item is called so."),
        ("Delegation\tArticles\tText\nDelegation A\t46 and 48\tx",
         ("Row 2, Articles “and”: Give numbers of articles, such as 46 or 46.3, with commas"
         " between.")),
        ("Delegation\tTime\tText\n\t10:30\tx",
         ("Row 2, Delegation: It is not said who speaks: no delegation stands here, nor in a row"
         " above.")),
        ("Delegation\tTime\tText\nDelegation A\t10:30\tx\n\t10:35\t",
         ("Row 3, Time “10:35”: This row names no delegation, so it goes on with the one above,"
         " which has something else here. Name the delegation, or leave this empty.")),
    ],
    ids=lambda text: text[:30],
)  # fmt: skip
async def test_a_fault_says_the_row_the_column_the_value_and_what_would_do(
    rapporteur, week, text, fault
):
    answer = await preview(rapporteur, text)

    assert told(answer)[0] == fault
    assert "Put all this in the log" not in answer.text


async def test_all_faults_are_told_at_once_each_in_its_row(rapporteur, week):
    answer = await preview(rapporteur, "Delegatoin A: x\n- y #nothing\nDelegation B: z !nothing")

    assert [line.partition(":")[0] for line in told(answer)] == [
        "Row 1, Delegation “Delegatoin A”",
        "Row 2, Text “#nothing”",
        "Row 3, Text “!nothing”",
    ]
    assert len(texts(answer, "//tr[@id='import-row-2']//p[@class='at-field']")) == 1


async def test_after_very_many_faults_it_says_how_much_was_not_read(rapporteur, week):
    answer = await preview(rapporteur, "Nobody such: x\n" * 2000)

    assert len(told(answer)) == FAULTS
    assert f"{2000 - FAULTS} rows after these were not read yet." in answer.text


async def test_one_fault_keeps_everything_out(rapporteur, week):
    form = form_of(await preview(rapporteur, "Delegation A: x #networks\nDelegation B: y"))
    form["rows"] = form["rows"].replace("#networks", "#nothing")

    answer = await send(rapporteur, form)

    assert answer.status_code == 422
    assert faults(answer) == {
        "": "Row 1, Text: This mark names nothing here. Make the preview anew to see all that is"
        " wrong."
    }
    assert await logged(week) == []


@pytest.mark.parametrize(
    "rows",
    [
        "",
        "x",
        "[]",
        '{"rows": []}',
        '{"rows": [{"number": 1, "cells": {"mood": "x"}}]}',
        '{"rows": [{"number": 1, "cells": {"text": "\\ud800"}}]}',
    ],
)
async def test_rows_that_no_preview_made_are_refused(rapporteur, week, rows):
    answer = await send(rapporteur, {"id": str(uuid4()), "rows": rows})

    assert answer.status_code == 422
    assert await logged(week) == []


@pytest.mark.parametrize(
    ("data", "field"), [({"text": " "}, "text"), ({"id": "none", "text": "x"}, "id")]
)
async def test_a_form_that_says_nothing_is_told_so(rapporteur, data, field):
    answer = await rapporteur.post(
        f"{IMPORT}/preview", data={"id": str(uuid4())} | data, files=NO_FILE
    )

    assert answer.status_code == 422
    assert list(faults(answer)) == [field]


# Once, and out again ----------------------------------------------------------------------------


async def test_the_same_import_twice_is_one(rapporteur, week):
    form = form_of(await preview(rapporteur, "Delegation A: x\nDelegation B: y"))

    answers = [await send(rapporteur, form) for _ in range(2)]

    assert answers[0].headers["hx-redirect"] == answers[1].headers["hx-redirect"]
    assert [points for *_, points in await logged(week)] == [["x"], ["y"]]


async def test_something_else_from_the_same_page_is_refused(rapporteur, week):
    form = form_of(await preview(rapporteur, "Delegation A: x"))
    await send(rapporteur, form)

    answers = [
        await send(rapporteur, form_of(await preview(rapporteur, text, id=form["id"])))
        for text in ("Delegation A: z", "Delegation A: x\n- y", "Delegation A: x\n\nDelegation B:")
    ]

    assert [answer.status_code for answer in answers] == [422] * 3
    assert "Undo that import first" in faults(answers[0])[""]
    assert [points for *_, points in await logged(week)] == [["x"]]


async def test_undo_takes_out_exactly_what_came_in(rapporteur, week):
    await keep(rapporteur, "10:00 Delegation A: stays")
    before = await logged(week)
    path = await keep(rapporteur, "Delegation A: x\nDelegation B: y")

    answers = [await rapporteur.post(f"{path}/undo") for _ in range(2)]

    assert [answer.headers["hx-redirect"] for answer in answers] == [path, path]
    assert await logged(week) == before
    page = await rapporteur.get(path)
    assert texts(page, "//*[@id='imported']/p")[0].startswith("The import was undone")
    async with week.read() as db:
        events = (await db.exec(select(LiveEvent.kind).order_by(col(LiveEvent.seq)))).all()
    assert events[-2:] == ["intervention"] * 2


async def test_what_was_undone_can_come_in_again_and_out_again(rapporteur, week):
    form = form_of(await preview(rapporteur, "Delegation A: x"))
    for _ in range(2):
        answer = await send(rapporteur, form)
        assert [points for *_, points in await logged(week)] == [["x"]]

        await rapporteur.post(f"{answer.headers['hx-redirect']}/undo")
        assert await logged(week) == []


async def correct(_week, person, point):
    form = {"text": "corrected", "version": str(point.version)}
    await person.post(f"/sessions/eg1-2021/points/{point.id}", data=form)


async def add_to(_week, person, point):
    form = {"id": str(uuid4()), "intervention": str(point.intervention_id), "text": "added"}
    await person.post(f"{LOG}/points", data=form)


async def take_out(week, _person, point):
    async with week.write(named("user", "secretariat", None)) as db:
        await db.delete(point)


@pytest.mark.parametrize("change", [correct, add_to, take_out])
async def test_what_somebody_has_changed_since_stays_and_is_named(
    rapporteur, secretariat, week, change
):
    path = await keep(rapporteur, "10:00 Delegation A: x\n10:05 Delegation B: y")
    async with week.read() as db:
        point = (await db.exec(select(Point).where(Point.text == "x"))).one()
    await change(week, secretariat, point)

    answer = await rapporteur.post(f"{path}/undo")

    assert answer.status_code == 422
    assert faults(answer) == {
        "": "This import stays, for it is no longer as it came in: Delegation A, 10:00 (by"
        " Secretariat). Correct the log point by point instead."
    }
    assert len(await logged(week)) == 2


async def test_an_import_that_never_was_is_not_found(rapporteur, week):
    path = f"{IMPORT}/{uuid4()}"

    answers = [await rapporteur.get(path), await rapporteur.post(f"{path}/undo")]

    assert [answer.status_code for answer in answers] == [404, 404]


async def test_an_import_of_another_meeting_is_not_found(rapporteur, week):
    path = await keep(rapporteur, "Delegation A: x")

    answer = await rapporteur.post(f"{path.replace('meetings/1', 'meetings/2')}/undo")

    assert answer.status_code == 404
    assert len(await logged(week)) == 1


async def test_the_audit_has_a_line_for_each_row_that_came_in(rapporteur, week):
    await keep(rapporteur, "Delegation A: x")

    async with week.read() as db:
        entries = (await db.exec(select(Entry.subject, Entry.what, Entry.who))).all()
    who = named("user", "rapporteur", None)
    assert sorted(entries) == [("intervention", "added", who), ("point", "added", who)]


async def test_the_questions_do_not_grow_with_the_rows(rapporteur, week, count_statements):
    counts = []
    for rows in (1, 30):
        with count_statements() as sent:
            await preview(rapporteur, "Delegation A: x\n\n" * rows)
        counts.append(len(sent))

    assert counts[0] == counts[1]


async def test_two_thousand_rows_come_in(rapporteur, week):
    await keep(rapporteur, "Delegation A: x #networks\nDelegation B: y\n" * 1000)

    log = await logged(week)
    assert len(log) == 2000
    assert log[0][1] == "10:00"
    assert log[-1][1] == "12:59"


async def test_moments_are_kept_in_utc(rapporteur, week):
    await keep(rapporteur, "10:32 Delegation A: x")

    async with week.read() as db:
        started = (await db.exec(select(Intervention.started_at))).one()
    assert started == datetime(2021, 9, 6, 8, 32, tzinfo=UTC)
