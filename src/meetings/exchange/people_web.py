"""The door through which a list of participants comes in."""

import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath, MultipartBody
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import SECRETARIAT, User
from meetings.base.db import Store
from meetings.base.errors import Refused
from meetings.base.ids import new_id
from meetings.base.languages import gettext as _
from meetings.base.web import by_htmx, fragment, go, page
from meetings.bodies.models import Session
from meetings.bodies.queries import session_for
from meetings.exchange import people_actions as actions
from meetings.exchange.log_files import UPLOAD, read_sheet
from meetings.exchange.log_import_web import check_size
from meetings.exchange.models import PeopleImport
from meetings.exchange.people_meaning import Plan
from meetings.exchange.people_queries import imported_people, plan_of
from meetings.exchange.people_rows import People, read_people
from meetings.exchange.people_tables import marked_sheet
from meetings.exchange.sheets import write_xlsx
from meetings.exchange.web import MEDIA_TYPES, download

TAGS = 2_000_000  # of a sheet of 10,000 people


@dataclass
class PeopleForm:
    """A file. One that was not chosen comes as text."""

    id: UUID
    upload: Any = None


@dataclass(frozen=True)
class Preview:
    """What is shown before anything is kept; `packed` are the rows as the page carries them."""

    plan: Plan
    people: People
    packed: str


@get(opt={"roles": SECRETARIAT})
async def import_page(
    request: Request[User, Any, Any], slug: FromPath[str], db: NamedDependency[AsyncSession]
) -> Template:
    """Where the file of the registration system is chosen."""
    return _page(await session_for(db, slug, request.user), new_id(), None)


def _page(session: Session, import_id: UUID, preview: Preview | None) -> Template:
    return page("exchange/people", session=session, import_id=import_id, preview=preview)


@post("/preview", opt={"roles": SECRETARIAT}, guards=[check_size], status_code=200)
async def preview(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    data: MultipartBody[PeopleForm],
    store: NamedDependency[Store],
) -> Template:
    """What each row becomes, and what is wrong; nothing is kept yet."""
    people = await _read(data)
    async with store.read() as db:
        session = await session_for(db, slug, request.user)
        shown = Preview(await plan_of(db, session, people), people, actions.packed(people))
    if not by_htmx(request):
        return _page(session, data.id, shown)
    return fragment("exchange/people_preview", session=session, import_id=data.id, preview=shown)


async def _read(form: PeopleForm) -> People:
    if not isinstance(form.upload, UploadFile):
        raise Refused(_("Choose a file that ends in .xlsx or .csv."), field="upload")
    content = await form.upload.read(UPLOAD + 1)
    return await asyncio.to_thread(read_sheet, content, form.upload.filename, read_people, TAGS)


@post("/marked", opt={"roles": SECRETARIAT}, guards=[check_size], status_code=200)
async def marked(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    data: MultipartBody[PeopleImport],
    db: NamedDependency[AsyncSession],
) -> Response[bytes]:
    """The same rows as an Excel file, with what is wrong beside each."""
    session = await session_for(db, slug, request.user)
    plan = await plan_of(db, session, await asyncio.to_thread(actions.unpacked, data.rows))
    title = _("What is wrong with the list")
    content = await asyncio.to_thread(write_xlsx, [marked_sheet(plan)], title)
    return download(content, f"{slug}-participants-marked.xlsx", MEDIA_TYPES["xlsx"])


@post(opt={"roles": SECRETARIAT}, guards=[check_size])
async def import_people(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    data: MultipartBody[PeopleImport],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Keep all that the preview showed, or nothing; tell what was done."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        await actions.import_people(db, session, data, request.user)
    return go(request, f"/sessions/{slug}/participants/import/{data.id}")


@get("/{import_id:uuid}", opt={"roles": SECRETARIAT})
async def imported_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    import_id: FromPath[UUID],
    db: NamedDependency[AsyncSession],
) -> Template:
    """What came in, and the way back."""
    session = await session_for(db, slug, request.user)
    imported = await imported_people(db, session, import_id)
    return page("exchange/imported_people", session=session, imported=imported)


@post("/{import_id:uuid}/undo", opt={"roles": SECRETARIAT})
async def undo(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    import_id: FromPath[UUID],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Take back what came in."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        imported = await imported_people(db, session, import_id)
        await actions.undo_people(db, session, imported)
    return go(request, f"/sessions/{slug}/participants/import/{import_id}")


routes = Router(
    "/sessions/{slug:str}/participants/import",
    route_handlers=[import_page, preview, marked, import_people, imported_page, undo],
)
