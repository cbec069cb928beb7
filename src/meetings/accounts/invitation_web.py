"""The doors of those who are invited: the link, and a password of their own where they want one."""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts import invitation_actions as actions
from meetings.accounts.models import EVERYONE, OwnPassword, User
from meetings.accounts.queries import invitation_of_token
from meetings.accounts.web import LOGIN, WhoAsks
from meetings.base.db import Store
from meetings.base.settings import Settings
from meetings.base.web import PUBLIC, go, page


@get("/invitations/{token:str}", opt={"roles": PUBLIC})
async def invitation_page(token: FromPath[str], db: NamedDependency[AsyncSession]) -> Template:
    """Who is invited. Only the button uses the link up: mail programs look at links, too."""
    invitation = await invitation_of_token(db, token)
    actions.check_good(invitation)
    return page("accounts/invitation", invitation=invitation, token=token)


@post("/invitations/{token:str}", opt={"roles": PUBLIC})
async def take_up(
    request: Request[Any, Any, Any],
    token: FromPath[str],
    store: NamedDependency[Store],
    settings: NamedDependency[Settings],
) -> Response[Any]:
    """Let the focal point in."""
    async with store.write() as db:
        login = await actions.take_up(db, token)
        invitation = await invitation_of_token(db, token)
    answer = go(request, "/")
    cookie = WhoAsks(store, settings).cookie(LOGIN, login)
    cookie.max_age = int((invitation.ends_at - invitation.made_at).total_seconds())
    answer.set_cookie(cookie)
    return answer


@get("/password", opt={"roles": EVERYONE})
async def password_page(request: Request[User, Any, Any]) -> Template:
    """The form that sets one's own password."""
    return page("accounts/password", has_one=bool(request.user.password_hash))


@post("/password", opt={"roles": EVERYONE})
async def set_password(
    request: Request[User, Any, Any],
    data: URLEncodedBody[OwnPassword],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Set one's own password."""
    async with store.write(request.user.id) as db:
        await actions.set_own_password(db, request.user, data)
    return go(request, "/")


routes = Router("/", route_handlers=[invitation_page, take_up, password_page, set_password])
