"""Requests over loopback, timed one by one."""

import http.client
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """Times of one thing, in milliseconds."""

    name: str
    times: tuple[float, ...]
    seconds: float  # that all of them took together

    def at(self, share: float) -> float:
        """The time within which this share of them was done: 0.5 is the median."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def row(self, floor: "Timing | None" = None, note: str = "") -> str:
        ratio = f"{self.at(0.5) / floor.at(0.5):8.1f} ×" if floor else "     floor"
        rate = len(self.times) / self.seconds
        line = f"{self.name:<48}{self.at(0.5):9.2f}{self.at(0.99):9.2f}{rate:10.0f}{ratio}  {note}"
        return line.rstrip()


HEADER = f"{'':<48}{'p50 ms':>9}{'p99 ms':>9}{'a second':>10}{'p50 ratio':>10}"


def timed(name: str, act: Callable[[], object], times: int, pace: float = 0) -> Timing:
    """Do something again and again, after a tenth of it to warm up.

    With a `pace` it begins each time so many seconds after the last, as people do, not programs.
    """
    for _ in range(max(1, times // 10)):
        act()
        time.sleep(pace)
    taken = []
    began = time.perf_counter()
    for _ in range(times):
        start = time.perf_counter()
        act()
        end = time.perf_counter()
        taken.append((end - start) * 1000)
        if pace:
            time.sleep(max(0.0, start + pace - end))
    return Timing(name, tuple(taken), time.perf_counter() - began)


class Client:
    """One connection that is kept open."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = headers

    def send(self, method: str, path: str, body: str = "", expected: int = 200) -> bytes:
        """Send a request and read its answer.

        Raises:
            RuntimeError: the answer has another status than expected.
        """
        headers = dict(self.headers)
        if method == "POST":
            headers["content-type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read()
        if answer.status != expected:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]!r}")
        return text


def together(name: str, clients: Iterable[Callable[[], object]], times: int) -> Timing:
    """Several clients at once, each doing its thing `times` times.

    Raises:
        RuntimeError: one of them failed.
    """
    acts = list(clients)
    timings: list[Timing] = []
    threads = [
        threading.Thread(target=lambda act=act: timings.append(timed(name, act, times)))
        for act in acts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(timings) < len(acts):
        raise RuntimeError(f"{name}: {len(acts) - len(timings)} of {len(acts)} clients failed")
    taken = tuple(time_ for timing in timings for time_ in timing.times)
    return Timing(name, taken, max(timing.seconds for timing in timings))
