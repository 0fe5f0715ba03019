"""A wave that an award or the ledger names stays."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLES = ("award", "ledger_entry")


def upgrade() -> None:
    """Have both refer to waves, from now on: looking at what is there would hold others up."""
    for table in TABLES:
        op.create_foreign_key(
            f"fk_{table}_wave",
            table,
            "wave",
            ["call_id", "wave"],
            ["call_id", "rank"],
            deferrable=True,
            initially="DEFERRED",
            postgresql_not_valid=True,
        )


def downgrade() -> None:
    """Let them name what is gone."""
    for table in TABLES:
        op.drop_constraint(f"fk_{table}_wave", table, type_="foreignkey")
