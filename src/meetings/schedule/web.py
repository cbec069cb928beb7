"""The doors of the calendar: a session's programme, its meetings, and what changes in them live."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Template
from litestar.status_codes import HTTP_422_UNPROCESSABLE_ENTITY
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import EVERYONE, SECRETARIAT, Role, User
from meetings.base.db import Store
from meetings.base.hub import Hub
from meetings.base.languages import current_language
from meetings.base.live import Audience, Drawing, last_told, tell
from meetings.base.live_web import LiveStream, started_after
from meetings.base.web import by_htmx, fragment, go, page
from meetings.base.web import tell as tell_errors
from meetings.bodies.queries import agenda_of, documents_of, session_for, sessions_beside
from meetings.schedule import actions
from meetings.schedule.clashes import Clashes
from meetings.schedule.models import HOURS, Meeting, MovedMeeting, NewMeeting, TakenUp
from meetings.schedule.programme import programme
from meetings.schedule.queries import (
    Sitting,
    allotted_in,
    allotted_to,
    meeting_path,
    programme_of,
    rooms,
    scheduled_meeting,
    sitting_for,
    sitting_of,
)
from meetings.schedule.taking_up_actions import items_to_take_up, take_up

PODIUM = SECRETARIAT | {Role.CHAIR}  # who opens and adjourns


def audience_of(user: User) -> Audience:
    """Who sees the same as this user: staff by role and language, delegates by delegation too."""
    return Audience(user.role.value, user.delegation_id, current_language())


def tell_all(request: Request[Any, Any, Any], clashes: Clashes) -> Response[Any]:
    """Every fault of a plan at once, each at its field."""
    return tell_errors(request, clashes.errors, HTTP_422_UNPROCESSABLE_ENTITY)


@get("/programme", opt={"roles": EVERYONE})
async def programme_page(
    request: Request[User, Any, Any], slug: FromPath[str], db: NamedDependency[AsyncSession]
) -> Template:
    """The organization of work of a session, with what sits in the same rooms; its agenda."""
    session = await session_for(db, slug, request.user)
    meetings = await programme_of(db, session, request.user)
    own = [one.meeting.id for one in meetings if one.of(session.id)]
    return page(
        "schedule/programme",
        session=session,
        programme=programme(meetings, session.starts_on, session.ends_on),
        planned=len(own),
        allotted=await allotted_in(db, own),
        agenda=await agenda_of(db, session.id),
        documents=await documents_of(db, session.id),
    )


@get("/meetings/new", opt={"roles": SECRETARIAT})
async def new_page(
    request: Request[User, Any, Any], slug: FromPath[str], db: NamedDependency[AsyncSession]
) -> Template:
    """The form of a new meeting."""
    session = await session_for(db, slug, request.user)
    return page(
        "schedule/new_meeting",
        session=session,
        rooms=await rooms(db),
        beside=await sessions_beside(db, session, request.user),
        choices=await items_to_take_up(db, [session.id]),
        usual=HOURS,
    )


@post("/meetings", opt={"roles": SECRETARIAT})
async def add(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    data: URLEncodedBody[NewMeeting],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Add a meeting."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        number = await actions.add_meeting(db, session, data, request.user)
    return go(request, meeting_path(slug, number))


@get("/", opt={"roles": EVERYONE})
async def meeting_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    db: NamedDependency[AsyncSession],
) -> Template:
    """A meeting: when, where, its state, and the items it takes up, with the ways from there."""
    sitting = await sitting_for(db, slug, number, request.user)
    last = await last_told(db, sitting.channel)
    await db.refresh(sitting.meeting)  # what was told in between is in the page
    return page(
        "schedule/meeting",
        sitting=sitting,
        last=last,
        whole=await scheduled_meeting(db, sitting.meeting.id, request.user),
        allotted=await allotted_to(db, sitting.meeting.id),
        role=request.user.role,
    )


@get("/edit", opt={"roles": SECRETARIAT})
async def edit_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    db: NamedDependency[AsyncSession],
) -> Template:
    """The forms that move a meeting, choose its items, and remove it."""
    sitting = await sitting_for(db, slug, number, request.user)
    whole = await scheduled_meeting(db, sitting.meeting.id, request.user)
    allotted = await allotted_to(db, sitting.meeting.id)
    return page(
        "schedule/edit_meeting",
        sitting=sitting,
        whole=whole,
        rooms=await rooms(db),
        choices=await items_to_take_up(db, [one.session.id for one in whole.numbers], allotted),
        usual=HOURS,
    )


@post("/", opt={"roles": SECRETARIAT})
async def move(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[MovedMeeting],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Move a meeting, or name it anew."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        await actions.move_meeting(db, sitting, data, request.user)
        await _tell_state(db, sitting)
    return go(request, sitting.path)


@post("/items", opt={"roles": SECRETARIAT})
async def choose_items(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[TakenUp],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Say which items a meeting takes up, and in which order."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        await take_up(db, sitting, data)
    return go(request, sitting.path)


@post("/open", opt={"roles": PODIUM})
async def open_(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Open a meeting."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        actions.open_meeting(sitting.meeting)
        await _tell_state(db, sitting)
    return _state(request, sitting)


@post("/adjourn", opt={"roles": PODIUM})
async def adjourn(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Adjourn a meeting."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        await actions.adjourn_meeting(db, sitting.meeting)
        await _tell_state(db, sitting)
    return _state(request, sitting)


@post("/reopen", opt={"roles": SECRETARIAT})
async def reopen(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Open an adjourned meeting again."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        actions.reopen_meeting(sitting.meeting)
        await _tell_state(db, sitting)
    return _state(request, sitting)


@post("/remove", opt={"roles": SECRETARIAT})
async def remove(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Take a meeting out of the calendar."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        await actions.remove_meeting(db, sitting.meeting)
    return go(request, f"/sessions/{slug}/programme")


async def _tell_state(db: AsyncSession, sitting: Sitting) -> None:
    await tell(db, sitting.channel, "meeting_state", sitting.meeting.id)


def _state(request: Request[User, Any, Any], sitting: Sitting) -> Response[Any]:
    if not by_htmx(request):
        return go(request, sitting.path)
    return fragment("schedule/meeting_state", sitting=sitting, role=request.user.role)


async def draw_meeting_state(db: AsyncSession, subject: UUID, audience: Audience) -> Drawing | None:
    """The live event "meeting_state": when and where a meeting sits, and whether it is open."""
    if await db.get(Meeting, subject) is None:
        return None
    context = {"sitting": await sitting_of(db, subject), "role": Role(audience.role)}
    return Drawing("schedule/_meeting_state_event.html", context)


@get("/live", opt={"roles": EVERYONE}, media_type="text/event-stream")
async def live(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    store: NamedDependency[Store],
    hub: NamedDependency[Hub],
    after: FromQuery[int] = 0,
) -> LiveStream:
    """What changes in a meeting from now on, or from where this page stopped."""
    async with store.read() as db:
        sitting = await sitting_for(db, slug, number, request.user)
    start, audience = started_after(request, after), audience_of(request.user)
    return LiveStream(hub.follow(sitting.channel, start, audience, str(request.auth)))


routes = Router(
    "/sessions/{slug:str}/meetings/{number:int}",
    route_handlers=[
        meeting_page,
        edit_page,
        move,
        choose_items,
        open_,
        adjourn,
        reopen,
        remove,
        live,
    ],
    exception_handlers={Clashes: tell_all},
)
session_routes = Router(
    "/sessions/{slug:str}",
    route_handlers=[programme_page, new_page, add],
    exception_handlers={Clashes: tell_all},
)
