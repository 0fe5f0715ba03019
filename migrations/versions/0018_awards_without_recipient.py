"""Awards whose recipient is not stated: a contest does not always name the people it rewards."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the recipient be absent; an older process, which writes them all, is not disturbed."""
    op.execute(
        "-- squawk-ignore ban-drop-not-null\nALTER TABLE award ALTER COLUMN recipient DROP NOT NULL"
    )


def downgrade() -> None:
    """Delete the awards that the release before cannot hold."""
    op.execute("DELETE FROM award WHERE recipient IS NULL")
    op.alter_column("award", "recipient", nullable=False)
