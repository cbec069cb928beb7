"""Takes requests as fast as they come: those that come during one write share the next.

When a list opens, two hundred delegations ask within a second. Each is answered when its request is
on the disk, and stands where the moment of its receipt puts it.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from meetings.base.clock import now
from meetings.base.db import Store
from meetings.base.errors import NotFound, Refused
from meetings.base.live import Audience
from meetings.bodies.models import AgendaItem
from meetings.schedule.queries import Sitting, sitting_at
from meetings.speakers.inscription_actions import Answer, Ask, inscribe
from meetings.speakers.list_queries import Look, look_at
from meetings.speakers.models import Inscription
from meetings.speakers.queries import item_for


@dataclass(frozen=True)
class Taken:
    """A request is kept; its list as it is then, so that nothing is asked again to show it."""

    sitting: Sitting
    look: Look


Told = Taken | Refused | NotFound
Address = tuple[str, int, str]  # of a list: a session's slug, the meeting's number, the item
Waiting = tuple[Ask, "asyncio.Future[Told]"]


class Intake:
    """One per process. On PostgreSQL those of other processes take turns by the meeting's row."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[Address, list[Waiting]] = {}
        self._writing: set[asyncio.Task[None]] = set()

    async def inscribe(self, address: Address, ask: Ask) -> Taken:
        """Ask for the floor; what is given is on the disk.

        Raises:
            Refused, NotFound: why it is not taken.
        """
        answer: asyncio.Future[Told] = asyncio.get_running_loop().create_future()
        waiting = self._waiting.setdefault(address, [])
        waiting.append((ask, answer))
        if len(waiting) == 1:
            # A task of its own: whoever asked first may hang up, the others wait on.
            task = asyncio.create_task(self._take(address))
            self._writing.add(task)
            task.add_done_callback(self._writing.discard)
        given = await answer
        if isinstance(given, Exception):
            raise given
        return given

    async def _take(self, address: Address) -> None:
        taken: list[Waiting] = []
        try:
            async with self._store.write() as db:
                slug, number, item = address
                sitting = await sitting_at(db, slug, number, lock=True)
                taken = self._waiting.pop(address)
                agenda_item, speaker_list = await item_for(db, sitting, item)
                answers = await inscribe(db, sitting, speaker_list, [ask for ask, _ in taken])
            told = await self._told(sitting, agenda_item, taken, answers)
        except Exception as fault:  # noqa: BLE001 (whoever waits for it is told, whatever it is)
            for _, waiting in taken or self._waiting.pop(address):
                if not waiting.done():
                    waiting.set_exception(fault)
            return
        for (_, waiting), answer in zip(taken, told, strict=True):
            if not waiting.done():
                waiting.set_result(answer)

    async def _told(
        self,
        sitting: Sitting,
        item: AgendaItem,
        taken: Sequence[Waiting],
        answers: Sequence[Answer],
    ) -> list[Told]:
        """What each is told: the list is read once, where anybody’s request is kept."""
        refused = [None if isinstance(answer, Inscription) else answer for answer in answers]
        eyes = {
            Audience(ask.user.role, ask.user.delegation_id, "en")
            for (ask, _), refusal in zip(taken, refused, strict=True)
            if refusal is None
        }
        if not eyes:
            return [refusal for refusal in refused if refusal]
        async with self._store.read() as db:
            kept = Taken(sitting, await look_at(db, sitting.meeting, item.id, eyes, now()))
        return [refusal or kept for refusal in refused]
