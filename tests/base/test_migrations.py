"""The schema comes from migrations alone, on both databases."""

from uuid import UUID

import pytest
import sqlalchemy as sa
from alembic import command

from meetings.base.db import Base
from meetings.base.migrating import migrate, migration_config


def tables(url):
    engine = sa.create_engine(migration_config(url).get_main_option("sqlalchemy.url"))
    try:
        return set(sa.inspect(engine).get_table_names())
    finally:
        engine.dispose()


def test_an_upgrade_from_empty_makes_every_table(database_url):
    assert tables(database_url) == {*Base.metadata.tables, "alembic_version"}


def test_the_models_have_not_drifted_from_the_migrations(database_url):
    command.check(migration_config(database_url))


def test_migrating_again_changes_nothing(database_url):
    migrate(database_url)

    assert tables(database_url) == {*Base.metadata.tables, "alembic_version"}


def test_a_downgrade_leaves_nothing_behind(database_url):
    command.downgrade(migration_config(database_url), "base")

    assert tables(database_url) == {"alembic_version"}


@pytest.mark.parametrize("url", ["mysql://x", "meetings.db"])
def test_another_kind_of_database_is_refused(url):
    with pytest.raises(ValueError, match="expected sqlite:/// or postgresql://"):
        migrate(url)


def test_a_session_of_before_the_delegations_check_has_it_switched_off(database_url):
    config = migration_config(database_url)
    command.downgrade(config, "0001")
    engine = sa.create_engine(config.get_main_option("sqlalchemy.url"))
    body, session = {"id": UUID(int=1).hex}, {"id": UUID(int=2).hex, "body": UUID(int=1).hex}
    with engine.begin() as old:
        old.execute(
            sa.text(
                "INSERT INTO body (id, code, kind, name, treaty, rules)"
                " VALUES (:id, 'eg', 'expert-group', '{}', '', '{}')"
            ),
            body,
        )
        old.execute(
            sa.text(
                "INSERT INTO session"
                " (id, slug, body_id, title, symbol, place, timezone, starts_on, ends_on, state)"
                " VALUES (:id, 'old', :body, '{}', '', '{}', 'UTC', '2020-01-01', '2020-01-02',"
                " 'closed')"
            ),
            session,
        )

    migrate(database_url)

    with engine.begin() as upgraded:
        found = upgraded.execute(sa.text("SELECT slug, delegation_check FROM session")).all()
    engine.dispose()
    assert found == [("old", False)]
