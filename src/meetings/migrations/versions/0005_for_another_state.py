"""A delegation may speak on behalf of another State."""

from alembic import op

from meetings.base.migrating import allow

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OF_BEFORE = ("national", "group", "organization")


def upgrade() -> None:
    for table in ("inscription", "intervention"):
        allow(table, "capacity", ("national", "state", "group", "organization"))


def downgrade() -> None:
    for table in ("inscription", "intervention"):
        op.execute(f"UPDATE {table} SET capacity = 'group' WHERE capacity = 'state'")
        allow(table, "capacity", OF_BEFORE)
