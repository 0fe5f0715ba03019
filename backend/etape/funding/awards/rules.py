"""What a typed text asks of awards."""

from collections.abc import Iterable, Mapping, Sequence

from etape.core.search.text import WORD, one_edit_from
from etape.core.texts import fold

MOST_WORDS = 12
MOST_CORRECTIONS = 5
CORRECTED = range(4, 20)
"""How many letters a word has that is taken for a mistake."""


def words_of(typed: str) -> list[str]:
    """Return the words of a typed text, folded, each once; one that is not ended is a beginning."""
    words = list(dict.fromkeys(WORD.findall(fold(typed))))[:MOST_WORDS]
    if words and typed[-1].isalnum():
        words[-1] += ":*"
    return words


def neighbours_of(word: str) -> list[str]:
    """Return what a word that no award has may be a mistake for, at one edit."""
    bare = word.removesuffix(":*")
    is_corrected = len(bare) in CORRECTED and bare.isascii() and bare.isalpha()
    return sorted(one_edit_from(bare)) if is_corrected else []


def asked_of(words: Iterable[str], corrections: Mapping[str, Sequence[str]]) -> str:
    """Return the words as PostgreSQL is asked for them: all, each as it is or as corrected."""
    return " & ".join(f"({' | '.join(corrections.get(word, [word]))})" for word in words)
