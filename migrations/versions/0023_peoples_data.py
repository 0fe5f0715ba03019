"""Which notice was read, how long registrations are kept, and sealed accessibility needs."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table; who registered before consented to no version."""
    op.add_column("registration", sa.Column("consent", sa.String(), nullable=True))
    op.add_column(
        "registration", sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("stop", sa.Column("retention_days", sa.Integer(), nullable=True))
    op.create_table(
        "accessibility_need",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_accessibility_need_registration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["member.id"],
            name=op.f("fk_accessibility_need_owner_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accessibility_need")),
    )
    op.create_index(
        op.f("ix_accessibility_need_registration_id"),
        "accessibility_need",
        ["registration_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_accessibility_need_owner_id"), "accessibility_need", ["owner_id"], unique=False
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f("ix_accessibility_need_owner_id"), table_name="accessibility_need")
    op.drop_index(op.f("ix_accessibility_need_registration_id"), table_name="accessibility_need")
    op.drop_table("accessibility_need")
    op.drop_column("stop", "retention_days")
    op.drop_column("registration", "consented_at")
    op.drop_column("registration", "consent")
