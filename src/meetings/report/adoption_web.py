"""The doors of the meeting that adopts: paragraph by paragraph, amendments, decisions, the end."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import SECRETARIAT, WRITERS, Role, User
from meetings.base.clock import now
from meetings.base.db import Store
from meetings.base.errors import NotFound
from meetings.base.languages import current_language
from meetings.base.live import Audience, Drawing, last_told
from meetings.base.web import by_htmx, go, page
from meetings.bodies.models import Session
from meetings.bodies.queries import session_for
from meetings.report import adoption_actions
from meetings.report.adoption_queries import GoingThrough, adoptions_ended, going_through
from meetings.report.issue_queries import adoption_of, issue_for, issues_of
from meetings.report.issuing import address_of
from meetings.report.models import (
    Adoption,
    AdoptionForm,
    AmendmentForm,
    Change,
    DecisionForm,
    FinalForm,
    Issue,
    SettledForm,
)
from meetings.schedule.queries import sitting_for
from meetings.speakers.queries import delegations_in

ADOPTERS = WRITERS | {Role.CHAIR}


@post("/", opt={"roles": SECRETARIAT})
async def begin(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    address: FromPath[str],
    data: URLEncodedBody[AdoptionForm],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Let a meeting go through a document."""
    async with store.write(request.user.id) as db:
        _, issue = await issue_for(db, slug, address, request.user)
        sitting = await sitting_for(db, slug, data.meeting, request.user, lock=True)
        await adoption_actions.begin_adoption(db, issue, sitting, data.language)
    return go(request, f"/sessions/{slug}/issues/{address}/adoption")


@get("/", opt={"roles": ADOPTERS})
async def adoption_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    address: FromPath[str],
    db: NamedDependency[AsyncSession],
) -> Template:
    """A document before the meeting: each paragraph with its amendments and what was decided."""
    through = await _through(db, slug, address, request.user)
    return await _page(db, through)


@post("/screen/{number:int}", opt={"roles": ADOPTERS})
async def show(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    address: FromPath[str],
    number: FromPath[int],
    store: NamedDependency[Store],
) -> Response[Any] | Template:
    """Put a paragraph on the screen of the room; 0 takes it off."""
    async with store.write(request.user.id) as db:
        through = await _through(db, slug, address, request.user, lock=True)
        await adoption_actions.show_paragraph(db, through, number)
    return await _answer(request, store, slug, address)


@post("/paragraphs/{number:int}/amendments", opt={"roles": ADOPTERS})
async def propose(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    address: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[AmendmentForm],
    store: NamedDependency[Store],
) -> Response[Any] | Template:
    """Note an amendment from the floor."""
    async with store.write(request.user.id) as db:
        through = await _through(db, slug, address, request.user, lock=True)
        delegations = await delegations_in(db, through.sitting.meeting.id, current_language())
        await adoption_actions.propose(db, through, number, data, delegations)
    return await _answer(request, store, slug, address)


@post("/amendments/{amendment:uuid}", opt={"roles": ADOPTERS})
async def settle(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    address: FromPath[str],
    amendment: FromPath[UUID],
    data: URLEncodedBody[SettledForm],
    store: NamedDependency[Store],
) -> Response[Any] | Template:
    """Take an amendment, or not."""
    async with store.write(request.user.id) as db:
        through = await _through(db, slug, address, request.user, lock=True)
        await adoption_actions.settle_amendment(db, through, amendment, data.state)
    return await _answer(request, store, slug, address)


@post("/paragraphs/{number:int}/decision", opt={"roles": ADOPTERS})
async def decide(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    address: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[DecisionForm],
    store: NamedDependency[Store],
) -> Response[Any] | Template:
    """Note what the meeting decided on a paragraph."""
    async with store.write(request.user.id) as db:
        through = await _through(db, slug, address, request.user, lock=True)
        await adoption_actions.decide(db, through, number, data)
    return await _answer(request, store, slug, address)


