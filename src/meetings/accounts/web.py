"""The door of the house: signing in and out, the language, and the accounts."""

import secrets
from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_303_SEE_OTHER
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts import actions
from meetings.accounts.models import EVERYONE, NewPassword, NewUser, Role, SignIn, User
from meetings.accounts.queries import latest_entries, user_by_id, user_of_token, users
from meetings.base.clock import now
from meetings.base.db import Store
from meetings.base.errors import Refused
from meetings.base.languages import LANGUAGES, preferred, speak
from meetings.base.languages import gettext as _
from meetings.base.settings import Settings
from meetings.base.web import PUBLIC, Asking, asking, csrf_token, fragment, go, page

LOGIN = "meetings_login"
VISITOR = "meetings_visitor"  # gives forms something to be bound to before anybody has signed in
LANGUAGE = "meetings_language"
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


class WhoAsks(ASGIMiddleware):
    """Finds who is signed in and in which language to answer, once per request."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        received_at = now()  # before anything is waited for: who asks first is first
        request: Request[Any, Any, Any] = Request(scope)
        token = request.cookies.get(LOGIN, "")
        user = await self._user(token)
        visitor = request.cookies.get(VISITOR) or secrets.token_urlsafe(32)
        speak(_language(request, user))
        secret = token if user else visitor
        asking.set(Asking(user, csrf_token(secret), scope["path"], received_at))
        scope["user"] = user
        scope["auth"] = token

        async def send_with_visitor(message: Message) -> None:
            if message["type"] == "http.response.start":
                cookie = self.cookie(VISITOR, visitor).to_encoded_header()
                message["headers"] = [*message["headers"], cookie]
            await send(message)

        known = VISITOR in request.cookies
        await next_app(scope, receive, send if known else send_with_visitor)

    async def _user(self, token: str) -> User | None:
        if not token:
            return None
        async with self._store.read() as db:
            return await user_of_token(db, token, now())

    def cookie(self, name: str, value: str) -> Cookie:
        """A cookie that scripts cannot read and other sites cannot send."""
        return Cookie(
            key=name,
            value=value,
            httponly=True,
            samesite="lax",
            secure=self._settings.secure_cookies,
            max_age=self._settings.sign_in_hours * 3600,
        )


def _language(request: Request[Any, Any, Any], user: User | None) -> str:
    chosen = request.cookies.get(LANGUAGE, "") or (user.language if user else "")
    return chosen if chosen in LANGUAGES else preferred(request.headers.get("accept-language", ""))


def _safe(back: str) -> str:
    """A path of this site to go back to, never an address elsewhere."""
    ours = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    return back if ours else "/"


@get("/sign-in", opt={"roles": PUBLIC})
async def sign_in_page(back: FromQuery[str] = "/") -> Template:
    """Ask who is there."""
    return page("accounts/sign_in", back=_safe(back))


@get("/sign-in/proof", opt={"roles": PUBLIC})
async def proof(request: Request[Any, Any, Any]) -> dict[str, str]:
    """Who is signed in ("" is nobody), and what forms carry to prove that they are from here.

    A page that was kept on a device while the network was away asks for it before it sends.
    """
    return {"login": request.user.login if request.user else "", "csrf": asking.get().csrf}


@post("/sign-in", opt={"roles": PUBLIC})
async def sign_in(
    request: Request[Any, Any, Any],
    data: URLEncodedBody[SignIn],
    store: NamedDependency[Store],
    settings: NamedDependency[Settings],
) -> Response[Any]:
    """Let somebody in, under a token that nobody knew before."""
    address = request.client.host if request.client else ""
    async with store.read() as db:
        await actions.check_attempts(db, data.login, address, settings.sign_in_attempts)
        user = await actions.verified_user(db, data.login, data.password)
    if user is None:
        async with store.write() as db:
            await actions.note_failure(db, data.login, address)
        raise Refused(_("The login or the password is wrong."), field="login")
    async with store.write(user.id) as db:
        token = await actions.begin_login(db, user, settings.sign_in_hours)
    answer = go(request, _safe(data.back))
    answer.set_cookie(WhoAsks(store, settings).cookie(LOGIN, token))
    return answer


@post("/sign-out", opt={"roles": EVERYONE})
async def sign_out(request: Request[Any, Any, Any], store: NamedDependency[Store]) -> Response[Any]:
    """End this sign-in, here and in the database."""
    async with store.write() as db:
        await actions.end_login(db, str(request.auth))
    answer = go(request, "/sign-in")
    answer.delete_cookie(LOGIN)
    return answer


@get("/language/{language:str}", opt={"roles": PUBLIC})
async def choose_language(language: FromPath[str], back: FromQuery[str] = "/") -> Response[Any]:
    """Answer in this language from now on. A link, so that it works without scripts."""
    answer = Redirect(_safe(back), status_code=HTTP_303_SEE_OTHER)
    if language in LANGUAGES:
        year = 365 * 24 * 3600
        answer.set_cookie(LANGUAGE, language, max_age=year, httponly=True, samesite="lax")
    return answer


@get("/users", opt={"roles": ADMINISTRATORS})
async def users_page(db: NamedDependency[AsyncSession]) -> Template:
    """All accounts, the form for a new one, and the latest lines of the audit."""
    return page(
        "accounts/users",
        users=await users(db),
        roles=list(Role),
        entries=await latest_entries(db),
    )


@post("/users", opt={"roles": ADMINISTRATORS})
async def add(
    request: Request[User, Any, Any],
    data: URLEncodedBody[NewUser],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Add an account."""
    async with store.write(request.user.id) as db:
        await actions.add_user(db, data)
    return go(request, "/users")


@post("/users/{user_id:uuid}/password", opt={"roles": ADMINISTRATORS})
async def change_password(
    request: Request[User, Any, Any],
    user_id: FromPath[UUID],
    data: URLEncodedBody[NewPassword],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Give an account another password; its sign-ins end."""
    async with store.write(request.user.id) as db:
        await actions.set_password(db, await user_by_id(db, user_id), data.password)
    return go(request, "/users")


@post("/users/{user_id:uuid}/disabled", opt={"roles": ADMINISTRATORS})
async def disable(
    request: Request[User, Any, Any], user_id: FromPath[UUID], store: NamedDependency[Store]
) -> Template:
    """Close an account, or open it again: one button does and undoes it."""
    async with store.write(request.user.id) as db:
        user = await user_by_id(db, user_id)
        if user.id == request.user.id:
            raise Refused(_("You cannot close your own account. Ask another administrator."))
        await (actions.enable_user(user) if user.disabled else actions.disable_user(db, user))
    return fragment("accounts/user", person=user)


routes = Router(
    "/",
    route_handlers=[
        sign_in_page,
        proof,
        sign_in,
        sign_out,
        choose_language,
        users_page,
        add,
        change_password,
        disable,
    ],
)
