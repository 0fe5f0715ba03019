"""Awards are found by their words, whatever the accents."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

# Folding comes before stemming, in what is kept as in what is asked: the same word, accents or not.
# Where the locale is C, only ASCII has a lower case, and no sign of another script parts words.
FOLDED = """
CREATE FUNCTION folded(written text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    trim(regexp_replace(
        translate(
            replace(replace(replace(replace(lower(written),
                'œ', 'oe'), 'æ', 'ae'), 'Œ', 'oe'), 'Æ', 'ae'),
            'àáâãäåçèéêëìíîïñòóôõöùúûüýÿÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝŸ',
            'aaaaaaceeeeiiiinooooouuuuyyaaaaaaceeeeiiiinooooouuuuyy'),
        '[^a-z0-9]+', ' ', 'g'))
"""
KEEP_KEYS = """
CREATE FUNCTION keep_award_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.recipient_key := coalesce(folded(NEW.recipient), '~');
    NEW.words :=
        setweight(to_tsvector('french', folded(
            concat_ws(' ', NEW.project ->> 'fr', NEW.project ->> 'en'))), 'A')
        || setweight(to_tsvector('french', coalesce(folded(NEW.recipient), '')), 'B')
        || setweight(to_tsvector('french', folded(coalesce(NEW.place, ''))), 'C')
        || setweight(to_tsvector('french', folded(
            concat_ws(' ', NEW.summary ->> 'fr', NEW.summary ->> 'en'))), 'D');
    RETURN NEW;
END;
$$
"""


def upgrade() -> None:
    """Have the database keep what awards are found and sorted by, whoever writes them."""
    op.add_column("award", sa.Column("words", postgresql.TSVECTOR(), nullable=True))
    op.add_column("award", sa.Column("recipient_key", sa.String(), nullable=True))
    op.execute(FOLDED)
    op.execute(KEEP_KEYS)
    op.execute(
        "CREATE TRIGGER keep_award_keys BEFORE INSERT OR UPDATE ON award "
        "FOR EACH ROW EXECUTE FUNCTION keep_award_keys()"
    )
    op.execute("UPDATE award SET version = version")
    # What an import has just written is found as quickly as the rest: no list of words to come.
    op.create_index(
        op.f("ix_award_words"),
        "award",
        ["words"],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": False},
    )


def downgrade() -> None:
    """Forget them."""
    op.execute("DROP TRIGGER keep_award_keys ON award")
    op.drop_index(op.f("ix_award_words"), "award")
    op.drop_column("award", "recipient_key")
    op.drop_column("award", "words")
    op.execute("DROP FUNCTION keep_award_keys()")
    op.execute("DROP FUNCTION folded(text)")
