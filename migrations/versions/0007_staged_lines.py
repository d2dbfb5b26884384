"""Lines of a roll that are about to be put in."""

import sqlalchemy as sa
from alembic import op


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table('staged_line',
    sa.Column('job_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('batch', sa.String(length=32), nullable=False),
    sa.Column('line', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('voter_id', sa.Integer(), nullable=True),
    sa.Column('roll_number', sa.String(length=80), nullable=False),
    sa.Column('pseudonym', sa.String(length=64), nullable=True),
    sa.Column('birth_date', sa.Date(), nullable=True),
    sa.Column('area_id', sa.Integer(), nullable=True),
    sa.Column('addressee', sa.String(length=400), nullable=True),
    sa.PrimaryKeyConstraint('job_id', 'batch', 'line', name=op.f('pk_staged_line')),
    sqlite_with_rowid=False
    )


def downgrade() -> None:
    """Take the tables back."""
    op.drop_table('staged_line')
