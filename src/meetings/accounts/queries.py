"""Questions about people and sign-ins."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import Entry, FailedSignIn, Invitation, Login, User
from meetings.base.errors import NotFound

WINDOW = timedelta(minutes=15)  # in which failed sign-ins are counted


def token_hash(token: str) -> str:
    """What is kept of a sign-in's token: who reads the database cannot sign in with it."""
    return hashlib.sha256(token.encode()).hexdigest()


async def user_of_token(db: AsyncSession, token: str, at: datetime) -> User | None:
    """Who is signed in with this token, in one query; None when it has ended or never was."""
    found = await db.exec(
        select(User)
        .join(Login, col(Login.user_id) == User.id)
        .where(
            Login.token_hash == token_hash(token),
            col(Login.ends_at) > at,
            col(User.disabled).is_(False),
        )
    )
    return found.first()


async def tokens_in_force(
    db: AsyncSession, tokens: Collection[str], at: datetime
) -> dict[str, tuple[str, UUID | None]]:
    """As whom somebody is still signed in with each of these tokens, in one query."""
    hashes = {token_hash(token): token for token in tokens}
    found = await db.exec(
        select(Login.token_hash, User.role, User.delegation_id)
        .join(User, col(User.id) == Login.user_id)
        .where(
            col(Login.token_hash).in_(hashes),
            col(Login.ends_at) > at,
            col(User.disabled).is_(False),
        )
    )
    return {hashes[hash_]: (str(role), delegation) for hash_, role, delegation in found.all()}


async def user_named(db: AsyncSession, login: str) -> User | None:
    """The account of this name; capitals do not matter."""
    found = await db.exec(select(User).where(User.login == login.strip().lower()))
    return found.first()


async def user_by_id(db: AsyncSession, user_id: UUID) -> User:
    """An account.

    Raises:
        NotFound: no such account.
    """
    if (user := await db.get(User, user_id)) is None:
        raise NotFound
    return user


@dataclass(frozen=True)
class Failures:
    """Sign-ins that failed lately: to an account, from an address, and to that from this."""

    to_account: int
    from_address: int
    both: int


async def failures(db: AsyncSession, login: str, address: str, at: datetime) -> Failures:
    """How often signing in to this account or from this address has failed lately."""
    account = col(FailedSignIn.login) == login.strip().lower()
    here = col(FailedSignIn.address) == address
    recent = col(FailedSignIn.at) > at - WINDOW
    counts = [
        select(sa.func.count()).where(recent, which).scalar_subquery()
        for which in (account, here, sa.and_(account, here))
    ]
    found = await (await db.connection()).execute(sa.select(*counts))
    return Failures(*found.one())


async def users(db: AsyncSession) -> list[User]:
    """All accounts by role and name."""
    found = await db.exec(select(User).order_by(col(User.role), col(User.name)))
    return list(found.all())


async def latest_entries(db: AsyncSession, limit: int = 50) -> list[tuple[Entry, Any]]:
    """The newest lines of the audit, each with the name of who did it (None: the program)."""
    found = await db.exec(
        select(Entry, User.name)
        .join(User, col(User.id) == Entry.who, isouter=True)
        .order_by(col(Entry.at).desc())
        .limit(limit)
    )
    return [(entry, name) for entry, name in found.all()]


async def invitation_of_token(db: AsyncSession, token: str, *, lock: bool = False) -> Invitation:
    """The invitation that a link is of; `lock` lets one at a time use it.

    Raises:
        NotFound: there is none.
    """
    asked = select(Invitation).where(Invitation.token_hash == token_hash(token))
    found = await db.exec(asked.with_for_update() if lock else asked)
    if (invitation := found.first()) is None:
        raise NotFound
    return invitation


async def invitation_for(db: AsyncSession, delegation_id: UUID, id_: UUID) -> Invitation:
    """An invitation of a delegation.

    Raises:
        NotFound: it has no such invitation.
    """
    found = await db.get(Invitation, id_)
    if found is None or found.delegation_id != delegation_id:
        raise NotFound
    return found


async def invitations_to(db: AsyncSession, delegation_id: UUID) -> list[Invitation]:
    """The invitations of a delegation's focal points, the newest first."""
    found = await db.exec(
        select(Invitation)
        .where(Invitation.delegation_id == delegation_id)
        .order_by(col(Invitation.made_at).desc())
    )
    return list(found.all())
