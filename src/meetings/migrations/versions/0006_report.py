"""The report: edited paragraphs with their versions, documents that are issued, adoption."""

import sqlalchemy as sa
from alembic import op

from meetings.base.migrating import allow

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('accepted_finding',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('session_id', sa.Uuid(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('mark', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('accepted_by', sa.Uuid(), nullable=True),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['accepted_by'], ['user.id'], name=op.f('fk_accepted_finding_accepted_by_user')),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_accepted_finding_session_id_session'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_accepted_finding')),
    sa.UniqueConstraint('session_id', 'language', 'mark', name=op.f('uq_accepted_finding_session_id_language_mark'))
    )
    op.create_table('issue',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('session_id', sa.Uuid(), nullable=False),
    sa.Column('report_id', sa.Uuid(), nullable=True),
    sa.Column('symbol', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('draft', 'revision', 'correction', 'final', name='issuekind', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('of_id', sa.Uuid(), nullable=True),
    sa.Column('distribution', sa.Enum('general', 'limited', 'restricted', name='distribution', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('dated', sa.Date(), nullable=False),
    sa.Column('original', sa.String(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('sources', sa.JSON(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('issued_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['issued_by'], ['user.id'], name=op.f('fk_issue_issued_by_user')),
    sa.ForeignKeyConstraint(['of_id'], ['issue.id'], name=op.f('fk_issue_of_id_issue')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_issue_report_id_report')),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_issue_session_id_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_issue')),
    sa.UniqueConstraint('symbol', name=op.f('uq_issue_symbol'))
    )
    with op.batch_alter_table('issue', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_issue_session_id'), ['session_id'], unique=False)

    op.create_table('outline',
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('keys', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_outline_item_id_agenda_item'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('item_id', name=op.f('pk_outline'))
    )
    op.create_table('recommendation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('session_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.JSON(), nullable=False),
    sa.Column('addressee', sa.JSON(), nullable=False),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('state', sa.Enum('open', 'under-way', 'done', name='followupstate', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_recommendation_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_recommendation_session_id_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recommendation')),
    sa.UniqueConstraint('session_id', 'number', name=op.f('uq_recommendation_session_id_number'))
    )
    op.create_table('adoption',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('issue_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('paragraph', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['issue_id'], ['issue.id'], name=op.f('fk_adoption_issue_id_issue')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_adoption_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_adoption')),
    sa.UniqueConstraint('issue_id', name=op.f('uq_adoption_issue_id'))
    )
    with op.batch_alter_table('adoption', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_adoption_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('follow_up',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('recommendation_id', sa.Uuid(), nullable=False),
    sa.Column('session_id', sa.Uuid(), nullable=True),
    sa.Column('noted_on', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('open', 'under-way', 'done', name='followupstate', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['recommendation_id'], ['recommendation.id'], name=op.f('fk_follow_up_recommendation_id_recommendation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_follow_up_session_id_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up'))
    )
    with op.batch_alter_table('follow_up', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follow_up_recommendation_id'), ['recommendation_id'], unique=False)

    op.create_table('paragraph_version',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('paragraph_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('assembled', 'edited', 'left-out', name='paragraphstate', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('sentences', sa.JSON(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['paragraph_id'], ['paragraph.id'], name=op.f('fk_paragraph_version_paragraph_id_paragraph'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['saved_by'], ['user.id'], name=op.f('fk_paragraph_version_saved_by_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paragraph_version')),
    sa.UniqueConstraint('paragraph_id', 'number', name=op.f('uq_paragraph_version_paragraph_id_number'))
    )
    op.create_table('amendment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('adoption_id', sa.Uuid(), nullable=False),
    sa.Column('paragraph', sa.Integer(), nullable=False),
    sa.Column('change', sa.Enum('insert', 'replace', 'delete', name='change', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('delegation_id', sa.Uuid(), nullable=True),
    sa.Column('state', sa.Enum('proposed', 'taken', 'not-taken', name='amendmentstate', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['adoption_id'], ['adoption.id'], name=op.f('fk_amendment_adoption_id_adoption'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegation.id'], name=op.f('fk_amendment_delegation_id_delegation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_amendment'))
    )
    with op.batch_alter_table('amendment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_amendment_adoption_id_amendment_paragraph'), ['adoption_id', 'paragraph'], unique=False)

    op.create_table('decision',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('adoption_id', sa.Uuid(), nullable=False),
    sa.Column('paragraph', sa.Integer(), nullable=False),
    sa.Column('decided', sa.Enum('adopted', 'amended', 'pending', name='decided', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['adoption_id'], ['adoption.id'], name=op.f('fk_decision_adoption_id_adoption'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision')),
    sa.UniqueConstraint('adoption_id', 'paragraph', name=op.f('uq_decision_adoption_id_paragraph'))
    )
    op.create_table('refused_join',
    sa.Column('point_id', sa.Uuid(), nullable=False),
    sa.Column('other_id', sa.Uuid(), nullable=False),
    sa.Column('refused_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['point_id'], ['point.id'], name=op.f('fk_refused_join_point_id_point'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['refused_by'], ['user.id'], name=op.f('fk_refused_join_refused_by_user')),
    sa.PrimaryKeyConstraint('point_id', 'other_id', name=op.f('pk_refused_join'))
    )
    with op.batch_alter_table('paragraph', recreate='never') as batch_op:
        batch_op.add_column(sa.Column('key', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('sentences', sa.JSON(), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('base', sa.JSON(), server_default='[]', nullable=False))
    op.execute("UPDATE paragraph SET state = 'edited'")
    # Which assembled paragraph a text stands for was not kept: it stands for itself.
    op.execute("UPDATE paragraph SET key = 'own:' || position")
    allow('paragraph', 'state', ('assembled', 'edited', 'left-out'))



def downgrade() -> None:
    op.drop_table('paragraph_version')
    op.execute("UPDATE paragraph SET state = 'edited'")
    allow('paragraph', 'state', ('assembled', 'edited', 'adopted'))
    with op.batch_alter_table('paragraph', recreate='never') as batch_op:
        batch_op.drop_column('base')
        batch_op.drop_column('sentences')
        batch_op.drop_column('key')

    op.drop_table('refused_join')
    op.drop_table('decision')
    with op.batch_alter_table('amendment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_amendment_adoption_id_amendment_paragraph'))

    op.drop_table('amendment')
    with op.batch_alter_table('follow_up', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_follow_up_recommendation_id'))

    op.drop_table('follow_up')
    with op.batch_alter_table('adoption', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_adoption_meeting_id'))

    op.drop_table('adoption')
    op.drop_table('recommendation')
    op.drop_table('outline')
    with op.batch_alter_table('issue', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_issue_session_id'))

    op.drop_table('issue')
    op.drop_table('accepted_finding')
