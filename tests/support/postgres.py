"""A PostgreSQL server for the tests alone: fresh, on a free port, gone afterwards."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

from tests.support.programs import postgres_programs

# Nothing here has to survive: what the tests prove of durability they prove on a server of its own.
SETTINGS = {
    "fsync": "off",
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
    # In its own folder, so that it goes with the folder.
    "dynamic_shared_memory_type": "mmap",
}
OPTIONS = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]


def _as_whom() -> str | None:
    """PostgreSQL refuses to run as root: become somebody else then."""
    if os.getuid() != 0:
        return None
    known = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_postgres() -> Iterator[str]:
    """Start a server; gives its address, to which a database's name is added."""
    programs, user, port = postgres_programs(), _as_whom(), _free_port()
    memory = Path("/dev/shm")  # noqa: S108 (a folder of ours is made in it)
    with tempfile.TemporaryDirectory(
        prefix="meetings-", dir=memory if memory.is_dir() else None, ignore_cleanup_errors=True
    ) as data:
        if user:
            shutil.chown(data, user)
        initdb = [programs / "initdb", "-D", data, "-U", "meetings", "-A", "trust", "-E", "UTF8"]
        subprocess.run(initdb, user=user, check=True, stdout=subprocess.DEVNULL, cwd="/")
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-p", str(port), "-k", data, *OPTIONS],
            user=user,
            stderr=subprocess.DEVNULL,
            cwd="/",
        )
        try:
            address = f"postgresql://meetings@127.0.0.1:{port}"
            _wait_for(address)
            yield address
        finally:
            _stop(server)


def _stop(server: "subprocess.Popen[bytes]") -> None:
    """At once, but let it give back its shared memory, which a killed server leaves behind."""
    server.send_signal(signal.SIGQUIT)
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(f"{address}/postgres").close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
