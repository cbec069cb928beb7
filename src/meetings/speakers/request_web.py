"""The doors to one's own request for the floor: its speaker, its text, and changing places."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, URLEncodedBody
from pydantic import BaseModel, ConfigDict
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import EVERYONE, User
from meetings.base.db import Store
from meetings.base.web import go
from meetings.schedule.queries import Sitting, sitting_for
from meetings.speakers import inscription_actions, order_actions, statement_actions
from meetings.speakers.models import ChangedInscription, SwapForm
from meetings.speakers.queries import item_for, request_for, statement_for, swap_for
from meetings.speakers.web import ASKERS, answer_with_list

LARGEST = statement_actions.LARGEST + 100_000  # with the rest of the form


class StatementForm(BaseModel):
    """The text of a statement; a tick that is not sent is none."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    file: UploadFile
    against_delivery: bool = False
    embargo: bool = False


@post("/changed", opt={"roles": ASKERS})
async def change(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    item: FromPath[str],
    inscription: FromPath[UUID],
    data: URLEncodedBody[ChangedInscription],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Say who speaks, in which language, and whether from afar."""
    async with store.write(request.user.id) as db:
        address = (slug, number, item)
        sitting, speakers, one = await request_for(db, address, inscription, request.user)
        await inscription_actions.change(db, speakers, one, data)
    return await answer_with_list(request, store, sitting, item)


@get("/statement", opt={"roles": EVERYONE})
async def statement(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    item: FromPath[str],
    inscription: FromPath[UUID],
    db: NamedDependency[AsyncSession],
) -> Response[bytes]:
    """The text of a statement; before it is delivered only for those who may have it."""
    sitting = await sitting_for(db, slug, number, request.user)
    _, known = await item_for(db, sitting, item)
    found = await statement_for(db, known, inscription, request.user)
    return Response(
        found.content,
        media_type=found.media_type,
        headers={"Content-Disposition": statement_actions.disposition(found.name)},
    )


@post("/statement", opt={"roles": ASKERS}, request_max_body_size=LARGEST)
async def send_statement(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    item: FromPath[str],
    inscription: FromPath[UUID],
    data: Annotated[StatementForm, Body(media_type=RequestEncodingType.MULTI_PART)],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Send the text of a statement; another one takes its place."""
    file: UploadFile = data.file
    content = await file.read(statement_actions.LARGEST + 1)
    async with store.write(request.user.id) as db:
        address = (slug, number, item)
        sitting, speakers, one = await request_for(db, address, inscription, request.user)
        text = statement_actions.Text(file.filename, content, data.against_delivery, data.embargo)
        await statement_actions.send_statement(db, speakers, one, text)
    return _to_list(request, sitting, item)


@post("/statement/remove", opt={"roles": ASKERS})
async def remove_statement(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    item: FromPath[str],
    inscription: FromPath[UUID],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Take the text of a statement back."""
    async with store.write(request.user.id) as db:
        address = (slug, number, item)
        sitting, speakers, one = await request_for(db, address, inscription, request.user)
        await statement_actions.remove_statement(db, speakers, one)
    return _to_list(request, sitting, item)


@post("/swaps", opt={"roles": ASKERS})
async def offer_swap(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    item: FromPath[str],
    inscription: FromPath[UUID],
    data: URLEncodedBody[SwapForm],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Offer another delegation to change places."""
    async with store.write(request.user.id) as db:
        address = (slug, number, item)
        sitting, speakers, one = await request_for(db, address, inscription, request.user)
        await order_actions.offer_swap(db, speakers, one, data.other, request.user.id)
    return await answer_with_list(request, store, sitting, item)


@post("/swaps/{swap:uuid}/accepted", opt={"roles": ASKERS})
async def accept_swap(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    item: FromPath[str],
    inscription: FromPath[UUID],
    swap: FromPath[UUID],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Take up an offer to change places: only for the one it was made to."""
    async with store.write(request.user.id) as db:
        address = (slug, number, item)
        sitting, speakers, one = await request_for(db, address, inscription, request.user)
        offer = await swap_for(db, swap, one, made_to_it=True)
        await order_actions.accept_swap(db, speakers, offer)
    return await answer_with_list(request, store, sitting, item)


@post("/swaps/{swap:uuid}/declined", opt={"roles": ASKERS})
async def decline_swap(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    item: FromPath[str],
    inscription: FromPath[UUID],
    swap: FromPath[UUID],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Leave an offer to change places, or take one's own back."""
    async with store.write(request.user.id) as db:
        address = (slug, number, item)
        sitting, speakers, one = await request_for(db, address, inscription, request.user)
        offer = await swap_for(db, swap, one)
        await order_actions.decline_swap(db, speakers, offer, one)
    return await answer_with_list(request, store, sitting, item)


def _to_list(request: Request[User, Any, Any], sitting: Sitting, item: str) -> Response[Any]:
    return go(request, f"{sitting.path}/speakers/{item}")


routes = Router(
    "/sessions/{slug:str}/meetings/{number:int}/speakers/{item:str}/inscriptions/{inscription:uuid}",
    route_handlers=[
        change,
        statement,
        send_statement,
        remove_statement,
        offer_swap,
        accept_swap,
        decline_swap,
    ],
)
