"""What the index knows of words: whether they occur, how they may end, what they may stand for."""

from math import log

from tantivy import Searcher

from etape.core.search.text import ASKING_WORDS, STOP_WORDS, Form, form_of, one_edit_from

COMPLETIONS = 8
CORRECTIONS = 5
SHORTEST_CORRECTED = 4
SHORTEST_SPLIT = 5
COMMON = 0.2
FEWEST_TO_COMPARE = 100


class Lexicon:
    """The words of some texts of the index, as one snapshot holds them."""

    def __init__(self, searcher: Searcher, stems: str, words: str) -> None:
        """`stems` is the column that is searched, `words` that of its words."""
        self.stems = stems
        self._searcher = searcher
        self._words = words

    def frequency(self, form: Form) -> int:
        """Return how many entries have the word, or an inflection of it."""
        return self._searcher.doc_freq(self.stems, form.stem)

    def is_common(self, frequency: int) -> bool:
        """Tell whether a word of so many entries is in too many of them to tell them apart."""
        entries = self._searcher.num_docs
        return entries >= FEWEST_TO_COMPARE and frequency > entries * COMMON

    def rarity(self, stem: str) -> float:
        """Return how much a stem says of the entries that have it.

        A common one says nothing, and one that a single entry has leads to no other.
        """
        frequency = self._searcher.doc_freq(self.stems, stem)
        if frequency <= 1 or self.is_common(frequency):
            return 0.0
        return log(1 + self._searcher.num_docs / frequency)

    def has(self, folded: str) -> bool:
        """Tell whether the very word occurs, whatever its accents."""
        return self._searcher.doc_freq(self._words, folded) > 0

    def completions(self, folded: str) -> list[str]:
        """Return the stems of the most frequent words that begin so."""
        ending = self._searcher.terms_with_prefix(self._words, folded, limit=2 * COMPLETIONS)
        stems = [form_of(word).stem for word, _ in ending if word not in STOP_WORDS]
        return list(dict.fromkeys(stems))[:COMPLETIONS]

    def corrections(self, folded: str, *, is_unfinished: bool) -> list[str]:
        """Return the most frequent words (folded) at one edit: 1 ms, 2 more when it is unfinished.

        Only an unfinished word that is near no whole word is taken for the start of one; its first
        letter is then trusted.
        """
        if len(folded) < SHORTEST_CORRECTED or not (folded.isascii() and folded.isalpha()):
            return []
        found = {
            word: count
            for word in one_edit_from(folded)
            if (count := self._searcher.doc_freq(self._words, word))
            and word not in STOP_WORDS | ASKING_WORDS
        }
        if is_unfinished and not found:
            for start in one_edit_from(folded, keeping=1):
                found.update(self._searcher.terms_with_prefix(self._words, start, limit=2))
        return sorted(found, key=lambda word: (-found[word], word))[:CORRECTIONS]

    def splits(self, folded: str) -> list[tuple[str, str]]:
        """Return the stems of the pairs of words that the word may be, written as one."""
        if len(folded) < SHORTEST_SPLIT:
            return []
        cuts = [(folded[:i], folded[i:]) for i in range(1, len(folded) - 2)]
        return [
            (form_of(left).stem, form_of(right).stem)
            for left, right in cuts
            if not {left, right} & STOP_WORDS and self.has(left) and self.has(right)
        ]
