"""A registration knows that its letters come back."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("registration", sa.Column("bounce", sa.String(), nullable=True))
    op.add_column(
        "registration", sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_column("registration", "bounced_at")
    op.drop_column("registration", "bounce")
