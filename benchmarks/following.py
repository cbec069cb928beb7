"""Many desks that follow one meeting: a process of its own, so that it costs the server nothing.

`python -m benchmarks.following PORT PATH COOKIE COUNT EVENTS` says "ready" when all of them follow,
waits until each of them has had so many events, and says when each came, by number, as JSON.
"""

import json
import re
import select
import socket
import sys
import time
from array import array

NUMBER = re.compile(rb"^id: (\d+)$", re.MULTILINE)
AT_ONCE = 100  # that are let in together: a room comes in within seconds, not in one instant
PATIENCE = 60  # seconds without any event after which the missing ones are given up


class Desks:
    """Open streams on one server, read by one epoll."""

    def __init__(self, count: int) -> None:
        self._poll = select.epoll()
        self._open: dict[int, socket.socket] = {}
        self._rest: dict[int, bytes] = {}
        self._seen: dict[int, int] = {}
        self._count = count
        self.arrivals: dict[int, array[float]] = {}
        self.delivered = 0

    def sit_down(self, port: int, request: bytes, after: int) -> None:
        """Open all streams; each has said that it follows when this returns."""
        while len(self._open) < self._count:
            coming = []
            for _ in range(min(AT_ONCE, self._count - len(self._open))):
                desk = socket.create_connection(("127.0.0.1", port))
                desk.sendall(request)
                self._open[desk.fileno()] = desk
                coming.append(desk)
            for desk in coming:
                self._rest[desk.fileno()] = _welcomed(desk)
                self._seen[desk.fileno()] = after
                desk.setblocking(False)  # noqa: FBT003
                self._poll.register(desk.fileno(), select.EPOLLIN)

    def read(self, patience: float) -> bool:
        """Read what has come; False when nothing has for so long."""
        ready = self._poll.poll(patience)
        for number, _ in ready:
            part = self._open[number].recv(1 << 18)
            at = time.monotonic()
            if not part:
                raise SystemExit(f"a stream ended after {self.delivered} deliveries")
            whole, _, self._rest[number] = (self._rest[number] + part).rpartition(b"\n")
            for seq in NUMBER.findall(whole):
                # An event that a later one shows anew comes with that one.
                for shown in range(self._seen[number] + 1, int(seq) + 1):
                    self.arrivals.setdefault(shown, array("d")).append(at)
                    self.delivered += 1
                self._seen[number] = int(seq)
        return bool(ready)


def _welcomed(desk: socket.socket) -> bytes:
    read = b""
    while b": following\n\n" not in read:
        part = desk.recv(4096)
        if not part or not read.startswith(b"HTTP/1.1 200"[: len(read)]):
            raise SystemExit(f"not let in: {read[:200]!r}")
        read += part
    return read.partition(b": following\n\n")[2]


def main(port: str, path: str, cookie: str, count: str, events: str) -> None:
    desks = Desks(int(count))
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n"
    desks.sit_down(int(port), request.encode(), int(path.rpartition("=")[2]))
    print("ready", flush=True)
    wanted = int(count) * int(events)
    while desks.delivered < wanted:
        if not desks.read(PATIENCE):
            raise SystemExit(f"only {desks.delivered} of {wanted} deliveries came")
    print(json.dumps({seq: list(times) for seq, times in desks.arrivals.items()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
