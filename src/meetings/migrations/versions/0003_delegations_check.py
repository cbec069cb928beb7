"""The delegation's check: a switch per session, and what delegations propose."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('session', recreate='never') as batch_op:
        batch_op.add_column(sa.Column('delegation_check', sa.Boolean(), server_default=sa.false(), nullable=False))

    op.create_table('correction',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('intervention_id', sa.Uuid(), nullable=False),
    sa.Column('point_id', sa.Uuid(), nullable=True),
    sa.Column('delegation_id', sa.Uuid(), nullable=False),
    sa.Column('was', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('remark', sa.String(), nullable=False),
    sa.Column('proposed_by', sa.Uuid(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('proposed', 'accepted', 'declined', 'withdrawn', name='correctionstate', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('settled_by', sa.Uuid(), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegation.id'], name=op.f('fk_correction_delegation_id_delegation')),
    sa.ForeignKeyConstraint(['intervention_id'], ['intervention.id'], name=op.f('fk_correction_intervention_id_intervention'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['point_id'], ['point.id'], name=op.f('fk_correction_point_id_point'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['proposed_by'], ['user.id'], name=op.f('fk_correction_proposed_by_user')),
    sa.ForeignKeyConstraint(['settled_by'], ['user.id'], name=op.f('fk_correction_settled_by_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction'))
    )
    with op.batch_alter_table('correction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_correction_delegation_id'), ['delegation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_correction_intervention_id'), ['intervention_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_correction_point_id'), ['point_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('correction', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_correction_point_id'))
        batch_op.drop_index(batch_op.f('ix_correction_intervention_id'))
        batch_op.drop_index(batch_op.f('ix_correction_delegation_id'))

    op.drop_table('correction')
    # Not made anew, as a batch would: that would lose the table's checks.
    with op.batch_alter_table('session', recreate='never') as batch_op:
        batch_op.drop_column('delegation_check')
