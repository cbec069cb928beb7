"""More meetings on the stage of the tests, and forms as a browser sends them."""

from meetings.schedule.models import Allotment, SessionMeeting
from tests.cast import a_meeting, named

EG, WG = named("session", "eg1-2021"), named("session", "wg-2021")
ITEM_3, ITEM_4, WG_ITEM = named("item", "3"), named("item", "4"), named("item", "wg2")


async def add_meeting(store, name, day, half, numbers, items=(), room="a"):
    """A meeting with its number in each session, {session: number}, and its items."""
    meeting = a_meeting(name, day, half)
    meeting.room_id = named("room", room)
    async with store.write() as db:
        db.add(meeting)
        await db.flush()
        for session, number in numbers.items():
            db.add(SessionMeeting(session_id=session, meeting_id=meeting.id, number=number))
        for position, item in enumerate(items, 1):
            db.add(Allotment(meeting_id=meeting.id, item_id=item, position=position))


def a_plan(**changes):
    """The form of a meeting; what is left empty is sent too, as a browser does."""
    empty = {"starts": "", "ends": "", "title_en": "", "title_fr": ""}
    return {"room": "b", "day": "2021-09-07", "half": "am", **empty} | changes


def items_form(*items, **changes):
    """The items that are ticked; those that are not are sent with their empty inputs."""
    inputs = {f"{name}-{item}": "" for name in ("place", "minutes") for item in (ITEM_3, ITEM_4)}
    return inputs | {"items": [str(item) for item in items]} | changes
