"""What to drop of a question that nothing answers: one filter, else one of its words."""

from collections.abc import Mapping
from typing import NamedTuple

import tantivy

from etape.core.search.columns import count, filtered
from etape.core.search.plan import Plan


class Relief(NamedTuple):
    """A filter to drop, or words to drop, what is left of the text, and how many would answer."""

    condition: str | None
    words: str | None
    text: str
    total: int


def relief_of(
    searcher: tantivy.Searcher,
    plan: Plan,
    scope: tantivy.Query,
    conditions: Mapping[str, tantivy.Query],
) -> list[Relief]:
    """Return each filter that, dropped alone, lets something answer; without any, each word.

    What gives the most comes first. `scope` is never dropped.
    """

    def found(asked: tantivy.Query, *, but: str | None = None) -> int:
        kept = [condition for name, condition in conditions.items() if name != but]
        return count(searcher, filtered(asked, [scope, *kept]))

    asked = tantivy.Query.all_query() if plan.is_empty else plan.strict()
    ways = [Relief(name, None, plan.text, found(asked, but=name)) for name in conditions]
    if not any(way.total for way in ways):
        ways = [
            Relief(None, words, rest, found(query)) for words, rest, query in plan.without_each()
        ]
    return sorted((way for way in ways if way.total), key=lambda way: -way.total)
