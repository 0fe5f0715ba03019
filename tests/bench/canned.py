"""The same server, whose search answers canned bytes: what all but searching costs."""

import os

from etape.cli import app
from etape.core.search import Found
from etape.funding.finding import followers

SIZE = "BENCH_CANNED_BYTES"
BODY = b'"%s"' % (b"x" * (int(os.environ.get(SIZE, "1000")) - 2))
NOTHING = Found(
    hits=(), total=0, exact=0, facets={}, next=None, synonyms={}, corrections={}, relief=()
)


def find_nothing(*_: object, **_named: object) -> Found:
    return NOTHING


def canned_page(*_: object, **_named: object) -> bytes:
    return BODY


if __name__ == "__main__":
    followers.search_calls = find_nothing
    followers.page_of = canned_page
    app()
