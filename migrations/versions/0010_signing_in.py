"""Mailed codes, passkeys, authenticator apps, invitations and door passes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "door_pass",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("stop", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_pass")),
        sa.UniqueConstraint("digest", name=op.f("uq_door_pass_digest")),
    )
    op.create_index(op.f("ix_door_pass_stop"), "door_pass", ["stop"], unique=False)
    op.create_table(
        "sign_in_ask",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("browser_digest", sa.LargeBinary(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_ask")),
        sa.UniqueConstraint("browser_digest", name=op.f("uq_sign_in_ask_browser_digest")),
    )
    op.create_index(op.f("ix_sign_in_ask_created_at"), "sign_in_ask", ["created_at"], unique=False)
    op.create_table(
        "authenticator",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_authenticator_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authenticator")),
    )
    op.create_index(
        "uq_authenticator_confirmed",
        "authenticator",
        ["member_id"],
        unique=True,
        postgresql_where=sa.text("confirmed_at IS NOT NULL"),
    )
    op.create_index(
        "uq_authenticator_pending",
        "authenticator",
        ["member_id"],
        unique=True,
        postgresql_where=sa.text("confirmed_at IS NULL"),
    )
    op.create_table(
        "door_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pass_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["pass_id"], ["door_pass.id"], name=op.f("fk_door_session_pass_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_session")),
        sa.UniqueConstraint("digest", name=op.f("uq_door_session_digest")),
    )
    op.create_index(op.f("ix_door_session_pass_id"), "door_session", ["pass_id"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("roles", postgresql.JSONB(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("link_salt", sa.LargeBinary(), nullable=False),
        sa.Column("link_digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'invitation') = (name IS NOT NULL AND email IS NOT NULL)",
            name=op.f("ck_invitation_named"),
        ),
        sa.CheckConstraint(
            "(kind = 'recovery') = (member_id IS NOT NULL)", name=op.f("ck_invitation_of_a_member")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_invitation_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("link_digest", name=op.f("uq_invitation_link_digest")),
    )
    op.create_index(op.f("ix_invitation_member_id"), "invitation", ["member_id"], unique=False)
    op.create_index(
        "uq_invitation_first",
        "invitation",
        ["kind"],
        unique=True,
        postgresql_where=sa.text("kind = 'first'"),
    )
    op.create_table(
        "passkey",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("transports", postgresql.JSONB(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_passkey_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_member_id"), "passkey", ["member_id"], unique=False)
    op.create_table(
        "recovery_code",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_recovery_code_member_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_recovery_code")),
    )
    op.create_index(
        op.f("ix_recovery_code_member_id"), "recovery_code", ["member_id"], unique=False
    )
    op.create_table(
        "passkey_challenge",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["browser_session.id"],
            name=op.f("fk_passkey_challenge_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_passkey_challenge")),
    )
    op.create_index(
        op.f("ix_passkey_challenge_created_at"), "passkey_challenge", ["created_at"], unique=False
    )
    op.create_index(
        op.f("ix_passkey_challenge_session_id"), "passkey_challenge", ["session_id"], unique=False
    )
    op.add_column(
        "browser_session", sa.Column("failures", sa.Integer(), server_default="0", nullable=False)
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_column("browser_session", "failures")
    op.drop_index(op.f("ix_passkey_challenge_session_id"), table_name="passkey_challenge")
    op.drop_index(op.f("ix_passkey_challenge_created_at"), table_name="passkey_challenge")
    op.drop_table("passkey_challenge")
    op.drop_index(op.f("ix_recovery_code_member_id"), table_name="recovery_code")
    op.drop_table("recovery_code")
    op.drop_index(op.f("ix_passkey_member_id"), table_name="passkey")
    op.drop_table("passkey")
    op.drop_index(
        "uq_invitation_first", table_name="invitation", postgresql_where=sa.text("kind = 'first'")
    )
    op.drop_index(op.f("ix_invitation_member_id"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_index(op.f("ix_door_session_pass_id"), table_name="door_session")
    op.drop_table("door_session")
    op.drop_index(
        "uq_authenticator_pending",
        table_name="authenticator",
        postgresql_where=sa.text("confirmed_at IS NULL"),
    )
    op.drop_index(
        "uq_authenticator_confirmed",
        table_name="authenticator",
        postgresql_where=sa.text("confirmed_at IS NOT NULL"),
    )
    op.drop_table("authenticator")
    op.drop_index(op.f("ix_sign_in_ask_created_at"), table_name="sign_in_ask")
    op.drop_table("sign_in_ask")
    op.drop_index(op.f("ix_door_pass_stop"), table_name="door_pass")
    op.drop_table("door_pass")
