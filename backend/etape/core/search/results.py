"""What a search answers: entries, why each was found, and what the question was taken to mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etape.core.search.highlight import Segment, segments_of
from etape.core.search.shapes import Position


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A text of an entry, and which of its words answer the question."""

    original: bytes
    ranges: Sequence[tuple[int, int]]
    width: int | None

    def segments(self) -> list[Segment]:
        """Return the text in segments, or the part of it that says the most (0.1 ms a page)."""
        return segments_of(self.original.decode(), self.ranges, self.width)


@dataclass(frozen=True, kw_only=True)
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
