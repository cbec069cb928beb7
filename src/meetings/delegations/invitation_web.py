"""The secretariat's door to invitations: a delegation's focal points, and the link of each."""

from typing import Any
from uuid import UUID

import segno
from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.status_codes import HTTP_200_OK

from meetings.accounts import invitation_actions
from meetings.accounts.models import SECRETARIAT, InvitationForm, User
from meetings.accounts.queries import invitation_for
from meetings.base.db import Store
from meetings.base.errors import Refused
from meetings.base.languages import current_language
from meetings.base.languages import gettext as _
from meetings.base.mail import send
from meetings.base.settings import Settings
from meetings.base.web import go, page
from meetings.bodies.queries import session_for
from meetings.delegations.queries import taking_part_for


@post("/", opt={"roles": SECRETARIAT}, status_code=HTTP_200_OK)
async def invite(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    code: FromPath[str],
    data: URLEncodedBody[InvitationForm],
    store: NamedDependency[Store],
    settings: NamedDependency[Settings],
) -> Response[Any]:
    """Invite a focal point: the link is shown once, to be printed; mailed where it may be."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        one = await taking_part_for(db, session, code, request.user)
        invitation, token = await invitation_actions.invite(db, one.delegation.id, data)
    link = f"{str(request.base_url).rstrip('/')}/invitations/{token}"
    mailed, fault = False, ""
    if data.email and settings.mail_server:
        words = _("You are invited to %(session)s. This link works once:") % {
            "session": session.title.in_language(current_language())
        }
        try:
            await send(settings, data.email, _("Invitation"), f"{words}\n\n{link}\n")
            mailed = True
        except Refused as refusal:
            fault = str(refusal)
    return page(
        "delegations/invitation",
        session=session,
        one=one,
        invitation=invitation,
        link=link,
        code=segno.make(link, error="m").svg_data_uri(scale=6, border=2),
        mailed=mailed,
        fault=fault,
    )


@post("/{invitation:uuid}/revoked", opt={"roles": SECRETARIAT})
async def revoke(
    request: Request[User, Any, Any],
    slug: FromPath[str],
    code: FromPath[str],
    invitation: FromPath[UUID],
    store: NamedDependency[Store],
) -> Response[Any]:
    """Let a link let nobody in any more; whoever came in with it is signed out."""
    async with store.write(request.user.id) as db:
        session = await session_for(db, slug, request.user)
        one = await taking_part_for(db, session, code, request.user)
        found = await invitation_for(db, one.delegation.id, invitation)
        await invitation_actions.revoke(db, found)
    return go(request, f"/sessions/{slug}/delegations/{code}")


routes = Router(
    "/sessions/{slug:str}/delegations/{code:str}/invitations", route_handlers=[invite, revoke]
)
