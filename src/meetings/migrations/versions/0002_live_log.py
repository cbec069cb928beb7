"""The live log: what is being typed, pauses, merged texts, and other names of topics."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unfinished_line",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("desk", sa.Uuid(), nullable=False),
        sa.Column("intervention_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_unfinished_line_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user.id"],
            name=op.f("fk_unfinished_line_user_id_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "meeting_id", "desk", name=op.f("pk_unfinished_line")),
    )
    with op.batch_alter_table("intervention") as table:
        table.add_column(sa.Column("paused", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(
            sa.Column("merged", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("topic") as table:
        table.add_column(sa.Column("aliases", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("topic") as table:
        table.drop_column("aliases")
    with op.batch_alter_table("intervention") as table:
        table.drop_column("merged")
        table.drop_column("paused")
    op.drop_table("unfinished_line")
