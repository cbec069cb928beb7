"""Signing in: who may, who may not, and what is told."""

import pytest

from meetings.accounts.web import LOGIN
from tests.cast import PASSWORD

pytestmark = pytest.mark.anyio


async def sign_in(client, login, password=PASSWORD):
    page = await client.get("/sign-in")
    token = page.text.split('name="_csrf" value="')[1].split('"')[0]
    form = {"login": login, "password": password, "_csrf": token}
    return await client.post("/sign-in", data=form)


async def test_a_person_signs_in_and_sees_the_house(enter):
    person = await enter(htmx=False)

    answer = await sign_in(person, "Secretariat")

    assert answer.url.path == "/"
    assert person.cookies.get(LOGIN)


@pytest.mark.parametrize(("login", "password"), [("secretariat", "wrong"), ("nobody", PASSWORD)])
async def test_a_wrong_login_and_a_wrong_password_are_told_alike(enter, login, password):
    person = await enter()

    answer = await sign_in(person, login, password)

    assert answer.status_code == 422
    assert "The login or the password is wrong." in answer.text
    assert person.cookies.get(LOGIN) is None


async def test_guessing_is_slowed_down(enter):
    person = await enter()

    for _ in range(10):
        await sign_in(person, "secretariat", "wrong")
    answer = await sign_in(person, "secretariat")

    assert answer.status_code == 422
    assert "Too many sign-ins have failed." in answer.text


async def test_guessing_at_one_account_locks_no_other_out(enter):
    person = await enter(htmx=False)

    for _ in range(10):
        await sign_in(person, "administrator", "wrong")
    answer = await sign_in(person, "secretariat")

    assert answer.url.path == "/"


async def test_a_form_without_its_token_is_refused(enter):
    person = await enter()

    answer = await person.post("/sign-in", data={"login": "secretariat", "password": PASSWORD})

    assert answer.status_code == 403
    assert person.cookies.get(LOGIN) is None


async def test_a_sign_out_ends_the_sign_in_on_the_server(enter):
    person = await enter("secretariat", htmx=False)
    token = person.cookies[LOGIN]

    await person.post("/sign-out")
    person.cookies.set(LOGIN, token)
    answer = await person.get("/users", follow_redirects=False)

    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?back=/users"


async def test_going_back_never_leads_to_another_site(enter):
    person = await enter(htmx=False)

    page = await person.get("/sign-in?back=//elsewhere.example")

    assert 'name="back" value="/"' in page.text
