"""What a search answers: entries, why each was found, and what the question was taken to mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from etape.core.search.highlight import Marks, Segment, segments_of
from etape.core.search.reasons import Match, Reason
from etape.core.search.relief import Relief
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
    lines: Sequence[str]

    @property
    def texts(self) -> dict[str, str]:
        """Its stems, by what each of its lines is about; by nothing when it is one text."""
        return dict(zip(self.lines, self.stems.split("\n"), strict=True)) if self.lines else {}

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
    reasons: Sequence[Reason]

    @cached_property
    def matches(self) -> Sequence[Match | None]:
        """Where each reason is found in it, the texts taken in their order."""
        texts: dict[str, str] = {}
        for name, passage in self.passages.items():
            texts |= passage.texts or {name: passage.stems}
        texts = {name: f" {stems} " for name, stems in texts.items()}
        return [reason.match_in(texts) for reason in self.reasons]

    @property
    def missing(self) -> list[str]:
        """The words that it lacks."""
        found = zip(self.reasons, self.matches, strict=True)
        return [reason.typed for reason, match in found if reason.is_required and not match]

    @property
    def matched(self) -> list[str]:
        """The names of the texts that answer the question."""
        return [name for name, passage in self.passages.items() if passage.ranges]


@dataclass(frozen=True, kw_only=True)
class Found:
    """A page of results. `exact` counts those, of `total`, that have every word.

    `synonyms` and `corrections` say, for what was typed, what else was searched; `relief`, when
    nothing has every word, what to drop.
    """

    hits: Sequence[Hit]
    total: int
    exact: int
    facets: Mapping[str, Mapping[str, int]]
    next: Position | None
    synonyms: Mapping[str, Sequence[str]]
    corrections: Mapping[str, Sequence[str]]
    relief: Sequence[Relief]
