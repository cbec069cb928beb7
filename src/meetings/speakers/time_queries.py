"""Questions about how long delegations have spoken."""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.clock import now
from meetings.delegations.models import Delegation
from meetings.schedule.models import SessionMeeting
from meetings.schedule.queries import Sitting
from meetings.speakers.board_queries import FLOOR
from meetings.speakers.speaking_time import Heard


@dataclass(frozen=True)
class Spoken:
    """A delegation that has had the floor, and one time that it had."""

    delegation: Delegation
    time: timedelta

    @property
    def by_delegation(self) -> Heard:
        return Heard(self.delegation.code, self.time)

    @property
    def by_group(self) -> Heard:
        return Heard(self.delegation.group, self.time)


async def spoken_in(db: AsyncSession, sitting: Sitting, *, whole_session: bool) -> list[Spoken]:
    """Each time that somebody had the floor, in a meeting or in its whole session."""
    asked = sa.select(FLOOR.c.delegation_id, FLOOR.c.started_at, FLOOR.c.ended_at)
    if whole_session:
        asked = asked.join(
            SessionMeeting, col(SessionMeeting.meeting_id) == FLOOR.c.meeting_id
        ).where(col(SessionMeeting.session_id) == sitting.session.id)
    else:
        asked = asked.where(FLOOR.c.meeting_id == sitting.meeting.id)
    found = (await (await db.connection()).execute(asked)).all()
    who = select(Delegation).where(col(Delegation.id).in_({row.delegation_id for row in found}))
    delegations = {one.id: one for one in (await db.exec(who)).all()}
    at = now()
    return [Spoken(delegations[id_], (ended or at) - started) for id_, started, ended in found]
