"""The doors to the lists of speakers: for those who ask for the floor and those who keep them."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import EVERYONE, SECRETARIAT, STAFF, Role, User
from meetings.base.clock import now
from meetings.base.db import Store
from meetings.base.errors import NotFound
from meetings.base.ids import new_id
from meetings.base.languages import current_language
from meetings.base.live import Audience, Drawing, last_told
from meetings.base.web import asking, by_htmx, fragment, go, page
from meetings.delegations.queries import groups_of_states, people_of
from meetings.schedule.queries import Sitting, sitting_for
from meetings.schedule.web import PODIUM, audience_of
from meetings.speakers import actions, inscription_actions, order_actions
from meetings.speakers.inscription_actions import Ask
from meetings.speakers.intake_actions import Intake
from meetings.speakers.list_queries import SpeakersList, list_for, lists_of
from meetings.speakers.models import (
    ActsForm,
    CarryForm,
    InscriptionForm,
    MoveForm,
    OpenForm,
    SpeakingCapacity,
    TimesForm,
)
from meetings.speakers.queries import (
    delegations_in,
    item_for,
    later_lists,
    later_meeting,
    list_told,
    numbered_request,
    record_of,
    replayed,
    request_for,
)

ASKERS = SECRETARIAT | {Role.DELEGATION}  # who may ask for the floor


@get("/", opt={"roles": EVERYONE})
async def speakers_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    db: NamedDependency[AsyncSession],
) -> Template:
    """The lists of all items of a meeting, live."""
    sitting = await sitting_for(db, slug, number, request.user)
    last = await last_told(db, sitting.channel)
    return page(
        "speakers/speakers",
        sitting=sitting,
        last=last,
        lists=await lists_of(db, [sitting.meeting], audience_of(request.user), now()),
        role=request.user.role,
    )


@get("/{item:str}", opt={"roles": EVERYONE})
async def list_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    item: FromPath[str],
    db: NamedDependency[AsyncSession],
) -> Template:
    """The list of one item, live, with the form that asks for the floor."""
    user, language = request.user, current_language()
    sitting = await sitting_for(db, slug, number, user)
    last = await last_told(db, sitting.channel)
    own = user.role is Role.DELEGATION
    asks = user.role in ASKERS
    seen = await list_for(db, sitting, item, audience_of(user), now())
    return page(
        "speakers/list",
        sitting=sitting,
        last=last,
        speakers_list=seen,
        later=await later_lists(db, sitting, seen.item.id) if user.role in PODIUM else [],
        role=user.role,
        may_ask=asks,
        request_id=new_id(),
        capacities=list(SpeakingCapacity),
        people=await people_of(db, sitting.session.id, user.delegation_id) if own else [],
        delegations=await delegations_in(db, sitting.meeting.id, language)
        if asks and not own
        else [],
        groups=await groups_of_states(db, language) if asks else [],
    )


@post("/{item:str}/open", opt={"roles": PODIUM})
async def open_(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    item: FromPath[str],
    data: URLEncodedBody[OpenForm],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Open the list of an item, and say how long each may speak."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        agenda_item, known = await item_for(db, sitting, item)
        await actions.open_list(db, sitting.meeting, agenda_item, known, data.limit)
    return await answer_with_list(request, store, sitting, item)


@post("/{item:str}/close", opt={"roles": PODIUM})
async def close(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    item: FromPath[str],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Close the list of an item."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        _, known = await item_for(db, sitting, item)
        await actions.close_list(db, known)
    return await answer_with_list(request, store, sitting, item)


@post("/{item:str}/times", opt={"roles": SECRETARIAT})
async def set_times(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    item: FromPath[str],
    data: URLEncodedBody[TimesForm],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Say when the list opens and closes by itself."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        agenda_item, known = await item_for(db, sitting, item)
        await actions.set_times(db, sitting.session, sitting.meeting, agenda_item, known, data)
    return await answer_with_list(request, store, sitting, item)


@post("/{item:str}/rules", opt={"roles": SECRETARIAT})
async def apply_rules(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    item: FromPath[str],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Put the list under the rules that its body has now."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        agenda_item, known = await item_for(db, sitting, item)
        if known:
            await actions.apply_rules(db, agenda_item, known)
    return await answer_with_list(request, store, sitting, item)


@post("/{item:str}/carried", opt={"roles": PODIUM})
async def carry(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    item: FromPath[str],
    data: URLEncodedBody[CarryForm],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Let the last of those who wait speak in a later meeting on the item."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        _, known = await item_for(db, sitting, item)
        later = await later_meeting(db, sitting, data.to)
        agenda_item, theirs = await item_for(db, later, item)
        if known is None:
            raise NotFound
        theirs = theirs or await actions.made(db, later.meeting, agenda_item)
        await order_actions.carry_over(db, known, theirs, data.count)
    return await answer_with_list(request, store, sitting, item)


@post("/{item:str}/inscriptions", opt={"roles": ASKERS})
async def inscribe(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    item: FromPath[str],
    data: URLEncodedBody[InscriptionForm],
    intake: NamedDependency[Intake],
) -> Response[Any]:
    """Ask for the floor; the answer is the form, empty again, and the list with the request."""
    ask = Ask(data, request.user, asking.get().received_at)
    taken = await intake.inscribe((slug, number, item), ask)
    if not by_htmx(request):
        return go(request, f"{taken.sitting.path}/speakers/{item}")
    return _shown(request, "registration_event", taken.look.by(audience_of(request.user)))


@post("/{item:str}/inscriptions/{inscription:uuid}/withdraw", opt={"roles": ASKERS})
async def withdraw(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    item: FromPath[str],
    inscription: FromPath[UUID],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Take a request back."""
    async with store.write(request.user.id) as db:
        address = (slug, number, item)
        sitting, _, one = await request_for(db, address, inscription, request.user)
        await inscription_actions.withdraw(db, one)
    return await answer_with_list(request, store, sitting, item)


