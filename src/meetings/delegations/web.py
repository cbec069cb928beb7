"""The doors to who takes part in a session, and to the people of each delegation."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter, URLEncodedBody
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import EVERYONE, SECRETARIAT, Role, User
from meetings.accounts.queries import invitations_to
from meetings.base.db import Store
from meetings.base.languages import current_language
from meetings.base.settings import Settings
from meetings.base.web import by_htmx, fragment, go, page
from meetings.bodies.queries import session_for
from meetings.delegations import actions
from meetings.delegations.models import Capacity, NewCapacity, NewParticipant, NewParticipation
from meetings.delegations.queries import (
    attendance_of,
    delegation_of,
    may_take_part,
    taking_part_for,
)

OWN = SECRETARIAT | {Role.DELEGATION}  # who keeps the list of a delegation's people


@get("/", opt={"roles": EVERYONE})
async def delegations_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    db: NamedDependency[AsyncSession],
    find: FromQuery[str] = "",
    number: Annotated[int, QueryParameter(name="page", ge=1)] = 1,
) -> Response[Any]:
    """Who takes part in a session, group by group; a delegation is led to its own page."""
    session = await session_for(db, slug, request.user)
    if request.user.role is Role.DELEGATION:
        own = await delegation_of(db, request.user)
        return go(request, f"/sessions/{slug}/delegations/{own.code}")
    language = current_language()
    is_secretariat = request.user.role in SECRETARIAT
    return page(
        "delegations/delegations",
        session=session,
        attendance=await attendance_of(db, session.id, language, find, number),
        find=find,
        absent=await may_take_part(db, session.id, language) if is_secretariat else [],
        capacities=list(Capacity),
        is_secretariat=is_secretariat,
    )


@post("/", opt={"roles": SECRETARIAT})
async def add(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    data: URLEncodedBody[NewParticipation],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Let a delegation take part, then go on to its people."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        delegation = await actions.add_participation(db, session, data)
    return go(request, f"/sessions/{slug}/delegations/{delegation.code}")


@get("/{code:str}", opt={"roles": EVERYONE})
async def delegation_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    code: FromPath[str],
    db: NamedDependency[AsyncSession],
    settings: NamedDependency[Settings],
) -> Template:
    """A delegation at a session: its capacity, its people, and who is invited for it."""
    session = await session_for(db, slug, request.user)
    one = await taking_part_for(db, session, code, request.user)
    invites = request.user.role in SECRETARIAT
    return page(
        "delegations/delegation",
        session=session,
        one=one,
        invitations=await invitations_to(db, one.delegation.id) if invites else [],
        mails=bool(settings.mail_server),
        path=f"/sessions/{slug}/delegations/{code}",
        capacities=list(Capacity),
        role=request.user.role,
    )


@post("/{code:str}/capacity", opt={"roles": SECRETARIAT})
async def change_capacity(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    code: FromPath[str],
    data: URLEncodedBody[NewCapacity],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Say in which capacity a delegation takes part."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        one = await taking_part_for(db, session, code, request.user, lock=True)
        one.participation.capacity = data.capacity
    return go(request, f"/sessions/{slug}/delegations/{code}")


@post("/{code:str}/remove", opt={"roles": SECRETARIAT})
async def remove(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    code: FromPath[str],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Let a delegation no longer take part."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        one = await taking_part_for(db, session, code, request.user, lock=True)
        await actions.remove_participation(db, one)
    return go(request, f"/sessions/{slug}/delegations")


@post("/{code:str}/participants", opt={"roles": OWN})
async def add_participant(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    code: FromPath[str],
    data: URLEncodedBody[NewParticipant],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Add a person to a delegation."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        one = await taking_part_for(db, session, code, request.user, lock=True)
        actions.add_participant(db, one, data)
    return await _participants(request, store, slug, code)


@post("/{code:str}/participants/{participant_id:uuid}/remove", opt={"roles": OWN})
async def remove_participant(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    code: FromPath[str],
    participant_id: FromPath[UUID],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Take a person off a delegation's list."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        one = await taking_part_for(db, session, code, request.user, lock=True)
        await actions.remove_participant(db, one, participant_id)
    return await _participants(request, store, slug, code)


async def _participants(
    request: Request[User, Any, Any], store: Store, slug: str, code: str
) -> Response[Any]:
    path = f"/sessions/{slug}/delegations/{code}"
    if not by_htmx(request):
        return go(request, path)
    async with store.read() as db:
        session = await session_for(db, slug, request.user)
        one = await taking_part_for(db, session, code, request.user)
    return fragment("delegations/participants", one=one, path=path, role=request.user.role)


routes = Router(
    "/sessions/{slug:str}/delegations",
    route_handlers=[
        delegations_page,
        add,
        delegation_page,
        change_capacity,
        remove,
        add_participant,
        remove_participant,
    ],
)
