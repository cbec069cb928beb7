"""The rapporteur's desk: what is offered while somebody types, reading lines, the first paint."""

import asyncio
import random
import re
from collections.abc import Iterator
from time import perf_counter
from urllib.parse import urlencode

from playwright.sync_api import Browser, sync_playwright

from benchmarks.measuring import Timing, timed
from benchmarks.staging import INTERVENTIONS, LOG, TEXT, Stage
from meetings.accounts.web import LOGIN
from meetings.base.db import Store, make_engine
from meetings.interventions.grammar import Words, parse
from meetings.interventions.models import View
from meetings.interventions.topic_tree import marks_of
from meetings.report.phrases import reporting_verbs
from tests.browser.conftest import FLAGS
from tests.cast import named
from tests.support.programs import chromium

VIEWS = 500
TIMES = 200
LINES = 200
PAINTS = 10
SUBJECTS = re.findall(
    r"\w+",
    "contact authority request network asset witness hearing video team secrecy extradition"
    " treaty training translation cost delay form liaison intelligence prosecutor court evidence"
    " prevention offence liability company registry return confiscation",
)


def measured(stage: Stage, floor: Timing) -> Iterator[str]:
    """What a desk waits for."""
    asyncio.run(_add_views(stage.url))
    lines = [f"{TEXT} {number}" for number in range(LINES)]
    words = _words()
    yield timed(f"read a text of {LINES} lines", lambda: _read(lines, words), TIMES).row(floor)
    with stage.serving() as server, sync_playwright() as playwright:
        client = stage.client(server)
        chance = random.Random(1)

        def look() -> bytes:
            text = " ".join(chance.choices(SUBJECTS, k=8))
            asked = {"intervention": stage.interventions[0], "text": text}
            return client.send("GET", f"{LOG}/nearest?{urlencode(asked)}")

        offered = timed(f"offer the nearest of {VIEWS} views", look, TIMES)
        yield offered.row(floor, f"p95 {offered.at(0.95):.1f} ms")
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield _painted(browser, server.url, stage.token).row(floor)
        browser.close()


def _words() -> Words:
    names = (f"topic-{number}" for number in range(130))
    topics = {word: slug for name in names for word, slug in marks_of(name, [], {}).items()}
    return Words(topics=topics | {"networks": "networks"}, verbs=reporting_verbs())


def _read(lines: list[str], words: Words) -> None:
    for line in lines:
        parse(line, words)


async def _add_views(url: str) -> None:
    chance = random.Random(2)
    store = Store(make_engine(url))
    async with store.write() as db:
        db.info["audit"] = False
        for number in range(VIEWS):
            said = " ".join(chance.choices(SUBJECTS, k=14))
            clauses = [{"verb": "note", "text": {"en": said, "fr": said}}]
            item = named("item", "3")
            db.add(View(item_id=item, key=f"view-{number}", clauses=clauses, position=number))
    await store.engine.dispose()


def _painted(browser: Browser, url: str, token: str) -> Timing:
    """From asking for the desk until something of it is painted, with what a browser has cached."""
    context = browser.new_context(base_url=url)
    context.add_cookies([{"name": LOGIN, "value": token, "url": url}])
    page = context.new_page()
    times = []
    began = perf_counter()
    for _ in range(PAINTS):
        page.goto(LOG)
        times.append(
            page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        )
    context.close()
    name = f"first paint of the desk, {INTERVENTIONS:,} interventions"
    return Timing(name, tuple(times), perf_counter() - began)
