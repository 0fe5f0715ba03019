"""Programmes, envelopes, calls and their waves."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "programme",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", postgresql.JSONB(), nullable=False),
        sa.Column("acronym", sa.String(), nullable=True),
        sa.Column("summary", postgresql.JSONB(), nullable=True),
        sa.Column("launched", postgresql.JSONB(), nullable=True),
        sa.Column("aims", postgresql.JSONB(), nullable=False),
        sa.Column("fictitious", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("slug", name=op.f("uq_programme_slug")),
    )
    op.create_table(
        "envelope",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("parent_inferred", sa.Boolean(), nullable=False),
        sa.Column("name", postgresql.JSONB(), nullable=False),
        sa.Column("measures", postgresql.JSONB(), nullable=False),
        sa.Column("fictitious", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["envelope.id"], name=op.f("fk_envelope_parent_id")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_envelope_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_envelope")),
        sa.UniqueConstraint("slug", name=op.f("uq_envelope_slug")),
    )
    op.create_index(op.f("ix_envelope_programme_id"), "envelope", ["programme_id"], unique=False)
    op.create_table(
        "programme_parent",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["programme.id"], name=op.f("fk_programme_parent_parent_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_programme_parent_programme_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("programme_id", "parent_id", name=op.f("pk_programme_parent")),
    )
    op.create_table(
        "call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("recurrence", sa.String(), nullable=True),
        sa.Column("name", postgresql.JSONB(), nullable=False),
        sa.Column("promise", postgresql.JSONB(), nullable=True),
        sa.Column("description", postgresql.JSONB(), nullable=True),
        sa.Column("programme_id", sa.Uuid(), nullable=True),
        sa.Column("envelope_id", sa.Uuid(), nullable=True),
        sa.Column("operator_id", sa.Uuid(), nullable=True),
        sa.Column("successor_id", sa.Uuid(), nullable=True),
        sa.Column("themes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("regions", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("applicants", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("stages", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("aids", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("funds", postgresql.JSONB(), nullable=False),
        sa.Column("excludes", postgresql.JSONB(), nullable=False),
        sa.Column("costs", postgresql.JSONB(), nullable=False),
        sa.Column("conditions", postgresql.JSONB(), nullable=False),
        sa.Column("rates", postgresql.JSONB(), nullable=False),
        sa.Column("amount_min_cents", sa.BigInteger(), nullable=True),
        sa.Column("amount_max_cents", sa.BigInteger(), nullable=True),
        sa.Column("documents", postgresql.JSONB(), nullable=False),
        sa.Column("contact", postgresql.JSONB(), nullable=True),
        sa.Column("apply_url", sa.String(), nullable=True),
        sa.Column("halt", postgresql.JSONB(), nullable=True),
        sa.Column("fictitious", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "amount_min_cents <= amount_max_cents", name=op.f("ck_call_amounts_in_order")
        ),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelope.id"], name=op.f("fk_call_envelope_id")),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["organisation.id"], name=op.f("fk_call_operator_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_call_programme_id")
        ),
        sa.ForeignKeyConstraint(["successor_id"], ["call.id"], name=op.f("fk_call_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("slug", name=op.f("uq_call_slug")),
    )
    op.create_index(op.f("ix_call_envelope_id"), "call", ["envelope_id"], unique=False)
    op.create_index(op.f("ix_call_programme_id"), "call", ["programme_id"], unique=False)
    op.create_table(
        "funding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("envelope_id", sa.Uuid(), nullable=True),
        sa.Column("call_id", sa.Uuid(), nullable=True),
        sa.Column("share_cents", sa.BigInteger(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(envelope_id IS NULL) <> (call_id IS NULL)", name=op.f("ck_funding_one_subject")
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_funding_call_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["envelope_id"],
            ["envelope.id"],
            name=op.f("fk_funding_envelope_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_funding_programme_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_funding_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding")),
    )
    op.create_index(op.f("ix_funding_call_id"), "funding", ["call_id"], unique=False)
    op.create_index(op.f("ix_funding_envelope_id"), "funding", ["envelope_id"], unique=False)
    op.create_index(op.f("ix_funding_programme_id"), "funding", ["programme_id"], unique=False)
    op.create_table(
        "observation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("observed", postgresql.JSONB(), nullable=False),
        sa.Column("sentence", postgresql.JSONB(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_observation_call_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_observation_source_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
    )
    op.create_index(op.f("ix_observation_call_id"), "observation", ["call_id"], unique=False)
    op.create_table(
        "question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("question", postgresql.JSONB(), nullable=False),
        sa.Column("answer", postgresql.JSONB(), nullable=False),
        sa.Column("answered", postgresql.JSONB(), nullable=True),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_question_call_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    op.create_index(op.f("ix_question_call_id"), "question", ["call_id"], unique=False)
    op.create_table(
        "wave",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name", postgresql.JSONB(), nullable=True),
        sa.Column("opens", postgresql.JSONB(), nullable=True),
        sa.Column("closes", postgresql.JSONB(), nullable=True),
        sa.Column("grace_minutes", sa.Integer(), nullable=False),
        sa.Column("results", postgresql.JSONB(), nullable=True),
        sa.Column("rolling", sa.Boolean(), nullable=False),
        sa.Column("note", postgresql.JSONB(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_wave_call_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_wave_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wave")),
        sa.UniqueConstraint("call_id", "rank", name=op.f("uq_wave_call_id_rank")),
    )
    op.create_index(op.f("ix_wave_closes_at"), "wave", ["closes_at"], unique=False)
    op.create_index(op.f("ix_wave_opens_at"), "wave", ["opens_at"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_table("wave")
    op.drop_table("question")
    op.drop_table("observation")
    op.drop_table("funding")
    op.drop_table("call")
    op.drop_table("programme_parent")
    op.drop_table("envelope")
    op.drop_table("programme")
