"""A session keeps chapters and documents, and those who came say what they think."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, and create the tables."""
    for name in ("chapters", "documents"):
        op.add_column(
            "session",
            sa.Column(name, postgresql.JSONB(), server_default="[]", nullable=False),
        )
    op.create_table(
        "opinion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("stop_id", sa.Uuid(), nullable=False),
        sa.Column("useful", sa.Integer(), nullable=False),
        sa.Column("missing", sa.String(), nullable=True),
        sa.Column("next_step", sa.String(), nullable=True),
        sa.CheckConstraint("useful BETWEEN 1 AND 5", name=op.f("ck_opinion_on_the_scale")),
        sa.ForeignKeyConstraint(
            ["stop_id"], ["stop.id"], name=op.f("fk_opinion_stop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
    )
    op.create_index(op.f("ix_opinion_stop_id"), "opinion", ["stop_id"], unique=False)
    op.create_table(
        "opinion_given",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_opinion_given_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_opinion_given")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("opinion_given")
    op.drop_index(op.f("ix_opinion_stop_id"), table_name="opinion")
    op.drop_table("opinion")
    op.drop_column("session", "documents")
    op.drop_column("session", "chapters")
