"""`make bench`: the program beside the floor, measured in one run.

`python -m benchmarks followers` measures one part only; the floors are always measured beside it.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import desk, exports, floor, followers, lists, pages, report, saves
from benchmarks.measuring import HEADER, Timing
from benchmarks.staging import Stage, stages

# Each is given a fresh stage and the floor, and gives the lines of the table as they are measured.
Part = Callable[[Stage, Timing], Iterator[str]]
PARTS: dict[str, Part] = {
    "pages": pages.measured,
    "desk": desk.measured,
    "saves": saves.measured,
    "followers": followers.measured,
    "lists": lists.measured,
    "report": report.measured,
    "exports": exports.measured,
}


def main(chosen: list[str]) -> None:
    if unknown := set(chosen) - PARTS.keys():
        sys.exit(f"no part {', '.join(sorted(unknown))}: choose from {', '.join(PARTS)}")
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    with tempfile.TemporaryDirectory() as folder, stages(Path(folder)) as both:
        print(HEADER)
        route, insert = floor.floors(Path(folder))
        print(route.row(), insert.row(), sep="\n")
        for name in chosen or PARTS:
            for stage in both():
                print(f"\n{name}, {stage.database}")
                for line in PARTS[name](stage, route):
                    print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
