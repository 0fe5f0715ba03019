"""What callers spent of their limits, which a crash may forget."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "rate_count",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_rate_count")),
        prefixes=["UNLOGGED"],
    )
    op.create_index(op.f("ix_rate_count_ends_at"), "rate_count", ["ends_at"], unique=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_index(op.f("ix_rate_count_ends_at"), table_name="rate_count")
    op.drop_table("rate_count")
