"""The door to the sessions: their list, and from a session's name to its first page."""

from typing import Annotated, Any

from litestar import Request, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_303_SEE_OTHER
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import EVERYONE, User
from meetings.base.web import page
from meetings.bodies.queries import PAGE, sessions_with_bodies


@get("/", opt={"roles": EVERYONE})
async def sessions_page(
    request: Request[User, Any, Any],
    db: NamedDependency[AsyncSession],
    number: Annotated[int, QueryParameter(name="page", ge=1)] = 1,
) -> Template:
    """The sessions that this person may see, the latest first, a page at a time."""
    found = await sessions_with_bodies(db, request.user, number)
    return page("bodies/sessions", sessions=found[:PAGE], number=number, is_last=len(found) <= PAGE)


@get("/{slug:str}", opt={"roles": EVERYONE})
async def session(slug: FromPath[str]) -> Redirect:
    """A session's name leads to its programme, where who may see it is asked."""
    return Redirect(f"/sessions/{slug}/programme", status_code=HTTP_303_SEE_OTHER)


routes = Router("/sessions", route_handlers=[sessions_page, session])
