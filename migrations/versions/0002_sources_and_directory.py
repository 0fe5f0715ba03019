"""Sources with their figures, and the directory."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PARIS = "Europe/Paris"
# INSEE, Code officiel géographique; zones of the IANA database.
REGIONS = (
    ("01", "guadeloupe", "Guadeloupe", "America/Guadeloupe"),
    ("02", "martinique", "Martinique", "America/Martinique"),
    ("03", "guyane", "Guyane", "America/Cayenne"),
    ("04", "la-reunion", "La Réunion", "Indian/Reunion"),
    ("06", "mayotte", "Mayotte", "Indian/Mayotte"),
    ("11", "ile-de-france", "Île-de-France", PARIS),
    ("24", "centre-val-de-loire", "Centre-Val de Loire", PARIS),
    ("27", "bourgogne-franche-comte", "Bourgogne-Franche-Comté", PARIS),
    ("28", "normandie", "Normandie", PARIS),
    ("32", "hauts-de-france", "Hauts-de-France", PARIS),
    ("44", "grand-est", "Grand Est", PARIS),
    ("52", "pays-de-la-loire", "Pays de la Loire", PARIS),
    ("53", "bretagne", "Bretagne", PARIS),
    ("75", "nouvelle-aquitaine", "Nouvelle-Aquitaine", PARIS),
    ("76", "occitanie", "Occitanie", PARIS),
    ("84", "auvergne-rhone-alpes", "Auvergne-Rhône-Alpes", PARIS),
    ("93", "provence-alpes-cote-d-azur", "Provence-Alpes-Côte d’Azur", PARIS),
    ("94", "corse", "Corse", PARIS),
)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "figure_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("sentence", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_note")),
        sa.UniqueConstraint(
            "noun", "subject_id", "key", name=op.f("uq_figure_note_noun_subject_id_key")
        ),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("fictitious", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("slug", name=op.f("uq_person_slug")),
    )
    region = op.create_table(
        "region",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("overseas", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_region")),
        sa.UniqueConstraint("slug", name=op.f("uq_region_slug")),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("published", postgresql.JSONB(), nullable=True),
        sa.Column("note", postgresql.JSONB(), nullable=True),
        sa.Column("fictitious", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("slug", name=op.f("uq_source_slug")),
    )
    op.create_table(
        "term",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("expansion", postgresql.JSONB(), nullable=True),
        sa.Column("meaning", postgresql.JSONB(), nullable=True),
        sa.Column("synonyms", sa.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("slug", name=op.f("uq_term_slug")),
    )
    op.create_table(
        "theme",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("label", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("slug", name=op.f("uq_theme_slug")),
    )
    op.create_table(
        "citation",
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_citation_source_id")),
        sa.PrimaryKeyConstraint("noun", "subject_id", "source_id", name=op.f("pk_citation")),
    )
    op.create_table(
        "figure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("qualifier", sa.String(), nullable=False),
        sa.Column("day", postgresql.JSONB(), nullable=True),
        sa.Column("scope", postgresql.JSONB(), nullable=True),
        sa.Column("stated", postgresql.JSONB(), nullable=True),
        sa.Column("headline", sa.Boolean(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(value IS NULL) <> (day IS NULL)", name=op.f("ck_figure_value_or_day")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_figure_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure")),
    )
    op.create_index("ix_figure_subject", "figure", ["noun", "subject_id", "key"], unique=False)
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("acronym", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("mission", postgresql.JSONB(), nullable=True),
        sa.Column("fictitious", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["region"], ["region.code"], name=op.f("fk_organisation_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisation_slug")),
    )
    op.bulk_insert(
        region,
        [
            {"code": code, "slug": slug, "name": name, "zone": zone, "overseas": zone != PARIS}
            for code, slug, name, zone in REGIONS
        ],
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("organisation")
    op.drop_table("figure")
    op.drop_table("citation")
    op.drop_table("theme")
    op.drop_table("term")
    op.drop_table("source")
    op.drop_table("region")
    op.drop_table("person")
    op.drop_table("figure_note")
