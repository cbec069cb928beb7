"""Bringing a database's schema up to date, with Alembic."""

from pathlib import Path

from alembic import command
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
