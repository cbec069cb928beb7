"""The door to speaking time: by delegation and by group, while the list is worked."""

from typing import Any, Literal

from litestar import Request, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import STAFF, User
from meetings.base.languages import current_language
from meetings.base.live import last_told
from meetings.base.web import page
from meetings.schedule.queries import sitting_for
from meetings.speakers.rules import ListRules
from meetings.speakers.rules_queries import body_of
from meetings.speakers.speaking_time import totals
from meetings.speakers.time_queries import spoken_in


@get("/", opt={"roles": STAFF})
async def time_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    db: NamedDependency[AsyncSession],
    of: FromQuery[Literal["meeting", "session"]] = "meeting",
    sort: FromQuery[Literal["time", "statements", "name"]] = "time",
) -> Template:
    """How often and how long each has spoken, in this meeting or in the whole session."""
    sitting = await sitting_for(db, slug, number, request.user)
    spoken = await spoken_in(db, sitting, whole_session=of == "session")
    language = current_language()
    names = {one.delegation.code: one.delegation.name.in_language(language) for one in spoken}
    body = await body_of(db, sitting.session)
    budgets = ListRules.of(body.rules).budgets if of == "meeting" else {}
    by_delegation = totals(one.by_delegation for one in spoken)
    if sort == "statements":
        by_delegation.sort(key=lambda one: -one.statements)
    elif sort == "name":
        by_delegation.sort(key=lambda one: names[one.who])
    return page(
        "speakers/time",
        sitting=sitting,
        last=await last_told(db, sitting.channel),
        of=of,
        sort=sort,
        names=names,
        by_delegation=by_delegation,
        by_group=totals((one.by_group for one in spoken), budgets),
    )


routes = Router("/sessions/{slug:str}/meetings/{number:int}/time", route_handlers=[time_page])
