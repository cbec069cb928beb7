"""What every route shares: pages, fragments, who asks, and how refusals are told."""

import hashlib
import hmac
import logging
import secrets
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.exceptions import HTTPException, ValidationException
from litestar.handlers import BaseRouteHandler
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_303_SEE_OTHER,
    HTTP_401_UNAUTHORIZED,
    HTTP_403_FORBIDDEN,
    HTTP_404_NOT_FOUND,
    HTTP_409_CONFLICT,
    HTTP_422_UNPROCESSABLE_ENTITY,
    HTTP_500_INTERNAL_SERVER_ERROR,
    HTTP_503_SERVICE_UNAVAILABLE,
)
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from meetings.base.clock import now
from meetings.base.errors import Forbidden, NotFound, Refused, Superseded
from meetings.base.languages import gettext as _

log = logging.getLogger(__name__)

PUBLIC = "public"  # the roles of a route that needs no sign-in
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
        " form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@dataclass(frozen=True)
class Asking:
    """Who asks, for templates: they see this wherever they are rendered for a request."""

    user: Any = None
    csrf: str = ""
    path: str = "/"
    received_at: datetime = field(default_factory=now)


asking: ContextVar[Asking] = ContextVar("asking", default=Asking())  # noqa: B039 (frozen)


class SignInNeeded(Exception):  # noqa: N818
    """Nobody is signed in, or no longer."""


def page(name: str, status_code: int = HTTP_200_OK, **context: Any) -> Template:
    """Render a page: "room/noun" is templates/room/noun.html."""
    return Template(f"{name}.html", context=context, status_code=status_code)


def fragment(name: str, status_code: int = HTTP_200_OK, **context: Any) -> Template:
    """Render one fragment: "room/word" is templates/room/_word.html."""
    room, word = name.split("/")
    return Template(f"{room}/_{word}.html", context=context, status_code=status_code)


def by_htmx(request: Request[Any, Any, Any]) -> bool:
    return request.headers.get("hx-request") == "true"


def wants_receipt(request: Request[Any, Any, Any]) -> bool:
    """Whether a script asks that keeps what it sends until it is told: it reads JSON."""
    return request.headers.get("accept") == "application/json"


def receipt(request: Request[Any, Any, Any], path: str, **values: Any) -> Response[Any]:
    """Say that a write is on the disk: to a script with what it needs, to a person with a page."""
    if wants_receipt(request):
        return Response(values, media_type="application/json", status_code=HTTP_200_OK)
    return go(request, path)


def go(request: Request[Any, Any, Any], path: str) -> Response[Any]:
    """Send the browser to another page after a write."""
    if wants_receipt(request):
        return receipt(request, path)
    if by_htmx(request):
        return Response(content="", headers={"HX-Redirect": path}, media_type="text/html")
    return Redirect(path, status_code=HTTP_303_SEE_OTHER)


def csrf_token(secret: str) -> str:
    """What a form carries to prove that it came from a page of ours, bound to a cookie's secret."""
    return hmac.new(secret.encode(), b"csrf", hashlib.sha256).hexdigest()


async def check_csrf(request: Request[Any, Any, Any]) -> None:
    """Refuse a write that was not sent from a page of this site to this person."""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise Forbidden(_("This form was sent from another site."))
    sent = request.headers.get("x-csrf-token") or str((await request.form()).get("_csrf", ""))
    if not hmac.compare_digest(sent.encode(), asking.get().csrf.encode()):
        raise Forbidden(_("This page has grown old. Reload it, then send the form again."))


