"""The doors of the delegations' check, and of the rapporteur who settles what they propose."""

from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter, URLEncodedBody
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import SECRETARIAT, WRITERS, Role, User
from meetings.base.db import Store
from meetings.base.ids import new_id
from meetings.base.web import go, page
from meetings.bodies.queries import session_for
from meetings.interventions import correction_actions as actions
from meetings.interventions.correction_queries import (
    PAGE,
    check_of,
    checked_session_for,
    correction_in,
    open_corrections,
    own_correction,
    own_intervention,
    point_of,
    settled_corrections,
)
from meetings.interventions.models import (
    AcceptedCorrection,
    CheckSwitch,
    CorrectionForm,
    DeclinedCorrection,
)

CHECKERS = frozenset({Role.DELEGATION})


@get(opt={"roles": CHECKERS})
async def check_page(
    request: Request[User, Any, Any], slug: FromPath[str], db: NamedDependency[AsyncSession]
) -> Template:
    """What the log has of one's own delegation, and what became of what it proposed."""
    session = await checked_session_for(db, slug, request.user)
    return page(
        "interventions/check",
        session=session,
        checked=await check_of(db, session, request.user),
        path=f"/sessions/{slug}/check",
    )


@post("/switch", opt={"roles": SECRETARIAT})
async def switch(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    data: URLEncodedBody[CheckSwitch],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Let the delegations of a session check, or no longer."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        session.delegation_check = data.on
    return go(request, f"/sessions/{slug}/delegations")


@get("/{intervention_id:uuid}", opt={"roles": CHECKERS})
async def correction_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    intervention_id: FromPath[UUID],
    db: NamedDependency[AsyncSession],
    point: FromQuery[UUID | None] = None,
) -> Template:
    """The form that says what a point should say or, without one, which point is missing."""
    session = await checked_session_for(db, slug, request.user)
    intervention, item = await own_intervention(db, session, intervention_id, request.user)
    return page(
        "interventions/correction",
        session=session,
        intervention=intervention,
        item=item,
        point=await point_of(db, intervention, point) if point else None,
        correction_id=new_id(),
        path=f"/sessions/{slug}/check",
    )


@post("/{intervention_id:uuid}", opt={"roles": CHECKERS})
async def propose(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    intervention_id: FromPath[UUID],
    data: URLEncodedBody[CorrectionForm],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Propose a correction."""
    async with store.write(request.user.id) as db:
        session = await checked_session_for(db, slug, request.user)
        await actions.propose_correction(db, session, intervention_id, data, request.user)
    return go(request, f"/sessions/{slug}/check#correction-{data.id}")


@post("/corrections/{correction_id:uuid}/withdrawn", opt={"roles": CHECKERS})
async def withdraw(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    correction_id: FromPath[UUID],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Take a proposal back."""
    async with store.write(request.user.id) as db:
        session = await checked_session_for(db, slug, request.user)
        correction = await own_correction(db, session, correction_id, request.user)
        actions.withdraw_correction(correction, request.user)
    return go(request, f"/sessions/{slug}/check")


@get(opt={"roles": WRITERS})
async def corrections_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    db: NamedDependency[AsyncSession],
    number: Annotated[int, QueryParameter(name="page", ge=1)] = 1,
) -> Template:
    """What delegations propose, beside what the log says; below it what was settled.

    Also while the check is switched off: what was proposed before can be settled and looked up.
    """
    session = await session_for(db, slug, request.user)
    settled = await settled_corrections(db, session, number)
    return page(
        "interventions/corrections",
        session=session,
        waiting=await open_corrections(db, session),
        settled=settled[:PAGE],
        number=number,
        is_last=len(settled) <= PAGE,
        zone=ZoneInfo(session.timezone),
        path=f"/sessions/{slug}/corrections",
        is_secretariat=request.user.role in SECRETARIAT,
    )


@post("/{correction_id:uuid}/accepted", opt={"roles": WRITERS})
async def accept(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    correction_id: FromPath[UUID],
    data: URLEncodedBody[AcceptedCorrection],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Let the log say what is proposed."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        correction = await correction_in(db, session, correction_id)
        await actions.accept_correction(db, correction, data, request.user)
    return go(request, f"/sessions/{slug}/corrections")


@post("/{correction_id:uuid}/declined", opt={"roles": WRITERS})
async def decline(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    correction_id: FromPath[UUID],
    data: URLEncodedBody[DeclinedCorrection],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Leave the log as it is."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        correction = await correction_in(db, session, correction_id)
        actions.decline_correction(correction, data, request.user)
    return go(request, f"/sessions/{slug}/corrections")


routes = Router(
    "/sessions/{slug:str}/check",
    route_handlers=[check_page, switch, correction_page, propose, withdraw],
)
correction_routes = Router(
    "/sessions/{slug:str}/corrections", route_handlers=[corrections_page, accept, decline]
)
