"""What is to be done with lists that came from a file: its order is the order of speaking."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.bodies.models import AgendaItem
from meetings.delegations.models import Capacity, Delegation, Participation
from meetings.speakers.actions import give_keys, put_by_rule
from meetings.speakers.models import Act, Inscription, InscriptionState, SpeakerList
from meetings.speakers.order_actions import Order
from meetings.speakers.record_actions import record
from meetings.speakers.rules import class_of, rules_of


async def settle_loaded(db: AsyncSession, list_ids: Collection[UUID]) -> None:
    """Let the requests on these lists stand in the order of the file, under their lists' rules.

    The record says that they were loaded, and begins anew from there.
    """
    found = await db.exec(
        select(SpeakerList, AgendaItem.session_id)
        .join(AgendaItem, col(AgendaItem.id) == SpeakerList.item_id)
        .where(col(SpeakerList.id).in_(list_ids))
        .order_by(col(SpeakerList.id))
    )
    for speaker_list, session_id in found.all():
        await _settle(db, speaker_list, session_id)


async def _settle(db: AsyncSession, speaker_list: SpeakerList, session_id: UUID) -> None:
    rows = await db.exec(
        select(Inscription, Delegation, Participation.capacity)
        .join(Delegation, col(Delegation.id) == Inscription.delegation_id)
        .outerjoin(
            Participation,
            (col(Participation.delegation_id) == Delegation.id)
            & (col(Participation.session_id) == session_id),
        )
        .where(Inscription.speaker_list_id == speaker_list.id)
        .order_by(col(Inscription.place), col(Inscription.id))
    )
    asked: list[tuple[Inscription, Delegation]] = []
    for one, delegation, capacity in rows.all():
        one.speaking_class = class_of(
            delegation.kind,
            Capacity(capacity or Capacity.OBSERVER),
            one.capacity,
            one.asks,
            minister=one.minister,
        )
        asked.append((one, delegation))
    rules = rules_of(speaker_list)
    give_keys(rules, asked)
    requests = [one for one, _delegation in asked]
    told: dict[str, list[Any]] = {}
    for one in requests:
        told |= put_by_rule(rules, one)
    order = Order(speaker_list, requests)
    order.keep_as(requests)
    waiting = [str(one.id) for one in requests if one.state is InscriptionState.WAITING]
    detail = {"rules": told, "moves": order.moves, "waiting": waiting}
    await record(db, speaker_list, Act.LOADED, detail=detail)
