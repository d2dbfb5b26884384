"""Changes of the key that signs the boards."""

import sqlalchemy as sa
from alembic import op



revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table('key_change',
    sa.Column('pot_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('signature', sa.String(length=128), nullable=False),
    sa.ForeignKeyConstraint(['pot_id'], ['pot.id'], name=op.f('fk_key_change_pot_id')),
    sa.PrimaryKeyConstraint('pot_id', 'number', name=op.f('pk_key_change'))
    )


def downgrade() -> None:
    """Take the tables back."""
    op.drop_table('key_change')
