"""Registrations and seats, whose counters a trigger keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Once a statement, for all the seats that it changed: a hundred promotions are one update a pool.
COUNT_SEATS = """
CREATE FUNCTION count_seats_on_{act}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE seat_pool SET
        confirmed = confirmed + moved.into_confirmed,
        held = held + moved.into_held,
        waiting = waiting + moved.into_waiting
    FROM (
        SELECT pool_id,
            coalesce(sum(n) FILTER (WHERE status = 'confirmed'), 0) AS into_confirmed,
            coalesce(sum(n) FILTER (WHERE status = 'held'), 0) AS into_held,
            coalesce(sum(n) FILTER (WHERE status = 'waiting'), 0) AS into_waiting
        FROM ({seats}) AS seats GROUP BY pool_id
    ) AS moved
    WHERE seat_pool.id = moved.pool_id
    AND (moved.into_confirmed, moved.into_held, moved.into_waiting) <> (0, 0, 0);
    RETURN NULL;
END;
$$
"""
COME = "SELECT pool_id, status, 1 AS n FROM new_seats"
GONE = "SELECT pool_id, status, -1 AS n FROM old_seats"
TRIGGERS = {
    "insert": ("NEW TABLE AS new_seats", COME),
    "update": ("OLD TABLE AS old_seats NEW TABLE AS new_seats", f"{COME} UNION ALL {GONE}"),
    "delete": ("OLD TABLE AS old_seats", GONE),
}


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "registration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("stop_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("email_key", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("online_meanwhile", sa.Boolean(), nullable=False),
        sa.Column("promote_until_hours", sa.Integer(), nullable=False),
        sa.Column("link_salt", sa.LargeBinary(), nullable=False),
        sa.Column("link_digest", sa.LargeBinary(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name=op.f("fk_registration_stop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("link_digest", name=op.f("uq_registration_link_digest")),
    )
    op.create_index(
        "uq_registration_person",
        "registration",
        ["stop_id", "email_key"],
        unique=True,
        postgresql_where=sa.text("cancelled_at IS NULL"),
    )
    op.create_table(
        "seat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("pool_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("is_meanwhile", sa.Boolean(), nullable=False),
        sa.Column("queue", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("promote_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["pool_id"], ["seat_pool.id"], name=op.f("fk_seat_pool_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_seat_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
    )
    op.create_index(
        "ix_seat_waiting",
        "seat",
        ["pool_id", "queue"],
        unique=False,
        postgresql_where=sa.text("status = 'waiting'"),
    )
    op.create_index(
        "uq_seat_active",
        "seat",
        ["registration_id", "pool_id"],
        unique=True,
        postgresql_where=sa.text("status <> 'cancelled'"),
    )

    for act, (tables, seats) in TRIGGERS.items():
        op.execute(COUNT_SEATS.format(act=act, seats=seats))
        op.execute(
            f"CREATE TRIGGER count_seats_on_{act} AFTER {act.upper()} ON seat REFERENCING {tables} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION count_seats_on_{act}()"
        )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("seat")
    op.drop_table("registration")
    for act in TRIGGERS:
        op.execute(f"DROP FUNCTION count_seats_on_{act}()")
