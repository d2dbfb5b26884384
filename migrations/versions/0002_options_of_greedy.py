"""What the options of most votes first need: least amounts, groups, caps."""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table('cap',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pot_id', sa.Integer(), nullable=False),
    sa.Column('area_id', sa.Integer(), nullable=True),
    sa.Column('category', sa.String(length=80), nullable=True),
    sa.Column('limit_oere', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('limit_oere > 0', name=op.f('ck_cap_leaves_money')),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_cap_area_id')),
    sa.ForeignKeyConstraint(['pot_id'], ['pot.id'], name=op.f('fk_cap_pot_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cap')),
    sa.UniqueConstraint('pot_id', 'area_id', name=op.f('uq_cap_pot_id_area_id')),
    sa.UniqueConstraint('pot_id', 'category', name=op.f('uq_cap_pot_id_category'))
    )
    op.create_table('exclusive_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pot_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['pot_id'], ['pot.id'], name=op.f('fk_exclusive_group_pot_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exclusive_group'))
    )
    with op.batch_alter_table('exclusive_group', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_exclusive_group_pot_id'), ['pot_id'], unique=False)

    op.create_table('exclusive_project',
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['exclusive_group.id'], name=op.f('fk_exclusive_project_group_id')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_exclusive_project_project_id')),
    sa.PrimaryKeyConstraint('group_id', 'project_id', name=op.f('pk_exclusive_project'))
    )
    with op.batch_alter_table('exclusive_project', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_exclusive_project_project_id'), ['project_id'], unique=False)

    with op.batch_alter_table('budget_round', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reserve_percent', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('in_part', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('has_groups', sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table('project', schema=None) as batch_op:
        batch_op.add_column(sa.Column('least_oere', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('granted_oere', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('categories', sa.JSON(), nullable=False, server_default='[]'))

    with op.batch_alter_table('proposal', schema=None) as batch_op:
        batch_op.add_column(sa.Column('least_oere', sa.BigInteger(), nullable=True))

    with op.batch_alter_table('screening', schema=None) as batch_op:
        batch_op.add_column(sa.Column('least_oere', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('categories', sa.JSON(), nullable=False, server_default='[]'))



def downgrade() -> None:
    """Take the tables back."""
    with op.batch_alter_table('screening', schema=None) as batch_op:
        batch_op.drop_column('categories')
        batch_op.drop_column('least_oere')

    with op.batch_alter_table('proposal', schema=None) as batch_op:
        batch_op.drop_column('least_oere')

    with op.batch_alter_table('project', schema=None) as batch_op:
        batch_op.drop_column('categories')
        batch_op.drop_column('granted_oere')
        batch_op.drop_column('least_oere')

    with op.batch_alter_table('budget_round', schema=None) as batch_op:
        batch_op.drop_column('has_groups')
        batch_op.drop_column('in_part')
        batch_op.drop_column('reserve_percent')

    with op.batch_alter_table('exclusive_project', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_exclusive_project_project_id'))

    op.drop_table('exclusive_project')
    with op.batch_alter_table('exclusive_group', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_exclusive_group_pot_id'))

    op.drop_table('exclusive_group')
    op.drop_table('cap')
