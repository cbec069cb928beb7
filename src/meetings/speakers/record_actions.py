"""The record of a list: every change leaves a line, in the same write."""

from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.clock import now
from meetings.base.live import tell
from meetings.schedule.queries import channel_of
from meetings.speakers.models import Act, Inscription, InscriptionState, ListChange, SpeakerList

ACTS = {
    InscriptionState.SPEAKING: Act.CALLED,
    InscriptionState.SPOKEN: Act.SPOKEN,
    InscriptionState.WITHDRAWN: Act.WITHDRAWN,
}


async def record(  # noqa: PLR0913 (a line says much)
    db: AsyncSession,
    speaker_list: SpeakerList,
    act: Act,
    inscription_id: UUID | None = None,
    *,
    who: UUID | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write a line of a list's record, and tell all who look at the list.

    Runs with the meeting's row locked, so that lines are numbered one at a time. `who` is given
    where one write is of several people.
    """
    speaker_list.changes += 1
    db.add(speaker_list)
    db.add(
        ListChange(
            speaker_list_id=speaker_list.id,
            number=speaker_list.changes,
            at=now(),
            who=who or db.info.get("who"),
            act=act,
            inscription_id=inscription_id,
            detail=detail or {},
        )
    )
    await tell(db, channel_of(speaker_list.meeting_id), "speakers_list", speaker_list.id)


async def mark(db: AsyncSession, inscription: Inscription, state: InscriptionState) -> None:
    """Let a request follow what happens to its speaker."""
    inscription.state = state
    speaker_list = await db.get_one(SpeakerList, inscription.speaker_list_id)
    await record(db, speaker_list, ACTS[state], inscription.id)
