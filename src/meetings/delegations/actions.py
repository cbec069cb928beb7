"""What may be done about who takes part."""

from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.errors import NotFound, Refused
from meetings.base.languages import current_language
from meetings.base.languages import gettext as _
from meetings.bodies.models import Session
from meetings.delegations.finding import chosen
from meetings.delegations.models import (
    Delegation,
    NewParticipant,
    NewParticipation,
    Participant,
    Participation,
)
from meetings.delegations.queries import TakingPart, find_delegations, was_heard


async def add_participation(
    db: AsyncSession, session: Session, form: NewParticipation
) -> Delegation:
    """Let a delegation take part in a session.

    Raises:
        Refused: what was typed names no delegation, or several; or it takes part already.
    """
    known = await find_delegations(db, None, form.delegation, current_language())
    if (delegation := chosen(known, form.delegation)) is None:
        raise Refused(_which(known), field="delegation")
    present = select(Participation).where(
        Participation.session_id == session.id, Participation.delegation_id == delegation.id
    )
    if (await db.exec(present)).first():
        raise Refused(_("This delegation takes part already."), field="delegation")
    db.add(
        Participation(session_id=session.id, delegation_id=delegation.id, capacity=form.capacity)
    )
    return delegation


def _which(fitting: list[Delegation]) -> str:
    if not fitting:
        return _("No delegation is called so. Choose one from the list, or type its code.")
    several = ", ".join(one.name.in_language(current_language()) for one in fitting[:5])
    return _("Several are called so: %(names)s. Type its code.") % {"names": several}


async def remove_participation(db: AsyncSession, one: TakingPart) -> None:
    """Let a delegation no longer take part. Its people go with it.

    Raises:
        Refused: it has spoken in a meeting of the session, or has asked to.
    """
    if await was_heard(db, one.participation):
        raise Refused(
            _("This delegation has spoken, or has asked to: it cannot be removed any more.")
        )
    for person in one.participants:
        await db.delete(person)
    await db.flush()
    await db.delete(one.participation)


def add_participant(db: AsyncSession, one: TakingPart, form: NewParticipant) -> Participant:
    """Put a person at the end of a delegation's list. The same person again changes nothing."""
    for person in one.participants:
        if (person.name, person.function) == (form.name, form.function):
            return person
    last = max((person.position for person in one.participants), default=0)
    person = Participant(
        **form.model_dump(), participation_id=one.participation.id, position=last + 1
    )
    db.add(person)
    return person


async def remove_participant(db: AsyncSession, one: TakingPart, participant_id: UUID) -> None:
    """Take a person off a delegation's list.

    Raises:
        NotFound: nobody of this delegation.
    """
    person = next((each for each in one.participants if each.id == participant_id), None)
    if person is None:
        raise NotFound
    await db.delete(person)
