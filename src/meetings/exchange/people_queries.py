"""Questions of an import of participants: who is known, and what it did."""

from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.errors import NotFound
from meetings.base.languages import current_language
from meetings.bodies.models import Session
from meetings.delegations.models import Delegation
from meetings.exchange.models import ImportedPeople
from meetings.exchange.people_meaning import Known, Plan, Present, plan_of_people
from meetings.exchange.people_rows import People
from meetings.exchange.table_queries import attendance_rows


async def plan_of(db: AsyncSession, session: Session, people: People) -> Plan:
    """What becomes of each row of a list, at this session."""
    delegations = (await db.exec(select(Delegation))).all()
    return plan_of_people(people, delegations, await _present(db, session))


async def _present(db: AsyncSession, session: Session) -> dict[UUID, Present]:
    rows = await attendance_rows(db, session.id, current_language())
    return {
        one.delegation.id: Present(
            one.participation.id,
            one.participation.capacity,
            tuple(Known(person.id, person.name, person.function) for person in one.participants),
        )
        for one in rows
    }


async def imported_people(db: AsyncSession, session: Session, import_id: UUID) -> ImportedPeople:
    """A list that came in at this session.

    Raises:
        NotFound: none such.
    """
    imported = await db.get(ImportedPeople, import_id)
    if imported is None or imported.session_id != session.id:
        raise NotFound
    return imported
