"""Awards whose recipient is not stated: a contest does not always name the people it rewards."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the recipient be absent."""
    op.alter_column("award", "recipient", nullable=True)


def downgrade() -> None:
    """Delete the awards that the release before cannot hold."""
    op.execute("DELETE FROM award WHERE recipient IS NULL")
    op.alter_column("award", "recipient", nullable=False)
