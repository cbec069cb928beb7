"""A session file comes in from the page as it does from the command line."""

import re
from html import unescape

import pytest
from sqlmodel import select

from meetings.bodies.models import Session
from tests.exchange.session_files import EXAMPLE

pytestmark = pytest.mark.anyio
PAGE = "/session-files"


async def sessions_in(store):
    async with store.read() as db:
        return set((await db.exec(select(Session.slug))).all())


async def test_a_file_is_looked_at_before_it_is_kept(secretariat, week):
    before = await sessions_in(week)
    looked = await secretariat.post(f"{PAGE}/preview", files={"upload": ("x.yaml", EXAMPLE)})
    assert await sessions_in(week) == before
    text = unescape(re.search(r"<textarea[^>]*>\n(.*?)</textarea>", looked.text, re.DOTALL)[1])

    kept = await secretariat.post(PAGE, data={"text": text}, files={"none": b""})
    again = await secretariat.post(f"{PAGE}/preview", files={"upload": ("x.yaml", EXAMPLE)})

    assert text == EXAMPLE
    assert "The file was loaded" in kept.text
    assert await sessions_in(week) > before
    assert "Nothing to change" in again.text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"format: 1\nsessions: none\n", "2: sessions:"),
        (b"a: &a [*a, *a]\n", "1:"),
        ("Страна".encode("cp1251"), "letters of this file"),
        (b"x" * 5_000_001, "larger than 5 MB"),
    ],
)
async def test_what_is_wrong_is_told_and_nothing_is_kept(secretariat, week, content, told):
    before = await sessions_in(week)

    answer = await secretariat.post(f"{PAGE}/preview", files={"upload": ("x.yaml", content)})

    assert told in answer.text
    assert await sessions_in(week) == before
