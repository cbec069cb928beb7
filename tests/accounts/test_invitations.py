"""An invitation lets one person in, once, for one delegation; it can be taken back."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from meetings.accounts.models import Invitation, User
from meetings.base.clock import now
from tests.cast import named
from tests.support.reading import faults, texts

pytestmark = pytest.mark.anyio

DELEGATION = "/sessions/eg1-2021/delegations/delegation-a"
FORM = {"focal": "Ms. Focal", "email": "", "days": "14"}


@pytest.fixture
async def link(secretariat):
    """The address that leads a focal point in."""
    page = await secretariat.post(f"{DELEGATION}/invitations", data=FORM)
    assert page.status_code == 200
    return re.search(r"/invitations/[\w-]+", page.text)[0]


async def take_up(enter, link):
    visitor = await enter(htmx=False)
    page = await visitor.get(link)
    token = texts(page, "//main//input[@name='_csrf']/@value")
    return visitor, await visitor.post(link, data={"_csrf": token[0]} if token else {})


async def test_a_link_leads_a_focal_point_to_its_own_delegation(enter, link, week):
    visitor, page = await take_up(enter, link)

    assert page.url.path == "/"
    assert texts(page, "//h1") == ["Delegation A"]
    assert (await visitor.get("/sessions/eg1-2021/delegations/delegation-b")).status_code == 404
    async with week.read() as db:
        user = (await db.exec(select(User).where(User.name == "Ms. Focal"))).one()
    assert (user.role, user.delegation_id) == ("delegation", named("delegation", "a"))


async def test_looking_at_a_link_does_not_use_it_up(enter, link):
    mail_program = await enter(htmx=False)

    await mail_program.get(link)
    _, page = await take_up(enter, link)

    assert page.url.path == "/"


async def test_a_link_works_once(enter, link):
    await take_up(enter, link)
    _, again = await take_up(enter, link)

    assert again.status_code in {403, 422}
    assert again.url.path == link


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ("revoked_at", "This invitation was revoked. Ask the secretariat for another one."),
        ("used_at", "This link was used already. Ask the secretariat for another one."),
        ("ends_at", "This invitation has expired. Ask the secretariat for another one."),
    ],
)
async def test_a_link_that_is_no_longer_good_says_why(enter, link, week, column, told):
    async with week.write() as db:
        invitation = (await db.exec(select(Invitation))).one()
        setattr(invitation, column, now() - timedelta(seconds=1))
    visitor = await enter(htmx=False)

    page = await visitor.get(link)

    assert page.status_code == 422
    assert told in page.text


async def test_a_link_that_was_never_given_is_not_found(enter):
    visitor = await enter(htmx=False)

    assert (await visitor.get("/invitations/AAAAAAAAAAAAAAAAAAAAAAAA")).status_code == 404


async def test_who_came_with_a_revoked_link_is_out(enter, link, secretariat, week):
    visitor, _ = await take_up(enter, link)
    async with week.read() as db:
        invitation = (await db.exec(select(Invitation))).one()

    await secretariat.post(f"{DELEGATION}/invitations/{invitation.id}/revoked")
    page = await visitor.get("/")

    assert page.url.path == "/sign-in"


async def test_an_invitation_of_another_delegation_is_not_revoked(link, secretariat, week):
    async with week.read() as db:
        invitation = (await db.exec(select(Invitation))).one()

    answer = await secretariat.post(
        f"/sessions/eg1-2021/delegations/delegation-b/invitations/{invitation.id}/revoked"
    )

    assert answer.status_code == 404


async def test_the_page_of_the_link_can_be_read_by_a_phone(secretariat):
    page = await secretariat.post(f"{DELEGATION}/invitations", data=FORM)

    assert texts(page, "//img[@class='qr']/@src")[0].startswith("data:image/svg+xml")


async def test_an_address_that_is_none_is_told(secretariat):
    answer = await secretariat.post(f"{DELEGATION}/invitations", data=FORM | {"email": "nobody"})

    assert faults(answer) == {"email": "Give an address such as name@example.org, or none."}


async def test_who_was_invited_sets_a_password_later(enter, link, week):
    visitor, page = await take_up(enter, link)
    login = re.search(r"focal-\w+", page.text)[0]
    token = texts(page, "//input[@name='_csrf']/@value")[0]

    await visitor.post(
        "/password", data={"_csrf": token, "current": "", "password": "a long password"}
    )
    elsewhere = await enter(htmx=False)
    form = await elsewhere.get("/sign-in")
    proof = texts(form, "//main//input[@name='_csrf']/@value")[0]
    signed_in = await elsewhere.post(
        "/sign-in", data={"_csrf": proof, "login": login, "password": "a long password"}
    )

    assert texts(signed_in, "//h1") == ["Delegation A"]
