"""Questions about who takes part."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import Role, User
from meetings.base.errors import NotFound
from meetings.bodies.models import Session
from meetings.delegations.attendance import Attendance, attendance
from meetings.delegations.finding import fits, place_in
from meetings.delegations.models import Delegation, DelegationKind, Participant, Participation
from meetings.schedule.models import SessionMeeting

PAGE = 50  # delegations on a page of their list

# By table name, for these are later rooms: who has spoken, or has asked to, stays.
SPOKEN = sa.table(
    "intervention", sa.column("meeting_id", sa.Uuid), sa.column("delegation_id", sa.Uuid)
)
LISTS = sa.table("speaker_list", sa.column("id", sa.Uuid), sa.column("meeting_id", sa.Uuid))
ASKED = sa.table(
    "inscription", sa.column("speaker_list_id", sa.Uuid), sa.column("delegation_id", sa.Uuid)
)


@dataclass(frozen=True)
class TakingPart:
    """A delegation at a session, with its people where they were asked for."""

    participation: Participation
    delegation: Delegation
    participants: tuple[Participant, ...] = ()

    @property
    def attendance(self) -> Attendance:
        return attendance(self.delegation.kind, self.participation.capacity)


@dataclass(frozen=True)
class AttendancePage:
    """A page of the list of attendance; `count` is of all pages."""

    delegations: tuple[TakingPart, ...]
    count: int
    number: int

    @property
    def is_last(self) -> bool:
        return self.number * PAGE >= self.count


async def delegations_of(db: AsyncSession, session_id: UUID, language: str) -> list[TakingPart]:
    """Those who take part in a session, in the order of this language; without their people."""
    found = await db.exec(
        select(Participation, Delegation)
        .join(Delegation, col(Delegation.id) == Participation.delegation_id)
        .where(Participation.session_id == session_id)
    )
    taking_part = [TakingPart(*row) for row in found.all()]
    return sorted(taking_part, key=lambda one: place_in(language, one.delegation))


async def participants_of(
    db: AsyncSession, participations: Collection[UUID]
) -> dict[UUID, list[Participant]]:
    """The people of these participations, in their order, in one query."""
    found = await db.exec(
        select(Participant)
        .where(col(Participant.participation_id).in_(participations))
        .order_by(col(Participant.position), col(Participant.id))
    )
    people: dict[UUID, list[Participant]] = {id_: [] for id_ in participations}
    for person in found.all():
        people[person.participation_id].append(person)
    return people


async def people_of(
    db: AsyncSession, session_id: UUID, delegation_id: UUID | None
) -> list[Participant]:
    """The people of a delegation at a session, in their order."""
    found = await db.exec(
        select(Participant)
        .join(Participation, col(Participation.id) == Participant.participation_id)
        .where(Participation.session_id == session_id, Participation.delegation_id == delegation_id)
        .order_by(col(Participant.position), col(Participant.id))
    )
    return list(found.all())


async def attendance_of(
    db: AsyncSession, session_id: UUID, language: str, typed: str = "", number: int = 1
) -> AttendancePage:
    """A page of those who attend, group by group, with their people; `typed` finds some of them."""
    everybody = await delegations_of(db, session_id, language)
    found = [one for one in everybody if fits(one.delegation, typed)]
    found.sort(key=lambda one: one.attendance)  # stable: inside a group the language's order stays
    shown = found[(number - 1) * PAGE : number * PAGE]
    people = await participants_of(db, [one.participation.id for one in shown])
    with_people = (replace(one, participants=tuple(people[one.participation.id])) for one in shown)
    return AttendancePage(tuple(with_people), len(found), number)


async def taking_part_for(
    db: AsyncSession, session: Session, code: str, user: User, *, lock: bool = False
) -> TakingPart:
    """A delegation at a session, with its people; `lock` keeps others from changing it.

    Raises:
        NotFound: it does not take part, or is none of this user's business.
    """
    asked = (
        select(Participation, Delegation)
        .join(Delegation, col(Delegation.id) == Participation.delegation_id)
        .where(Participation.session_id == session.id, Delegation.code == code)
    )
    if user.role is Role.DELEGATION:
        asked = asked.where(Delegation.id == user.delegation_id)
    found = await db.exec(asked.with_for_update(of=Participation) if lock else asked)
    if (row := found.first()) is None:
        raise NotFound
    people = await participants_of(db, [row[0].id])
    return TakingPart(row[0], row[1], tuple(people[row[0].id]))


async def delegation_of(db: AsyncSession, user: User) -> Delegation:
    """The delegation for which a user is here.

    Raises:
        NotFound: this user is here for none.
    """
    found = await db.exec(select(Delegation).where(Delegation.id == user.delegation_id))
    if (delegation := found.first()) is None:
        raise NotFound
    return delegation


async def find_delegations(
    db: AsyncSession, session_id: UUID | None, typed: str, language: str
) -> list[Delegation]:
    """Delegations by part of their code or of a name in any language, in this language's order.

    Of those that take part in a session, or (None) of all that are known.
    """
    asked = select(Delegation)
    if session_id:
        asked = asked.join(Participation, col(Participation.delegation_id) == Delegation.id).where(
            Participation.session_id == session_id
        )
    found = [one for one in (await db.exec(asked)).all() if fits(one, typed)]
    return sorted(found, key=lambda one: place_in(language, one))


async def groups_of_states(db: AsyncSession, language: str) -> list[Delegation]:
    """On whose behalf a delegation may speak, in this language's order."""
    kinds = [DelegationKind.GROUP, DelegationKind.REGIONAL_ORGANIZATION]
    found = await db.exec(select(Delegation).where(col(Delegation.kind).in_(kinds)))
    return sorted(found.all(), key=lambda one: place_in(language, one))


async def may_take_part(db: AsyncSession, session_id: UUID, language: str) -> Sequence[Delegation]:
    """Those that do not take part in a session yet, in this language's order."""
    taking_part = select(Participation.delegation_id).where(Participation.session_id == session_id)
    found = await db.exec(select(Delegation).where(col(Delegation.id).not_in(taking_part)))
    return sorted(found.all(), key=lambda one: place_in(language, one))


async def was_heard(db: AsyncSession, participation: Participation) -> bool:
    """Whether a delegation has spoken in a meeting of the session, or has asked to."""
    meetings = sa.select(col(SessionMeeting.meeting_id)).where(
        col(SessionMeeting.session_id) == participation.session_id
    )
    spoken = sa.exists().where(
        SPOKEN.c.delegation_id == participation.delegation_id, SPOKEN.c.meeting_id.in_(meetings)
    )
    asked = sa.exists().where(
        ASKED.c.delegation_id == participation.delegation_id,
        ASKED.c.speaker_list_id == LISTS.c.id,
        LISTS.c.meeting_id.in_(meetings),
    )
    found = await (await db.connection()).execute(sa.select(sa.or_(spoken, asked)))
    return bool(found.scalar())
