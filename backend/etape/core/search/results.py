"""What a search answers: entries, why each was found, and what the question was taken to mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from etape.core.search.highlight import Marks, Segment, segments_of
from etape.core.search.shapes import Position


@dataclass
class Passage:
    """A text of an entry, not empty. What of it answers the question is worked out when asked for.

    A long text takes 0.1 ms, so a page asks for what it shows and no more.
    """

    original: bytes
    stems: str
    marks: Marks
    width: int | None

    @cached_property
    def ranges(self) -> Sequence[tuple[int, int]]:
        """The words that answer the question: from which to before which, counted from 0."""
        return self.marks.ranges_in(self.stems.split())

    def segments(self) -> list[Segment]:
        """Return the text in segments; a long one is cut to the part that says the most."""
        return segments_of(self.original.decode(), self.ranges, self.width)


@dataclass
class Hit:
    """An entry found. `is_exact` is false for one that lacks a word, or has a near one only."""

    key: str
    payload: bytes
    is_exact: bool
    passages: Mapping[str, Passage]

    @property
    def matched(self) -> list[str]:
        """The names of the texts that answer the question."""
        return [name for name, passage in self.passages.items() if passage.ranges]


@dataclass(frozen=True, kw_only=True)
class Found:
    """A page of results. `exact` counts those, of `total`, that have every word.

    `synonyms` and `corrections` say, for what was typed, what else was searched.
    """

    hits: Sequence[Hit]
    total: int
    exact: int
    facets: Mapping[str, Mapping[str, int]]
    next: Position | None
    synonyms: Mapping[str, Sequence[str]]
    corrections: Mapping[str, Sequence[str]]
