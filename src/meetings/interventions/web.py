"""The rapporteur's doors to the log: the desk, the floor, and the points.

A desk keeps what it sends until it is told that it is on the disk: every write is safe to send
again, and answers a script (`Accept: application/json`) with a receipt, a person with a page.
"""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import STAFF, WRITERS, Role, User
from meetings.base.assets import ASSETS
from meetings.base.db import Store
from meetings.base.ids import new_id
from meetings.base.languages import current_language
from meetings.base.live import Audience, Drawing, last_told
from meetings.base.web import PUBLIC, by_htmx, fragment, go, page, receipt, wants_receipt
from meetings.interventions import actions, floor_actions
from meetings.interventions.grammar import Verbs
from meetings.interventions.models import (
    DatedForm,
    EditedPoint,
    FloorForm,
    Intervention,
    InterventionKind,
    PointForm,
    PointKind,
    RemovedPoint,
    UnfinishedForm,
)
from meetings.interventions.queries import (
    PAGE,
    Sought,
    floor_of,
    history_of,
    instead_of,
    intervention_for,
    intervention_in,
    item_by_id,
    log_of,
    logged,
    meeting_by_id,
    point_for,
    rapporteurs_of,
    removed_point,
    topics_in_order,
    unfinished_of,
    views_of,
)
from meetings.interventions.topic_tree import marks_of
from meetings.interventions.view_queries import said_on
from meetings.interventions.words import point_kind
from meetings.schedule.queries import allotted_to, path_of, sitting_for
from meetings.speakers.queries import delegations_in

LOOKED_AT = 2_000  # letters of a line: a point has some two hundred


@get(opt={"roles": WRITERS})
async def log_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    db: NamedDependency[AsyncSession],
    before: FromQuery[UUID | None] = None,
    item: FromQuery[str] = "",
    topic: FromQuery[str] = "",
    delegation: FromQuery[str] = "",
    by: FromQuery[str] = "",
    words: FromQuery[str] = "",
) -> Template:
    """The live log of a meeting: the floor, the line to type in, and what was said so far."""
    sitting = await sitting_for(db, slug, number, request.user)
    sought = Sought(_id(item), topic, delegation, _id(by), words)
    floor = await floor_of(db, sitting.meeting)
    allotted = await allotted_to(db, sitting.meeting.id)
    discussed = floor.speaking.item if floor.speaking else (allotted[0].item if allotted else None)
    entries = await log_of(db, sitting.meeting.id, before, sought)
    return page(
        "interventions/log",
        sitting=sitting,
        last=await last_told(db, sitting.channel),
        live=before is None,
        path=sitting.path,
        entries=entries,
        older=entries[-1].intervention.id if len(entries) == PAGE else None,
        sought=sought,
        floor=floor,
        floor_id=new_id(),
        point_id=new_id(),
        allotted=allotted,
        delegations=await delegations_in(db, sitting.meeting.id, current_language()),
        topics=await topics_in_order(db),
        item=discussed,
        views=await views_of(db, discussed.id) if discussed else [],
        rapporteurs=await rapporteurs_of(db, sitting.meeting.id),
        unfinished=await unfinished_of(db, request.user.id, sitting.meeting.id),
        kinds=list(InterventionKind),
        point_kinds=list(PointKind),
    )


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


@get("/words", opt={"roles": WRITERS})
async def words_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    db: NamedDependency[AsyncSession],
    verbs: NamedDependency[Verbs],
) -> dict[str, Any]:
    """All that marks and names can refer to: what a desk needs to go on without a network."""
    sitting = await sitting_for(db, slug, number, request.user)
    language = current_language()
    topics = await topics_in_order(db)
    return {
        "topics": [
            {
                "slug": topic.slug,
                "name": topic.name.in_language(language),
                "called": sorted(marks_of(topic.slug, topic.aliases, topic.name)),
            }
            for topic in topics
        ],
        "kinds": {kind.value: point_kind(kind) for kind in PointKind},
        "verbs": {form: key for form, (key, _language) in verbs.items()},
        "delegations": [
            {
                "code": one.code,
                "name": one.name.in_language(language),
                "called": sorted({one.code, *one.name.values()}),
            }
            for one in await delegations_in(db, sitting.meeting.id, language)
        ],
    }