@post("/ended", opt={"roles": ADOPTERS})
async def end(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    address: FromPath[str],
    store: NamedDependency[Store],
) -> Response[Any]:
    """The document is adopted as a whole."""
    async with store.write(request.user.id) as db:
        through = await _through(db, slug, address, request.user, lock=True)
        await adoption_actions.end_adoption(db, through)
    return go(request, f"/sessions/{slug}/issues/{address}/adoption")


@get("/report/final", opt={"roles": WRITERS})
async def final_page(
    request: Request[User, Any, Any], slug: FromPath[str], db: NamedDependency[AsyncSession]
) -> Template:
    """What was adopted, its amendments, and the form that issues the final report."""
    session = await session_for(db, slug, request.user)
    taken = {one.symbol for one in await issues_of(db, session.id)}
    root = session.symbol or session.slug
    numbers = (nth for nth in range(2, 1_000) if f"{root}/{nth}" not in taken)
    return page(
        "report/final",
        session=session,
        adopted=await _adopted(db, slug, request.user),
        symbol=f"{root}/{next(numbers)}",
        today=now().date(),
        may_issue=request.user.role in SECRETARIAT,
    )


@post("/report/final", opt={"roles": SECRETARIAT})
async def issue_final(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    data: URLEncodedBody[FinalForm],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Issue the report as it was adopted."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        adopted = await _adopted(db, slug, request.user)
        made = await adoption_actions.issue_final(db, session, adopted, data, request.user.id)
    return go(request, f"/sessions/{slug}/issues/{address_of(made.symbol)}")


async def _adopted(db: AsyncSession, slug: str, user: User) -> list[GoingThrough]:
    session = await session_for(db, slug, user)
    ended = await adoptions_ended(db, session.id)
    return [await going_through(db, session, issue, adoption) for issue, adoption in ended]


async def _through(
    db: AsyncSession, slug: str, address: str, user: User, *, lock: bool = False
) -> GoingThrough:
    session, issue = await issue_for(db, slug, address, user)
    adoption = await adoption_of(db, issue, lock=lock)
    if adoption is None:
        raise NotFound
    return await going_through(db, session, issue, adoption)


def _shown(through: GoingThrough) -> dict[str, Any]:
    address = address_of(through.issue.symbol)
    path = f"/sessions/{through.session.slug}/issues/{address}/adoption"
    return {"through": through, "path": path, "changes": list(Change)}


async def _page(db: AsyncSession, through: GoingThrough) -> Template:
    return page(
        "report/adoption",
        session=through.session,
        last=await last_told(db, through.sitting.channel),
        delegations=await delegations_in(db, through.sitting.meeting.id, current_language()),
        **_shown(through),
    )


async def _answer(
    request: Request[User, Any, Any], store: Store, slug: str, address: str
) -> Response[Any] | Template:
    """The page as it stands now, of which a script takes what has changed."""
    if not by_htmx(request):
        return go(request, f"/sessions/{slug}/issues/{address}/adoption")
    async with store.read() as db:
        return await _page(db, await _through(db, slug, address, request.user))


async def draw_adoption(db: AsyncSession, subject: UUID, audience: Audience) -> Drawing | None:
    """The live event "adoption", for those who are at it; others hear nothing."""
    adoption = await db.get(Adoption, subject)
    if adoption is None or audience.role not in ADOPTERS:
        return None
    issue = await db.get_one(Issue, adoption.issue_id)
    session = await db.get_one(Session, issue.session_id)
    through = await going_through(db, session, issue, adoption)
    return Drawing("report/_adoption_event.html", _shown(through))


routes = Router(
    "/sessions/{slug:str}/issues/{address:str}/adoption",
    route_handlers=[begin, adoption_page, show, propose, settle, decide, end],
)
final_routes = Router("/sessions/{slug:str}", route_handlers=[final_page, issue_final])
