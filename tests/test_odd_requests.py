"""Odd requests get an answer that says what is wrong, never a fault of ours."""

from urllib.parse import quote
from uuid import uuid4

import pytest

pytestmark = pytest.mark.anyio

ODD = ["\x00", "a\x00b", "9" * 40, "-1", "'\"<script>", "🙂", "..", "3 (a)", str(uuid4())]
PAGES = [
    "/sessions/{}",
    "/sessions?page={}",
    "/sessions/eg1-2021/meetings/{}",
    "/sessions/eg1-2021/meetings/{}/log",
    "/sessions/eg1-2021/meetings/1/log/import/{}",
    "/sessions/eg1-2021/meetings/1/log?before={}",
    "/sessions/eg1-2021/meetings/1/speakers/{}",
    "/sessions/eg1-2021/delegations/{}",
    "/sessions/eg1-2021/points/{}",
    "/sessions/eg1-2021/views/{}",
    "/sessions/eg1-2021/topics?item={}",
    "/sessions/eg1-2021/report/items/{}",
    "/sessions/eg1-2021/report/items/3?language={}",
    "/sessions/eg1-2021/exports/report.docx?item={}",
    "/screens/eg1-2021/{}",
    "/screens/{}/1",
    "/language/{}",
]


async def test_an_odd_address_is_no_fault_of_ours(enter):
    person = await enter("administrator", htmx=False)
    person.follow_redirects = False

    faults = []
    for page in PAGES:
        for odd in ODD:
            answer = await person.get(page.format(quote(odd, safe="")))
            if answer.status_code >= 500:
                faults.append((page, odd))
    assert faults == []


@pytest.mark.parametrize("odd", ["\x00", "a\x00b"])
async def test_a_character_that_cannot_be_kept_is_no_fault_of_ours(enter, odd):
    rapporteur = await enter("rapporteur")
    form = {"id": str(uuid4()), "item": odd, "delegation": odd, "speaker": odd}

    answer = await rapporteur.post("/sessions/eg1-2021/meetings/1/log/floor", data=form)

    assert answer.status_code == 422


@pytest.mark.parametrize("back", ["//evil.example", "/\\evil.example", "/\t/evil.example", "http:"])
async def test_nobody_is_sent_to_another_site(enter, back):
    person = await enter(htmx=False)
    person.follow_redirects = False

    answer = await person.get(f"/language/fr?back={quote(back, safe='')}")

    assert answer.headers["location"] == "/"
