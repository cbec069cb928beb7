"""Commands that take a report out of a session: `meetings draft`, `meetings export`."""

# Commands import what they need when they run, so that help comes at once.
# ruff: noqa: PLC0415

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetings.base.commands import examples, run

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from meetings.base.db import Store
    from meetings.bodies.models import AgendaItem, Session
    from meetings.exchange.documents import Drafted

FORMATS = ("docx", "pdf", "xml", "xlsx", "json")
TARGET = click.Path(dir_okay=False, writable=True, path_type=Path)
LANGUAGE = click.option(
    "--language", default="en", show_default=True, help="A language that reports are drafted in."
)
ITEM = click.option("--item", help="An item of the agenda by its number: 3, or 3a for 3 (a).")


@click.command(
    epilog=examples(
        "meetings draft eg1-2021",
        "meetings draft eg1-2021 --item 3 --language fr",
        "meetings draft eg1-2021 --format json > draft.json",
    )
)
@click.argument("session")
@ITEM
@LANGUAGE
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
def draft(session: str, item: str | None, language: str, form: str) -> None:
    """Print the draft of SESSION: numbered paragraphs, attributed to nobody."""
    _check_language(language)
    click.echo(run(partial(_draft, session, item, language, form)), nl=False)


@click.command(
    epilog=examples(
        "meetings export eg1-2021 --format docx -o report.docx",
        "meetings export eg1-2021 --format docx --item 3 --language fr -o chapter.docx",
        "meetings export eg1-2021 --format xlsx -o session.xlsx",
    )
)
@click.argument("session")
@click.option("--format", "form", type=click.Choice(FORMATS), required=True)
@click.option("-o", "--output", type=TARGET, required=True, help="The file to write.")
@ITEM
@LANGUAGE
def export(session: str, form: str, output: Path, item: str | None, language: str) -> None:
    """Write SESSION to a file: its draft report (docx, pdf, xml, json) or its tables (xlsx)."""
    _check_language(language)
    output.write_bytes(run(partial(_export, session, item, language, form)))


def _check_language(language: str) -> None:
    from meetings.report.phrases import drafting_languages

    if language not in drafting_languages():
        known = ", ".join(drafting_languages())
        raise click.BadParameter(f"reports are drafted in: {known}", param_hint="--language")


async def _draft(slug: str, item: str | None, language: str, form: str, store: "Store") -> str:
    from meetings.exchange.documents import report_json
    from meetings.exchange.table_queries import drafted_chapters

    async with store.read() as db:
        session, chosen = await _chosen(db, slug, item)
        chapters = await drafted_chapters(db, session, language, chosen)
    if form == "json":
        return report_json(session, language, chapters).decode() + "\n"
    return "\n".join(_plain(one, language) for one in chapters)


def _plain(drafted: "Drafted", language: str) -> str:
    from meetings.report.words import roman

    if planned := drafted.planned:
        heading = f"{roman(planned.part.chapter)}. {planned.part.heading.in_language(language)}"
    else:
        item = drafted.draft.item
        heading = f"{item.number}. {item.title.in_language(language)}"
    numbered = (f"{number}. {text}\n" for number, text in enumerate(drafted.draft.texts, 1))
    return "\n".join((f"{heading}\n", *numbered))


async def _export(slug: str, item: str | None, language: str, form: str, store: "Store") -> bytes:
    from meetings.base.languages import speaking
    from meetings.exchange.export_queries import REPORTS, Asked, session_as_excel

    async with store.read() as db:
        session, chosen = await _chosen(db, slug, item)
        if form == "xlsx":
            with speaking(language):
                return await session_as_excel(db, session)
        return await REPORTS[form](db, Asked(session, language, chosen))


async def _chosen(
    db: "AsyncSession", slug: str, item: str | None
) -> "tuple[Session, AgendaItem | None]":
    from meetings.base.errors import NotFound, Refused
    from meetings.bodies.queries import item_numbered, session_named

    session = await session_named(db, slug)
    if not item:
        return session, None
    try:
        return session, await item_numbered(db, session, item)
    except NotFound:
        raise Refused(f"the agenda of {slug} has no item {item}") from None
