"""Saves: from the form that is sent to the answer that says it is on the disk."""

from collections.abc import Iterator

from benchmarks.measuring import Timing, together
from benchmarks.staging import Stage

WRITERS = {1: 400, 8: 75, 64: 12}  # how many at once, and how often each saves


def measured(stage: Stage, floor: Timing) -> Iterator[str]:
    """Save points with nobody looking, from one desk and from many."""
    with stage.serving() as server:
        for writers, times in WRITERS.items():
            acts = [stage.saver(server) for _ in range(writers)]
            yield together(f"save a point, {writers} at once", acts, times).row(floor)
