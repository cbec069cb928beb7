"""What commands share: the settings, the store for the time of one command, help with examples."""

# Commands import what they need when they run, so that help comes at once.
# ruff: noqa: PLC0415

import asyncio
import os
from collections.abc import Callable, Coroutine
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, TypeVar

import click

import meetings

if TYPE_CHECKING:
    from meetings.base.db import Store
    from meetings.base.settings import Settings

Result = TypeVar("Result")
Work = Callable[["Store"], Coroutine[Any, Any, Result]]


def examples(*lines: str) -> str:
    """The last part of a command's help, its lines kept as they are."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def settings() -> "Settings":
    from meetings.base.settings import Settings

    try:
        return Settings.from_env(os.environ)
    except ValueError as fault:
        raise click.ClickException(str(fault)) from None


def run(work: Work[Result]) -> Result:
    """Do something with the store; what goes wrong is told in one line."""
    import sqlalchemy as sa

    from meetings.base.db import Store, make_engine
    from meetings.base.errors import Refused

    _know_tables()

    async def with_store(store: Store) -> Result:
        try:
            return await work(store)
        finally:
            await store.engine.dispose()

    try:
        engine = make_engine(settings().database_url)
    except ValueError as fault:
        raise click.ClickException(str(fault)) from None
    try:
        return asyncio.run(with_store(Store(engine)))
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    except sa.exc.DBAPIError as fault:
        first = str(fault.orig).splitlines()[0]
        raise click.ClickException(f"{first}: is the database there, and migrated?") from None


def _know_tables() -> None:
    """Import the tables of every room: a foreign key is only a name until both ends are there."""
    for room in iter_modules(meetings.__path__):
        models = f"meetings.{room.name}.models"
        if room.ispkg and find_spec(models):
            import_module(models)
