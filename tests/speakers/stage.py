"""Requests on the lists of the tests' stage, and forms as a browser sends them."""

from uuid import uuid4

from sqlmodel import select, update

from meetings.base.columns import Text
from meetings.delegations.models import Capacity, Delegation, DelegationKind, Participation
from meetings.speakers.models import Inscription, InscriptionState, SpeakerList, SpeakingClass
from meetings.speakers.order import stand_by_rule
from meetings.speakers.rules import ListRules
from tests.cast import NOON, named

FIRST = "/sessions/eg1-2021/meetings/1/speakers"
LIST = f"{FIRST}/3"
STATES = ListRules().order.index(SpeakingClass.STATE_PARTY)
A, B, C = (named("delegation", letter) for letter in "abc")


def a_request(letter="a", place=1, **changes):
    values = {
        "id": named("inscription", letter, place),
        "speaker_list_id": named("list", "3"),
        "delegation_id": named("delegation", letter),
        "requested_at": NOON,
        "place": place,
        "stand": stand_by_rule(STATES, "", NOON, place),
    }
    return Inscription(**(values | changes))


def a_form(**changes):
    """A registration as a browser sends it: what is left empty is sent too."""
    empty = {"speaker": "", "capacity": "national", "on_behalf_of": "", "language": ""}
    return {"id": str(uuid4()), **empty} | changes


def at(letter, place, verb):
    return f"{LIST}/inscriptions/{named('inscription', letter, place)}/{verb}"


async def add(store, *rows):
    """Put rows beside the program; its lists are marked as changed, as its own verbs do."""
    async with store.write() as db:
        db.add_all(rows)
        await db.flush()
        await db.exec(update(SpeakerList).values(changes=SpeakerList.changes + 1))


async def add_delegations(store, count):
    """So many more delegations that take part in the first session, by code."""
    for number in range(count):
        code = f"more-{number:02}"
        one = Delegation(
            id=named("delegation", code),
            code=code,
            kind=DelegationKind.STATE,
            name=Text(en=f"Delegation {number:02}"),
        )
        await add(store, one)
        await add(
            store,
            Participation(
                session_id=named("session", "eg1-2021"),
                delegation_id=one.id,
                capacity=Capacity.STATE_PARTY,
            ),
        )


async def kept(store, *columns, state=None):
    """These columns of the requests that are kept, in the order of their places."""
    asked = select(*columns).order_by(Inscription.stand, Inscription.place)
    if state:
        asked = asked.where(Inscription.state == InscriptionState(state))
    async with store.read() as db:
        return list((await db.exec(asked)).all())
