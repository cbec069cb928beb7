"""Pages: how long opening one takes."""

from collections.abc import Iterator

from benchmarks.measuring import Timing, timed
from benchmarks.staging import INTERVENTIONS, LOG, Stage

TIMES = 300
PAGES = {
    "programme": "/sessions/eg1-2021/programme",
    f"log of {INTERVENTIONS:,} interventions": LOG,
}


def measured(stage: Stage, floor: Timing) -> Iterator[str]:
    """Open each page again and again."""
    with stage.serving() as server:
        client = stage.client(server)
        for name, path in PAGES.items():
            timing = timed(name, lambda path=path: client.send("GET", path), TIMES)
            yield timing.row(floor)
