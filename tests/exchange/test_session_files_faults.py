"""All that is wrong with a session file is told at once: the line, the place, what is allowed."""

from datetime import date, time
from uuid import UUID

import pytest

from meetings.exchange.known import Known, KnownMeeting, KnownSession
from meetings.exchange.reading import LIMIT, BadFile, read_session_file
from tests.exchange.session_files import EXAMPLE

ID = "01890a5d-ac96-774b-bcce-b302099a8057"


def faults(text, known=None):
    """What is told of a text, line by line."""
    try:
        read_session_file(text, known or Known())
    except BadFile as bad:
        return str(bad).splitlines()
    return []


def with_(old, new, times=1):
    """The example with something else in it."""
    assert old in EXAMPLE
    return EXAMPLE.replace(old, new, times)


def test_the_example_is_good():
    assert faults(EXAMPLE) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("format: 1", "format: 2", "1: format: expected 1, not 2"),
        ("capacity: 300", "kapacity: 300",
         "20: rooms[0].kapacity: there is no such field: did you mean capacity?"),
        ("capacity: 300", "capacity: many",
         "20: rooms[0].capacity: expected a whole number, not 'many'"),
        ("capacity: 300", "capacity: 0", "20: rooms[0].capacity: expected 1 or more, not 0"),
        ("capacity: 300", "remote: maybe",
         "20: rooms[0].remote: expected true or false, not 'maybe'"),
        ("  kind: state\n", "", "26: delegations[0].kind: is missing"),
        ("kind: conference", "kind: conferences",
         ("4: bodies[0].kind: expected conference, expert-group, working-group, review-group or "
         "network, not 'conferences': did you mean conference?")),
        ("verb: inform", "verb: Inform",
         ("52: sessions[0].agenda[0].updates[0].verb: expected small letters, digits and single "
         "hyphens, such as eg1-2021, not 'Inform'")),
        ("en: Boardroom D", "de: Saal D",
         "19: rooms[0].name.de: expected ar, zh, en, fr, ru or es, not 'de'"),
        ("en: Networks", "en: ''",
         "24: topics[0].name.en: says nothing: expected 1 character at least"),
        ("starts: 2021-09-06", "starts: 20210906",
         "44: sessions[0].starts: expected a day, such as 2021-09-06, not 20210906"),
        ("starts: 2021-09-06", "starts: 2021-09-31",
         "44: sessions[0].starts: expected a day, such as 2021-09-06, not '2021-09-31'"),
        ("Europe/Vienna", "Europe/Wien",
         "43: sessions[0].timezone: expected an IANA time zone, such as Europe/Vienna"),
        ("starts: 09:30", "starts: 930",
         "111: meetings[0].starts: expected an hour at the place, such as 10:00, not 930"),
        ("starts: 09:30", "starts: 13:30",
         "106: meetings[0]: ends at 13:00, not after it starts at 13:30"),
        ("2021-09-06T09:43:00+02:00", "2021-09-06T09:43:00",
         ("129: meetings[0].log[0].end: expected a moment with its distance from UTC, such as "
         "2021-09-06T10:05:00+02:00, not '2021-09-06T09:43:00'")),
        ("2021-09-06T09:43:00+02:00", "2021-09-06T09:39:00+02:00",
         "126: meetings[0].log[0]: ends before it starts"),
        ("- text: Contacts matter.", f"- id: {ID}x\n      text: Contacts matter.",
         f"132: meetings[0].log[0].points[0].id: expected an id such as {ID}, not '{ID}x'"),
    ],
)  # fmt: skip
def test_a_value_that_is_not_allowed(old, new, told):
    assert faults(with_(old, new)) == [told]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("body: eg", "body: egg", "36: sessions[0].body: unknown body egg: did you mean eg?"),
        ("parent: conference", "parent: eg",
         "13: bodies[1].parent: goes round in a circle: eg > eg"),
        ("topic: networks", "topic: nets",
         ("62: sessions[0].agenda[0].views[0].topic: unknown topic nets: "
         "did you mean networks?")),
        ("{parties} parties", "{partys} parties",
         ("54: sessions[0].agenda[0].updates[0].text.en: unknown figure partys: "
         "did you mean parties?")),
        ("source: CAC/COSP/EG.1/2021/1", "source: A/1",
         "59: sessions[0].agenda[0].updates[0].figures.parties.source: unknown document A/1"),
        ("after: contacts", "after: contact",
         ("68: sessions[0].agenda[0].views[1].after: unknown view of this item contact: "
         "did you mean contacts?")),
        ("after: contacts", "after: more-contacts",
         ("68: sessions[0].agenda[0].views[1].after: goes round in a circle: "
         "more-contacts > more-contacts")),
        ("      - contacts", "      - others",
         "80: sessions[0].agenda[0].paragraphs[0].views[0]: unknown view others"),
        ("minutes: 180\n    updates", "joint_with: eg-2021/3 (a)\n    updates",
         ("50: sessions[0].agenda[0].joint_with: eg-2021/3 (a) is of this session: "
         "expected an item of another one")),
        ("number: 3 (a)", "number: 4 (a)",
         ("82: sessions[0].agenda[0].items[0].number: expected a number such as 3 (a) under "
         "item 3, not 4 (a)")),
        ("ordinal: 10", "follows: eg-2021",
         "37: sessions[0].follows: goes round in a circle: eg-2021 > eg-2021"),
        ("ordinal: 10", "follows: eg-2020", ("37: sessions[0].follows: unknown session eg-2020: "
         "did you mean eg-2021?")),
        ("    item: '3'\n  part", "    item: '4'\n  part",
         "89: sessions[0].documents[0].item: unknown item 4"),
        ("room: boardroom-d", "room: e", "108: meetings[0].room: unknown room e"),
        ("- item: eg-2021/3\n    minutes", "- item: eg-2021/7\n    minutes",
         "114: meetings[0].items[0].item: unknown item eg-2021/7: did you mean eg-2021/3?"),
        ("delegation: delegation-a\n    start", "delegation: delegation-c\n    start",
         ("127: meetings[0].log[0].delegation: unknown delegation delegation-c: "
         "did you mean delegation-b?")),
        ("  - delegation: delegation-b\n    capacity: state-party\n", "",
         ("121: meetings[0].lists[0].speakers[1].delegation: delegation-b has no participation "
         "in eg-2021: add it there")),
        ("      view: contacts", "      view: contact",
         ("137: meetings[0].log[0].points[0].view: unknown view of eg-2021/3 contact: "
         "did you mean contacts?")),
        ("log:\n  - item: eg-2021/3", "log:\n  - item: eg-2021/3 (a)",
         ("137: meetings[0].log[0].points[0].view: view contacts is of eg-2021/3, "
         "not of eg-2021/3 (a)")),
    ],
)  # fmt: skip
def test_a_name_that_nothing_carries(old, new, told):
    assert told in faults(with_(old, new))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("code: delegation-b", "code: delegation-a",
         ("30: delegations[1].code: delegation delegation-a stands twice: "
         "first in delegations[0].code")),
        ("number: 3 (a)", "number: 3", ("82: sessions[0].agenda[0].items[0].number: "
         "item 3 stands twice: first in sessions[0].agenda[0].number")),
        ("key: more-contacts", "key: contacts",
         ("67: sessions[0].agenda[0].views[1].key: view contacts stands twice: "
         "first in sessions[0].agenda[0].views[0].key")),
        ("- delegation: delegation-b\n    capacity", "- delegation: delegation-a\n    capacity",
         ("95: sessions[0].participations[1].delegation: participation of delegation-a stands "
         "twice: first in sessions[0].participations[0].delegation")),
        ("eg-2021: 2", "eg-2021: 1",
         ("142: meetings[1].sessions.eg-2021: meeting 1 of eg-2021 stands twice: "
         "first in meetings[0].sessions.eg-2021")),
        ("day: 2021-09-07", "day: 2021-09-09",
         ("144: meetings[1].day: 2021-09-09 is no day of eg-2021, held from 2021-09-06 to "
         "2021-09-08")),
        ("      state: spoken\n    - delegation: delegation-b", "    - delegation: delegation-a",
         ("122: meetings[0].lists[0].speakers[1]: waiting delegation delegation-a national stands "
         "twice: first in meetings[0].lists[0].speakers[0]")),
        ("    end: 2021-09-06T09:43:00+02:00\n", ("  - item: eg-2021/3\n"
         "    delegation: delegation-b\n    start: 2021-09-06T09:50:00+02:00\n"),
         ("129: meetings[0].log[1]: has no end, and meetings[0].log[0] has none: "
         "one speaker at a time")),
    ],
)  # fmt: skip
def test_a_thing_that_cannot_stand_beside_another(old, new, told):
    assert told in faults(with_(old, new))


