"""Where a text answers the question, as segments: no HTML is ever built.

The original text is what is cut, so accents, capitals and synonyms show as they were written.
"""

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from etape.core.search.text import WORD

_WORD = re.compile(f"({WORD.pattern})")


class Segment(NamedTuple):
    """A piece of a text, and whether it is why the text was found."""

    text: str
    hit: bool


@dataclass
class Marks:
    """The stems to mark, and the phrases of stems to mark only when whole."""

    stems: set[str] = field(default_factory=set)
    phrases: set[tuple[str, ...]] = field(default_factory=set)

    def ranges_in(self, stems: Sequence[str]) -> list[tuple[int, int]]:
        """Return the ranges of words to mark, in order and apart from each other."""
        ranges: list[tuple[int, int]] = []
        for stem in self.stems.intersection(stems):
            place = -1
            for _ in range(stems.count(stem)):
                place = stems.index(stem, place + 1)
                ranges.append((place, place + 1))
        line = f" {' '.join(stems)} " if self.phrases else ""
        for phrase in self.phrases:
            wanted = f" {' '.join(phrase)} "
            place = line.find(wanted)
            while place >= 0:
                first = line.count(" ", 0, place)
                ranges.append((first, first + len(phrase)))
                place = line.find(wanted, place + 1)
        return _apart(sorted(ranges))


def _apart(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in ranges:
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def segments_of(text: str, ranges: Sequence[tuple[int, int]], width: int | None) -> list[Segment]:
    """Return the text in segments, cut to about `width` characters where it says the most."""
    # where each word begins and ends, in turn: a split is four times as fast as a match per word
    edges = list(accumulate(map(len, _WORD.split(text)))) if ranges else []
    spans = [(edges[2 * first], edges[2 * end - 1]) for first, end in ranges]
    first, last = _window(text, spans, width) if width else (0, len(text))
    segments: list[Segment] = []
    if first > 0:
        segments.append(Segment("… ", hit=False))
    place = first
    for start, end in spans:
        if start < first or end > last:
            continue
        if start > place:
            segments.append(Segment(text[place:start], hit=False))
        segments.append(Segment(text[start:end], hit=True))
        place = end
    rest = text[place:last] + (" …" if last < len(text) else "")
    return [*segments, Segment(rest, hit=False)] if rest else segments


def _window(text: str, spans: Sequence[tuple[int, int]], width: int) -> tuple[int, int]:
    """Return where to cut: whole words, around the start that has the most marks after it."""
    if len(text) <= width:
        return 0, len(text)
    lead = width // 4
    starts = [start for start, _ in spans]
    marks_from = [bisect(starts, start + width - lead) - i for i, start in enumerate(starts)]
    best = spans[marks_from.index(max(marks_from))] if spans else (0, 0)
    first = min(max(0, best[0] - lead), len(text) - width)
    first = text.find(" ", first, best[0]) + 1 or best[0] if first else 0
    last = max(first + width, best[1])
    if last >= len(text):
        return first, len(text)
    return first, max(text.rfind(" ", first, last + 1), best[1])
