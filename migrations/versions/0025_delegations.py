"""A delegation takes seats under one code, which its people claim one by one."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; a seat may be nobody's yet."""
    op.create_table(
        "delegation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("stop_id", sa.Uuid(), nullable=False),
        sa.Column("leader_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.Column("claim_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code_salt", sa.LargeBinary(), nullable=False),
        sa.Column("code_digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name=op.f("fk_delegation_stop_id")),
        sa.ForeignKeyConstraint(
            ["leader_id"],
            ["registration.id"],
            name=op.f("fk_delegation_leader_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_delegation_code_digest")),
    )
    op.create_index(op.f("ix_delegation_stop_id"), "delegation", ["stop_id"])
    op.create_index(op.f("ix_delegation_leader_id"), "delegation", ["leader_id"])
    op.execute(
        "-- squawk-ignore ban-drop-not-null\n"
        "ALTER TABLE seat ALTER COLUMN registration_id DROP NOT NULL"
    )  # the code of before asks for the seats of a registration, and meets none of these
    op.add_column("seat", sa.Column("delegation_id", sa.Uuid(), nullable=True))
    op.add_column("seat", sa.Column("slot", sa.Integer(), nullable=True))
    op.create_foreign_key(
        op.f("fk_seat_delegation_id"), "seat", "delegation", ["delegation_id"], ["id"]
    )
    op.create_check_constraint(
        op.f("ck_seat_somebodys"),
        "seat",
        "registration_id IS NOT NULL OR delegation_id IS NOT NULL",
    )
    op.create_index(
        "ix_seat_delegation",
        "seat",
        ["delegation_id", "slot"],
        postgresql_where=sa.text("delegation_id IS NOT NULL"),
    )


def downgrade() -> None:
    """Drop it, and the seats that are nobody's."""
    op.drop_index("ix_seat_delegation", "seat")
    op.drop_constraint(op.f("ck_seat_somebodys"), "seat")
    op.drop_constraint(op.f("fk_seat_delegation_id"), "seat")
    op.execute("DELETE FROM seat WHERE registration_id IS NULL")
    op.drop_column("seat", "slot")
    op.drop_column("seat", "delegation_id")
    op.alter_column("seat", "registration_id", nullable=False)
    op.drop_table("delegation")
