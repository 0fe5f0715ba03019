"""Accounts of members at an identity provider, and sign-ins under way there."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "provider_account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_provider_account_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_account")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_provider_account_issuer_subject")),
        sa.UniqueConstraint(
            "member_id", "issuer", name=op.f("uq_provider_account_member_id_issuer")
        ),
    )
    op.create_table(
        "provider_attempt",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_provider_attempt")),
    )
    op.create_index(
        op.f("ix_provider_attempt_started_at"), "provider_attempt", ["started_at"], unique=False
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f("ix_provider_attempt_started_at"), table_name="provider_attempt")
    op.drop_table("provider_attempt")
    op.drop_table("provider_account")
