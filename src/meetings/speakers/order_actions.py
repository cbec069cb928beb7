"""What may be done about who stands where: move, swap, not in the room, carried over."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.clock import now
from meetings.base.errors import NotFound, Refused
from meetings.base.languages import gettext as _
from meetings.speakers.actions import put_by_rule
from meetings.speakers.models import (
    Act,
    Inscription,
    InscriptionState,
    MoveForm,
    SpeakerList,
    SpeakingClass,
    Statement,
    Swap,
)
from meetings.speakers.order import stand_behind
from meetings.speakers.queries import asked_on
from meetings.speakers.record_actions import record
from meetings.speakers.rules import TWICE, rules_of

MOVES = 1_000  # that one change of a list is of, at most


class Order:
    """Those who wait on a list, while some of them are put elsewhere."""

    def __init__(self, speaker_list: SpeakerList, asked: Sequence[Inscription]) -> None:
        self.list = speaker_list
        self.asked = list(asked)
        self.moves: list[list[Any]] = []  # as the record keeps them
        self._number = 0

    @property
    def waiting(self) -> list[Inscription]:
        waiting = [one for one in self.asked if one.state is InscriptionState.WAITING]
        return sorted(waiting, key=lambda one: one.stand)

    def place_of(self, one: Inscription) -> int:
        return self.waiting.index(one) + 1

    def keep_as(self, order: Sequence[Inscription]) -> None:
        """Let all stand in this order: those move whom the rules would have elsewhere."""
        before: Inscription | None = None
        for one in order:
            if before and one.stand < before.stand:
                self._put_behind(one, before)
            before = one

    def put(self, one: Inscription, to: int, reason: str = "") -> bool:
        """Let one stand `to`-th; False: that is where it stands."""
        waiting = self.waiting
        if waiting.index(one) == min(to, len(waiting)) - 1:
            return False
        others = [each for each in waiting if each is not one]
        self._put_behind(one, others[min(to, len(waiting)) - 2] if to > 1 else None, reason)
        return True

    def _put_behind(self, one: Inscription, before: Inscription | None, reason: str = "") -> None:
        # Higher than of any move before, also where one change is of many moves.
        self._number = max(self._number + 1, MOVES * (self.list.changes + 1))
        one.stand = stand_behind(before.stand if before else None, self._number)
        one.moved, one.reason = True, reason
        self.moves.append([str(one.id), str(before.id) if before else None, self._number])


async def order_of(db: AsyncSession, speaker_list: SpeakerList) -> Order:
    return Order(speaker_list, await asked_on(db, speaker_list.id))


async def move(
    db: AsyncSession, speaker_list: SpeakerList, inscription: Inscription, form: MoveForm
) -> None:
    """Let a speaker stand at another place among those who wait. The record keeps the reason.

    Raises:
        Refused: the speaker does not wait, or there is no such place.
    """
    _check_waits(inscription)
    if form.to < 1:
        raise Refused(_("Places are counted from 1."), field="to")
    order = await order_of(db, speaker_list)
    before = order.place_of(inscription)
    if not order.put(inscription, form.to, form.reason):
        return
    told: dict[str, Any] = {
        "from": before,
        "to": order.place_of(inscription),
        "reason": form.reason,
    }
    told["moves"] = order.moves
    await record(db, speaker_list, Act.MOVED, inscription.id, detail=told)


async def move_by_one(
    db: AsyncSession, speaker_list: SpeakerList, inscription: Inscription, by: int, reason: str
) -> None:
    """Let a speaker change places with the one before (-1) or behind (1).

    Raises:
        Refused: the speaker does not wait.
    """
    _check_waits(inscription)
    place = (await order_of(db, speaker_list)).place_of(inscription)
    form = MoveForm(to=max(1, place + by), reason=reason)
    await move(db, speaker_list, inscription, form)


async def not_in_room(
    db: AsyncSession, speaker_list: SpeakerList, inscription: Inscription
) -> None:
    """Whoever is called and not in the room falls to the end of the list; twice, then off it.

    Raises:
        Refused: the speaker does not wait.
    """
    _check_waits(inscription)
    inscription.absences += 1
    if inscription.absences > TWICE:
        inscription.state = InscriptionState.ABSENT
        await record(db, speaker_list, Act.ABSENT, inscription.id, detail={"out": True})
        return
    order = await order_of(db, speaker_list)
    replies = SpeakingClass.RIGHT_OF_REPLY
    others = [one for one in order.waiting if one.id != inscription.id]
    before = [one for one in others if one.speaking_class is not replies]
    end = len(others if inscription.speaking_class is replies else before) + 1
    order.put(inscription, end)
    told = {"moves": order.moves, "times": inscription.absences}
    await record(db, speaker_list, Act.ABSENT, inscription.id, detail=told)


async def offer_swap(
    db: AsyncSession, speaker_list: SpeakerList, own: Inscription, other_id: UUID, user_id: UUID
) -> None:
    """Offer another delegation of the same class to change places. Offering twice is once.

    Raises:
        Refused: one of them does not wait, or they stand in different classes.
    """
    other = await db.get(Inscription, other_id)
    if other is None or other.speaker_list_id != own.speaker_list_id:
        raise Refused(_("Choose somebody who waits on this list."), field="other")
    _check_waits(own)
    _check_waits(other)
    if other.delegation_id == own.delegation_id or other.speaking_class != own.speaking_class:
        raise Refused(_("Places are changed with another delegation of your class."), field="other")
    asked = select(Swap).where(Swap.inscription_id == own.id, Swap.with_id == other.id)
    if (await db.exec(asked)).first() is None:
        db.add(Swap(inscription_id=own.id, with_id=other.id, offered_by=user_id, offered_at=now()))
    await _tell_of_swap(db, speaker_list, own)


async def decline_swap(
    db: AsyncSession, speaker_list: SpeakerList, swap: Swap, own: Inscription
) -> None:
    """Take an offer back, or leave it: whoever it was offered by or to."""
    await db.delete(swap)
    await _tell_of_swap(db, speaker_list, own)


async def accept_swap(db: AsyncSession, speaker_list: SpeakerList, swap: Swap) -> None:
    """Change places. What else was offered to or by either of them is over.

    Raises:
        Refused: one of them no longer waits.
    """
    one, other = [await db.get_one(Inscription, id_) for id_ in (swap.inscription_id, swap.with_id)]
    _check_waits(one)
    _check_waits(other)
    order = await order_of(db, speaker_list)
    places = {each.id: order.place_of(each) for each in (one, other)}
    first, last = sorted((one, other), key=lambda each: places[each.id])
    order.put(last, places[first.id])
    order.put(first, places[last.id])
    told = {"moves": order.moves, "offered_by": swap.offered_by and str(swap.offered_by)}
    await record(db, speaker_list, Act.SWAPPED, one.id, detail=told)
    both = [one.id, other.id]
    either = col(Swap.inscription_id).in_(both) | col(Swap.with_id).in_(both)
    await db.exec(delete(Swap).where(either))


async def _tell_of_swap(db: AsyncSession, speaker_list: SpeakerList, own: Inscription) -> None:
    await record(db, speaker_list, Act.CHANGED, own.id, detail={"swap": True})


async def carry_over(
    db: AsyncSession, speaker_list: SpeakerList, later: SpeakerList, count: int | None = None
) -> None:
    """Let the last `count` of those who wait (None: all) wait on a later meeting's list instead.

    They keep their order, the moment of their request, and the text of their statement.

    Raises:
        NotFound: it is no list of the same item.
    """
    if later.item_id != speaker_list.item_id or later.id == speaker_list.id:
        raise NotFound
    here, there = await order_of(db, speaker_list), await order_of(db, later)
    going = here.waiting[-count:] if count else here.waiting
    last = None
    for one in going:
        one.state = InscriptionState.CARRIED
        new = _copy(one, later, max((each.place for each in there.asked), default=0) + 1)
        db.add(new)
        there.asked.append(new)
        await db.flush()
        await _take_along(db, one, new)
        await _put_after(db, there, new, last)
        await record(db, speaker_list, Act.CARRIED, one.id, detail={"to": str(new.id)})
        last = new


def _copy(one: Inscription, later: SpeakerList, place: int) -> Inscription:
    own = {"id", "speaker_list_id", "place", "stand", "moved", "absences", "state"}
    return Inscription(
        **one.model_dump(exclude=own),
        speaker_list_id=later.id,
        place=place,
        state=InscriptionState.WAITING,
    )


async def _take_along(db: AsyncSession, one: Inscription, new: Inscription) -> None:
    if statement := await db.get(Statement, one.id):
        db.add(Statement(**statement.model_dump(exclude={"inscription_id"}), inscription_id=new.id))
        await db.delete(statement)


async def _put_after(
    db: AsyncSession, there: Order, new: Inscription, last: Inscription | None
) -> None:
    """They stand as they stood: each after the one before, where the rules would not have it."""
    rules = put_by_rule(rules_of(there.list), new)
    if last and there.place_of(new) < there.place_of(last):
        there.put(new, there.place_of(last))
    told = {"rules": rules, "moves": list(there.moves), "waiting": [str(new.id)]}
    await record(db, there.list, Act.INSCRIBED, new.id, detail=told)
    there.moves.clear()


def _check_waits(inscription: Inscription) -> None:
    if inscription.state is not InscriptionState.WAITING:
        raise Refused(_("This speaker is no longer waiting. Look at the list again."))
