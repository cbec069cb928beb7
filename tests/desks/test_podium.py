"""The podium: the chair runs the floor with three buttons; the screen follows, and only that."""

import pytest
from sqlmodel import select

from meetings.base.live import PUBLIC, Audience
from meetings.desks.web import draw_screen
from meetings.interventions.models import Intervention
from tests.cast import named
from tests.speakers.stage import a_request, add
from tests.support.reading import texts

pytestmark = pytest.mark.anyio

PODIUM = "/sessions/eg1-2021/meetings/1/podium"
FLOOR = "/sessions/eg1-2021/meetings/1/log/floor"


@pytest.fixture
async def two(week):
    await add(week, a_request("a", 1, speaker="Ms. First"), a_request("b", 2))
    return week


async def speaking(store):
    async with store.read() as db:
        return (await db.exec(select(Intervention))).first()


async def test_the_chair_calls_the_next_warns_and_ends(enter, two):
    chair = await enter("chair")
    page = await chair.get(PODIUM)
    form = dict(
        zip(
            texts(page, "//form[contains(@class, 'podium-next')]/input/@name"),
            texts(page, "//form[contains(@class, 'podium-next')]/input/@value"),
            strict=True,
        )
    )

    await chair.post(FLOOR, data=form)
    called = texts(await chair.get(PODIUM), "//*[contains(@class, 'podium-name')]")
    await chair.post(f"{PODIUM}/two-minutes")
    await chair.post(f"{PODIUM}/two-minutes")
    warned = await speaking(two)
    await chair.post(f"{PODIUM}/ended")
    ended = await speaking(two)
    await chair.post(f"{PODIUM}/ended")

    assert called == ["Delegation A", "Delegation B"]
    assert warned.warned_at is not None
    assert ended.ended_at is not None
    assert (await speaking(two)).ended_at == ended.ended_at


async def test_a_point_of_order_speaks_before_all_others(enter, two):
    chair = await enter("chair")
    for letter in "ba":
        form = {
            "id": str(named("order", letter)),
            "item": "3",
            "delegation": f"delegation-{letter}",
        }
        await chair.post(f"{PODIUM}/point-of-order", data=form)

    page = await chair.get(PODIUM)

    waiting = texts(page, "//form[contains(@class, 'podium-next')]//*[@class='podium-name']")
    waiting += texts(page, "//ol[contains(@class, 'podium-list')]/li/text()[1]")
    assert [name.strip() for name in waiting] == [
        "Delegation B", "Delegation A", "Delegation A", "Delegation B",
    ]  # fmt: skip
    assert len(texts(page, "//ol//span[contains(text(), 'Point of order')]/text()")) == 1


async def test_the_screen_is_told_nothing_that_is_not_public(enter, two):
    chair = await enter("chair")
    form = {"id": str(named("floor")), "inscription": str(named("inscription", "a", 1))}
    await chair.post(FLOOR, data=form)

    async with two.read() as db:
        drawing = await draw_screen(db, named("meeting", "first"), Audience(PUBLIC, None, "en"))

    shown = drawing.context["screen"]
    assert (shown.speaking.code, shown.limit) == ("delegation-a", 5)
    assert [one.code for one in shown.following] == ["delegation-b"]


async def test_the_screen_shows_one_language_or_two(enter, two):
    visitor = await enter()

    page = await visitor.get("/screens/eg1-2021/1?languages=ar,en&theme=dark")
    odd = await visitor.get("/screens/eg1-2021/1?languages=xx,<b>&theme=%22x")

    assert texts(page, "//*[starts-with(@id, 'screen-')]/@dir") == ["rtl", "ltr"]
    assert texts(page, "/html/@data-bs-theme") == ["dark"]
    assert texts(odd, "//*[starts-with(@id, 'screen-')]/@id") == ["screen-en"]
    assert "Ms. First" not in page.text
