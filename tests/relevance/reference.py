"""The reference: PostgreSQL's French full text over the same texts, set up as its users would.

Accents are dropped, texts are weighted, every word is required as `websearch_to_tsquery` does, and
what has some of the words follows.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import psycopg
from tests.relevance.judged import DEPTH

from etape.core.search import Entry

_SETUP = """
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE TEXT SEARCH CONFIGURATION pg_temp.folded (COPY = french);
ALTER TEXT SEARCH CONFIGURATION pg_temp.folded
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
CREATE TEMPORARY TABLE said (slug text PRIMARY KEY, words tsvector);
"""
_SAY = """
INSERT INTO said VALUES (
    %(slug)s,
    setweight(to_tsvector('pg_temp.folded', %(name)s), 'A')
    || setweight(to_tsvector('pg_temp.folded', %(promise)s), 'B')
    || setweight(to_tsvector('pg_temp.folded', %(tags)s), 'C')
    || setweight(to_tsvector('pg_temp.folded', %(body)s), 'D')
)
"""
_FIND = """
WITH asked AS (
    SELECT
        query AS all_of,
        replace(query::text, '&', '|')::tsquery AS any_of
    FROM websearch_to_tsquery('pg_temp.folded', %(text)s) AS query
)
SELECT slug FROM said, asked
WHERE words @@ any_of
ORDER BY words @@ all_of DESC, ts_rank(words, any_of, 1) DESC, slug
LIMIT %(limit)s
"""


class FullText:
    """The texts of entries, in PostgreSQL."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def find(self, text: str) -> list[str]:
        """Return the keys of the entries found, best first."""
        rows = self._connection.execute(_FIND, {"text": text, "limit": DEPTH})
        return [slug for (slug,) in rows]


@contextmanager
def full_text(url: str, entries: Iterable[Entry]) -> Iterator[FullText]:
    """Give the reference of these entries; what it makes in the database ends with it."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_SETUP)
        texts = ("name", "promise", "tags", "body")
        for entry in entries:
            said = {text: entry.texts.get(text, "") for text in texts}
            connection.execute(_SAY, {"slug": entry.key, **said})
        yield FullText(connection)
