"""The search engine of one process: a tantivy index in memory that a room declares and feeds.

What a call has written is what the next search finds; searches read a snapshot, side by side.
"""

from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import Any

import tantivy

from etape.core.search import alike, columns
from etape.core.search.acronyms import spelt_out
from etape.core.search.highlight import Marks
from etape.core.search.lexicon import Lexicon
from etape.core.search.plan import EXACT, Plan
from etape.core.search.reasons import Reason, marks_of
from etape.core.search.relief import relief_of
from etape.core.search.results import Found, Hit, Passage
from etape.core.search.shapes import Entry, Position, Query, Shape, Text
from etape.core.search.synonyms import Synonyms
from etape.core.search.text import WORD, stems_of

DEEPEST = 1000
"""How many results by relevance can be paged through; in the order of a number there is no end."""

_FACET_VALUES = 1000
_REMEMBERED = 5
_WRITER_BYTES = 60_000_000
_WRITER_THREADS = 1  # what a start builds is then one segment: each more is asked everything again

_Page = tuple[list[tuple[float, tantivy.DocAddress]], int, Position | None]


class Engine:
    """An index of entries of one shape.

    `search` and `suggest` take a few milliseconds at 10,000 entries and release the interpreter
    while tantivy works: call them inline, or through `asyncio.to_thread` on a larger index.
    `upsert` and `delete` take as long for a few entries; `rebuild` takes seconds and wants a
    thread. All may be called from any thread. `synonyms` may be replaced at any time.
    """

    def __init__(self, shape: Shape, synonyms: Synonyms | None = None) -> None:
        self.shape = shape
        self.synonyms = synonyms or Synonyms()
        self._acronyms = Synonyms()
        self._common = frozenset(stems_of(shape.common))
        self._schema = columns.schema_of(shape)
        self._writing = Lock()
        self._index, self._writer = self._open()

    def __len__(self) -> int:
        return self._index.searcher().num_docs

    def rebuild(self, entries: Iterable[Entry]) -> None:
        """Replace everything, each key once; searches see the old index until the new one is whole.

        Nothing is looked for to be replaced: that takes 5 kB an entry, kept for ever.
        """
        with self._writing:
            index, writer = self._open()
            for entry in entries:
                self._add(writer, entry)
            _publish(index, writer)
            self._index, self._writer = index, writer

    def upsert(self, entries: Iterable[Entry]) -> None:
        """Add entries, in place of those of the same key: all of them, or none when one fails."""
        with self._writing:
            try:
                for entry in entries:
                    self._writer.delete_documents_by_term(columns.KEY, entry.key)
                    self._add(self._writer, entry)
            except BaseException:
                self._writer.rollback()
                raise
            _publish(self._index, self._writer)

    def delete(self, keys: Iterable[str]) -> None:
        """Remove entries; a key that is not there is no error."""
        with self._writing:
            for key in keys:
                self._writer.delete_documents_by_term(columns.KEY, key)
            _publish(self._index, self._writer)

    def suggest(
        self, text: str, *, limit: int = 8, scope: Mapping[str, Sequence[str]] | None = None
    ) -> Sequence[Hit]:
        """Return the entries whose first text has the words typed so far; none for no word."""
        if not WORD.search(text):
            return ()
        return self.search(Query(text=text, only_first=True, limit=limit, scope=scope or {})).hits

    def search(self, query: Query) -> Found:
        """Answer a question. Raises ValueError for a field that the shape does not declare."""
        searcher = self._index.searcher()
        plan = self._plan(query, searcher)
        scope = columns.filtered(
            tantivy.Query.all_query(),
            [*columns.among_keywords(self._schema, query.scope, {}).values()],
        )
        given = {
            name: {value: columns.among_keys(self._schema, keys) for value, keys in values.items()}
            for name, values in query.given.items()
        }
        filters = columns.among_keywords(self._schema, query.filters, given)
        ranges = {
            name: columns.among_numbers(self._schema, name, ends)
            for name, ends in query.ranges.items()
        }
        fixed = [scope, *ranges.values()]
        conditions = [*fixed, *filters.values()]

        is_ranked = query.sort is None and not plan.is_empty
        page = self._ranked_page if is_ranked else self._sorted_page
        asked = tantivy.Query.all_query() if plan.is_empty else plan.strict()
        places, total, following = page(searcher, query, columns.filtered(asked, conditions))
        exact = total
        relief = [] if exact else relief_of(searcher, plan, scope, ranges | filters)
        enough = 0 if plan.is_empty else query.enough if is_ranked else 1
        is_relaxed = total < enough > columns.count(searcher, columns.filtered(asked, [scope]))
        if is_relaxed:
            asked = plan.relaxed(asked)
            if is_ranked and not (query.only_first or plan.is_quoting):
                asked = self._widened(searcher, plan, asked, scope)
            places, total, following = page(searcher, query, columns.filtered(asked, conditions))
        reasons = plan.reasons
        marks = marks_of(reasons)
        return Found(
            hits=[
                _hit(
                    searcher.doc(place),
                    is_exact=not is_relaxed or score >= EXACT,
                    texts=self.shape.texts[:1] if query.only_first else self.shape.texts,
                    reasons=reasons,
                    marks=marks,
                )
                for score, place in places
            ],
            total=total,
            exact=exact,
            facets=_facets(searcher, query, columns.filtered(asked, fixed), filters, given),
            next=following,
            synonyms=plan.synonyms,
            corrections=plan.corrections,
            relief=relief,
        )

    def _open(self) -> tuple[tantivy.Index, tantivy.IndexWriter]:
        index = tantivy.Index(self._schema)
        index.config_reader("manual")
        return index, index.writer(_WRITER_BYTES, _WRITER_THREADS)

    def _add(self, writer: tantivy.IndexWriter, entry: Entry) -> None:
        writer.add_document(columns.document_of(entry, self.shape, self._schema))
        for text in entry.texts.values():
            for pair in spelt_out(text):
                self._acronyms.add(pair)

    def _plan(self, query: Query, searcher: tantivy.Searcher) -> Plan:
        first, every = (
            (columns.FIRST_STEMS, columns.FIRST_WORDS),
            (columns.STEMS, columns.WORDS),
        )
        return Plan(
            query.text,
            is_complete=query.is_complete,
            schema=self._schema,
            lexicon=Lexicon(searcher, *(first if query.only_first else every)),
            synonyms=(self.synonyms, self._acronyms),
            common=self._common,
        )

    def _widened(
        self,
        searcher: tantivy.Searcher,
        plan: Plan,
        relaxed: tantivy.Query,
        scope: tantivy.Query,
    ) -> tantivy.Query:
        """Return the query of what it finds, and of what is about the same as its first entries.

        The first of the scope: neither a filter nor a page changes what is asked.
        """
        texts = [text for text in self.shape.texts if text.name in self.shape.about]
        if not texts:
            return relaxed
        first = Query(limit=alike.FIRST)
        places, _, _ = self._ranked_page(searcher, first, columns.filtered(relaxed, [scope]))
        stored = [searcher.doc(place).to_dict() for _, place in places]
        said = [
            [(each[columns.stem_column(text)][0].decode(), text.weight) for text in texts]
            for each in stored
        ]
        return plan.widened(relaxed, alike.words_about(said, plan.lexicon, but=plan.looked_for))

    def _sorted_page(self, searcher: tantivy.Searcher, query: Query, asked: tantivy.Query) -> _Page:
        """Return a page in the order of a number: what follows a position is a query of its own."""
        rest = asked
        if query.after is not None:
            rest = columns.filtered(asked, [columns.after(self._schema, query.after, query.sort)])
        found = searcher.search(
            rest,
            query.limit + 1,
            order_by_field=columns.order_column(query.sort),
            order=tantivy.Order.Asc,
        )
        total = columns.total_of(found) if query.after is None else columns.count(searcher, asked)
        places = [place for _, place in found.hits]
        page = places[: query.limit]
        is_last = len(places) == len(page)
        following = None if is_last else columns.position_of(searcher, page[-1], query.sort)
        return [(0.0, place) for place in page], total, following

    def _ranked_page(self, searcher: tantivy.Searcher, query: Query, asked: tantivy.Query) -> _Page:
        """Return a page by relevance, equals in the order of their ties, out of a longer list.

        The first page is cut out of a short one, unless too many of it are equal. Scores move with
        every write and differ between processes, so a position holds the ties of the last entries
        of its page too: the page goes on after the last of them that is still there.
        """
        few = min(4 * query.limit, DEEPEST)
        for length in (few, DEEPEST) if query.after is None else (DEEPEST,):
            found = searcher.search(asked, length)
            places = [place for _, place in found.hits]
            ties = searcher.fast_field_values(columns.TIE, places)
            ranking = sorted(
                (-score, int(tie or 0), place)
                for (score, place), tie in zip(found.hits, ties, strict=True)
            )
            start = _start_of(ranking, query.after)
            page = ranking[start : start + query.limit + 1]
            is_whole = len(places) < length
            is_settled = len(page) > query.limit and page[-1][0] < ranking[-1][0]
            if is_whole or is_settled:
                break
        more = page[query.limit :]
        page = page[: query.limit]
        last = [tie for _, tie, _ in page[: -_REMEMBERED - 1 : -1]]
        following = [-page[-1][0], *last] if more else None
        return [(-score, place) for score, _, place in page], columns.total_of(found), following


