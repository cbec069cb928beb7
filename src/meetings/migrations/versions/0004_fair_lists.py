"""Lists of speakers by rules: classes, times, texts, swaps, and a record that nobody alters."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WORD = sa.String().with_variant(sa.String(collation="C"), "postgresql")
STATES = ('waiting', 'speaking', 'spoken', 'withdrawn')
CLASSES = ('point-of-order', 'group', 'minister', 'state-party', 'observer-state', 'united-nations', 'intergovernmental', 'non-governmental', 'other', 'right-of-reply')
ACTS = ('opened', 'closed', 'timed', 'ruled', 'loaded', 'inscribed', 'changed', 'withdrawn', 'moved', 'swapped', 'absent', 'called', 'spoken', 'carried')
WAITING = "state IN ('waiting', 'speaking')"
SINGLE = "single AND state IN ('waiting', 'speaking', 'spoken')"
CAPACITY = ['speaker_list_id', 'delegation_id', 'capacity', 'on_behalf_of']


def choice(values, name):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def unique(name, columns, where):
    op.create_index(name, 'inscription', columns, unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def upgrade() -> None:
    _let('speaker_list', 'limit', nullable=True)
    with op.batch_alter_table('speaker_list', recreate='never') as batch_op:
        batch_op.add_column(sa.Column('opens_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('closes_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('rules', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('changes', sa.Integer(), server_default='0', nullable=False))
    op.drop_index('uq_inscription_waiting', 'inscription')
    op.drop_index('ix_inscription_speaker_list_id_place', 'inscription')
    _states((*STATES, 'absent', 'carried'))
    with op.batch_alter_table('inscription', recreate='never') as batch_op:
        batch_op.add_column(sa.Column('sort_key', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('stand', WORD, server_default='', nullable=False))
        batch_op.add_column(sa.Column('moved', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('reason', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('minister', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('remote', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('single', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('minutes', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('absences', sa.Integer(), server_default='0', nullable=False))
    op.execute(
        "ALTER TABLE inscription ADD COLUMN speaking_class VARCHAR(30) DEFAULT 'state-party' NOT NULL "
        f"CONSTRAINT ck_inscription_speakingclass CHECK (speaking_class IN {CLASSES})"
    )
    op.execute(
        "ALTER TABLE inscription ADD COLUMN asks VARCHAR(30) DEFAULT 'statement' NOT NULL "
        "CONSTRAINT ck_inscription_asks CHECK (asks IN ('statement', 'point-of-order', 'right-of-reply'))"
    )
    op.create_index('ix_inscription_speaker_list_id_stand', 'inscription', ['speaker_list_id', 'stand'])
    unique('uq_inscription_waiting', [*CAPACITY, 'speaking_class'], WAITING)
    unique('uq_inscription_single', CAPACITY, SINGLE)
    op.create_table('list_change',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('speaker_list_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('who', sa.Uuid(), nullable=True),
    sa.Column('act', choice(ACTS, 'act'), nullable=False),
    sa.Column('inscription_id', sa.Uuid(), nullable=True),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_list_change')),
    sa.UniqueConstraint('speaker_list_id', 'number', name=op.f('uq_list_change_speaker_list_id_number'))
    )
    op.create_table('swap',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('inscription_id', sa.Uuid(), nullable=False),
    sa.Column('with_id', sa.Uuid(), nullable=False),
    sa.Column('offered_by', sa.Uuid(), nullable=True),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['inscription_id'], ['inscription.id'], name=op.f('fk_swap_inscription_id_inscription'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['with_id'], ['inscription.id'], name=op.f('fk_swap_with_id_inscription'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_swap'))
    )
    op.create_index('ix_swap_inscription_id', 'swap', ['inscription_id'])
    op.create_index('ix_swap_with_id', 'swap', ['with_id'])
    op.create_table('statement',
    sa.Column('inscription_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('against_delivery', sa.Boolean(), nullable=False),
    sa.Column('embargo', sa.Boolean(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['inscription_id'], ['inscription.id'], name=op.f('fk_statement_inscription_id_inscription'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('inscription_id', name=op.f('pk_statement'))
    )
    _guard_the_record()
    with op.batch_alter_table('intervention', recreate='never') as batch_op:
        batch_op.add_column(sa.Column('warned_at', sa.DateTime(timezone=True), nullable=True))
    op.create_table('invitation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('delegation_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('user_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegation.id'], name=op.f('fk_invitation_delegation_id_delegation')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_invitation_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_invitation_token_hash'))
    )
    op.create_index('ix_invitation_delegation_id', 'invitation', ['delegation_id'])


def downgrade() -> None:
    op.drop_table('invitation')
    with op.batch_alter_table('intervention', recreate='never') as batch_op:
        batch_op.drop_column('warned_at')
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('DROP TRIGGER list_change_stays ON list_change')
        op.execute('DROP FUNCTION list_change_stays()')
    for table in ('statement', 'swap', 'list_change'):
        op.drop_table(table)
    for index in ('uq_inscription_single', 'uq_inscription_waiting', 'ix_inscription_speaker_list_id_stand'):
        op.drop_index(index, 'inscription')
    op.execute("UPDATE inscription SET state = 'withdrawn' WHERE state IN ('absent', 'carried')")
    _states(STATES)
    if op.get_bind().dialect.name == 'postgresql':  # SQLite has made the table anew, without them
        for column in ('absences', 'minutes', 'single', 'remote', 'minister', 'reason', 'moved', 'stand', 'sort_key', 'speaking_class', 'asks'):
            op.drop_column('inscription', column)
    op.create_index('ix_inscription_speaker_list_id_place', 'inscription', ['speaker_list_id', 'place'])
    unique('uq_inscription_waiting', CAPACITY, WAITING)
    with op.batch_alter_table('speaker_list', recreate='never') as batch_op:
        for column in ('changes', 'rules', 'closes_at', 'opens_at'):
            batch_op.drop_column(column)
    op.execute('UPDATE speaker_list SET "limit" = 5 WHERE "limit" IS NULL')
    _let('speaker_list', 'limit', nullable=False)


def _let(table, column, *, nullable) -> None:
    with op.batch_alter_table(table) as batch_op:
        batch_op.alter_column(column, existing_type=sa.Integer(), nullable=nullable)


def _states(states) -> None:
    """Let requests have these states. SQLite knows no other way than to make the table anew."""
    if op.get_bind().dialect.name == 'postgresql':
        for check in sa.inspect(op.get_bind()).get_check_constraints('inscription'):
            if 'withdrawn' in check['sqltext']:
                op.drop_constraint(check['name'], 'inscription')
        op.create_check_constraint(op.f('ck_inscription_inscriptionstate'), 'inscription', f"state IN {states}")
        return
    table = sa.Table('inscription', sa.MetaData(),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('speaker_list_id', sa.Uuid(), nullable=False),
    sa.Column('delegation_id', sa.Uuid(), nullable=False),
    sa.Column('speaker', sa.String(), nullable=False),
    sa.Column('capacity', sa.String(length=30), nullable=False),
    sa.Column('on_behalf_of', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('requested_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.CheckConstraint("capacity IN ('national', 'group', 'organization')", name='ck_inscription_speakingcapacity'),
    sa.CheckConstraint(f"state IN {states}", name='ck_inscription_inscriptionstate'),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegation.id'], name='fk_inscription_delegation_id_delegation'),
    sa.ForeignKeyConstraint(['speaker_list_id'], ['speaker_list.id'], name='fk_inscription_speaker_list_id_speaker_list'),
    sa.PrimaryKeyConstraint('id', name='pk_inscription'),
    sa.Index('ix_inscription_delegation_id', 'delegation_id'),
    )
    with op.batch_alter_table('inscription', copy_from=table, recreate='always'):
        pass


def _guard_the_record() -> None:
    """What is in the record of a list stays in it: nobody alters or removes a line."""
    if op.get_bind().dialect.name == 'postgresql':
        op.execute(
            "CREATE FUNCTION list_change_stays() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the record of a list is not altered'; END $$"
        )
        op.execute(
            "CREATE TRIGGER list_change_stays BEFORE UPDATE OR DELETE ON list_change "
            "FOR EACH ROW EXECUTE FUNCTION list_change_stays()"
        )
        return
    for what in ('UPDATE', 'DELETE'):
        op.execute(
            f"CREATE TRIGGER list_change_stays_{what.lower()} BEFORE {what} ON list_change "
            "BEGIN SELECT RAISE(ABORT, 'the record of a list is not altered'); END"
        )
