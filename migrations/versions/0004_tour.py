"""Tours, stops, sessions and their seats."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "venue",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("commune", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("directions", postgresql.JSONB(), nullable=True),
        sa.Column("accessibility", postgresql.JSONB(), nullable=True),
        sa.Column("fictitious", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
        sa.UniqueConstraint("slug", name=op.f("uq_venue_slug")),
    )
    op.create_table(
        "tour",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", postgresql.JSONB(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=True),
        sa.Column("summary", postgresql.JSONB(), nullable=True),
        sa.Column("starts", postgresql.JSONB(), nullable=True),
        sa.Column("ends", postgresql.JSONB(), nullable=True),
        sa.Column("purposes", postgresql.JSONB(), nullable=False),
        sa.Column("fictitious", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_tour_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tour")),
        sa.UniqueConstraint("slug", name=op.f("uq_tour_slug")),
    )
    op.create_table(
        "stop",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("tour_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name", postgresql.JSONB(), nullable=False),
        sa.Column("title", postgresql.JSONB(), nullable=True),
        sa.Column("summary", postgresql.JSONB(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("region_inferred", sa.Boolean(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("status_reason", postgresql.JSONB(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("days", postgresql.JSONB(), nullable=False),
        sa.Column("themes", postgresql.JSONB(), nullable=False),
        sa.Column("follow_up", postgresql.JSONB(), nullable=False),
        sa.Column("registration_opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registration_closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contact", postgresql.JSONB(), nullable=True),
        sa.Column("fictitious", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["region"], ["region.code"], name=op.f("fk_stop_region")),
        sa.ForeignKeyConstraint(["tour_id"], ["tour.id"], name=op.f("fk_stop_tour_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stop")),
        sa.UniqueConstraint("slug", name=op.f("uq_stop_slug")),
    )
    op.create_index(op.f("ix_stop_first_day"), "stop", ["first_day"], unique=False)
    op.create_index(op.f("ix_stop_tour_id"), "stop", ["tour_id"], unique=False)
    op.create_table(
        "session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("stop_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", postgresql.JSONB(), nullable=False),
        sa.Column("description", postgresql.JSONB(), nullable=True),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("part", sa.String(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Uuid(), nullable=True),
        sa.Column("room", sa.String(), nullable=True),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("join_url", sa.String(), nullable=True),
        sa.Column("list_closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("needs_identity", sa.Boolean(), nullable=False),
        sa.Column("has_replay", sa.Boolean(), nullable=True),
        sa.Column("replay_url", sa.String(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_session_ends_after_start")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_session_source_id")),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name=op.f("fk_session_stop_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_session_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("stop_id", "slug", name=op.f("uq_session_stop_id_slug")),
    )
    op.create_index(op.f("ix_session_starts_at"), "session", ["starts_at"], unique=False)
    op.create_table(
        "stop_call",
        sa.Column("stop_id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_stop_call_call_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_stop_call_source_id")),
        sa.ForeignKeyConstraint(
            ["stop_id"], ["stop.id"], name=op.f("fk_stop_call_stop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("stop_id", "call_id", name=op.f("pk_stop_call")),
    )
    op.create_index(op.f("ix_stop_call_call_id"), "stop_call", ["call_id"], unique=False)
    op.create_table(
        "stop_host",
        sa.Column("stop_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_stop_host_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["stop_id"], ["stop.id"], name=op.f("fk_stop_host_stop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("stop_id", "rank", name=op.f("pk_stop_host")),
    )
    op.create_table(
        "stop_venue",
        sa.Column("stop_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["stop_id"], ["stop.id"], name=op.f("fk_stop_venue_stop_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_stop_venue_venue_id")),
        sa.PrimaryKeyConstraint("stop_id", "rank", name=op.f("pk_stop_venue")),
    )
    op.create_table(
        "appearance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", postgresql.JSONB(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("moderates", sa.Boolean(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_appearance_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_appearance_person_id")),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
            name=op.f("fk_appearance_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_appearance_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appearance")),
    )
    op.create_index(op.f("ix_appearance_session_id"), "appearance", ["session_id"], unique=False)
    op.create_table(
        "seat_pool",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("confirmed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("held", sa.Integer(), server_default="0", nullable=False),
        sa.Column("waiting", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "capacity IS NULL OR confirmed + held <= capacity",
            name=op.f("ck_seat_pool_not_oversold"),
        ),
        sa.CheckConstraint(
            "confirmed >= 0 AND held >= 0 AND waiting >= 0", name=op.f("ck_seat_pool_no_negative")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_seat_pool_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_pool")),
        sa.UniqueConstraint("session_id", "mode", name=op.f("uq_seat_pool_session_id_mode")),
    )
    op.create_table(
        "session_call",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_session_call_call_id")),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
            name=op.f("fk_session_call_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "call_id", name=op.f("pk_session_call")),
    )
    op.create_index(op.f("ix_session_call_call_id"), "session_call", ["call_id"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_table("session_call")
    op.drop_table("seat_pool")
    op.drop_table("appearance")
    op.drop_table("stop_venue")
    op.drop_table("stop_host")
    op.drop_table("stop_call")
    op.drop_table("session")
    op.drop_table("stop")
    op.drop_table("tour")
    op.drop_table("venue")
