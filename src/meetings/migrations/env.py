"""Alembic's environment: every table of every room, on either database."""

from typing import Literal

import sqlalchemy as sa
from alembic import context

import meetings.accounts.models
import meetings.base.models
import meetings.bodies.models
import meetings.delegations.models
import meetings.exchange.models
import meetings.interventions.models
import meetings.report.models
import meetings.schedule.models
import meetings.speakers.models  # noqa: F401
from meetings.base.db import Base

engine = sa.create_engine(context.config.get_main_option("sqlalchemy.url") or "")


def plain(kind: str, column_type: object, _: object) -> str | Literal[False]:
    """Write our own column types as what they are in the database."""
    if kind == "type" and type(column_type).__module__.startswith("meetings."):
        return {"UTCDateTime": "sa.DateTime(timezone=True)", "TextColumn": "sa.JSON()"}[
            type(column_type).__name__
        ]
    if kind == "type" and type(column_type).__name__ == "AutoString":
        return "sa.String()"
    return False


with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=plain,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
