"""A house with something in it, for people who want to look around."""

from pathlib import Path

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.actions import add_user
from meetings.accounts.models import NewUser, Role
from meetings.accounts.queries import user_named
from meetings.bodies.models import Session
from meetings.delegations.models import Delegation, DelegationKind, Participation
from meetings.exchange.actions import load_session_file

PASSWORD = "demonstration"  # noqa: S105 (printed at every start, and only made for one)
LOGINS = {role: str(role) for role in Role}


async def has_sessions(db: AsyncSession) -> bool:
    return (await db.exec(select(Session.id).limit(1))).first() is not None


async def demonstrate(db: AsyncSession, files: list[Path]) -> None:
    """Load these session files, and open an account for each role.

    Raises:
        BadFile: a file cannot be taken.
    """
    for file in files:
        await load_session_file(db, file.read_text(encoding="utf-8"))
    code = await _some_delegation(db)
    for role, login in LOGINS.items():
        if await user_named(db, login) or (role is Role.DELEGATION and not code):
            continue
        name, delegation = login.capitalize(), code if role is Role.DELEGATION else ""
        form = NewUser(login=login, name=name, role=role, delegation=delegation, password=PASSWORD)
        await add_user(db, form)


async def _some_delegation(db: AsyncSession) -> str:
    """A State that takes part, and no real one where there is a choice."""
    found = await db.exec(
        select(Delegation.code)
        .join(Participation, col(Participation.delegation_id) == Delegation.id)
        .where(Delegation.kind == DelegationKind.STATE)
        .order_by(col(Delegation.reference), col(Delegation.code))
        .limit(1)
    )
    return found.first() or ""
