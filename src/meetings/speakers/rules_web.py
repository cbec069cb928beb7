"""The door to a body's rules for its lists of speakers: changed on a page, not in code."""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import SECRETARIAT, User
from meetings.base.db import Store
from meetings.base.web import go, page
from meetings.bodies.queries import session_for
from meetings.speakers.rules import MINUTES, ORDERED, ListRules, Sight, Within
from meetings.speakers.rules_actions import change_rules, read_rules
from meetings.speakers.rules_queries import body_of, groups_known


@get("/", opt={"roles": SECRETARIAT})
async def rules_page(
    request: Request[User, Any, Any], slug: FromPath[str], db: NamedDependency[AsyncSession]
) -> Template:
    """The rules that the next lists of this body are made with."""
    session = await session_for(db, slug, request.user)
    body = await body_of(db, session)
    return page(
        "speakers/rules",
        session=session,
        body=body,
        rules=ListRules.of(body.rules),
        minutes=MINUTES,
        orderly=ORDERED,
        within=list(Within),
        sights=list(Sight),
        groups=await groups_known(db),
    )


@post("/", opt={"roles": SECRETARIAT})
async def save(
    request: Request[User, Any, Any], slug: FromPath[str], store: NamedDependency[Store]
) -> Response[Any]:
    """Change the rules; lists that are there keep theirs."""
    sent = await request.form()
    rules = read_rules({name: str(value) for name, value in sent.items()})
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        await change_rules(db, await body_of(db, session, lock=True), rules)
    return go(request, f"/sessions/{slug}/speakers-rules")


routes = Router("/sessions/{slug:str}/speakers-rules", route_handlers=[rules_page, save])
