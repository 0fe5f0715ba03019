"""Why an entry answers: which of the typed words were found in it, as what, and in which text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from etape.core.search.highlight import Marks

Ways = Mapping[str, str | None]
"""Stems side by side between spaces (see `way`), and what they mean when it is another word."""


def way(stems: Sequence[str]) -> str:
    """Return stems as they are looked for among those of a text, which has spaces around too."""
    return f" {' '.join(stems)} "


class Match(NamedTuple):
    """Typed words that were found in a text; `taken` says what for, when not as they are."""

    typed: str
    taken: str | None
    text: str


@dataclass
class Reason:
    """Typed words that count as one, and all that stands for them.

    `words` holds what stands for each of them, `others` for all together. One that is not required
    only helps.
    """

    typed: str
    words: Sequence[Ways]
    others: Ways
    is_required: bool = True

    def match_in(self, texts: Mapping[str, str]) -> Match | None:
        """Return where it is found among texts of stems, the most telling text first."""
        places: list[str | None] = [None] * len(self.words)
        for name, stems in texts.items():
            ways = [_way_in(stems, word) for word in self.words]
            if None not in ways:
                taken = [word[way] for word, way in zip(self.words, ways, strict=True) if way]
                return Match(self.typed, " ".join(filter(None, taken)) or None, name)
            if other := _way_in(stems, self.others):
                return Match(self.typed, self.others[other], name)
            places = [
                place or (name if way else None) for place, way in zip(places, ways, strict=True)
            ]
        return None if None in places else Match(self.typed, None, str(places[0]))


def _way_in(stems: str, ways: Ways) -> str | None:
    for each in ways:
        if each in stems:
            return each
    return None


def marks_of(reasons: Sequence[Reason]) -> Marks:
    """Return what to highlight for these reasons."""
    ways = [each for reason in reasons for word in (*reason.words, reason.others) for each in word]
    phrases = {tuple(each.split()) for each in ways}
    return Marks(
        stems={phrase[0] for phrase in phrases if len(phrase) == 1},
        phrases={phrase for phrase in phrases if len(phrase) > 1},
    )
