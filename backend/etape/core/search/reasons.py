"""Why an entry answers: which of the typed words were found in it, as what, and in which text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from etape.core.search.highlight import Marks

Stems = tuple[str, ...]
"""Stems side by side; one alone is a word."""


class Match(NamedTuple):
    """Typed words that were found in a text; `taken` says what for, when not as they are."""

    typed: str
    taken: str | None
    text: str


@dataclass
class Reason:
    """Typed words that count as one, and all that stands for them.

    `words` holds for each word the stems that stand for it, with what they mean when that is
    another word; `others` does so for the words together. One that is not `required` only helps.
    """

    typed: str
    words: Sequence[dict[Stems, str | None]]
    others: dict[Stems, str] = field(default_factory=dict)
    is_required: bool = True

    def match_in(self, texts: Mapping[str, str]) -> Match | None:
        """Return where it is found among texts of stems, the most telling text first."""
        for name, stems in texts.items():
            if all(_taken(word, stems) is not _ABSENT for word in self.words):
                return Match(self.typed, self._taken_in(stems), name)
            for other, said in self.others.items():
                if _has(stems, other):
                    return Match(self.typed, said, name)
        places = [self._place_of(word, texts) for word in self.words]
        return None if None in places else Match(self.typed, None, str(places[0]))

    def _taken_in(self, stems: str) -> str | None:
        said = [_taken(word, stems) for word in self.words]
        meant = [str(each) for each in said if each is not None]
        return " ".join(meant) or None

    @staticmethod
    def _place_of(word: Mapping[Stems, str | None], texts: Mapping[str, str]) -> str | None:
        found = (name for name, stems in texts.items() if _taken(word, stems) is not _ABSENT)
        return next(found, None)


_ABSENT = "\0"


def _taken(word: Mapping[Stems, str | None], stems: str) -> str | None:
    return next((said for way, said in word.items() if _has(stems, way)), _ABSENT)


def _has(stems: str, wanted: Stems) -> bool:
    return f" {' '.join(wanted)} " in stems


def marks_of(reasons: Sequence[Reason]) -> Marks:
    """Return what to highlight for these reasons."""
    ways = [way for reason in reasons for word in reason.words for way in word]
    ways += [way for reason in reasons for way in reason.others]
    return Marks(
        stems={way[0] for way in ways if len(way) == 1},
        phrases={way for way in ways if len(way) > 1},
    )
