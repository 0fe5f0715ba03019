"""Expressions that mean the same: an acronym and what it stands for, two names of one thing."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from etape.core.search.text import STOP_WORDS, WORD, compose, form_of, stems_of


class Expression(NamedTuple):
    """One way to say it: as written, and the stems of all its words, which search as a phrase."""

    text: str
    stems: tuple[str, ...]


class Synonyms:
    """Groups of expressions that find each other, whatever their accents, plurals and articles.

    `Synonyms([("EDS", "entrepôt de données de santé")])` reads both ways.
    """

    def __init__(self, groups: Iterable[Sequence[str]] = ()) -> None:
        self._others: dict[tuple[str, ...], list[Expression]] = {}
        for group in groups:
            expressions = [Expression(text, stems_of(text)) for text in group]
            for one in expressions:
                others = self._others.setdefault(_content(one.text), [])
                others += [
                    each
                    for each in expressions
                    if each.stems and each.stems != one.stems and each not in others
                ]
        self._others.pop((), None)
        self._longest = max(map(len, self._others), default=0)

    def at_start_of(self, stems: Sequence[str]) -> tuple[int, Sequence[Expression]]:
        """Return how many of the first stems make a known expression, and its synonyms.

        The longest wins; (0, ()) when none begins here. `stems` holds no stop word.
        """
        for length in range(min(self._longest, len(stems)), 0, -1):
            if others := self._others.get(tuple(stems[:length])):
                return length, others
        return 0, ()


def _content(text: str) -> tuple[str, ...]:
    forms = [form_of(word) for word in WORD.findall(compose(text))]
    return tuple(form.stem for form in forms if form.folded not in STOP_WORDS) or tuple(
        form.stem for form in forms
    )
