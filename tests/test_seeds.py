"""The example sessions and the reference data: valid, whole, and nobody real is quoted."""

import re
from datetime import date

import pytest
from sqlmodel import select

from meetings.base.assets import ASSETS
from meetings.bodies.models import Session
from meetings.exchange.actions import load_session_file
from meetings.exchange.known import Known, agenda
from meetings.exchange.plain_yaml import read_yaml
from meetings.exchange.queries import dump_sessions
from meetings.exchange.reading import read_session_file
from meetings.exchange.reference_actions import load_reference
from meetings.exchange.reference_files import reference_delegations, reference_topics
from meetings.exchange.rows import wanted_rows
from meetings.exchange.session_file import SessionFile
from meetings.report.drafting import draft_item
from meetings.report.phrases import phrasebook
from meetings.report.quantifiers import Rules
from tests.support.file_material import item_of, log_of, material_of

DELEGATIONS = list(reference_delegations())
TOPICS = list(reference_topics())
REFERENCE = Known(
    topics={row["slug"]: None for row in TOPICS},
    delegations=frozenset(row["code"] for row in DELEGATIONS),
    reference_topics=frozenset(row["slug"] for row in TOPICS),
    reference_delegations=frozenset(row["code"] for row in DELEGATIONS),
)
FILES = sorted(ASSETS.seeds.glob("*.yaml"))
EXAMPLE = re.search(
    r"```yaml\n(.*?)```", (ASSETS.seeds / "README.md").read_text(encoding="utf-8"), re.DOTALL
)[1]


def seed(name):
    return read_session_file((ASSETS.seeds / name).read_text(encoding="utf-8"), REFERENCE)


UNCAC, UNTOC = seed("uncac-2021-09.yaml"), seed("untoc-2022-05.yaml")


# What the files say ----------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_keeps_the_contract_for_any_reader(file):
    data = read_yaml(file.read_text(encoding="utf-8")).data

    SessionFile.model_validate(data)


def test_the_week_of_september_has_ten_half_days_and_four_of_them_are_joint():
    slots = [(meeting.day, meeting.half.value) for meeting in UNCAC.meetings]
    numbers = {
        session.slug: [
            m.sessions[session.slug] for m in UNCAC.meetings if session.slug in m.sessions
        ]
        for session in UNCAC.sessions
    }

    days = [date(2021, 9, day) for day in (6, 7, 8, 9, 10)]
    assert slots == [(day, half) for day in days for half in ("am", "pm")]
    assert [len(meeting.sessions) for meeting in UNCAC.meetings] == [3, 1, 1, 2, 1, 1, 2, 1, 1, 3]
    assert numbers == {
        "eg1-2021": [1, 2, 3, 4, 5],
        "wg2-2021": [1, 2, 3, 4, 5, 6],
        "irg-2021": [1, 2, 3, 4, 5],
    }


def test_the_week_of_may_goes_from_one_working_group_to_the_other_over_a_joint_day():
    joint = [(m.day, m.half.value) for m in UNTOC.meetings if len(m.sessions) == 2]
    first, second = UNTOC.sessions

    assert joint == [(date(2022, 5, 25), "am"), (date(2022, 5, 25), "pm")]
    assert (second.follows, first.ends, second.starts) == (first.slug, *[date(2022, 5, 25)] * 2)
    assert item_of(UNTOC, "wg2-2022-ta/2").joint_with == "wg3-2022/3"
    assert len({one.delegation for one in log_of(UNTOC, "wg3-2022/3")}) == 14


def test_the_secretariat_s_figures_are_those_that_were_published():
    updates = item_of(UNCAC, "eg1-2021/3").updates
    figures = {name: one.value for update in updates for name, one in update.figures.items()}
    sources = {one.source for update in updates for one in update.figures.values() if one.source}

    assert figures == {
        "applications": 27,
        "states": 18,
        "mla": 133,
        "prevention": 120,
        "recovery": 86,
        "extradition": 32,
        "civil": 35,
    }
    assert sources == {"CAC/COSP/EG.1/2021/2"}