def admit(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Let in whom the route declares; a route that declares nobody is a fault found at start."""
    roles = handler.opt["roles"]
    if roles == PUBLIC:
        return
    if connection.scope.get("user") is None:
        raise SignInNeeded
    if connection.user.role not in roles:
        raise Forbidden


def check_declared(handlers: list[BaseRouteHandler]) -> None:
    """At start: every route says who may use it.

    Raises:
        RuntimeError: names the routes that do not.
    """
    open_doors = [str(h) for h in handlers if "roles" not in h.opt]
    if open_doors:
        raise RuntimeError(f"routes that do not say who may use them: {open_doors}")


# How refusals are told ------------------------------------------------------------------------


def tell(
    request: Request[Any, Any, Any], errors: Mapping[str, str], status_code: int
) -> Response[Any]:
    """Tell faults: at their fields where the form waits for them, else as a page of their own."""
    if wants_receipt(request):
        return Response({"errors": errors}, media_type="application/json", status_code=status_code)
    if by_htmx(request):
        return fragment("ui/errors", status_code, errors=errors)
    return page("ui/error", status_code, errors=errors, reference="")


def tell_refusal(request: Request[Any, Any, Any], refusal: Refused) -> Response[Any]:
    return tell(request, {refusal.field: str(refusal)}, HTTP_422_UNPROCESSABLE_ENTITY)


def tell_invalid(request: Request[Any, Any, Any], invalid: ValidationException) -> Response[Any]:
    problems: Any = invalid.extra or []
    errors = {p.get("key", "").split(".")[0]: _explained(p["message"]) for p in problems}
    return tell(request, errors or {"": str(invalid.detail)}, HTTP_422_UNPROCESSABLE_ENTITY)


def _explained(message: str) -> str:
    """Pydantic's sentence in the person's language, for the faults a person can make in a form."""
    known = {
        "String should have at least 1 character": _("Fill this in."),
        "Field required": _("Fill this in."),
        "Input should be a valid date": _("Give a date, such as 2021-09-06."),
        "Input should be a valid integer": _("Give a whole number."),
        "Input should be in a valid time": _("Give a time, such as 10:00."),
    }
    return next((ours for theirs, ours in known.items() if message.startswith(theirs)), message)


def tell_superseded(request: Request[Any, Any, Any], clash: Superseded) -> Response[Any]:
    if wants_receipt(request):
        versions = {"yours": clash.yours, "theirs": clash.theirs}
        return Response(versions, media_type="application/json", status_code=HTTP_409_CONFLICT)
    show = fragment if by_htmx(request) else page
    return show("ui/superseded", HTTP_409_CONFLICT, yours=clash.yours, theirs=clash.theirs)


def tell_conflict(
    request: Request[Any, Any, Any], conflict: IntegrityError | StaleDataError
) -> Response[Any]:
    log.info("conflict: %s", conflict)
    message = _("Somebody changed this a moment before you. Reload and look.")
    return tell(request, {"": message}, HTTP_409_CONFLICT)


def tell_away(request: Request[Any, Any, Any], away: OperationalError) -> Response[Any]:
    """The database is locked or cannot be reached, or its disk is full: it may be better soon."""
    log.error("the database is away: %s", away)
    message = _("The database is busy or its disk is full. Nothing of it was saved: try again.")
    return tell(request, {"": message}, HTTP_503_SERVICE_UNAVAILABLE)


def tell_unkeepable(request: Request[Any, Any, Any], unkeepable: Exception) -> Response[Any]:
    """A number beyond all bounds, or a character that no database keeps."""
    log.info("unkeepable: %s", unkeepable)
    if request.method == "GET":
        return tell_missing(request, unkeepable)
    message = _("A number here is too large, or a character cannot be kept. Type it anew.")
    return tell(request, {"": message}, HTTP_422_UNPROCESSABLE_ENTITY)


def tell_missing(request: Request[Any, Any, Any], _missing: Exception) -> Response[Any]:
    message = _("There is no such page, or it is not yours to see.")
    return tell(request, {"": message}, HTTP_404_NOT_FOUND)


def tell_forbidden(request: Request[Any, Any, Any], forbidden: Forbidden) -> Response[Any]:
    message = str(forbidden) or _("Your role does not allow this. Ask the secretariat.")
    return tell(request, {"": message}, HTTP_403_FORBIDDEN)


def tell_sign_in(request: Request[Any, Any, Any], _needed: SignInNeeded) -> Response[Any]:
    path = str(request.url.path)
    if by_htmx(request) or wants_receipt(request) or request.method != "GET":
        message = _("Your sign-in has ended. Sign in in another tab, then send this again.")
        return tell(request, {"": message}, HTTP_401_UNAUTHORIZED)
    return Redirect(f"/sign-in?back={quote(path)}", status_code=HTTP_303_SEE_OTHER)


def tell_http(request: Request[Any, Any, Any], exception: HTTPException) -> Response[Any]:
    if exception.status_code == HTTP_404_NOT_FOUND:
        return tell_missing(request, exception)
    return tell(request, {"": str(exception.detail)}, exception.status_code)


def tell_fault(request: Request[Any, Any, Any], fault: Exception) -> Response[Any]:
    """A fault of ours: the person gets a reference, the log gets the rest."""
    reference = secrets.token_hex(4)
    log.error("fault %s at %s", reference, request.url.path, exc_info=fault)
    message = _("Something went wrong here, and nothing of it was saved.")
    if by_htmx(request) or wants_receipt(request):
        message = f"{message} ({reference})"
        return tell(request, {"": message}, HTTP_500_INTERNAL_SERVER_ERROR)
    return page(
        "ui/error", HTTP_500_INTERNAL_SERVER_ERROR, errors={"": message}, reference=reference
    )


REFUSALS: dict[type[Exception] | int, Any] = {
    NotFound: tell_missing,
    Forbidden: tell_forbidden,
    Refused: tell_refusal,
    Superseded: tell_superseded,
    SignInNeeded: tell_sign_in,
    ValidationException: tell_invalid,
    IntegrityError: tell_conflict,
    StaleDataError: tell_conflict,
    DataError: tell_unkeepable,
    OperationalError: tell_away,
    OverflowError: tell_unkeepable,
    HTTPException: tell_http,
    Exception: tell_fault,
}
