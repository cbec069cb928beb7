"""Accounts: who may open and close them, and what that does to those who are signed in."""

import pytest
from sqlmodel import select

from meetings.accounts.actions import begin_login, end_login
from meetings.accounts.models import Entry, User
from meetings.accounts.queries import tokens_in_force
from meetings.base.clock import now
from tests.accounts.test_sign_in import sign_in
from tests.cast import PASSWORD, named

pytestmark = pytest.mark.anyio

ROLES = ("rapporteur", "chair", "secretariat")
NEW = {"login": "Ana", "name": "Ana", "role": "rapporteur", "password": "a long password"}


@pytest.fixture
async def administrator(enter):
    return await enter("administrator")


async def user(store, login):
    async with store.read() as db:
        return (await db.exec(select(User).where(User.login == login))).first()


async def test_an_account_is_opened_and_its_person_signs_in(administrator, enter, week):
    answer = await administrator.post("/users", data=NEW)

    ana = await enter(htmx=False)
    assert answer.headers["hx-redirect"] == "/users"
    assert (await sign_in(ana, "ana", "a long password")).url.path == "/"
    assert (await user(week, "ana")).password_hash.startswith("$argon2id$")


async def test_the_audit_says_who_opened_it_and_keeps_no_password(administrator, week):
    await administrator.post("/users", data=NEW)

    async with week.read() as db:
        (entry,) = (await db.exec(select(Entry).where(Entry.subject == "user"))).all()
    assert (entry.what, entry.who) == ("added", named("user", "administrator", None))
    assert "password_hash" not in entry.after


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"login": "secretariat"}, 'for="login">This login is taken.'),
        ({"password": "short"}, 'for="password"'),
        ({"role": "delegation"}, 'for="delegation">Choose a delegation'),
        ({"role": "delegation", "delegation": "nobody"}, 'for="delegation">Choose a delegation'),
        ({"role": "king"}, 'for="role"'),
        ({"name": " "}, 'for="name">Fill this in.'),
    ],
)
async def test_a_wrong_account_is_told_at_its_field(administrator, week, change, told):
    answer = await administrator.post("/users", data=NEW | change)

    assert answer.status_code == 422
    assert told in answer.text
    assert await user(week, "ana") is None


async def test_a_delegate_belongs_to_a_delegation(administrator, week):
    await administrator.post(
        "/users", data=NEW | {"role": "delegation", "delegation": "delegation-b"}
    )

    assert (await user(week, "ana")).delegation_id == named("delegation", "b")


async def test_closing_an_account_ends_its_sign_ins_and_opening_it_again_undoes_that(
    administrator, rapporteur, enter
):
    path = f"/users/{named('user', 'rapporteur', None)}/disabled"

    await administrator.post(path)
    closed = await rapporteur.get("/")
    refused = await sign_in(await enter(), "rapporteur", PASSWORD)
    await administrator.post(path)
    again = await sign_in(await enter(htmx=False), "rapporteur", PASSWORD)

    assert (closed.status_code, refused.status_code, again.url.path) == (401, 422, "/")


async def test_nobody_closes_the_own_account(administrator, week):
    answer = await administrator.post(f"/users/{named('user', 'administrator', None)}/disabled")

    assert "You cannot close your own account." in answer.text
    assert not (await user(week, "administrator")).disabled


async def test_another_password_ends_the_sign_ins_of_the_old_one(administrator, rapporteur, enter):
    path = f"/users/{named('user', 'rapporteur', None)}/password"

    await administrator.post(path, data={"password": "another password"})

    signed_out = await rapporteur.get("/")
    again = await sign_in(await enter(htmx=False), "rapporteur", "another password")
    assert (signed_out.status_code, again.url.path) == (401, "/")


async def test_a_live_stream_is_told_whose_sign_in_is_still_good(week):
    async with week.write() as db:
        users = [await db.get_one(User, named("user", role, None)) for role in ROLES]
        stays, leaves, closed = [await begin_login(db, user, 1) for user in users]
        late = await begin_login(db, users[0], -1)
    async with week.write() as db:
        await end_login(db, leaves)
        (await db.get_one(User, users[2].id)).disabled = True  # its sign-ins are still in the table

    async with week.read() as db:
        good = await tokens_in_force(db, {stays, leaves, closed, late, "invented"}, now())

    assert good == {stays: ("rapporteur", None)}
