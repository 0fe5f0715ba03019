"""Criteria that say who may answer a call, kept with it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; calls that are there, or that an older process writes, have none."""
    op.add_column(
        "call",
        sa.Column("criteria", postgresql.JSONB(), server_default="[]", nullable=False),
    )


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("call", "criteria")
