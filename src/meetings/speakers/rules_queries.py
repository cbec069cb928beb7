"""Questions about the rules of bodies."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.bodies.models import Body, Session
from meetings.delegations.models import Delegation


async def body_of(db: AsyncSession, session: Session, *, lock: bool = False) -> Body:
    """The body of a session; `lock` lets one at a time change its rules."""
    asked = select(Body).where(Body.id == session.body_id)
    return (await db.exec(asked.with_for_update() if lock else asked)).one()


async def groups_known(db: AsyncSession) -> list[str]:
    """The regional groups that delegations belong to."""
    found = await db.exec(
        select(Delegation.group)
        .where(Delegation.group != "")
        .distinct()
        .order_by(col(Delegation.group))
    )
    return list(found.all())
