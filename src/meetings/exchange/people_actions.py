"""What may be done with a list of participants: bring it in whole, and take it back."""

from collections.abc import Collection
from uuid import UUID

from pydantic import TypeAdapter, ValidationError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from meetings.accounts.models import User
from meetings.base.clock import now
from meetings.base.errors import Refused
from meetings.base.languages import gettext as _
from meetings.bodies.models import Session
from meetings.delegations.models import Participant, Participation
from meetings.exchange.models import ImportedPeople, PeopleImport, Undoing
from meetings.exchange.people_meaning import Fate, Meant, Plan
from meetings.exchange.people_queries import plan_of
from meetings.exchange.people_rows import ROWS, People

_PEOPLE = TypeAdapter(People)


def packed(people: People) -> str:
    """Rows as a page carries them from the preview to the import."""
    return _PEOPLE.dump_json(people).decode()


def unpacked(sent: str) -> People:
    """The rows that a page has carried.

    Raises:
        Refused: they are not as the preview made them.
    """
    try:
        people = _PEOPLE.validate_json(sent)
    except ValidationError as fault:
        raise Refused(_("The preview did not come back whole: make it anew.")) from fault
    if len(people.rows) > ROWS:
        raise Refused(_("The preview did not come back whole: make it anew."))
    return people


async def import_people(
    db: AsyncSession, session: Session, form: PeopleImport, user: User
) -> ImportedPeople:
    """Put all of a list on the session's, or nothing. The same import again changes nothing.

    Who is not in the file stays.

    Raises:
        Refused: something in it is wrong.
    """
    if kept := await db.get(ImportedPeople, form.id):
        return kept
    plan = await plan_of(db, session, unpacked(form.rows))
    if plan.faults:
        told = _("Something changed since the preview, and a row is wrong now: make it anew.")
        raise Refused(told)
    imported = ImportedPeople(
        id=form.id,
        session_id=session.id,
        done=await _kept(db, session, plan),
        made_by=user.id,
        made_at=now(),
    )
    db.add(imported)
    return imported


async def _kept(db: AsyncSession, session: Session, plan: Plan) -> Undoing:
    """Keep what is new and what changes; give what was done."""
    taking_part = await _participations(db, session, plan)
    done = Undoing(
        participations=[str(one.id) for one, is_new in taking_part.values() if is_new],
        participants=[],
        changed={},
    )
    places = await _places(db, session)
    for row in plan.rows:
        if row.fate is Fate.NEW and row.person.name:
            one, _is_new = taking_part[_delegation(row)]
            places[one.id] = places.get(one.id, 0) + 1
            person = Participant(
                participation_id=one.id,
                name=row.person.name,
                function=row.person.function,
                position=places[one.id],
            )
            db.add(person)
            done["participants"].append(str(person.id))
    for person, function in await _changing(db, plan):
        done["changed"][str(person.id)] = [person.function, function]
        person.function = function
    return done


def _delegation(row: Meant) -> UUID:
    assert row.delegation  # noqa: S101 (only a wrong row has none)
    return row.delegation.id


async def _participations(
    db: AsyncSession, session: Session, plan: Plan
) -> dict[UUID, tuple[Participation, bool]]:
    """The participation of each delegation of the list, and whether it is new."""
    found = await db.exec(select(Participation).where(Participation.session_id == session.id))
    taking_part = {one.delegation_id: (one, False) for one in found.all()}
    for row in plan.rows:
        if row.capacity and _delegation(row) not in taking_part:
            one = Participation(
                session_id=session.id, delegation_id=_delegation(row), capacity=row.capacity
            )
            db.add(one)
            taking_part[_delegation(row)] = (one, True)
    await db.flush()
    return taking_part


async def _places(db: AsyncSession, session: Session) -> dict[UUID, int]:
    """The last place on each delegation's list."""
    places: dict[UUID, int] = {}
    for person in (await db.exec(_people_of(session))).all():
        places[person.participation_id] = max(
            places.get(person.participation_id, 0), person.position
        )
    return places


def _people_of(session: Session) -> SelectOfScalar[Participant]:
    return (
        select(Participant)
        .join(Participation, col(Participation.id) == Participant.participation_id)
        .where(Participation.session_id == session.id)
    )


async def _changing(db: AsyncSession, plan: Plan) -> list[tuple[Participant, str]]:
    wanted = {
        row.known.id: row.person.function
        for row in plan.rows
        if row.fate is Fate.CHANGES and row.known
    }
    people = await _participants(db, wanted.keys())
    return [(person, wanted[person.id]) for person in people]


async def _participants(db: AsyncSession, ids: Collection[UUID]) -> list[Participant]:
    found = await db.exec(select(Participant).where(col(Participant.id).in_(ids)))
    return list(found.all())


async def undo_people(db: AsyncSession, session: Session, imported: ImportedPeople) -> None:
    """Take back what a list brought, as far as nobody has changed it since.

    Raises:
        Refused: a delegation that it brought has more people by now.
    """
    if imported.undone_at:
        return
    done = imported.done
    for person in await _participants(db, [UUID(one) for one in done["participants"]]):
        await db.delete(person)
    for person in await _participants(db, [UUID(one) for one in done["changed"]]):
        before, after = done["changed"][str(person.id)]
        if person.function == after:
            person.function = before
    await db.flush()
    brought = {UUID(one) for one in done["participations"]}
    if any(p.participation_id in brought for p in (await db.exec(_people_of(session))).all()):
        told = _("Others have joined the delegations of this list: take them off one by one.")
        raise Refused(told)
    found = await db.exec(select(Participation).where(col(Participation.id).in_(brought)))
    for one in found.all():
        await db.delete(one)
    imported.undone_at = now()
