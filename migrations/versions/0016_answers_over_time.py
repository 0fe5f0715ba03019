"""Answers have a version, an end and those before them; questions have a name."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

COLUMNS = ("slug", "rulebook", "until", "reason", "source", "earlier")


def upgrade() -> None:
    """Add the columns; questions that are there, or that an older process writes, have neither."""
    op.add_column("question", sa.Column("slug", sa.String(), nullable=True))
    op.add_column("question", sa.Column("source", sa.String(), nullable=True))
    for name in ("rulebook", "until", "reason"):
        op.add_column("question", sa.Column(name, postgresql.JSONB(), nullable=True))
    op.add_column(
        "question",
        sa.Column("earlier", postgresql.JSONB(), server_default="[]", nullable=False),
    )


def downgrade() -> None:
    """Drop the columns."""
    for name in COLUMNS:
        op.drop_column("question", name)
