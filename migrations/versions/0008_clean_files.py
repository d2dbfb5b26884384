"""When the files were written anew after a destruction."""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward; what was destroyed already has its files written anew once more."""
    with op.batch_alter_table('budget_round', schema=None) as batch_op:
        batch_op.add_column(sa.Column('files_due_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('files_clean_at', sa.DateTime(timezone=True), nullable=True))
    op.execute('UPDATE budget_round SET files_due_at = destroyed_at WHERE destroyed_at IS NOT NULL')


def downgrade() -> None:
    """Take the columns back."""
    with op.batch_alter_table('budget_round', schema=None) as batch_op:
        batch_op.drop_column('files_clean_at')
        batch_op.drop_column('files_due_at')
