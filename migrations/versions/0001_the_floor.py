"""The floor: journal, followers, drafts, revisions, idempotency keys, jobs and kept mail."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from etape.core.job_schema import SCHEMA_SQL

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "follower",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_follower")),
    )
    op.create_table(
        "idempotency_key",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", postgresql.JSONB(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_idempotency_key")),
    )
    op.create_index(
        op.f("ix_idempotency_key_created_at"), "idempotency_key", ["created_at"], unique=False
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("personal", sa.Boolean(), nullable=False),
        sa.Column("changes", postgresql.JSONB(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=True),
        sa.Column("chain", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(position IS NULL) = (chain IS NULL)", name=op.f("ck_journal_settled_whole")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    op.create_index(op.f("ix_journal_subject_id"), "journal", ["subject_id"], unique=False)
    op.create_index(
        "ix_journal_unsettled",
        "journal",
        ["id"],
        unique=False,
        postgresql_where=sa.text("position IS NULL"),
    )
    op.create_index(
        "uq_journal_position",
        "journal",
        ["position"],
        unique=True,
        postgresql_where=sa.text("position IS NOT NULL"),
    )
    op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_journal_head_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_head")),
    )
    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outgoing_mail_message_id")),
    )
    op.create_index(op.f("ix_outgoing_mail_sent_at"), "outgoing_mail", ["sent_at"], unique=False)
    op.create_table(
        "revision",
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("noun", "subject_id", "version", name=op.f("pk_revision")),
    )

    for statement in SCHEMA_SQL:
        op.execute(statement)


def downgrade() -> None:
    """Drop them, and the queue."""
    op.execute(
        """
        DO $$ DECLARE thing record; BEGIN
            FOR thing IN SELECT format('DROP TABLE %I CASCADE', tablename) AS act FROM pg_tables
                WHERE schemaname = current_schema() AND tablename LIKE 'procrastinate%' LOOP
                EXECUTE thing.act;
            END LOOP;
            FOR thing IN SELECT format('DROP FUNCTION %s CASCADE', oid::regprocedure) AS act
                FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
                AND (proname LIKE 'procrastinate%' OR proname = 'job_gives_up_its_key') LOOP
                EXECUTE thing.act;
            END LOOP;
            FOR thing IN SELECT format('DROP TYPE %I CASCADE', typname) AS act FROM pg_type
                WHERE typnamespace = current_schema()::regnamespace AND typtype IN ('e', 'c')
                AND typname LIKE 'procrastinate%' LOOP
                EXECUTE thing.act;
            END LOOP;
        END $$
        """
    )
    op.drop_table("revision")
    op.drop_table("outgoing_mail")
    op.drop_table("journal_head")
    op.drop_table("journal")
    op.drop_table("idempotency_key")
    op.drop_table("follower")
