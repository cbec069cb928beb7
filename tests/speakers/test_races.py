"""Many at once: each delegation waits once, and in the order in which requests arrived."""

import asyncio

import pytest

from meetings.speakers.models import Inscription
from tests.cast import named
from tests.speakers.stage import LIST, A, B, a_form, a_request, add, add_delegations, at, kept

pytestmark = pytest.mark.anyio


async def test_four_requests_at_once_are_one_place(enter, week):
    delegate = await enter("delegation", "a")

    answers = await asyncio.gather(
        *(delegate.post(f"{LIST}/inscriptions", data=a_form()) for _ in range(4))
    )

    assert sorted(answer.status_code for answer in answers) == [200, 422, 422, 422]
    assert await kept(week, Inscription.delegation_id) == [A]


async def test_one_request_sent_four_times_at_once_is_one_place(enter, week):
    delegate, form = await enter("delegation", "a"), a_form()

    answers = await asyncio.gather(
        *(delegate.post(f"{LIST}/inscriptions", data=form) for _ in range(4))
    )

    assert [answer.status_code for answer in answers] == [200] * 4
    assert await kept(week, Inscription.place) == [1]


async def test_sixty_delegations_at_once_get_sixty_places(secretariat, week):
    await add_delegations(week, 60)

    answers = await asyncio.gather(
        *(
            secretariat.post(f"{LIST}/inscriptions", data=a_form(delegation=f"more-{number:02}"))
            for number in range(60)
        )
    )

    assert [answer.status_code for answer in answers] == [200] * 60
    assert sorted(await kept(week, Inscription.place)) == list(range(1, 61))
    times = await kept(week, Inscription.requested_at)
    assert times == sorted(times)


async def test_a_speaker_is_either_called_or_withdrawn(enter, secretariat, week):
    await add(week, a_request("a", 1), a_request("b", 2))
    chair = await enter("chair")
    call = {"id": str(named("floor")), "inscription": str(named("inscription", "a", 1))}
    floor = "/sessions/eg1-2021/meetings/1/log/floor"

    answers = await asyncio.gather(
        secretariat.post(at("a", 1, "withdraw")), chair.post(floor, data=call)
    )

    states = dict(await kept(week, Inscription.delegation_id, Inscription.state))
    withdrawn, called = (answer.status_code == 200 for answer in answers)
    assert states == {A: "withdrawn" if withdrawn else "speaking", B: "waiting"}
    assert withdrawn is not called
