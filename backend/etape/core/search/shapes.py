"""What goes into the search engine: fields, entries and questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import NamedTuple

Number = int | date | datetime
"""Instants and days are kept as seconds since 1970, a day beginning at midnight UTC."""

Position = Sequence[int | float | None]
"""Where a page ended: JSON values, for `etape.core.paging.write_cursor`."""


class Text(NamedTuple):
    """A text to search in: one of weight 4 counts as if its words were said four times.

    `width` cuts its highlights to about so many characters; `lines` says what each of its lines is
    about, when they are about different things.
    """

    name: str
    weight: int = 1
    width: int | None = None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Shape:
    """The fields of an index; names are letters, digits and single underscores.

    Several kinds of documents share one index by a keyword that says which. The first text is the
    one that suggestions are made of.
    """

    texts: tuple[Text, ...]
    keywords: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    """Texts that say what an entry is about: when too little is found, what is about the same as
    the first entries follows them."""
    common: str = ""
    """Words that any entry may be asked for with: beside others they are not required."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A document to index. `key` is unique in the index; `payload` comes back as it went in."""

    key: str
    texts: Mapping[str, str]
    keywords: Mapping[str, Sequence[str]] = field(default_factory=dict)
    numbers: Mapping[str, Number | None] = field(default_factory=dict)
    payload: bytes = b""


class Sort(NamedTuple):
    """An order by a number; documents without it come last either way."""

    number: str
    is_descending: bool = False


@dataclass(frozen=True, kw_only=True)
class Query:
    """What is asked.

    - `text`: what a person typed, anything. Its last word is taken as unfinished unless a space
      follows it or `is_complete` says that nobody is typing.
    - `scope` and `filters`: keywords, any of the values of a field, all of the fields. A facet
      ignores the filter on its own field, never the scope, which also decides what is "nothing
      found".
    - `given`: keywords that the question tells itself, in place of the index: for each value of a
      field, the keys of the entries that have it.
    - `ranges`: numbers, both ends included, None for an open end.
    - `enough`: below so many results that have every word, those that have most words follow.
    - `after`: the `next` of the page before, for the same question.
    """

    text: str = ""
    is_complete: bool = False
    scope: Mapping[str, Sequence[str]] = field(default_factory=dict)
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    given: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    ranges: Mapping[str, tuple[Number | None, Number | None]] = field(default_factory=dict)
    facets: Sequence[str] = ()
    sort: Sort | None = None
    limit: int = 20
    after: Position | None = None
    enough: int = 5
    only_first: bool = False
    """Whether the first text alone is searched in."""


def seconds(number: Number) -> int:
    """Return the number as it is kept. Raises ValueError on an instant without a zone."""
    if isinstance(number, int):
        return number
    if not isinstance(number, datetime):
        return int(datetime.combine(number, time(), UTC).timestamp())
    if number.tzinfo is None:
        raise ValueError(f"{number} has no time zone")
    return int(number.timestamp())
