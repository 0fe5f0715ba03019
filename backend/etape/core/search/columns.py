"""How a shape is laid out in tantivy: which column answers which part of a question.

The stems of all texts are one column, with positions for phrases, in which a text stands as often
as it weighs: a word is looked up once, and counts over the whole entry. Those of the first text
are a column of their own too. A text `t` is kept as `t__text`, and its stems as `t__stem`. A number
`n` has `n` itself for ranges, and `n__asc` and `n__desc`, which order entries by the number, then
by a digest of their key, those without it last: the same order in every process.
"""

import hashlib
from collections.abc import Mapping, Sequence

import tantivy
from tantivy import FieldType, Occur

from etape.core.search.shapes import Entry, Number, Position, Shape, Sort, Text, seconds
from etape.core.search.text import WORD, Form, compose, form_of

KEY, TIE, PAYLOAD = "__key", "__tie", "__payload"
STEMS, FIRST_STEMS = "__stems", "__first_stems"
WRITTEN, WORDS, FIRST_WORDS = "__written", "__words", "__first_words"
_BETWEEN = " | "  # no stem: a phrase never goes from one text into the next

Given = Mapping[str, Mapping[str, tantivy.Query]]
"""What a question tells of keywords itself: for each value of a field, the entries that have it."""

Clauses = list[tuple[Occur, tantivy.Query]]

_LARGEST = 2**63 - 1


def schema_of(shape: Shape) -> tantivy.Schema:
    """Return the columns of a shape."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(KEY, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field(TIE, fast=True)
    builder.add_bytes_field(PAYLOAD, stored=True)
    for words in (WRITTEN, WORDS, FIRST_WORDS):
        builder.add_text_field(words, tokenizer_name="whitespace", index_option="basic")
    for stems in (STEMS, FIRST_STEMS):
        builder.add_text_field(stems, tokenizer_name="whitespace")
    for text in shape.texts:
        builder.add_bytes_field(stem_column(text), stored=True)
        builder.add_bytes_field(original_column(text), stored=True)
    for name in shape.keywords:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in shape.numbers:
        builder.add_integer_field(name, fast=True)
        for order in ("asc", "desc"):
            builder.add_text_field(
                f"{name}__{order}", fast=True, tokenizer_name="raw", index_option="basic"
            )
    return builder.build()


def stem_column(text: Text) -> str:
    """Return the column of the stems of a text, in the order of its words (UTF-8)."""
    return f"{text.name}__stem"


def original_column(text: Text) -> str:
    """Return the column of a text as it was written (UTF-8)."""
    return f"{text.name}__text"


def document_of(entry: Entry, shape: Shape, schema: tantivy.Schema) -> tantivy.Document:
    """Return the columns of an entry. Each distinct word is looked up once: the hot path."""
    tie = tie_of(entry.key)
    columns: dict[str, object] = {KEY: entry.key, TIE: tie, PAYLOAD: entry.payload}
    forms: dict[str, Form] = {}
    stems: dict[Text, str] = {}
    for text in shape.texts:
        said = compose(entry.texts.get(text.name, ""))
        lines = [WORD.findall(line) for line in (said.split("\n") if text.lines else [said])]
        forms |= {word: form_of(word) for words in lines for word in words if word not in forms}
        stems[text] = " \n ".join([" ".join([forms[word].stem for word in ws]) for ws in lines])
        columns[stem_column(text)] = stems[text].encode()
        columns[original_column(text)] = said.encode()
        if FIRST_WORDS not in columns:  # those of the first text
            columns[FIRST_WORDS] = " ".join({form.folded for form in forms.values()})
    columns[STEMS] = _BETWEEN.join(
        [stems[text] for text in shape.texts for _ in range(text.weight)]
    )
    columns[FIRST_STEMS] = stems[shape.texts[0]]
    columns[WRITTEN] = " ".join({form.written for form in forms.values()})
    columns[WORDS] = " ".join({form.folded for form in forms.values()})
    for name in shape.keywords:
        columns[name] = [compose(value) for value in entry.keywords.get(name, ())]
    for name in shape.numbers:
        number = entry.numbers.get(name)
        value = None if number is None else seconds(number)
        if value is not None:
            columns[name] = value
        columns[f"{name}__asc"] = _order_key(value, tie)
        columns[f"{name}__desc"] = _order_key(None if value is None else -value, tie)
    return tantivy.Document.from_dict(columns, schema)


def tie_of(key: str) -> int:
    """Return the place of an entry among those that an order leaves equal."""
    digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
    return int.from_bytes(digest) >> 1


def _order_key(value: int | None, tie: int) -> str:
    rank = "~" if value is None else f"{value + _LARGEST:016x}"
    return f"{rank}{tie:016x}"


def order_column(sort: Sort | None) -> str:
    """Return the column whose ascending order is the sort's; without one, that of no meaning."""
    if sort is None:
        return TIE
    return f"{sort.number}__{'desc' if sort.is_descending else 'asc'}"


