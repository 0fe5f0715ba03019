"""A seat may be held until its address is proved, or be had together with others or not at all."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

NO = sa.text("false")


def upgrade() -> None:
    """Add the columns."""
    op.add_column("stop", sa.Column("proof_hours", sa.Integer(), nullable=True))
    op.add_column("stop", sa.Column("travel_minutes", sa.Integer(), nullable=True))
    for name in ("together", "needs_proof"):
        column = sa.Column(name, sa.Boolean(), server_default=NO, nullable=False)
        op.add_column("registration", column)
    op.add_column("seat", sa.Column("held_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("seat", sa.Column("bundle_id", sa.Uuid(), nullable=True))
    op.create_check_constraint(
        op.f("ck_seat_held_until_when"), "seat", "(status = 'held') = (held_until IS NOT NULL)"
    )
    op.create_index(
        "ix_seat_held",
        "seat",
        ["held_until"],
        postgresql_where=sa.text("status = 'held'"),
    )
    op.create_index(
        "ix_seat_bundle",
        "seat",
        ["bundle_id"],
        postgresql_where=sa.text("status = 'waiting'"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_seat_bundle", "seat")
    op.drop_index("ix_seat_held", "seat")
    op.drop_constraint(op.f("ck_seat_held_until_when"), "seat")
    op.drop_column("seat", "bundle_id")
    op.drop_column("seat", "held_until")
    op.drop_column("registration", "needs_proof")
    op.drop_column("registration", "together")
    op.drop_column("stop", "travel_minutes")
    op.drop_column("stop", "proof_hours")