@post("/{item:str}/inscriptions/{inscription:uuid}/again", opt={"roles": ASKERS})
async def again(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    item: FromPath[str],
    inscription: FromPath[UUID],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Ask for the floor again after a withdrawal, at the end of the list."""
    async with store.write(request.user.id) as db:
        address = (slug, number, item)
        sitting, speakers, one = await request_for(db, address, inscription, request.user)
        await inscription_actions.inscribe_again(db, sitting, speakers, one)
    return await answer_with_list(request, store, sitting, item)


@get("/{item:str}/inscriptions/{inscription:uuid}", opt={"roles": PODIUM})
async def move_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    item: FromPath[str],
    inscription: FromPath[UUID],
    db: NamedDependency[AsyncSession],
) -> Template:
    """The form that moves a speaker to any place, with the list below to see it happen."""
    sitting = await sitting_for(db, slug, number, request.user)
    last = await last_told(db, sitting.channel)
    speakers_list = await list_for(db, sitting, item, audience_of(request.user), now())
    return page(
        "speakers/move",
        sitting=sitting,
        last=last,
        speakers_list=speakers_list,
        one=speakers_list.request(inscription),
        role=request.user.role,
    )


@post("/{item:str}/inscriptions/{inscription:uuid}/move", opt={"roles": PODIUM})
async def move(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    item: FromPath[str],
    inscription: FromPath[UUID],
    data: URLEncodedBody[MoveForm],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Move a speaker to another place among those who wait."""
    async with store.write(request.user.id) as db:
        address = (slug, number, item)
        sitting, speakers, one = await request_for(db, address, inscription, request.user)
        await order_actions.move(db, speakers, one, data)
    return await answer_with_list(request, store, sitting, item)


@post("/{item:str}/acts", opt={"roles": PODIUM})
async def act(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    item: FromPath[str],
    data: URLEncodedBody[ActsForm],
    store: NamedDependency[Store],
) -> Response[Any]:
    """One button of the table of those who wait."""
    async with store.write(request.user.id) as db:
        sitting = await sitting_for(db, slug, number, request.user, lock=True)
        _, known = await item_for(db, sitting, item)
        chosen = data.up or data.down or data.absent or data.withdraw
        speakers, one = await numbered_request(db, known, chosen)
        if data.absent:
            await order_actions.not_in_room(db, speakers, one)
        elif data.withdraw:
            await inscription_actions.withdraw(db, one)
        else:
            by = -1 if data.up else 1
            await order_actions.move_by_one(db, speakers, one, by, data.reason)
    return await answer_with_list(request, store, sitting, item)


@get("/{item:str}/record", opt={"roles": STAFF})
async def record_page(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    number: FromPath[int],
    item: FromPath[str],
    db: NamedDependency[AsyncSession],
    before: FromQuery[int] = 0,
) -> Template:
    """Every change of a list, and whether they lead to the order that it shows."""
    sitting = await sitting_for(db, slug, number, request.user)
    agenda_item, known = await item_for(db, sitting, item)
    if known is None:
        raise NotFound
    by_record, shown = await replayed(db, known)
    return page(
        "speakers/record",
        sitting=sitting,
        item=agenda_item,
        lines=await record_of(db, known, before or None),
        proved=by_record == shown,
        path=f"{sitting.path}/speakers/{item}",
    )


async def answer_with_list(
    request: Request[User, Any, Any], store: Store, sitting: Sitting, item: str
) -> Response[Any]:
    """The list as this person sees it now."""
    if not by_htmx(request):
        return go(request, f"{sitting.path}/speakers/{item}")
    async with store.read() as db:
        seen = await list_for(db, sitting, item, audience_of(request.user), now())
    return _shown(request, "speakers_list", seen)


def _shown(request: Request[User, Any, Any], word: str, seen: SpeakersList) -> Response[Any]:
    """A list alone, or with the form to ask again."""
    return fragment(
        f"speakers/{word}",
        speakers_list=seen,
        role=request.user.role,
        request_id=new_id(),
        capacities=list(SpeakingCapacity),
    )


async def draw_speakers_list(db: AsyncSession, subject: UUID, audience: Audience) -> Drawing | None:
    """The live event "speakers_list": all of a list for the podium, its own for a delegation."""
    if (told := await list_told(db, subject)) is None:
        return None
    speakers, meeting = told
    seen = await lists_of(db, [meeting], audience, now(), speakers.item_id)
    if not seen:
        return None
    context = {"speakers_list": seen[0], "role": Role(audience.role)}
    return Drawing("speakers/_speakers_list_event.html", context)


routes = Router(
    "/sessions/{slug:str}/meetings/{number:int}/speakers",
    route_handlers=[
        speakers_page,
        list_page,
        open_,
        close,
        inscribe,
        withdraw,
        again,
        move_page,
        move,
        act,
        record_page,
        set_times,
        apply_rules,
        carry,
    ],
)
