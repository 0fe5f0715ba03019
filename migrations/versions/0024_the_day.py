"""Who came to a stop, and when its chairs open to those at the door."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep scans."""
    op.add_column("stop", sa.Column("door_release_minutes", sa.Integer(), nullable=True))
    op.create_table(
        "scan",
        sa.Column("stop_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("means", sa.String(), nullable=False),
        sa.Column("ticket_digest", sa.LargeBinary(), nullable=True),
        sa.Column("device", sa.Uuid(), nullable=False),
        sa.Column("device_name", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name=op.f("fk_scan_stop_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_scan_registration_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_scan_session_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("stop_id", "id", name=op.f("pk_scan")),
    )
    op.create_index(op.f("ix_scan_registration_id"), "scan", ["registration_id"], unique=False)
    op.create_index("ix_scan_stop_id_scanned_at", "scan", ["stop_id", "scanned_at"], unique=False)


def downgrade() -> None:
    """Forget them."""
    op.drop_table("scan")
    op.drop_column("stop", "door_release_minutes")
