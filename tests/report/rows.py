"""What the report's tests start from: speakers who said things, on the week of tests/cast.py."""

from datetime import timedelta

from meetings.delegations.models import Delegation, DelegationKind
from meetings.interventions.models import Intervention, Point, View
from tests.cast import NOON, named


def an_intervention(name, letter, **changes):
    values = {
        "id": named("intervention", name),
        "meeting_id": named("meeting", "first"),
        "item_id": named("item", "3"),
        "delegation_id": named("delegation", letter),
        "started_at": NOON + timedelta(minutes=ord(name[0])),
        "ended_at": NOON + timedelta(minutes=ord(name[0]), seconds=59),
    }
    return Intervention(**(values | changes))


def a_view(key, **changes):
    text = {"en": f"the importance of {key}", "fr": f"l’importance de {key}"}
    values = {
        "id": named("view", key),
        "item_id": named("item", "3"),
        "topic_id": named("topic", "networks"),
        "key": key,
        "clauses": [{"verb": "stress", "text": text}],
        "position": 1,
    }
    return View(**(values | changes))


def a_point(intervention, view=None, text="Said.", **changes):
    values = {
        "id": named("point", intervention, view, text),
        "intervention_id": named("intervention", intervention),
        "position": 1,
        "text": text,
        "topic_id": named("topic", "networks"),
        "view_id": view and named("view", view),
        "logged_at": NOON,
    }
    return Point(**(values | changes))


def the_secretariat():
    return Delegation(
        id=named("delegation", "secretariat"),
        code="SECRETARIAT",
        kind=DelegationKind.SECRETARIAT,
        name={"en": "Secretariat"},
    )


async def put(store, *batches):
    """Put rows into the store, batch after batch."""
    async with store.write() as db:
        db.info["audit"] = False
        for rows in batches:
            db.add_all(rows)
            await db.flush()
