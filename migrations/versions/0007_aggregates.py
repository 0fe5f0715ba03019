"""Every noun is an aggregate: a version, a draft, and what it names."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


AGGREGATES = """
INSERT INTO aggregate (noun, slug, subject_id, version, is_published, draft_version, changed_at,
                       changed_by)
SELECT DISTINCT ON (noun, subject_id) noun, content ->> 'slug', subject_id, version, TRUE, 0,
       published_at, published_by
FROM revision ORDER BY noun, subject_id, version DESC
"""


def upgrade() -> None:
    """Create the tables, and an aggregate for all that is published."""
    op.create_table(
        "aggregate",
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_published", sa.Boolean(), nullable=False),
        sa.Column(
            "draft", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("draft_version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("noun", "slug", name=op.f("pk_aggregate")),
        sa.UniqueConstraint("subject_id", name=op.f("uq_aggregate_subject_id")),
    )
    op.create_table(
        "reference",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("to_noun", sa.String(), nullable=False),
        sa.Column("to_slug", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("subject_id", "to_noun", "to_slug", name=op.f("pk_reference")),
    )
    op.create_index(op.f("ix_reference_to_slug"), "reference", ["to_slug"], unique=False)
    op.execute(AGGREGATES)


def downgrade() -> None:
    """Drop them, and what was withdrawn, which the older schema cannot say."""
    op.execute("DELETE FROM revision WHERE content = 'null'")
    op.drop_index(op.f("ix_reference_to_slug"), table_name="reference")
    op.drop_table("reference")
    op.drop_table("aggregate")
