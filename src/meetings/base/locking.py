"""One server per SQLite database: a second one would write behind the first one's back."""

import fcntl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path


class Occupied(Exception):  # noqa: N818
    """Another server has this database."""


def only_server(url: str) -> AbstractContextManager[None]:
    """Hold a database for this server alone; on PostgreSQL several may share one.

    Raises:
        Occupied: another server runs on this SQLite file. Says which and what to do.
    """
    if not url.startswith("sqlite:///"):
        return nullcontext()
    return _locked(Path(url.removeprefix("sqlite:///")))


@contextmanager
def _locked(database: Path) -> Iterator[None]:
    with database.with_name(f"{database.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Occupied(
                f"another server already runs on {database}: stop it, or use PostgreSQL for several"
            ) from None
        yield
