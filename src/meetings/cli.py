"""The command line. Commands import what they need when they run, so that help comes at once."""

# ruff: noqa: PLC0415

import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetings.accounts.command_actions import user
from meetings.base.commands import examples, run, settings
from meetings.exchange.command_actions import draft, export

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meetings.base.db import Store
    from meetings.base.settings import Settings
    from meetings.exchange.actions import Loaded

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
TARGET = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        "meetings serve --demo      look around, with example sessions",
        "meetings migrate           prepare the database",
        "meetings load eg1.yaml     take sessions in",
        "meetings dump eg1-2021     give one back",
    ),
)
@click.version_option(package_name="meetings")
def main() -> None:
    """Meetings of intergovernmental bodies: from the calendar to the draft report.

    The database is named by MEETINGS_DATABASE_URL (sqlite:///meetings.db where it is not set).
    """


@main.command(
    epilog=examples(
        "meetings migrate",
        "MEETINGS_DATABASE_URL=postgresql://meetings@localhost/meetings meetings migrate",
    )
)
def migrate() -> None:
    """Create the database, or bring it up to date, with States, groups and topics."""
    _migrate(settings())
    run(_load_reference)


async def _load_reference(store: "Store") -> None:
    from meetings.exchange.reference_actions import load_reference

    async with store.write() as db:
        await load_reference(db)


@main.command(
    epilog=examples(
        "meetings serve",
        "meetings serve --demo --port 8080",
        "meetings serve --host 0.0.0.0 --workers 4",
    )
)
@click.option("--host", help="Address to listen on (MEETINGS_HOST).")
@click.option("--port", type=click.IntRange(1, 65_535), help="Port to listen on (MEETINGS_PORT).")
@click.option(
    "--workers", type=click.IntRange(1), help="Server processes, on PostgreSQL (MEETINGS_WORKERS)."
)
@click.option("--demo", is_flag=True, help="Prepare an empty database with example sessions.")
def serve(host: str | None, port: int | None, workers: int | None, *, demo: bool) -> None:
    """Serve the pages until Ctrl-C."""
    import uvicorn

    chosen = settings()
    host, port = host or chosen.host, port or chosen.port
    workers = workers or chosen.workers
    if workers > 1 and chosen.database_url.startswith("sqlite"):
        raise click.ClickException(
            "several workers need PostgreSQL: set MEETINGS_DATABASE_URL, or --workers 1"
        )
    with _alone(chosen.database_url):
        if demo:
            _migrate(chosen)
            run(_demonstrate)
            _welcome(f"http://{host}:{port}")
        uvicorn.run(
            "meetings.app:create_app",
            factory=True,
            host=host,
            port=port,
            workers=workers,
            loop="uvloop",
            http="httptools",
            timeout_graceful_shutdown=3,
        )


@contextmanager
def _alone(url: str) -> "Iterator[None]":
    from meetings.base.locking import Occupied, only_server

    try:
        with only_server(url):
            yield
    except Occupied as occupied:
        raise click.ClickException(str(occupied)) from None


async def _demonstrate(store: "Store") -> None:
    from meetings.base.assets import ASSETS
    from meetings.exchange.demonstration_actions import demonstrate, has_sessions

    async with store.read() as db:
        if await has_sessions(db):
            return
    await _load_reference(store)
    async with store.write() as db:
        await demonstrate(db, sorted(ASSETS.seeds.glob("*.yaml")))


def _welcome(address: str) -> None:
    from meetings.exchange.demonstration_actions import LOGINS, PASSWORD

    click.echo(f"Meetings is at {address}")
    click.echo(f"Sign in as {', '.join(LOGINS.values())}; the password of each is {PASSWORD}.")


@main.command(
    epilog=examples(
        "meetings load eg1-2021.yaml",
        "meetings load seeds/*.yaml",
    )
)
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
def load(files: tuple[Path, ...]) -> None:
    """Make sessions what their files say. The same file again changes nothing.

    A file is taken whole or not at all; each fault is told as FILE:LINE: path: what is allowed.
    """
    for file in files:
        text = _text(file)
        loaded = run(partial(_load, file, text))
        click.echo(f"{file}: {_told(loaded)}")


async def _load(file: Path, text: str, store: "Store") -> "Loaded":
    from meetings.exchange.actions import load_session_file
    from meetings.exchange.reading import BadFile

    try:
        async with store.write() as db:
            return await load_session_file(db, text)
    except BadFile as bad:
        for fault in bad.faults:
            click.echo(f"{file}:{fault}", err=True)
        sys.exit(1)


def _text(file: Path) -> str:
    from meetings.exchange.reading import LIMIT

    if file.stat().st_size > 4 * LIMIT:  # a character has 4 bytes at most
        raise click.ClickException(f"{file}: is too big: at most {LIMIT:,} characters are taken")
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        line = fault.object[: fault.start].count(b"\n") + 1
        raise click.ClickException(f"{file}:{line}: is not UTF-8 text") from None


def _told(loaded: "Loaded") -> str:
    counts = {"added": loaded.added, "changed": loaded.changed, "removed": loaded.removed}
    told = [
        f"{done} " + ", ".join(f"{count} {table}" for table, count in tables.items())
        for done, tables in counts.items()
        if tables
    ]
    return "; ".join(told) or "nothing to change"


@main.command(
    epilog=examples(
        "meetings dump eg1-2021",
        "meetings dump --all -o everything.yaml",
    )
)
@click.argument("sessions", nargs=-1, metavar="SESSION...")
@click.option("--all", "everything", is_flag=True, help="All sessions, and all that they share.")
@click.option("-o", "--output", type=TARGET, help="The file to write; else standard output.")
def dump(sessions: tuple[str, ...], output: Path | None, *, everything: bool) -> None:
    """Write sessions to a file from which they can be loaded again, here or elsewhere.

    A session brings along those that it is joint with or follows.
    """
    if everything == bool(sessions):
        raise click.UsageError("name the sessions, or say --all")
    text = run(partial(_dump, sessions or None))
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.buffer.write(text.encode())


async def _dump(sessions: tuple[str, ...] | None, store: "Store") -> str:
    from meetings.exchange.queries import dump_sessions

    async with store.read() as db:
        return await dump_sessions(db, sessions)


@main.command(
    epilog=examples(
        "meetings schema > session-file.schema.json",
    )
)
def schema() -> None:
    """Print the JSON Schema of session files."""
    import json

    from meetings.exchange.session_file import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


@main.command(
    epilog=examples(
        "meetings frames --language ar",
        "meetings frames --language ru -o frames-ru.html",
    )
)
@click.option("--language", default="en", help="One of the six: ar, zh, en, fr, ru, es.")
@click.option("-o", "--output", type=TARGET, help="An HTML page to write; else standard output.")
def frames(language: str, output: Path | None) -> None:
    """Print all that the phrasebook of a language says, for a linguist to check."""
    from meetings.report.frames import as_page, as_text, frames_of
    from meetings.report.phrases import drafting_languages, phrasebook

    if language not in drafting_languages():
        raise click.BadParameter(f"{language!r}: expected one of {', '.join(drafting_languages())}")
    tables = frames_of(phrasebook(language))
    if output:
        output.write_text(as_page(tables, language), encoding="utf-8")
    else:
        click.echo(as_text(tables))


def _migrate(chosen: "Settings") -> None:
    from meetings.base.migrating import migrate

    try:
        migrate(chosen.database_url)
    except ValueError as fault:
        raise click.ClickException(str(fault)) from None


main.add_command(user)
main.add_command(draft)
main.add_command(export)

if __name__ == "__main__":
    main()