@pytest.mark.parametrize("file", [UNCAC, UNTOC], ids=["uncac", "untoc"])
def test_nobody_real_takes_the_floor(file):
    invented = {one.code for one in file.delegations} | {"SECRETARIAT"}
    said = {
        one.delegation
        for meeting in file.meetings
        for one in (*meeting.log, *(s for speakers in meeting.lists for s in speakers.speakers))
    }
    groups = {
        one.on_behalf_of
        for meeting in file.meetings
        for one in (*meeting.log, *(s for speakers in meeting.lists for s in speakers.speakers))
    }

    assert said - invented == set()
    assert groups == {"", "Group One"}


@pytest.mark.parametrize("file", [UNCAC, UNTOC], ids=["uncac", "untoc"])
def test_who_had_the_floor_had_asked_for_it(file):
    for meeting in file.meetings:
        asked = {
            (speakers.item, one.delegation)
            for speakers in meeting.lists
            for one in speakers.speakers
            if one.state == "spoken"
        }
        statements = [one for one in meeting.log if one.kind == "statement"]
        assert {(one.item, one.delegation) for one in statements} == asked


@pytest.mark.parametrize("file", [UNCAC, UNTOC], ids=["uncac", "untoc"])
def test_one_speaker_at_a_time_between_opening_and_adjournment(file):
    for meeting in file.meetings:
        moments = [moment for one in meeting.log for moment in (one.start, one.end)]
        assert moments == sorted(moments)
        assert all(meeting.opened <= moment <= meeting.adjourned for moment in moments)


@pytest.mark.parametrize("file", [UNCAC, UNTOC], ids=["uncac", "untoc"])
def test_every_view_is_supported_on_its_own_topic(file):
    for session in file.sessions:
        for item in agenda(session):
            points = [
                (point.view, point.topic)
                for one in log_of(file, f"{session.slug}/{item.number}")
                for point in one.points
                if point.view
            ]
            assert set(points) == {(view.key, view.topic) for view in item.views}


# The draft -------------------------------------------------------------------------------------


def drafted(language):
    material = material_of(UNCAC, "eg1-2021/3", language)
    return draft_item(material, phrasebook(language), Rules())


