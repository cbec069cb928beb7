"""The door through which session files come in."""

from dataclasses import dataclass
from typing import Any

from litestar import Request, Router, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import MultipartBody
from litestar.response import Template

from meetings.accounts.models import SECRETARIAT, User
from meetings.base.db import Store
from meetings.base.errors import Refused
from meetings.base.languages import gettext as _
from meetings.base.web import page
from meetings.exchange.actions import Loaded, load_session_file
from meetings.exchange.log_files import UPLOAD, too_large
from meetings.exchange.log_import_web import check_size
from meetings.exchange.reading import BadFile, Fault


@dataclass
class SessionFileForm:
    """A file that is chosen, or the text of one that was looked at and is now to be kept."""

    upload: Any = None
    text: str = ""


class _OnlyLooked(Exception):  # noqa: N818
    """Ends a write in which nothing is to be kept, with what it would have done."""

    def __init__(self, loaded: Loaded) -> None:
        super().__init__()
        self.loaded = loaded


@get(opt={"roles": SECRETARIAT}, sync_to_thread=False)
def session_files_page() -> Template:
    """Where a session file is chosen."""
    return _page()


def _page(
    text: str = "",
    loaded: Loaded | None = None,
    faults: list[Fault] | None = None,
    *,
    kept: bool = False,
) -> Template:
    return page("exchange/session_files", text=text, loaded=loaded, faults=faults or [], kept=kept)


@post("/preview", opt={"roles": SECRETARIAT}, guards=[check_size], status_code=200)
async def preview(
    request: Request[User, Any, Any],
    data: MultipartBody[SessionFileForm],
    store: NamedDependency[Store],
) -> Template:
    """What a file would add, change and remove, or all its faults; nothing is kept yet."""
    text = await _text(data)
    try:
        async with store.write(request.user.id) as db:
            raise _OnlyLooked(await load_session_file(db, text))  # noqa: TRY301 (nothing is kept)
    except _OnlyLooked as looked:
        return _page(text, looked.loaded)
    except BadFile as bad:
        return _page(faults=bad.faults)


async def _text(form: SessionFileForm) -> str:
    if not isinstance(form.upload, UploadFile):
        raise Refused(_("Choose a session file, which ends in .yaml."), field="upload")
    content = await form.upload.read(UPLOAD + 1)
    if len(content) > UPLOAD:
        raise Refused(too_large(), field="upload")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        told = _(
            "The letters of this file cannot be read. Save it as text in UTF-8, and try again."
        )
        raise Refused(told, field="upload") from None


@post(opt={"roles": SECRETARIAT}, guards=[check_size], status_code=200)
async def keep(
    request: Request[User, Any, Any],
    data: MultipartBody[SessionFileForm],
    store: NamedDependency[Store],
) -> Template:
    """Make the sessions what the file says, whole or not at all. The same again changes nothing."""
    try:
        async with store.write(request.user.id) as db:
            loaded = await load_session_file(db, data.text)
    except BadFile as bad:
        return _page(faults=bad.faults)
    return _page(loaded=loaded, kept=True)


routes = Router("/session-files", route_handlers=[session_files_page, preview, keep])
