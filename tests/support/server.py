"""The server as it runs for people: a process of its own, on a port of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

import httpx


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A server on a database; it can be killed and started again on the same port."""

    database_url: str
    demo: bool = False
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "meetings.cli", "serve", "--port", str(self.port)]
        environment = os.environ | {"MEETINGS_DATABASE_URL": self.database_url}
        self.process = subprocess.Popen(
            [*command, "--demo"] if self.demo else command,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 40
        while True:
            try:
                httpx.get(f"{self.url}/sign-in")
            except httpx.TransportError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise
                time.sleep(0.05)
            else:
                return

    def kill(self) -> None:
        """As if the power had gone: no chance to finish anything."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> float:
        """Ask it to stop; gives the seconds it took."""
        assert self.process
        began = time.monotonic()
        self.process.terminate()
        self.process.wait(timeout=10)
        return time.monotonic() - began


@contextmanager
def running_server(database_url: str) -> Iterator[Server]:
    server = Server(database_url)
    server.start()
    try:
        yield server
    finally:
        if server.process and server.process.poll() is None:
            server.process.kill()
            server.process.wait()
