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
        self._longest = 0
        for group in groups:
            self.add(group)

    def add(self, group: Sequence[str]) -> None:
        """Add expressions that mean the same; those already known cost nothing."""
        expressions = [Expression(text, stems_of(text)) for text in group]
        for one in expressions:
            if not (content := _content(one.text)):
                continue
            others = self._others.setdefault(content, [])
            known = {one.stems, (), *(each.stems for each in others)}
            others += [each for each in expressions if each.stems not in known]
            self._longest = max(self._longest, len(content))

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
