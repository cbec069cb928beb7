"""So many delegations that take part, each with somebody who has signed in."""

from meetings.accounts.actions import begin_login
from meetings.accounts.models import Role, User
from tests.cast import named
from tests.speakers.stage import add_delegations


async def focal_points(store, count):
    """The sign-ins of so many delegations that take part."""
    await add_delegations(store, count)
    users = [
        User(
            login=f"more-{number}",
            name=f"Focal point {number}",
            role=Role.DELEGATION,
            delegation_id=named("delegation", f"more-{number:02}"),
            password_hash="",
        )
        for number in range(count)
    ]
    async with store.write() as db:
        db.info["audit"] = False
        db.add_all(users)
        await db.flush()
        return [await begin_login(db, user, 1) for user in users]
