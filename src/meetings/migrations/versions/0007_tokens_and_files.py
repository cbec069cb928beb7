"""Lists of participants that came in, so that they can be taken back"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'imported_people',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('session_id', sa.Uuid(), nullable=False),
        sa.Column('done', sa.JSON(), nullable=False),
        sa.Column('made_by', sa.Uuid(), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['made_by'], ['user.id'], name=op.f('fk_imported_people_made_by_user')),
        sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_imported_people_session_id_session')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_imported_people')),
    )
    op.create_index(op.f('ix_imported_people_session_id'), 'imported_people', ['session_id'])


def downgrade() -> None:
    op.drop_index(op.f('ix_imported_people_session_id'), 'imported_people')
    op.drop_table('imported_people')
