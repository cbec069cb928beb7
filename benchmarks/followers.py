"""Followers: from a save to all other desks, and what they cost the one who saves."""

import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.measuring import Timing, timed
from benchmarks.staging import MEETING, Stage
from meetings.accounts.web import LOGIN
from tests.support.server import Server

DESKS = (1_000, 5_000)
SAVES = 80
WARMING = SAVES // 10
EVENTS = SAVES + WARMING  # each save is one event
PACE = 0.2  # seconds from one save to the next: a room in which everybody logs what was said
LIMIT = 300  # milliseconds within which 99 of 100 desks are to show what was saved


def measured(stage: Stage, floor: Timing) -> Iterator[str]:
    """Save at the pace of a busy room, first with nobody looking, then with many desks."""
    allow_connections(max(DESKS))
    with stage.serving() as server:
        alone = timed("save a point, nobody follows", stage.saver(server), SAVES, PACE)
        yield alone.row(floor)
        for desks in DESKS:
            saved, reached = _followed(stage, server, desks)
            slower = (saved.at(0.5) / alone.at(0.5) - 1) * 100
            yield saved.row(floor, f"{slower:+.0f} % at p50")
            verdict = "kept" if reached.at(0.99) < LIMIT else "MISSED"
            yield reached.row(floor, f"p99 below {LIMIT} ms: {verdict}")


def _followed(stage: Stage, server: Server, desks: int) -> tuple[Timing, Timing]:
    """The saves themselves, and from the sending of each to its coming at every desk."""
    sent: list[float] = []
    save = stage.saver(server)

    def noted() -> object:
        sent.append(time.monotonic())
        return save()

    path = live_path(stage, server)
    with following(server, path, f"{LOGIN}={stage.token}", desks, EVENTS) as desk:
        saved = timed(f"save a point, {desks:,} follow", noted, SAVES, PACE)
        late = lateness(desk, sent)
    return saved, Timing(f"  … until {desks:,} desks have it", late, saved.seconds)


def lateness(desk: "subprocess.Popen[str]", sent: list[float]) -> tuple[float, ...]:
    """Milliseconds from each sending to its coming at every desk, without those that warmed up."""
    told, _ = desk.communicate(timeout=120)
    if desk.returncode:
        raise RuntimeError("not every desk got everything: see above")
    arrivals = sorted((int(seq), times) for seq, times in json.loads(told).items())
    return tuple(
        (at - start) * 1000
        for start, (_seq, times) in list(zip(sent, arrivals, strict=True))[WARMING:]
        for at in times
    )


def live_path(stage: Stage, server: Server) -> str:
    """The stream of the meeting, from where its page stands now."""
    (last,) = re.findall(rb"/live\?after=(\d+)", stage.client(server).send("GET", MEETING))
    return f"{MEETING}/live?after={last.decode()}"


@contextmanager
def following(
    server: Server, path: str, cookie: str, desks: int, events: int
) -> Iterator["subprocess.Popen[str]"]:
    """So many desks that follow a stream, in a process of their own."""
    arguments = [str(server.port), path, cookie, str(desks), str(events)]
    command = [sys.executable, "-m", "benchmarks.following", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        if process.stdout.readline() != "ready\n":
            raise RuntimeError(f"{desks} desks could not follow: see above")
        yield process
    finally:
        process.kill()
        process.wait()


def allow_connections(count: int) -> None:
    """Each desk is a file for the server and for the process of the desks: both inherit this."""
    needed = count + 500
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise RuntimeError(f"{count} desks need `ulimit -n` of {needed}; here it is {hard}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (needed if hard < 0 else hard, hard))
