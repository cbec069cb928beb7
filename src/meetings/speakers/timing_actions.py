"""Lists that open and close by themselves: the moment is written down, and shown, when it comes.

Whether a request is taken never waits for this: SpeakerList.is_open looks at the clock.
"""

import asyncio
import logging
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.clock import now
from meetings.base.db import Store
from meetings.schedule.models import Meeting
from meetings.speakers.actions import pass_times
from meetings.speakers.models import SpeakerList

LOOK = 5.0  # seconds; a time that is set meanwhile is found then
log = logging.getLogger(__name__)


async def keep_times(store: Store) -> None:
    """Follow the clock. Runs until it is cancelled."""
    while True:
        pause = LOOK
        try:
            pause = await _until_next(store)
        except sa.exc.SQLAlchemyError:
            log.exception("the times of lists could not be kept")
        await asyncio.sleep(pause)


async def _until_next(store: Store) -> float:
    """Pass the times that have come; gives the seconds to the next one, at most LOOK."""
    at = now()
    async with store.read() as db:
        moments = await _moments(db)
    if any(moment <= at for moment in moments):
        await _pass(store)
    ahead = [(moment - at).total_seconds() for moment in moments if moment > at]
    return min([LOOK, *ahead])


async def _moments(db: AsyncSession) -> list[datetime]:
    found = await db.exec(
        select(SpeakerList.opens_at, SpeakerList.closes_at).where(
            sa.or_(col(SpeakerList.opens_at).is_not(None), col(SpeakerList.closes_at).is_not(None))
        )
    )
    return [moment for pair in found.all() for moment in pair if moment]


async def _pass(store: Store) -> None:
    at = now()
    async with store.write() as db:
        due = select(SpeakerList, Meeting).join(Meeting, col(Meeting.id) == SpeakerList.meeting_id)
        due = due.where(sa.or_(col(SpeakerList.opens_at) <= at, col(SpeakerList.closes_at) <= at))
        found = await db.exec(due.order_by(col(Meeting.id)).with_for_update(of=Meeting))
        for speaker_list, _ in found.all():
            await db.refresh(speaker_list)  # somebody may have changed it while we waited
            await pass_times(db, speaker_list)
