"""What may be done about invitations: a link instead of a password, for one person, once."""

import secrets
from datetime import timedelta
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.actions import begin_login, end_logins
from meetings.accounts.models import Invitation, InvitationForm, OwnPassword, Role, User
from meetings.accounts.passwords import hash_password, is_password
from meetings.accounts.queries import invitation_of_token, token_hash
from meetings.base.clock import now
from meetings.base.errors import Refused
from meetings.base.languages import gettext as _


async def invite(
    db: AsyncSession, delegation_id: UUID, form: InvitationForm
) -> tuple[Invitation, str]:
    """Invite a delegation's focal point; gives the token of the link: it is kept nowhere.

    Raises:
        Refused: the address is none.
    """
    if form.email and ("@" not in form.email or any(c.isspace() for c in form.email)):
        raise Refused(_("Give an address such as name@example.org, or none."), field="email")
    token = secrets.token_urlsafe(24)
    invitation = Invitation(
        token_hash=token_hash(token),
        delegation_id=delegation_id,
        name=form.focal,
        email=form.email,
        made_at=now(),
        ends_at=now() + timedelta(days=form.days),
    )
    db.add(invitation)
    return invitation, token


async def take_up(db: AsyncSession, token: str) -> str:
    """Let in whoever comes with a link, until the invitation ends; gives the sign-in's token.

    Raises:
        NotFound: there is no such invitation.
        Refused: it was used, has expired, or was revoked.
    """
    invitation = await invitation_of_token(db, token, lock=True)
    check_good(invitation)
    user = User(
        login=f"focal-{secrets.token_hex(4)}",
        name=invitation.name,
        role=Role.DELEGATION,
        delegation_id=invitation.delegation_id,
        password_hash="",
    )
    db.add(user)
    await db.flush()
    invitation.used_at, invitation.user_id = now(), user.id
    hours = (invitation.ends_at - now()) / timedelta(hours=1)
    return await begin_login(db, user, hours)


def check_good(invitation: Invitation) -> None:
    """Raises Refused, saying why, where an invitation lets nobody in any more."""
    if invitation.revoked_at:
        raise Refused(_("This invitation was revoked. Ask the secretariat for another one."))
    if invitation.used_at:
        raise Refused(_("This link was used already. Ask the secretariat for another one."))
    if invitation.ends_at <= now():
        raise Refused(_("This invitation has expired. Ask the secretariat for another one."))


async def revoke(db: AsyncSession, invitation: Invitation) -> None:
    """Let an invitation let nobody in; whoever came in with it is out. Twice is once."""
    if invitation.revoked_at:
        return
    invitation.revoked_at = now()
    if invitation.user_id:
        user = (await db.exec(select(User).where(User.id == invitation.user_id))).one()
        user.disabled = True
        await end_logins(db, user)


async def set_own_password(db: AsyncSession, user: User, form: OwnPassword) -> None:
    """Set one's own password. The sign-in stays, so that nothing is lost.

    Raises:
        Refused: the password one has is not that.
    """
    mine = await db.get_one(User, user.id)
    if mine.password_hash and not await is_password(mine.password_hash, form.current):
        raise Refused(_("This is not your password."), field="current")
    mine.password_hash = await hash_password(form.password)