def _start_of(
    ranking: Sequence[tuple[float, int, tantivy.DocAddress]], after: Position | None
) -> int:
    if after is None:
        return 0
    score, *last = after
    after_each: dict[float | None, int] = {
        tie: rank for rank, (_, tie, _) in enumerate(ranking, start=1)
    }
    for tie in last:
        if tie in after_each:
            return after_each[tie]
    return sum(-lost >= (score or 0) for lost, _, _ in ranking)


def _publish(index: tantivy.Index, writer: tantivy.IndexWriter) -> None:
    writer.commit()
    index.reload()


def _facets(
    searcher: tantivy.Searcher,
    query: Query,
    asked: tantivy.Query,
    filters: Mapping[str, tantivy.Query],
    given: columns.Given,
) -> dict[str, dict[str, int]]:
    """Count the values of each facet under every filter but its own.

    Facets without a filter of their own share one pass; of one that is given, each value takes its
    own. A chosen value is there even at zero.
    """
    passes: dict[str | None, list[str]] = {}
    for name in query.facets:
        passes.setdefault(name if name in filters else None, []).append(name)
    counts: dict[str, dict[str, int]] = {}
    for own, names in passes.items():
        others = [condition for name, condition in filters.items() if name != own]
        kept = columns.filtered(asked, others)
        terms = {name: {"terms": {"field": name, "size": _FACET_VALUES}} for name in names}
        indexed = {name: each for name, each in terms.items() if name not in given}
        for name, answer in searcher.aggregate(kept, indexed).items():
            counts[name] = {each["key"]: each["doc_count"] for each in answer["buckets"]}
        for name in given.keys() & names:
            counts[name] = columns.counts(searcher, kept, given[name])
    return {
        name: dict(
            sorted(
                (dict.fromkeys(query.filters.get(name, ()), 0) | counts[name]).items(),
                key=lambda each: (-each[1], each[0]),
            )
        )
        for name in query.facets
    }


def _hit(
    document: tantivy.Document,
    *,
    is_exact: bool,
    texts: Sequence[Text],
    reasons: Sequence[Reason],
    marks: Marks,
) -> Hit:
    stored: dict[str, Any] = document.to_dict()
    passages = {
        text.name: Passage(
            original, stored[columns.stem_column(text)][0].decode(), marks, text.width, text.lines
        )
        for text in texts
        for original in stored[columns.original_column(text)]
        if original
    }
    return Hit(stored[columns.KEY][0], stored[columns.PAYLOAD][0], is_exact, passages, reasons)