def test_two_meetings_at_once_are_told_of_the_room_and_of_the_session():
    text = with_("day: 2021-09-07\n  half: pm", "day: 2021-09-06\n  half: am")

    assert faults(text) == [
        (
            "142: meetings[1].sessions.eg-2021: session eg-2021 is taken then: meetings[0] is "
            "there from 09:30 to 13:00"
        ),
        (
            "143: meetings[1].room: room boardroom-d is taken then: meetings[0] is there from "
            "09:30 to 13:00"
        ),
    ]


def test_an_id_stands_for_one_thing_only():
    text = with_("- text: ", f"- id: {ID}\n      text: ", times=2)

    assert faults(text) == [
        (
            f"139: meetings[0].log[0].points[1].id: id {ID} stands twice: "
            "first in meetings[0].log[0].points[0].id"
        )
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["1: is empty: expected format, sessions and meetings"]),
        ("[]", ["1: expected fields, such as format: …, not a list"]),
        ("format: 1\nformat: 1\nsessions: []", ["2: format stands twice: first on line 1"]),
        ("format: 1\nsessions: &all []\nmeetings: *all",
         ["2: &all is an anchor: leave it out", "3: *all is an alias: write the thing out",
          "3: meetings: expected a list, not nothing"]),
        ("format: !!python/name:os.system 1\nsessions: []",
         ["1: format: expected 1, not '1'",
          "1: tag:yaml.org,2002:python/name:os.system is a tag: leave it out"]),
        ("format: 1\nsessions: []\n--- 2", ["3: a second document begins here: expected one only"]),
        ("format: 1\nsessions: [", [("3: is not YAML: while parsing a flow node, did not find "
                                    "expected node content")]),
        ('format: 1\nsessions: ["\\0"]',
         ["2: has a control character: leave it out",
          "2: sessions[0]: expected fields, such as slug: …, not '\\x00'"]),
        ("? [a]\n: 1\n", ["1: a list or fields stand where a name should: expected name: value",
                          "1: format: is missing", "1: sessions: is missing",
                          ("2: there is no such field: expected format, bodies, rooms, topics, "
                          "delegations, sessions or meetings")]),
        ("a: " + "[" * 100_000, ["1: is nested more than 60 deep"]),
    ],
)  # fmt: skip
def test_what_is_no_yaml_or_more_than_we_take(text, told):
    assert sorted(faults(text)) == sorted(told)


