"""Questions about sessions and their agendas."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import Role, User
from meetings.base.errors import NotFound, Refused
from meetings.base.languages import gettext as _
from meetings.bodies.models import AgendaItem, Body, Document, Session

PAGE = 50  # sessions on a page of their list


def is_visible(user: User) -> sa.ColumnElement[bool]:
    """A delegate sees the sessions that the delegation takes part in; all others see all."""
    if user.role is not Role.DELEGATION:
        return sa.true()
    # By table name: delegations are a later room.
    taking_part = sa.table("participation", sa.column("session_id"), sa.column("delegation_id"))
    return sa.exists().where(
        taking_part.c.session_id == Session.id,
        taking_part.c.delegation_id == sa.bindparam("mine", user.delegation_id, sa.Uuid),
    )


async def session_for(db: AsyncSession, slug: str, user: User) -> Session:
    """A session that this user may see.

    Raises:
        NotFound: no such session, or none of this user's business.
    """
    found = await db.exec(select(Session).where(Session.slug == slug, is_visible(user)))
    if (session := found.first()) is None:
        raise NotFound
    return session


async def sessions_for(db: AsyncSession, user: User) -> list[Session]:
    """The sessions that this user may see, the latest first."""
    found = await db.exec(
        select(Session)
        .where(is_visible(user))
        .order_by(col(Session.starts_on).desc(), col(Session.slug))
    )
    return list(found.all())


async def sessions_with_bodies(
    db: AsyncSession, user: User, page: int = 1
) -> list[tuple[Session, Body]]:
    """A page of the sessions that this user may see, the latest first, each with its body.

    One more than PAGE are given where there is a next page.
    """
    found = await db.exec(
        select(Session, Body)
        .join(Body, col(Body.id) == Session.body_id)
        .where(is_visible(user))
        .order_by(col(Session.starts_on).desc(), col(Session.slug))
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    )
    return [(session, body) for session, body in found.all()]


async def sessions_beside(db: AsyncSession, session: Session, user: User) -> list[Session]:
    """The sessions that could sit in a joint meeting with this one: the same days, the same zone.

    Hours are local facts, so a meeting cannot belong to sessions of two time zones.
    """
    found = await db.exec(
        select(Session)
        .where(
            is_visible(user),
            Session.id != session.id,
            Session.timezone == session.timezone,
            Session.starts_on <= session.ends_on,
            Session.ends_on >= session.starts_on,
        )
        .order_by(col(Session.starts_on), col(Session.slug))
    )
    return list(found.all())


async def agenda_of(db: AsyncSession, session_id: UUID) -> list[AgendaItem]:
    """The items of a session in their order."""
    found = await db.exec(
        select(AgendaItem)
        .where(AgendaItem.session_id == session_id)
        .order_by(col(AgendaItem.position))
    )
    return list(found.all())


async def item_numbered(db: AsyncSession, session: Session, number: str) -> AgendaItem:
    """An item by its number as it stands in addresses: "3", "3a" for "3 (a)".

    Raises:
        NotFound: the agenda has no such item.
    """
    for item in await agenda_of(db, session.id):
        if item_address(item) == number:
            return item
    raise NotFound


def item_address(item: AgendaItem) -> str:
    """An item's number in an address: 3 (a) is 3a."""
    return "".join(c for c in item.number if c.isalnum())


async def documents_of(db: AsyncSession, session_id: UUID) -> list[Document]:
    """The documents before a session, in their order."""
    found = await db.exec(
        select(Document).where(Document.session_id == session_id).order_by(col(Document.position))
    )
    return list(found.all())


async def session_named(db: AsyncSession, slug: str) -> Session:
    """A session by its slug, for whoever sits at the machine itself.

    Raises:
        Refused: no such session.
    """
    found = await db.exec(select(Session).where(Session.slug == slug))
    if (session := found.first()) is None:
        raise Refused(_("There is no session called %(slug)s.") % {"slug": slug}, field="slug")
    return session
