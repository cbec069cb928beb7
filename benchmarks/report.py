"""The report: assembling, opening a long draft, and assembling again after one more point."""

import asyncio
import random
from collections.abc import Iterator
from urllib.parse import urlencode
from uuid import UUID, uuid4

from benchmarks.measuring import Timing, timed
from benchmarks.staging import Stage
from meetings.base.columns import Text
from meetings.base.db import Store, make_engine
from meetings.interventions.models import Intervention, Point, Topic, View
from meetings.report.drafting import draft_item
from meetings.report.material import Clause, ItemMaterial, ViewMaterial
from meetings.report.phrases import phrasebook
from meetings.report.quantifiers import Rules
from tests.cast import NOON, named

VIEWS, POINTS, SPEAKERS, TOPICS = 800, 5_000, 150, 300
GOAL = 500  # milliseconds
DRAFT = "/sessions/eg1-2021/report/items/4?language=en"
VERBS = sorted(phrasebook("en").verbs)


def measured(stage: Stage, floor: Timing) -> Iterator[str]:
    """Assemble as values, then through the server, on the way of a person."""
    for times in (1, 10):
        material = _material(times)
        name = f"assemble {POINTS * times:,} points, {VIEWS * times:,} views"
        timing = timed(name, lambda it=material: draft_item(it, phrasebook("en"), Rules()), 10)
        verdict = "kept" if timing.at(0.5) < GOAL * times else "MISSED"
        yield timing.row(floor, f"p50 below {GOAL * times} ms: {verdict}")
    points = asyncio.run(_fill(stage.url))
    with stage.serving() as server:
        client = stage.client(server)
        size = len(client.send("GET", DRAFT)) / 1000
        opened = timed(
            f"open a draft of {TOPICS} paragraphs", lambda: client.send("GET", DRAFT), 20
        )
        yield opened.row(floor, f"{size:.0f} kB")
        mark = client.send("GET", DRAFT).decode().partition("mark=")[2].partition('"')[0]
        path = f"/sessions/eg1-2021/report/items/4/changed?{urlencode({'mark': mark})}"
        asked = timed("… ask whether the log has changed", lambda: client.send("GET", path), 50)
        yield asked.row(floor, f"{points:,} points")


def _material(times: int) -> ItemMaterial:
    chance = random.Random(1)
    topics = tuple((f"topic-{n}", f"Topic {n}") for n in range(40))
    views = []
    for _ in range(VIEWS * times):
        count = max(1, round(POINTS / VIEWS * chance.random() * 2))
        views.append(
            ViewMaterial(
                id=UUID(int=chance.getrandbits(128)),
                topic=chance.choice(topics)[0],
                clauses=(Clause(chance.choice(VERBS), f"the need for {chance.random()}"),),
                supporters=frozenset(str(chance.randrange(SPEAKERS)) for _ in range(count)),
                points=tuple(UUID(int=chance.getrandbits(128)) for _ in range(count)),
            )
        )
    return ItemMaterial(topics, tuple(views), speakers=SPEAKERS)


async def _fill(url: str) -> int:
    """An item with so many topics, views and points on a stage."""
    store = Store(make_engine(url))
    item = named("item", "4")
    topics = [
        Topic(slug=f"t-{n}", position=100 + n, name=Text(en=f"Topic {n}")) for n in range(TOPICS)
    ]
    views = [
        View(
            item_id=item,
            topic_id=topics[n % TOPICS].id,
            key=f"view-{n}",
            clauses=[{"verb": VERBS[n % len(VERBS)], "text": {"en": f"the need for view {n}"}}],
            position=n,
        )
        for n in range(VIEWS)
    ]
    spoken = [
        Intervention(
            meeting_id=named("meeting", "first"),
            item_id=item,
            delegation_id=named("delegation", "abc"[n % 3]),
            started_at=NOON,
            ended_at=NOON,
        )
        for n in range(1_000)
    ]
    points = [
        Point(
            id=uuid4(),
            intervention_id=spoken[n % 1_000].id,
            position=n // 1_000,
            text=f"Point {n}",
            topic_id=topics[n % VIEWS % TOPICS].id,
            view_id=views[n % VIEWS].id,
            logged_at=NOON,
        )
        for n in range(POINTS)
    ]
    try:
        for rows in (topics, views, spoken, points):
            async with store.write() as db:
                db.info["audit"] = False
                db.add_all(rows)
    finally:
        await store.engine.dispose()
    return len(points)
