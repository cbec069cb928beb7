"""The programs that the tests use for real, wherever a machine keeps them."""

import os
import shutil
from pathlib import Path

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def program(*names: str) -> str:
    """Where the first of these programs is that the machine has."""
    for name in names:
        if found := shutil.which(name):
            return found
    raise RuntimeError(f"{names[0]} is missing: run `make test`, which brings it or says how")


def chromium() -> str:
    """A browser for `playwright`: the machine's own, none is downloaded."""
    return program(*CHROMIUM)


def postgres_programs() -> Path:
    """The folder of initdb and postgres: on the PATH, or where Debian puts them."""
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep)]
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres")):
            return folder
    raise RuntimeError("PostgreSQL is missing: run `make test`, which brings it or says how")
