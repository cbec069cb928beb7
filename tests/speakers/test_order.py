"""Who speaks before whom."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from meetings.speakers.order import in_order, moved, waiting_before

A, B, C, D = (UUID(int=n) for n in range(1, 5))
a_list = st.dictionaries(st.uuids(), st.integers(1, 99), min_size=1, max_size=12)


def after_moving(waiting, one, to):
    return in_order({**waiting, **moved(waiting, one, to)})


def test_who_asked_first_speaks_first():
    assert in_order({A: 4, B: 1, C: 9}) == [B, A, C]


def test_places_of_those_who_have_spoken_leave_no_gap():
    assert waiting_before({A: 4, B: 1, C: 9}, C) == 2


def test_who_is_moved_up_takes_the_place_and_the_others_close_ranks():
    assert moved({A: 1, B: 2, C: 5, D: 7}, C, 1) == {C: 1, A: 2, B: 5}


def test_who_is_moved_past_the_end_comes_last():
    assert after_moving({A: 1, B: 2, C: 3}, A, 99) == [B, C, A]


@given(a_list, st.data())
def test_a_move_sets_one_where_it_was_told_and_keeps_the_order_of_the_others(waiting, data):
    one = data.draw(st.sampled_from(sorted(waiting)))
    to = data.draw(st.integers(1, len(waiting)))
    distinct = {who: place for place, who in enumerate(in_order(waiting), 1)}

    order = after_moving(distinct, one, to)

    assert order.index(one) == to - 1
    assert [who for who in order if who != one] == [who for who in in_order(waiting) if who != one]


@given(a_list, st.data())
def test_a_move_deals_out_the_same_places_anew(waiting, data):
    one = data.draw(st.sampled_from(sorted(waiting)))

    changed = moved(waiting, one, data.draw(st.integers(1, 20)))

    assert sorted({**waiting, **changed}.values()) == sorted(waiting.values())


@given(a_list, st.data())
def test_a_move_made_twice_is_made_once(waiting, data):
    distinct = {who: place for place, who in enumerate(in_order(waiting), 1)}
    one = data.draw(st.sampled_from(sorted(waiting)))
    to = data.draw(st.integers(1, 20))
    once = {**distinct, **moved(distinct, one, to)}

    assert moved(once, one, to) == {}
