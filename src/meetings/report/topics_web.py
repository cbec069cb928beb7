"""The doors of topics and views: what was said, sorted into what the report will tell."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import WRITERS, User
from meetings.base.db import Store
from meetings.base.languages import current_language
from meetings.base.web import go, page, receipt
from meetings.bodies.models import AgendaItem
from meetings.bodies.queries import agenda_of, item_address, session_for
from meetings.interventions import view_actions
from meetings.interventions.grammar import Verbs
from meetings.interventions.models import JoinForm, NewView, RewordedView, ViewForm, WordedView
from meetings.interventions.queries import point_for, topics_in_order, views_of
from meetings.interventions.topic_tree import fits, in_tree
from meetings.interventions.view_queries import board_of, discussed_with, view_in
from meetings.report.phrases import verbs_to_choose
from meetings.report.web import drafting_language


@get("/topics", opt={"roles": WRITERS})
async def topics_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    db: NamedDependency[AsyncSession],
    item: FromQuery[str] = "",
) -> Template:
    """What was said on an item by topic: views with their support, and points that wait for one."""
    session = await session_for(db, slug, request.user)
    agenda = await agenda_of(db, session.id)
    chosen = next((one for one in agenda if item_address(one) == item), None) or _first(agenda)
    views = await views_of(db, chosen.id) if chosen else []
    topics = await topics_in_order(db)
    return page(
        "report/topics",
        session=session,
        agenda=agenda,
        item=chosen,
        together=await discussed_with(db, chosen) if chosen else [],
        boards=await board_of(db, chosen) if chosen else [],
        views=views,
        topics=topics,
        verbs=_verbs(),
        names={one.id: one.slug for one in topics} | {one.view.id: one.view.key for one in views},
    )


def _verbs() -> dict[str, str]:
    """What each verb of the phrasebook is in words; "" before a text told of nobody."""
    by_form = verbs_to_choose(drafting_language(""))
    return dict.fromkeys(by_form["list"], "") | by_form["speakers"]


def _first(agenda: list[AgendaItem]) -> AgendaItem | None:
    """The item with the most time is the one that is discussed."""
    return max(agenda, key=lambda one: one.minutes or 0, default=None)


@post("/points/{point_id:uuid}/view", opt={"roles": WRITERS})
async def join_point(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    point_id: FromPath[UUID],
    data: URLEncodedBody[JoinForm],
    store: NamedDependency[Store],
    verbs: NamedDependency[Verbs],
) -> Response[Any]:
    """Join a point to a view, or take it out of one."""
    async with store.write(request.user.id) as db:
        tagged, intervention = await point_for(db, slug, point_id, request.user)
        await view_actions.join_point(db, tagged.point, intervention, data, verbs)
        item = await db.get_one(AgendaItem, intervention.item_id)
    path = f"/sessions/{slug}/topics?item={item_address(item)}"
    return receipt(request, path, version=tagged.point.version)


@post("/points/{point_id:uuid}/views", opt={"roles": WRITERS})
async def new_view(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    point_id: FromPath[UUID],
    data: URLEncodedBody[NewView],
    store: NamedDependency[Store],
    verbs: NamedDependency[Verbs],
) -> Response[Any]:
    """Make a view of a point; its wording comes next."""
    async with store.write(request.user.id) as db:
        tagged, intervention = await point_for(db, slug, point_id, request.user)
        view = await view_actions.new_view(db, tagged.point, intervention, data, verbs)
    path = f"/sessions/{slug}/views/{view.id}"
    return receipt(request, path, version=tagged.point.version, key=view.key)


@get("/views/{view_id:uuid}", opt={"roles": WRITERS})
async def view_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    view_id: FromPath[UUID],
    db: NamedDependency[AsyncSession],
) -> Template:
    """A view and the form that words it."""
    session = await session_for(db, slug, request.user)
    view = await view_in(db, session.id, view_id)
    return page(
        "report/view",
        session=session,
        view=view,
        item=await db.get_one(AgendaItem, view.item_id),
        others=[other.view for other in await views_of(db, view.item_id)],
        topics=await topics_in_order(db),
        forms=list(ViewForm),
        verbs=verbs_to_choose(drafting_language("")),
        language=current_language(),
    )


@post("/views/{view_id:uuid}", opt={"roles": WRITERS})
async def word_view(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    view_id: FromPath[UUID],
    data: URLEncodedBody[WordedView],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Word a view."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        view = await view_in(db, session.id, view_id, lock=True)
        known = set(verbs_to_choose("en")[data.form.value])
        await view_actions.word_view(db, view, data, known)
        item = await db.get_one(AgendaItem, view.item_id)
    return go(request, f"/sessions/{slug}/topics?item={item_address(item)}")


@post("/views/{view_id:uuid}/worded", opt={"roles": WRITERS})
async def reword_view(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    view_id: FromPath[UUID],
    data: URLEncodedBody[RewordedView],
    store: NamedDependency[Store],
    verbs: NamedDependency[Verbs],
) -> Response[Any]:
    """Word a view in one line, from the log."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        view = await view_in(db, session.id, view_id, lock=True)
        await view_actions.reword_view(db, view, data, verbs)
    return receipt(request, f"/sessions/{slug}/views/{view_id}", version=view.version)


@post("/views/{view_id:uuid}/remove", opt={"roles": WRITERS})
async def remove_view(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    view_id: FromPath[UUID],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Take a view away; its points stay."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        view = await view_in(db, session.id, view_id, lock=True)
        item = await db.get_one(AgendaItem, view.item_id)
        await view_actions.remove_view(db, view)
    return go(request, f"/sessions/{slug}/topics?item={item_address(item)}")


@get("/topics", opt={"roles": WRITERS})
async def tree_page(db: NamedDependency[AsyncSession], words: FromQuery[str] = "") -> Template:
    """All topics that a point can have, as a tree; or those that are called by these words."""
    topics = in_tree(await topics_in_order(db))
    found = [placed for placed in topics if fits(placed.topic, words)]
    return page("report/tree", found=found, words=words)


routes = Router(
    "/sessions/{slug:str}",
    route_handlers=[
        topics_page,
        join_point,
        new_view,
        view_page,
        word_view,
        reword_view,
        remove_view,
    ],
)
tree_routes = Router("/", route_handlers=[tree_page])
