"""Bringing a database's schema up to date, with Alembic."""

import re
from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa
from alembic import command, op
from alembic.config import Config

from meetings.base.db import async_url

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def migration_config(url: str) -> Config:
    """What Alembic needs to know. Its driver is the synchronous one of the same database."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    sync = async_url(url).replace("sqlite+aiosqlite", "sqlite")
    config.set_main_option("sqlalchemy.url", sync.replace("%", "%%"))
    return config


def migrate(url: str) -> None:
    """Create or upgrade the schema; does nothing when it is up to date."""
    command.upgrade(migration_config(url), "head")


def allow(table: str, column: str, values: Iterable[str]) -> None:
    """Inside a migration: let a column of choices have these values and no others.

    On SQLite the table is made anew with another check and all that it holds (the way that
    https://www.sqlite.org/lang_altertable.html#otheralter tells): its indexes and triggers stay.
    """
    told = ", ".join(f"'{value}'" for value in values)
    check = f"{column} IN ({told})"
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        for known in sa.inspect(bind).get_check_constraints(table):
            if re.search(rf"\b{column}\b", known["sqltext"]):
                op.drop_constraint(known["name"] or "", table)
                op.create_check_constraint(op.f(known["name"] or ""), table, check)
        return
    made = bind.execute(
        sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL"),
        {"table": table},
    ).all()
    as_it_is = next(sql for kind, sql in made if kind == "table")
    anew = re.sub(rf"\b{column} IN \([^)]*\)", check, as_it_is)
    bind.exec_driver_sql(re.sub(r"^CREATE TABLE \S+", f'CREATE TABLE "{table}_anew"', anew))
    bind.exec_driver_sql(f'INSERT INTO "{table}_anew" SELECT * FROM "{table}"')  # noqa: S608
    bind.exec_driver_sql(f'DROP TABLE "{table}"')
    bind.exec_driver_sql(f'ALTER TABLE "{table}_anew" RENAME TO "{table}"')
    for kind, sql in made:
        if kind != "table":
            bind.exec_driver_sql(sql)
