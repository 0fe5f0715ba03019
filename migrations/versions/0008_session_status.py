"""A session may be postponed or cancelled, as a stop may."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column(
        "session",
        sa.Column("status", sa.String(), server_default="scheduled", nullable=False),
    )
    op.add_column("session", sa.Column("status_reason", postgresql.JSONB(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("session", "status_reason")
    op.drop_column("session", "status")
