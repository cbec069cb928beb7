"""How a programme is laid out, on plain values."""

from datetime import date, time

from meetings.schedule.models import Half, Room
from meetings.schedule.programme import programme
from meetings.schedule.queries import Numbered, Scheduled
from tests.cast import a_meeting, a_session

THURSDAY, MONDAY = date(2021, 9, 9), date(2021, 9, 13)
ROOM = Room(code="a", name={"en": "Boardroom A"})


def a_scheduled(day, half, *, room=ROOM, **hours):
    meeting = a_meeting(f"{day}{half}{room.code}", day, half)
    for name, at in hours.items():
        setattr(meeting, name, at)
    return Scheduled(meeting, room, (Numbered(a_session("eg1-2021", "eg", 1), 1, visible=True),))


def test_week_ends_are_left_out_unless_somebody_sits():
    free = programme([], THURSDAY, MONDAY)
    with_sunday = programme([a_scheduled(12, "am")], THURSDAY, MONDAY)

    assert [each.day.day for each in free.days] == [9, 10, 13]
    assert [each.day.day for each in with_sunday.days] == [9, 10, 12, 13]


def test_each_room_has_its_column_in_the_order_of_codes():
    other = Room(code="0", name={"en": "Boardroom 0"})
    one, two = a_scheduled(9, "pm"), a_scheduled(9, "pm", room=other)

    laid_out = programme([one, two], THURSDAY, THURSDAY)

    assert laid_out.rooms == (other, ROOM)
    assert [row.cells for row in laid_out.days[0].rows] == [((), ()), ((two,), (one,))]


def test_two_meetings_of_a_half_share_a_cell_and_the_usual_hours():
    early = a_scheduled(9, "am", starts=time(9), ends=time(11))
    late = a_scheduled(9, "am", starts=time(11), ends=time(13))

    row = programme([early, late], THURSDAY, THURSDAY).days[0].rows[0]

    assert (row.half, row.hours, row.cells) == (
        Half.MORNING,
        (time(10), time(13)),
        ((early, late),),
    )


def test_a_half_has_the_hours_of_its_only_meeting():
    short = a_scheduled(9, "am", starts=time(12), ends=time(14))

    row = programme([short], THURSDAY, THURSDAY).days[0].rows[0]

    assert row.hours == (time(12), time(14))