OPENINGS = {
    "fr": """
        Au cours du débat qui a suivi, plusieurs intervenants ont / Certains ont
        / Parmi les difficultés citées figuraient / Certains intervenants ont
        | Un intervenant a / Un autre a
        | Plusieurs intervenants ont également / Certains ont
        | Plusieurs intervenants ont / Certains ont / Ces outils étaient considérés comme
        | Certains intervenants ont
    """,
    "en": """
        In the ensuing discussion, several speakers / Some
        / Among the difficulties cited were / Some speakers
        | One speaker / Another speaker
        | Several speakers also / Some
        | Several speakers / Some / Those tools were considered
        | Some speakers
    """,
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_draft_has_the_quantifiers_of_the_published_addendum_in_their_places(language):
    paragraphs = drafted(language)

    openings = [
        [start.strip() for start in paragraph.split(" / ")]
        for paragraph in OPENINGS[language].replace("\n", " ").split(" | ")
    ]
    opened = [
        [
            sentence.text[: len(start)]
            for sentence, start in zip(paragraph.sentences, starts, strict=True)
        ]
        for paragraph, starts in zip(paragraphs[7:], openings, strict=True)
    ]
    assert len(paragraphs) == 12
    assert opened == openings


def test_the_draft_counts_delegations_behind_every_sentence():
    counted = [
        [(sentence.quantifier, sentence.supporters) for sentence in paragraph.sentences]
        for paragraph in drafted("fr")[7:]
    ]

    assert counted == [
        [("several", 6), ("some", 3), ("", 4), ("some", 3)],
        [("one", 1), ("one", 1)],
        [("several", 5), ("some", 2)],
        [("several", 5), ("some", 3), ("", 2)],
        [("some", 3)],
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_is_left_to_fill_in_and_nobody_is_named(language):
    text = "\n".join(paragraph.text for paragraph in drafted(language))

    assert re.findall(r"[{}|]|D[ée]l[ée]gation [A-Z]\b|Group One", text) == []


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("file", [UNCAC, UNTOC], ids=["uncac", "untoc"])
def test_the_phrasebook_has_every_verb(file, language):
    phrases = phrasebook(language)
    items = [item for session in file.sessions for item in agenda(session)]
    verbs = {update.verb for item in items for update in item.updates} | {
        point.verb for m in file.meetings for one in m.log for point in one.points if point.verb
    }
    frames = set()
    for view in (view for item in items for view in item.views):
        (verbs if view.form == "speakers" else frames).update(one.verb for one in view.says)

    assert verbs - phrases.verbs.keys() == set()
    assert frames - phrases.unattributed.keys() == set()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("file", [UNCAC, UNTOC], ids=["uncac", "untoc"])
def test_no_word_stands_twice_where_a_verb_meets_its_text(file, language):
    names = [f"{one.slug}/{item.number}" for one in file.sessions for item in agenda(one)]
    text = "\n".join(
        paragraph.text
        for name in names
        for paragraph in draft_item(
            material_of(file, name, language), phrasebook(language), Rules()
        )
    )

    assert re.findall(r"\b(\w+) \1\b|\bof (?:of|that)\b|\b(?:de|à) (?:le|les)\b", text) == []


# Loading, and what is told about it ------------------------------------------------------------


def fields_of_the_contract():
    schema = SessionFile.model_json_schema()
    parts = [schema, *(part for part in schema["$defs"].values() if "properties" in part)]
    return {name for part in parts for name in part["properties"]}


def test_the_readme_names_every_field_of_a_session_file():
    text = (ASSETS.seeds / "README.md").read_text(encoding="utf-8")

    untold = {name for name in fields_of_the_contract() if f"`{name}`" not in text}
    assert untold == set()


def test_the_readme_s_example_is_a_whole_file():
    example = read_session_file(EXAMPLE, REFERENCE)

    assert [session.slug for session in example.sessions] == ["example-2030"]
    assert [len(meeting.log) for meeting in example.meetings] == [1]


@pytest.mark.anyio
async def test_the_example_and_both_weeks_load_beside_each_other_and_again_change_nothing(store):
    texts = [EXAMPLE, *(file.read_text(encoding="utf-8") for file in FILES)]
    async with store.write() as db:
        await load_reference(db)
        for text in texts:
            await load_session_file(db, text)

    async with store.write() as db:
        again = [(await load_session_file(db, text)).nothing for text in texts]
        reference = await load_reference(db)
        slugs = (await db.exec(select(Session.slug).order_by(Session.slug))).all()

    assert (again, reference) == ([True] * 3, 0)
    assert slugs == [
        "eg1-2021", "example-2030", "irg-2021", "wg2-2021", "wg2-2022-ta", "wg3-2022",
    ]  # fmt: skip


@pytest.mark.anyio
async def test_a_week_is_given_back_with_all_that_it_says(store):
    async with store.write() as db:
        await load_reference(db)
        await load_session_file(db, (ASSETS.seeds / "uncac-2021-09.yaml").read_text("utf-8"))
        dumped = await dump_sessions(db, ["eg1-2021", "wg2-2021", "irg-2021"])

    given, back = wanted_rows(UNCAC).rows, wanted_rows(read_session_file(dumped, REFERENCE)).rows
    counts = {model.__name__: len(rows) for model, rows in given.items()}
    # A room in which no meeting is held is not part of a session.
    assert {model.__name__: len(rows) for model, rows in back.items()} == {**counts, "Room": 1}
