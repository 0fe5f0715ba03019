"""Acronyms that a text spells out, as in "conseil en énergie partagé (CEP)": each is a synonym."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from etape.core.search.text import STOP_WORDS, WORD, compose, form_of

_ACRONYM = re.compile(r"\s\(([^\W\d_]{2,8})\)")
_REACH = 120
"""How many characters before the acronym are looked at."""


def spelt_out(text: str) -> Iterator[tuple[str, str]]:
    """Give each acronym in parentheses with the words before it whose initials it is."""
    if "(" not in text:
        return
    for found in _ACRONYM.finditer(text):
        start, acronym = found.start(), found[1]
        if not acronym[1:].islower():
            expansion = _expansion(acronym, text[max(0, start - _REACH) : start])
            if expansion:
                yield acronym, expansion


@lru_cache(maxsize=1 << 12)  # the kinds of calls are spelt out in each
def _expansion(acronym: str, before: str) -> str | None:
    """Return the end of a text whose initials are these letters."""
    before = compose(before)
    words = list(WORD.finditer(before))
    folded = [form_of(word[0]).folded for word in words]
    letters = form_of(compose(acronym)).folded
    for first, word in enumerate(words):
        if folded[first] not in STOP_WORDS and _are_initials(letters, folded[first:]):
            return before[word.start() :]
    return None


def _are_initials(letters: str, words: Sequence[str]) -> bool:
    """Tell whether the letters begin the words, in order; little words may be left out."""
    if not words:
        return not letters
    taken = words[0][0] == letters[:1] and _are_initials(letters[1:], words[1:])
    return taken or (words[0] in STOP_WORDS and _are_initials(letters, words[1:]))
