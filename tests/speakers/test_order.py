"""Who speaks before whom: the order is total, stable, and can be read back from the record."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.delegations.models import Capacity, DelegationKind
from meetings.speakers.models import Act, Asks, SpeakingCapacity, SpeakingClass
from meetings.speakers.order import stand_behind, stand_by_rule
from meetings.speakers.record import Line, replay
from meetings.speakers.rules import ORDERED, ListRules, class_of, sort_key

NINE = datetime(2021, 9, 6, 9, 0, 0, 204_000, tzinfo=UTC)
keys = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
rules = st.tuples(
    st.integers(0, 11), keys, st.integers(0, 99).map(lambda n: NINE + timedelta(milliseconds=n))
)
# What is done to a list: somebody asks, somebody is moved, somebody goes.
acts = st.lists(
    st.one_of(
        st.tuples(st.just("ask"), rules),
        st.tuples(st.just("move"), st.tuples(st.integers(0, 99), st.integers(1, 30))),
        st.tuples(st.just("go"), st.integers(0, 99)),
    ),
    max_size=40,
)


class AList:
    """A list as its verbs leave it: where everybody stands, and the record of it."""

    def __init__(self):
        self.stands, self.by_rule, self.waiting, self.lines = {}, {}, set(), []

    @property
    def order(self):
        return sorted(self.waiting, key=self.stands.__getitem__)

    def ask(self, rule):
        place = len(self.stands) + 1
        one = UUID(int=place)
        self.stands[one] = self.by_rule[one] = stand_by_rule(*rule, place)
        self.waiting.add(one)
        told = [rule[0], rule[1], rule[2].isoformat(), place]
        detail = {"rules": {str(one): told}, "waiting": [str(one)]}
        self.lines.append(Line(Act.INSCRIBED, one, detail))
        return one

    def move(self, one, to):
        before, number = self.order, 2 * (len(self.lines) + 1)
        others = [who for who in before if who != one]
        to = min(to, len(before))
        if before.index(one) == to - 1:
            return
        behind = others[to - 2] if to > 1 else None
        self.stands[one] = stand_behind(behind and self.stands[behind], number)
        behind = behind and str(behind)
        self.lines.append(Line(Act.MOVED, one, {"moves": [[str(one), behind, number]]}))

    def go(self, one):
        self.waiting.discard(one)
        self.lines.append(Line(Act.WITHDRAWN, one, {}))


def played(done):
    """A list after all this; each step is handed out with the order before it."""
    a_list = AList()
    for what, how in done:
        before = a_list.order
        one = None
        if what == "ask":
            one = a_list.ask(how)
        elif before and what == "move":
            one = before[how[0] % len(before)]
            a_list.move(one, how[1])
        elif before:
            a_list.go(one := before[how % len(before)])
        yield a_list, what, how, one, before


@given(acts)
def test_nobody_elses_place_depends_on_who_comes_goes_or_is_moved(done):
    for a_list, _what, _how, one, before in played(done):
        others = [who for who in before if who != one]
        assert [who for who in a_list.order if who in others] == others


@given(acts)
def test_who_is_moved_stands_where_it_was_told(done):
    for a_list, what, how, one, before in played(done):
        if what == "move" and one:
            assert a_list.order.index(one) == min(how[1], len(before)) - 1


@given(acts)
def test_no_two_ever_stand_at_one_place(done):
    for a_list, *_ in played(done):
        assert len(set(a_list.stands.values())) == len(a_list.stands)


@given(acts)
def test_the_record_alone_leads_to_the_same_order(done):
    for a_list, *_ in played(done):
        assert replay(a_list.lines).order == a_list.order


@given(st.lists(rules, max_size=20))
def test_who_is_not_moved_stands_by_class_then_key_then_receipt(asked):
    a_list = AList()
    for rule in asked:
        a_list.ask(rule)

    by_rule = sorted(range(len(asked)), key=lambda n: (*asked[n], n))
    assert a_list.order == [UUID(int=number + 1) for number in by_rule]


def test_a_key_that_begins_like_another_comes_first():
    first, second = (stand_by_rule(3, key, NINE, 1) for key in ("ab", "ab c"))

    assert first < second


# Classes ------------------------------------------------------------------------------------------

C = SpeakingClass


@pytest.mark.parametrize(
    ("kind", "takes_part_as", "speaks_as", "asks", "minister", "wanted"),
    [
        ("state", "state-party", "national", "statement", False, C.STATE_PARTY),
        ("state", "signatory", "national", "statement", False, C.OBSERVER_STATE),
        ("state", "state-party", "national", "statement", True, C.MINISTER),
        ("state", "state-party", "group", "statement", True, C.GROUP),
        ("state", "state-party", "national", "right-of-reply", True, C.RIGHT_OF_REPLY),
        ("state", "state-party", "national", "point-of-order", False, C.POINT_OF_ORDER),
        ("regional-organization", "state-party", "national", "statement", False, C.GROUP),
        ("group", "observer", "national", "statement", False, C.GROUP),
        ("observer-state", "observer", "national", "statement", True, C.MINISTER),
        ("united-nations", "observer", "organization", "statement", False, C.UNITED_NATIONS),
        ("intergovernmental", "observer", "organization", "statement", True, C.INTERGOVERNMENTAL),
        ("non-governmental", "observer", "organization", "statement", False, C.NON_GOVERNMENTAL),
        ("panel", "panel", "national", "statement", False, C.OTHER),
    ],
)
def test_the_class_is_of_what_is_asked_then_for_whom_then_who_speaks(
    kind, takes_part_as, speaks_as, asks, minister, wanted
):
    found = class_of(
        DelegationKind(kind),
        Capacity(takes_part_as),
        SpeakingCapacity(speaks_as),
        Asks(asks),
        minister=minister,
    )

    assert found is wanted


def test_a_point_of_order_comes_before_all_and_a_right_of_reply_after():
    last_first = ListRules(classes=tuple(reversed(ORDERED)))

    assert last_first.order[0] is C.POINT_OF_ORDER
    assert last_first.order[-1] is C.RIGHT_OF_REPLY
    assert last_first.order[1] is C.OTHER


def test_the_alphabet_begins_at_the_drawn_letter():
    drawn = ListRules(within="alphabetical", letter="M")
    names = {"Albania": 1, "Mali": 80, "Zambia": 150, "Éire": 60}

    keys = {name: sort_key(drawn, name, rank, 0) for name, rank in names.items()}

    assert sorted(keys, key=keys.get) == ["Mali", "Zambia", "Albania", "Éire"]


def test_in_rotation_each_groups_second_comes_after_all_first():
    rotation = ListRules(within="rotation")

    assert sort_key(rotation, "Mali", 80, 0) < sort_key(rotation, "Albania", 1, 1)


def test_minutes_are_of_the_class_and_of_the_second_reply():
    ours = ListRules(minutes={"group": 6})

    assert [ours.minutes_of(one) for one in (C.GROUP, C.STATE_PARTY, C.NON_GOVERNMENTAL)] == [
        6,
        3,
        1,
    ]
    assert [ours.minutes_of(C.RIGHT_OF_REPLY, replies) for replies in (0, 1, 7)] == [5, 3, 3]
    assert ours.words_of(3) == 330


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ({"classes": ["group"]}, "name each of these once"),
        ({"within": "lottery"}, "within"),
        ({"minutes": {"group": 0}}, "minutes.group"),
        ({"language": "de"}, "choose one of ar"),
        ({"speed": 1}, "speed"),
    ],
)
def test_a_rule_that_is_none_is_told_by_name(rules, told):
    with pytest.raises(ValueError, match=told):
        ListRules.of({"speakers": rules})