@post("/floor", opt={"roles": STAFF})
async def give_floor(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[FloorForm],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Give the floor; the answer is the floor as it now is."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        given = await floor_actions.give_floor(db, sitting.meeting, data)
        other = await instead_of(db, given.intervention, data.believed) if given.beside else None
    if wants_receipt(request):
        beside = other and {
            "id": str(other.intervention.id),
            "name": other.delegation.name.in_language(current_language()),
        }
        return receipt(request, sitting.path, version=given.intervention.version, beside=beside)
    return await _floor(request, store, slug, number, given.intervention.version)


@post("/floor/{intervention_id:uuid}/ended", opt={"roles": STAFF})
async def end_floor(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    intervention_id: FromPath[UUID],
    data: URLEncodedBody[DatedForm],
    store: NamedDependency[Store],
) -> Response[Any]:
    """The speaker has finished."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        intervention = await intervention_in(db, sitting.meeting.id, intervention_id)
        await floor_actions.end_floor(db, intervention, data.at)
    return await _floor(request, store, slug, number, intervention.version)


@post("/floor/{intervention_id:uuid}/resumed", opt={"roles": STAFF})
async def resume_floor(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    intervention_id: FromPath[UUID],
    data: URLEncodedBody[DatedForm],
    store: NamedDependency[Store],
) -> Response[Any]:
    """The speaker had not finished after all."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        intervention = await intervention_in(db, sitting.meeting.id, intervention_id)
        await floor_actions.resume_floor(db, sitting.meeting, intervention, data.at)
    return await _floor(request, store, slug, number, intervention.version)


async def _floor(
    request: Request[User, Any, Any], store: Store, slug: str, number: int, version: int
) -> Response[Any]:
    async with store.read() as db:
        sitting = await sitting_for(db, slug, number, request.user)
        if wants_receipt(request) or not by_htmx(request):
            return receipt(request, f"{sitting.path}/log", version=version)
        floor = await floor_of(db, sitting.meeting)
    return fragment("interventions/floor", floor=floor, path=sitting.path)


@post("/points", opt={"roles": WRITERS})
async def log_point(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[PointForm],
    store: NamedDependency[Store],
    verbs: NamedDependency[Verbs],
) -> Response[Any]:
    """Log what was typed; answer only once the point is on the disk."""
    async with store.write(request.user.id) as db:
        intervention = await intervention_for(
            db, slug, number, data.intervention, request.user, lock=True
        )
        point = await actions.log_point(db, intervention, data, request.user, verbs)
    if wants_receipt(request) or not by_htmx(request):
        path = f"/sessions/{slug}/meetings/{number}/log"
        return receipt(request, path, id=str(point.id), version=point.version)
    async with store.read() as db:
        return fragment("interventions/intervention_event", entry=await logged(db, intervention.id))


@put("/unfinished", opt={"roles": WRITERS})
async def keep_unfinished(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[UnfinishedForm],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Keep a line that is still being typed."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user)
        await actions.keep_unfinished(db, request.user, sitting.meeting.id, data)
    return receipt(request, f"{sitting.path}/log")


@get("/views", opt={"roles": WRITERS})
async def views_fragment(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    item: FromQuery[str],
    db: NamedDependency[AsyncSession],
) -> Response[Any]:
    """The views on one of the items of a meeting."""
    sitting = await sitting_for(db, slug, number, request.user)
    if not by_htmx(request):
        return go(request, f"{sitting.path}/log")
    allotted = await allotted_to(db, sitting.meeting.id)
    shown = next((one.item for one in allotted if str(one.item.id) == item), None)
    views = await views_of(db, shown.id) if shown else []
    return fragment("interventions/views", item=shown, views=views)


@get("/nearest", opt={"roles": WRITERS})
async def nearest_views(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    intervention: FromQuery[UUID],
    text: FromQuery[str],
    db: NamedDependency[AsyncSession],
) -> Response[Any]:
    """What was expressed on the item that is nearest to what is being typed."""
    speech = await intervention_for(db, slug, number, intervention, request.user)
    if not by_htmx(request):
        return go(request, f"/sessions/{slug}/meetings/{number}/log")
    said = await said_on(db, speech.item_id)
    near = said.nearest(text[:LOOKED_AT], current_language(), but=speech.id)
    return fragment("interventions/nearest", nearest=near)


@get(opt={"roles": WRITERS})
async def point_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    point_id: FromPath[UUID],
    db: NamedDependency[AsyncSession],
) -> Template:
    """A point, the form that corrects it, and what it was before."""
    tagged, intervention = await point_for(db, slug, point_id, request.user)
    back = await path_of(db, intervention.meeting_id)
    return page(
        "interventions/point",
        tagged=tagged,
        entry=await logged(db, intervention.id),
        history=await history_of(db, point_id),
        slug=slug,
        back=f"{back}/log",
    )


@post(opt={"roles": WRITERS})
async def edit_point(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    point_id: FromPath[UUID],
    data: URLEncodedBody[EditedPoint],
    store: NamedDependency[Store],
    verbs: NamedDependency[Verbs],
) -> Response[Any]:
    """Correct a point."""
    async with store.write(request.user.id) as db:
        tagged, intervention = await point_for(db, slug, point_id, request.user)
        await actions.edit_point(db, tagged.point, intervention, data, verbs)
        back = await path_of(db, intervention.meeting_id)
    return receipt(request, f"{back}/log", version=tagged.point.version)


@post("/removed", opt={"roles": WRITERS})
async def remove_point(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    point_id: FromPath[UUID],
    data: URLEncodedBody[RemovedPoint],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Take a point out of the log; it can be put back."""
    async with store.write(request.user.id) as db:
        tagged, intervention = await point_for(db, slug, point_id, request.user)
        await actions.remove_point(db, tagged.point, intervention, data)
        back = await path_of(db, intervention.meeting_id)
    return receipt(request, f"{back}/log")


@post("/restored", opt={"roles": WRITERS})
async def restore_point(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    point_id: FromPath[UUID],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Put a point back that was taken out of the log."""
    async with store.write(request.user.id) as db:
        removed, intervention = await removed_point(db, slug, point_id, request.user)
        point = await actions.restore_point(db, intervention, removed)
        back = await path_of(db, intervention.meeting_id)
    return receipt(request, f"{back}/log", version=point.version)


@get("/log-worker.js", opt={"roles": PUBLIC}, media_type="text/javascript", sync_to_thread=False)
def log_worker() -> Response[bytes]:
    """The script that keeps the desk on the device: a worker keeps only what is below it."""
    script = (ASSETS.static / "js" / "log-worker.js").read_bytes()
    return Response(script, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


async def draw_intervention(db: AsyncSession, subject: UUID, audience: Audience) -> Drawing | None:
    """The live event "intervention": a row of the log, for those who may read it."""
    if Role(audience.role) not in WRITERS:
        return None
    if await db.get(Intervention, subject) is None:
        return Drawing("interventions/_intervention_event.html", {"entry": None, "gone": subject})
    entry = await logged(db, subject)
    return Drawing("interventions/_intervention_event.html", {"entry": entry})


async def draw_floor(db: AsyncSession, subject: UUID, audience: Audience) -> Drawing | None:
    """The live event "floor": who has the floor, for those who may give it."""
    if Role(audience.role) not in STAFF:
        return None
    floor = await floor_of(db, await meeting_by_id(db, subject))
    context = {"floor": floor, "path": await path_of(db, subject)}
    return Drawing("interventions/_floor_event.html", context)


async def draw_views(db: AsyncSession, subject: UUID, audience: Audience) -> Drawing | None:
    """The live event "views": the views on an item with their support, for those who log."""
    if Role(audience.role) not in WRITERS:
        return None
    context = {"item": await item_by_id(db, subject), "views": await views_of(db, subject)}
    return Drawing("interventions/_views_event.html", context)


routes = Router(
    "/sessions/{slug:str}/meetings/{number:int}/log",
    route_handlers=[
        log_page,
        words_page,
        give_floor,
        end_floor,
        resume_floor,
        log_point,
        keep_unfinished,
        views_fragment,
        nearest_views,
    ],
)
worker_routes = Router("/", route_handlers=[log_worker])
point_routes = Router(
    "/sessions/{slug:str}/points/{point_id:uuid}",
    route_handlers=[point_page, edit_point, remove_point, restore_point],
)
