"""The ledger, which is only added to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

# Whoever writes SQL by hand meets it too: what was published about money is never rewritten.
APPEND_ONLY = """
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is only added to: reverse the entry'
        USING ERRCODE = 'restrict_violation';
END $$
"""
TRIGGER = """
CREATE TRIGGER refuse_rewriting BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()
"""


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("envelope_id", sa.Uuid(), nullable=True),
        sa.Column("call_id", sa.Uuid(), nullable=True),
        sa.Column("wave", sa.Integer(), nullable=True),
        sa.Column("award_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("effective", postgresql.JSONB(), nullable=False),
        sa.Column("counts_from", sa.Date(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("note", postgresql.JSONB(), nullable=True),
        sa.Column("reverses", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(envelope_id, call_id, award_id) = 1",
            name=op.f("ck_ledger_entry_one_subject"),
        ),
        sa.CheckConstraint(
            "wave IS NULL OR call_id IS NOT NULL", name=op.f("ck_ledger_entry_wave_of_a_call")
        ),
        sa.CheckConstraint(
            "kind IN ('committed', 'paid')"
            " OR (kind IN ('allocated', 'awarded') AND award_id IS NULL)",
            name=op.f("ck_ledger_entry_kind_of_subject"),
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_ledger_entry_some_money")),
        sa.CheckConstraint("reverses <> id", name=op.f("ck_ledger_entry_reverses_another")),
        sa.ForeignKeyConstraint(
            ["envelope_id"], ["envelope.id"], name=op.f("fk_ledger_entry_envelope_id")
        ),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_ledger_entry_call_id")),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_ledger_entry_award_id")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_ledger_entry_source_id")
        ),
        sa.ForeignKeyConstraint(
            ["reverses"], ["ledger_entry.id"], name=op.f("fk_ledger_entry_reverses")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("reverses", name=op.f("uq_ledger_entry_reverses")),
    )
    for column in ("envelope_id", "call_id", "award_id"):
        op.create_index(op.f(f"ix_ledger_entry_{column}"), "ledger_entry", [column], unique=False)
    op.execute(APPEND_ONLY)
    op.execute(TRIGGER)


def downgrade() -> None:
    """Drop it."""
    op.drop_table("ledger_entry")
    op.execute("DROP FUNCTION refuse_rewriting()")
