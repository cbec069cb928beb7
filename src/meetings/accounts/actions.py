"""What may be done about accounts and sign-ins."""

import secrets
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import (
    MIN_PASSWORD,
    FailedSignIn,
    Login,
    NewUser,
    Role,
    User,
)
from meetings.accounts.passwords import hash_password, is_password
from meetings.accounts.queries import WINDOW, failures, token_hash, user_named
from meetings.base.clock import now
from meetings.base.errors import Refused
from meetings.base.languages import gettext as _

FROM_ONE_ADDRESS = 5
TO_ONE_ACCOUNT = 10


async def check_attempts(db: AsyncSession, login: str, address: str, allowed: int) -> None:
    """Slow down guessing, without letting anybody lock others out from elsewhere.

    An account takes `allowed` failures from one address, five times that of the address over all
    accounts (a room shares one), ten times that of the account over all addresses.

    Raises:
        Refused: too many sign-ins to this account or from this address have failed lately.
    """
    failed = await failures(db, login, address, now())
    if (
        failed.both >= allowed
        or failed.from_address >= FROM_ONE_ADDRESS * allowed
        or failed.to_account >= TO_ONE_ACCOUNT * allowed
    ):
        raise Refused(
            _("Too many sign-ins have failed. Wait %(minutes)s minutes, then try again.")
            % {"minutes": int(WINDOW.total_seconds() // 60)}
        )


async def note_failure(db: AsyncSession, login: str, address: str) -> None:
    """Count a failed sign-in, and forget those that no longer count."""
    db.add(FailedSignIn(login=login.strip().lower(), address=address, at=now()))
    await db.exec(delete(FailedSignIn).where(col(FailedSignIn.at) < now() - WINDOW))


async def verified_user(db: AsyncSession, login: str, password: str) -> User | None:
    """Whose account and password these are; None otherwise, after the same time."""
    user = await user_named(db, login)
    good = await is_password(user.password_hash if user else None, password)
    return user if user and good and not user.disabled else None


async def begin_login(db: AsyncSession, user: User, hours: float) -> str:
    """Start a sign-in with a fresh token, and give the token: it is kept nowhere."""
    token = secrets.token_urlsafe(32)
    db.add(
        Login(
            token_hash=token_hash(token),
            user_id=user.id,
            began_at=now(),
            ends_at=now() + timedelta(hours=hours),
        )
    )
    return token


async def end_login(db: AsyncSession, token: str) -> None:
    await db.exec(delete(Login).where(col(Login.token_hash) == token_hash(token)))


async def add_user(db: AsyncSession, form: NewUser) -> User:
    """Add an account.

    Raises:
        Refused: the login is taken; a delegate without a delegation, or with one that is unknown.
    """
    if await user_named(db, form.login):
        raise Refused(_("This login is taken. Choose another."), field="login")
    user = User(
        login=form.login.lower(),
        name=form.name,
        role=form.role,
        delegation_id=await _delegation_id(db, form),
        password_hash=await hash_password(form.password),
    )
    db.add(user)
    return user


async def _delegation_id(db: AsyncSession, form: NewUser) -> UUID | None:
    if form.role is not Role.DELEGATION:
        return None
    # By table name: this room comes before the delegations' own.
    delegation = sa.table("delegation", sa.column("id", sa.Uuid), sa.column("code"))
    found = await (await db.connection()).execute(
        sa.select(delegation.c.id).where(delegation.c.code == form.delegation.strip())
    )
    if (id_ := found.scalar_one_or_none()) is None:
        raise Refused(_("Choose a delegation from the list, by its code."), field="delegation")
    return UUID(str(id_))


async def set_password(db: AsyncSession, user: User, password: str) -> None:
    """Change a password and end every sign-in that began with the old one.

    Raises:
        Refused: the password is too short.
    """
    if len(password) < MIN_PASSWORD:
        raise Refused(
            _("A password has at least %(count)s characters.") % {"count": MIN_PASSWORD},
            field="password",
        )
    user.password_hash = await hash_password(password)
    await end_logins(db, user)


async def disable_user(db: AsyncSession, user: User) -> None:
    """Close an account: it stays in the audit, nobody can sign in with it."""
    user.disabled = True
    await end_logins(db, user)


async def enable_user(user: User) -> None:
    """Open a closed account again."""
    user.disabled = False


async def end_logins(db: AsyncSession, user: User) -> None:
    """End every sign-in of an account."""
    await db.exec(delete(Login).where(col(Login.user_id) == user.id))
