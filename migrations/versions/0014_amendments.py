"""Changes of a call that sources state, kept with it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; calls that are there, or that an older process writes, state none."""
    op.add_column(
        "call",
        sa.Column("amendments", postgresql.JSONB(), server_default="[]", nullable=False),
    )


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("call", "amendments")
