"""The door through which a log that was kept elsewhere comes in."""

import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.connection import ASGIConnection
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, MultipartBody
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import WRITERS, User
from meetings.base.db import Store
from meetings.base.errors import Refused
from meetings.base.ids import new_id
from meetings.base.languages import current_language
from meetings.base.languages import gettext as _
from meetings.base.web import by_htmx, fragment, go, page
from meetings.delegations.finding import called, folded
from meetings.exchange import log_import_actions as actions
from meetings.exchange.log_files import UPLOAD, read_file, too_large
from meetings.exchange.log_import_queries import Plan, brought_by, plan_of
from meetings.exchange.log_rows import Rows, read_lines
from meetings.exchange.models import LogImport
from meetings.interventions.web import log_page
from meetings.schedule.queries import Sitting, allotted_to, sitting_for
from meetings.speakers.queries import delegations_in

FORM = 100_000  # bytes of a form besides its file


@dataclass
class LogForm:
    """Lines or a file, and the item of the rows that name none. A file not chosen comes as text."""

    id: UUID
    text: str = ""
    item: str = ""
    upload: Any = None


@dataclass(frozen=True)
class Preview:
    """What is shown before anything is kept; `packed` are the rows as the page carries them."""

    plan: Plan
    rows: Rows
    packed: str


def check_size(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
    """Refuse what is too large before it is read."""
    sent = connection.headers.get("content-length", "0")
    if not sent.isdecimal() or int(sent) > UPLOAD + FORM:
        raise Refused(too_large(), field="upload")


@get(opt={"roles": WRITERS})
async def import_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    db: NamedDependency[AsyncSession],
) -> Template:
    """Where lines are pasted or a file is chosen."""
    sitting = await sitting_for(db, slug, number, request.user)
    return await _page(db, sitting, LogForm(new_id()), None)


async def _page(
    db: AsyncSession, sitting: Sitting, form: LogForm, preview: Preview | None
) -> Template:
    return page(
        "exchange/log_import",
        sitting=sitting,
        import_id=form.id,
        text=form.text,
        item=form.item,
        allotted=await allotted_to(db, sitting.meeting.id),
        preview=preview,
    )


@post("/preview", opt={"roles": WRITERS}, guards=[check_size], status_code=200)
async def preview(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    data: MultipartBody[LogForm],
    store: NamedDependency[Store],
) -> Template:
    """What each row becomes, and what is wrong; nothing is kept yet."""
    async with store.read() as db:
        sitting = await sitting_for(db, slug, number, request.user)
        delegations = await delegations_in(db, sitting.meeting.id, current_language())
    names = {name for delegation in delegations for name in called(delegation)}
    rows = await _read(data, names)
    async with store.read() as db:
        plan = await plan_of(db, sitting, rows, data.item, data.id)
        shown = Preview(plan, rows, actions.packed(rows))
        if not by_htmx(request):
            return await _page(db, sitting, data, shown)
    return fragment(
        "exchange/log_import_preview",
        sitting=sitting,
        import_id=data.id,
        item=data.item,
        preview=shown,
    )


async def _read(form: LogForm, names: set[str]) -> Rows:
    def is_name(typed: str) -> bool:
        return folded(typed) in names

    if isinstance(upload := form.upload, UploadFile):
        if form.text.strip():
            told = _("There are lines and a file: empty one of them, for one comes in at a time.")
            raise Refused(told, field="upload")
        content = await upload.read(UPLOAD + 1)
        return await asyncio.to_thread(read_file, content, upload.filename, is_name)
    if not form.text.strip():
        raise Refused(_("Paste the lines of the log here, or choose a file."), field="text")
    return await asyncio.to_thread(read_lines, form.text, is_name)


@post(opt={"roles": WRITERS}, guards=[check_size])
async def import_log(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    data: MultipartBody[LogImport],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Keep all that the preview showed, or nothing; go on to the log."""
    rows = await asyncio.to_thread(actions.unpacked, data.rows)
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        await actions.import_log(db, sitting, data, rows, request.user)
    return go(request, f"{sitting.path}/log/import/{data.id}")


@get("/{import_id:uuid}", opt={"roles": WRITERS})
async def imported_log(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    import_id: FromPath[UUID],
    db: NamedDependency[AsyncSession],
) -> Template:
    """The log, with how much came in and the way back above it."""
    sitting = await sitting_for(db, slug, number, request.user)
    brought = await brought_by(db, sitting.meeting.id, import_id)
    log = await log_page.fn(request=request, slug=slug, number=number, db=db)
    return page("exchange/imported_log", **{**log.context, "brought": brought})


@post("/{import_id:uuid}/undo", opt={"roles": WRITERS})
async def undo_import(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    import_id: FromPath[UUID],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Take out again what came in, as long as nobody has changed it."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        await actions.undo_import(db, sitting, import_id)
    return go(request, f"{sitting.path}/log/import/{import_id}")


routes = Router(
    "/sessions/{slug:str}/meetings/{number:int}/log/import",
    route_handlers=[import_page, preview, import_log, imported_log, undo_import],
)
