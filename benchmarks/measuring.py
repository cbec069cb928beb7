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

    def row(self, floor: "Timing | None" = None) -> str:
        ratio = f"{self.at(0.5) / floor.at(0.5):6.1f} ×" if floor else "   floor"
        rate = len(self.times) / self.seconds
        return f"{self.name:<44}{self.at(0.5):9.2f}{self.at(0.99):9.2f}{rate:9.0f}/s {ratio}"


HEADER = f"{'':<44}{'p50 ms':>9}{'p99 ms':>9}{'rate':>11} {'p50 ratio':>8}"


def timed(name: str, act: Callable[[], object], times: int) -> Timing:
    """Do something again and again, after a tenth of it to warm up."""
    for _ in range(max(1, times // 10)):
        act()
    taken = []
    began = time.perf_counter()
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return Timing(name, tuple(taken), time.perf_counter() - began)


class Client:
    """One connection that is kept open."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._headers = headers

    def send(self, method: str, path: str, body: str = "", expected: int = 200) -> bytes:
        """Send a request and read its answer.

        Raises:
            RuntimeError: the answer has another status than expected.
        """
        headers = dict(self._headers)
        if method == "POST":
            headers["content-type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read()
        if answer.status != expected:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]!r}")
        return text


def together(name: str, clients: Iterable[Callable[[], object]], times: int) -> Timing:
    """Several clients at once, each doing its thing `times` times."""
    timings: list[Timing] = []
    threads = [
        threading.Thread(target=lambda act=act: timings.append(timed(name, act, times)))
        for act in clients
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = tuple(time_ for timing in timings for time_ in timing.times)
    return Timing(name, taken, time.perf_counter() - began)