def position_of(
    searcher: tantivy.Searcher, place: tantivy.DocAddress, sort: Sort | None
) -> Position:
    """Return where an entry stands in an order."""
    (tie,) = searcher.fast_field_values(TIE, [place])
    if sort is None:
        return [None, tie]
    (value,) = searcher.fast_field_values(sort.number, [place])
    return [value, tie]


def after(schema: tantivy.Schema, position: Position, sort: Sort | None) -> tantivy.Query:
    """Return the query of what stands after a position of this order."""
    value, tie = position
    later = among_numbers(schema, TIE, (int(tie or 0) + 1, None))
    if sort is None:
        return later
    missing = tantivy.Query.boolean_query(
        [
            (Occur.Must, tantivy.Query.all_query()),
            (Occur.MustNot, tantivy.Query.exists_query(sort.number)),
        ]
    )
    if value is None:
        return tantivy.Query.boolean_query([(Occur.Must, missing), (Occur.Must, later)])
    value = int(value)
    beyond = (None, value - 1) if sort.is_descending else (value + 1, None)
    same = tantivy.Query.boolean_query(
        [
            (Occur.Must, among_numbers(schema, sort.number, (value, value))),
            (Occur.Must, later),
        ]
    )
    further = among_numbers(schema, sort.number, beyond)
    return tantivy.Query.boolean_query([(Occur.Should, each) for each in (further, same, missing)])


def among_numbers(
    schema: tantivy.Schema, name: str, ends: tuple[Number | None, Number | None]
) -> tantivy.Query:
    """Return the query of the entries whose number lies between both ends, themselves included."""
    low, high = (None if end is None else seconds(end) for end in ends)
    if low is None and high is None:
        return tantivy.Query.exists_query(name)
    return tantivy.Query.range_query(
        schema, name, FieldType.Integer, lower_bound=low, upper_bound=high
    )


def among_keywords(
    schema: tantivy.Schema, chosen: Mapping[str, Sequence[str]], given: Given
) -> dict[str, tantivy.Query]:
    """Return, for each keyword that something is chosen of, the query of any of it.

    Not a term_set_query, which walks all the terms of the column: 0.14 ms each time it is asked.
    """

    def is_one(name: str, value: str) -> tuple[Occur, tantivy.Query]:
        if name in given:
            return Occur.Should, given[name].get(value, tantivy.Query.empty_query())
        return Occur.Should, tantivy.Query.term_query(schema, name, compose(value), "basic")

    return {
        name: tantivy.Query.boolean_query([is_one(name, value) for value in values])
        for name, values in chosen.items()
        if values
    }


def among_keys(schema: tantivy.Schema, keys: Sequence[str]) -> tantivy.Query:
    """Return the query of these entries, however many they are."""
    return tantivy.Query.term_set_query(schema, KEY, list(keys))


def filtered(asked: tantivy.Query, conditions: Sequence[tantivy.Query]) -> tantivy.Query:
    """Return the query that also meets the conditions, which leave the score alone."""
    clauses: Clauses = [(Occur.Must, asked)]
    clauses += [
        (Occur.Must, tantivy.Query.const_score_query(condition, 0.0)) for condition in conditions
    ]
    return tantivy.Query.boolean_query(clauses)


def count(searcher: tantivy.Searcher, asked: tantivy.Query) -> int:
    """Return how many entries answer a query."""
    return total_of(searcher.search(asked, 1))


def counts(
    searcher: tantivy.Searcher, asked: tantivy.Query, values: Mapping[str, tantivy.Query]
) -> dict[str, int]:
    """Return how many of the entries that answer a query have each value, if any has it."""
    every = {name: count(searcher, filtered(asked, [has])) for name, has in values.items()}
    return {name: number for name, number in every.items() if number}


def total_of(found: tantivy.SearchResult) -> int:
    """Return how many entries were found, beyond those that are listed."""
    total: int = found.count  # type: ignore[attr-defined] # the stub of 0.27 leaves it out
    return total
