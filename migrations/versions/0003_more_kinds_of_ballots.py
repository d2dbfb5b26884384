"""More kinds of ballots."""

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

NUMBERS = ('votes_each', 'most_per_project', 'lowest_points', 'highest_points')


def upgrade() -> None:
    """Bring the tables forward; rounds that are there get what their ballots do not have: nothing."""
    with op.batch_alter_table('budget_round', schema=None) as batch_op:
        for name in NUMBERS:
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('must_score_all', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('budget_round', schema=None) as batch_op:
        for name in NUMBERS:
            batch_op.alter_column(name, server_default=None)
        batch_op.alter_column('must_score_all', server_default=None)


def downgrade() -> None:
    """Take the tables back."""
    with op.batch_alter_table('budget_round', schema=None) as batch_op:
        batch_op.drop_column('must_score_all')
        for name in reversed(NUMBERS):
            batch_op.drop_column(name)
