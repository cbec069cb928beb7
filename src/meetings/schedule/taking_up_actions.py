"""Which items a meeting takes up: the organization of work, as it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.errors import Refused, Superseded
from meetings.base.languages import gettext as _
from meetings.bodies.models import AgendaItem
from meetings.schedule.models import Allotment, ItemsForm, Meeting, SessionMeeting, TakenUp
from meetings.schedule.queries import Allotted, Sitting, allotted_to, items_spoken_of


@dataclass(frozen=True)
class Choice:
    """An item that a meeting may take up, with how it takes it up now if it does."""

    item: AgendaItem
    place: int | None
    minutes: int | None


async def items_to_take_up(
    db: AsyncSession, session_ids: Sequence[UUID], allotted: Sequence[Allotted] = ()
) -> list[Choice]:
    """What may be ticked: the items taken up now in their order, then the rest of the agendas."""
    now = [Choice(one.item, place, one.allotment.minutes) for place, one in enumerate(allotted, 1)]
    taken = {one.item.id for one in now}
    agenda = await _agenda(db, session_ids)
    return [*now, *(Choice(item, None, None) for item in agenda.values() if item.id not in taken)]


async def take_up(db: AsyncSession, sitting: Sitting, form: TakenUp) -> None:
    """Say which items a meeting takes up, in which order, with how many minutes each.

    Raises:
        Superseded: somebody else changed the meeting first.
        Refused: an item is on no agenda of the meeting's sessions; somebody has spoken, or has
            asked to speak, on an item that would go.
    """
    meeting = sitting.meeting
    of = select(SessionMeeting.session_id).where(SessionMeeting.meeting_id == meeting.id)
    sessions = list((await db.exec(of)).all())
    if form.version != meeting.version:
        raise await _superseded(db, meeting, sessions, form)
    await allot(db, meeting, sessions, form)
    meeting.version += 1


async def _superseded(
    db: AsyncSession, meeting: Meeting, session_ids: Sequence[UUID], form: ItemsForm
) -> Superseded:
    agenda = await _agenda(db, session_ids)
    yours = [agenda[id_] for id_ in _in_order(form, agenda)]
    theirs = [one.item for one in await allotted_to(db, meeting.id)]
    return Superseded({_("Items"): _numbers(yours)}, {_("Items"): _numbers(theirs)})


async def allot(
    db: AsyncSession, meeting: Meeting, session_ids: Sequence[UUID], form: ItemsForm
) -> None:
    """Make the items of a meeting those that are ticked in a form.

    Raises:
        Refused: see `take_up`.
    """
    agenda = await _agenda(db, session_ids)
    if not agenda.keys() >= set(form.items):
        raise Refused(
            _("Choose items from the agendas of the sessions of this meeting."), field="items"
        )
    before = [one.allotment for one in await allotted_to(db, meeting.id)]
    wanted = _in_order(form, agenda)
    await _drop(db, meeting, [one for one in before if one.item_id not in wanted], agenda)

    kept = {one.item_id: one for one in before}
    # New places come after all old ones: at no moment do two items share a place.
    last = max((one.position for one in before), default=0)
    same_order = [one.item_id for one in before] == wanted
    for place, item_id in enumerate(wanted, last + 1):
        allotment = kept.get(item_id) or Allotment(
            meeting_id=meeting.id, item_id=item_id, position=place
        )
        allotment.minutes = form.minutes.get(item_id)
        if not same_order:
            allotment.position = place
        db.add(allotment)


async def _agenda(db: AsyncSession, session_ids: Sequence[UUID]) -> dict[UUID, AgendaItem]:
    found = await db.exec(
        select(AgendaItem)
        .where(col(AgendaItem.session_id).in_(session_ids))
        .order_by(col(AgendaItem.position))
    )
    items = sorted(found.all(), key=lambda item: session_ids.index(item.session_id))
    return {item.id: item for item in items}


def _in_order(form: ItemsForm, agenda: dict[UUID, AgendaItem]) -> list[UUID]:
    """The ticked items by their places; those without one last, as the agenda has them."""
    ticked = [id_ for id_ in agenda if id_ in form.items]
    return sorted(ticked, key=lambda id_: (form.places.get(id_) is None, form.places.get(id_) or 0))


async def _drop(
    db: AsyncSession,
    meeting: Meeting,
    gone: Sequence[Allotment],
    agenda: dict[UUID, AgendaItem],
) -> None:
    spoken_of = await items_spoken_of(db, meeting.id) if gone else set()
    if stay := [agenda[one.item_id] for one in gone if one.item_id in spoken_of]:
        raise Refused(
            _("Somebody has spoken, or has asked to speak, on item %(numbers)s: it stays.")
            % {"numbers": _numbers(stay)},
            field="items",
        )
    for one in gone:
        await db.delete(one)


def _numbers(items: Sequence[AgendaItem]) -> str:
    return ", ".join(item.number for item in items)
