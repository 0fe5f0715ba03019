"""How many came to a stop stays true once they are erased."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; those erased before are not counted any more."""
    op.create_table(
        "erased_attendance",
        sa.Column("stop_id", sa.Uuid(), nullable=False),
        sa.Column("registered", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("arrived", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["stop_id"], ["stop.id"], name=op.f("fk_erased_attendance_stop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("stop_id", name=op.f("pk_erased_attendance")),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("erased_attendance")