def test_a_file_without_end_is_refused_unread():
    assert faults("#" * (LIMIT + 1)) == [
        "1: has 64,000,001 characters: at most 64,000,000 are taken"
    ]


def test_faults_of_all_kinds_come_together_in_the_order_of_lines():
    text = (
        with_("capacity: 300", "capacity: many")
        .replace("body: eg", "body: ek")
        .replace("title:\n      en: Cooperation", "title: Cooperation")
        .replace("eg-2021: 2", "eg-2021: 1")
    )

    assert [line.partition(":")[0] for line in faults(text)] == ["20", "36", "48", "141"]


def test_a_faulty_part_makes_no_false_faults_elsewhere():
    text = with_("number: '3'\n    title:\n      en: Cooperation", "number: '3'\n    title: x")

    assert faults(text) == [
        "48: sessions[0].agenda[0].title: expected names with values, such as en: Words, not 'x'"
    ]


def test_norway_and_numbers_are_what_the_field_takes_them_for():
    text = (
        with_("code: delegation-a", "code: NO")
        .replace("delegation: delegation-a", "delegation: NO")
        .replace("number: '3'", "number: 3")
        .replace("- '46.3'", "- 46.3")
    )

    file = read_session_file(text)

    assert file.delegations[0].code == "NO"
    assert file.sessions[0].agenda[0].number == "3"
    assert file.meetings[0].log[0].points[0].articles == ["46", "46.3"]


NEIGHBOUR = KnownMeeting(
    UUID(ID), {"other": 4}, "boardroom-d", date(2021, 9, 7), time(15), time(18)
)


def test_the_names_that_are_known_already_need_no_definition():
    text = "format: 1\nsessions: []\ntopics: [{slug: x, name: {en: X}, parent: y}]"

    assert faults(text) == ["3: topics[0].parent: unknown topic y"]
    assert faults(text, Known(topics={"y": None})) == []
    assert faults(text, Known(topics={"y": "x"})) == [
        "3: topics[0].parent: goes round in a circle: x > y > x"
    ]


def test_what_came_with_the_program_is_not_defined_anew():
    known = Known(
        reference_topics=frozenset({"networks"}), reference_delegations=frozenset({"delegation-b"})
    )

    assert faults(EXAMPLE, known) == [
        "22: topics[0].slug: topic networks came with the program: use it without defining it here",
        (
            "30: delegations[1].code: delegation delegation-b came with the program: use it "
            "without defining it here"
        ),
    ]


def test_a_room_that_another_session_has_then_is_taken():
    known = Known(meetings=(NEIGHBOUR,))

    assert faults(EXAMPLE, known) == [
        (
            "143: meetings[1].room: room boardroom-d is taken then: meeting 4 of other is there "
            "from 15:00 to 18:00"
        )
    ]


def test_a_number_that_another_meeting_has_is_taken():
    other = KnownSession(date(2021, 9, 6), date(2021, 9, 8))
    known = Known(sessions={"other": other}, meetings=(NEIGHBOUR,))
    joint = f"- id: {ID[::-1][:8]}-ac96-774b-bcce-b302099a8057\n  sessions:\n    other: 4\n"

    text = EXAMPLE.replace("- sessions:\n    eg-2021: 2\n", joint + "    eg-2021: 2\n")

    assert faults(text, known) == [
        "143: meetings[1].sessions.other: other has another meeting 4 already"
    ]


def test_a_meeting_belongs_to_a_session_of_its_file():
    other = KnownSession(date(2021, 9, 6), date(2021, 9, 8))
    text = with_("eg-2021: 2", "other: 2")

    assert faults(text, Known(sessions={"other": other})) == [
        "142: meetings[1].sessions: belongs to no session of this file"
    ]


def test_rules_that_nothing_can_be_drafted_by_are_told():
    text = """\
format: 1
bodies:
  - code: x
    kind: network
    name: {en: X}
    rules: {tense: future}
sessions: []
"""

    with pytest.raises(BadFile) as told:
        read_session_file(text)

    assert [str(fault) for fault in told.value.faults] == [
        "6: bodies[0].rules: tense: Input should be 'past' or 'present'"
    ]
