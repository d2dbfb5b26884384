"""Paper votes."""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table('paper_mark',
    sa.Column('pot_id', sa.Integer(), nullable=False),
    sa.Column('voter_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_paper_mark_account_id')),
    sa.ForeignKeyConstraint(['pot_id'], ['pot.id'], name=op.f('fk_paper_mark_pot_id')),
    sa.ForeignKeyConstraint(['voter_id'], ['voter.id'], name=op.f('fk_paper_mark_voter_id')),
    sa.PrimaryKeyConstraint('pot_id', 'voter_id', name=op.f('pk_paper_mark'))
    )
    with op.batch_alter_table('budget_round', schema=None) as batch_op:
        batch_op.add_column(sa.Column('paper_votes', sa.String(length=40), server_default='none', nullable=False))

    with op.batch_alter_table('count', schema=None) as batch_op:
        batch_op.add_column(sa.Column('on_paper', sa.Integer(), server_default='0', nullable=False))



def downgrade() -> None:
    """Take the tables back."""
    with op.batch_alter_table('count', schema=None) as batch_op:
        batch_op.drop_column('on_paper')

    with op.batch_alter_table('budget_round', schema=None) as batch_op:
        batch_op.drop_column('paper_votes')

    op.drop_table('paper_mark')
