"""How a typed text is understood, and the queries that answer it.

Queries are built from objects, never parsed, and from a bounded number of words: no text can fail.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import tantivy
from tantivy import Occur

from etape.core.search.columns import WRITTEN, stem_column
from etape.core.search.highlight import Marks
from etape.core.search.lexicon import Lexicon
from etape.core.search.shapes import Text
from etape.core.search.synonyms import Expression, Synonyms
from etape.core.search.text import STOP_WORDS, WORD, Form, compose, form_of, stems_of

MOST_CHARACTERS = 400
MOST_WORDS = 12
MOST_PHRASES = 4

EXACT = 1000.0
"""What a document with every word scores more than any other, when both are shown."""

# Of a word's forms the best counts, the others add a little.
_TIE = 0.1
_SYNONYM = _SPLIT = 0.8
_WRITTEN = 0.2  # a bonus to the very word that was typed
_NEAR = 0.5  # a completion or a correction of a word that does not occur
_NEAR_KNOWN = 0.1  # the same beside a word that does: never above it
_TOGETHER = 0.5  # a bonus to words found side by side

_QUOTED = re.compile(r'["“”«]([^"“”«»]+)["“”»]')


@dataclass
class _Word:
    """A word that was typed, at its place among all of them."""

    form: Form
    text: str
    place: int
    is_unfinished: bool
    lexicon: Lexicon

    @cached_property
    def is_known(self) -> bool:
        return self.lexicon.knows(self.form)

    @cached_property
    def completions(self) -> list[str]:
        return self.lexicon.completions(self.form.folded) if self.is_unfinished else []

    @cached_property
    def splits(self) -> list[tuple[str, str]]:
        return self.lexicon.splits(self.form.folded)

    @cached_property
    def is_misspelt(self) -> bool:
        return not (self.is_known or self.completions)

    @cached_property
    def corrections(self) -> list[str]:
        return self.lexicon.corrections(self.form.folded, is_unfinished=self.is_unfinished)

    @property
    def stem(self) -> str:
        """The stem that synonyms know it by."""
        if self.is_misspelt and self.corrections:
            return form_of(self.corrections[0]).stem
        return self.form.stem


@dataclass
class _Slot:
    """Words that count as one: a single one, an expression, or two that are written as one."""

    words: Sequence[_Word]
    synonyms: Sequence[Expression] = ()
    joined: str | None = None


class Plan:
    """The queries of one typed text against one snapshot, and what to highlight for them."""

    def __init__(
        self,
        text: str,
        *,
        is_complete: bool,
        schema: tantivy.Schema,
        texts: Sequence[Text],
        lexicon: Lexicon,
        synonyms: Synonyms,
    ) -> None:
        text = compose(text[:MOST_CHARACTERS])
        self._schema = schema
        self._texts = texts
        self._phrases = [
            stems[:MOST_WORDS] for quoted in _QUOTED.findall(text) if (stems := stems_of(quoted))
        ][:MOST_PHRASES]
        is_unfinished = not is_complete and text[-1:].isalnum()
        self._words = _content_of(_QUOTED.sub(" ", text), lexicon, is_unfinished=is_unfinished)
        self._slots = _slots_of(self._words, lexicon, synonyms)
        self.marks = Marks(phrases=set(self._phrases))
        self.corrections: dict[str, Sequence[str]] = {}

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to search for."""
        return not (self._slots or self._phrases)

    @property
    def synonyms(self) -> dict[str, Sequence[str]]:
        """What else was searched, for what was typed."""
        return {
            " ".join(word.text for word in slot.words): [each.text for each in slot.synonyms]
            for slot in self._slots
            if slot.synonyms
        }

    def strict(self) -> tantivy.Query:
        """Return the query that every word must match; one never seen, by a word one edit away."""
        clauses = [(Occur.Must, self._slot_query(slot, near=False)) for slot in self._slots]
        clauses += self._quoted()
        if len(self._words) > 1:
            first = self._words[0].place
            places = [(word.place - first, word.stem) for word in self._words]
            clauses.append((Occur.Should, self._phrase_query(places, _TOGETHER, slop=1)))
        return tantivy.Query.boolean_query(clauses)

    def relaxed(self, strict: tantivy.Query) -> tantivy.Query:
        """Return the query that two thirds of the words, or near ones, match; exact ones first."""
        most = tantivy.Query.boolean_query(
            [(Occur.Should, self._slot_query(slot, near=True)) for slot in self._slots],
            minimum_number_should_match=max(1, 2 * len(self._slots) // 3),
        )
        first = tantivy.Query.const_score_query(strict, EXACT)
        words = [(Occur.Must, most)] if self._slots else []
        return tantivy.Query.boolean_query([*words, *self._quoted(), (Occur.Should, first)])

    def _quoted(self) -> list[tuple[Occur, tantivy.Query]]:
        return [(Occur.Must, self._phrase_query(list(enumerate(p)), 1.0)) for p in self._phrases]

    def _slot_query(self, slot: _Slot, *, near: bool) -> tantivy.Query:
        words = [self._word_query(word, near=near) for word in slot.words]
        ways = [
            words[0]
            if len(words) == 1
            else tantivy.Query.boolean_query([(Occur.Must, word) for word in words])
        ]
        for stems in dict.fromkeys(expression.stems for expression in slot.synonyms):
            self.marks.phrases.add(stems)
            ways.append(self._phrase_query(list(enumerate(stems)), _SYNONYM))
        if slot.joined:
            self.marks.stems.add(slot.joined)
            ways.append(self._phrase_query([(0, slot.joined)], _SPLIT))
        return tantivy.Query.disjunction_max_query(ways, _TIE)

    def _word_query(self, word: _Word, *, near: bool) -> tantivy.Query:
        stems = list(word.completions)
        if (near or word.is_misspelt) and word.corrections:
            # another form of the same word is found, but corrects nothing
            near_stems = {each: form_of(each).stem for each in word.corrections}
            told = [each for each, stem in near_stems.items() if stem != word.form.stem]
            self.corrections |= {word.text: told} if told else {}
            stems += near_stems.values()
        others = set(stems) - {word.form.stem}
        weight = _NEAR_KNOWN if word.is_known else _NEAR
        self.marks.stems |= {word.form.stem, *others}
        self.marks.phrases |= set(word.splits)
        ways = [self._phrase_query([(0, word.form.stem)], 1.0)]
        ways += [self._phrase_query([(0, stem)], weight) for stem in sorted(others)]
        ways += [self._phrase_query(list(enumerate(pair)), _SPLIT) for pair in word.splits]
        any_form = tantivy.Query.disjunction_max_query(ways, _TIE)
        as_typed = self._term_query(WRITTEN, word.form.written, _WRITTEN)
        return tantivy.Query.boolean_query([(Occur.Must, any_form), (Occur.Should, as_typed)])

    def _phrase_query(
        self, places: list[tuple[int, str]], weight: float, *, slop: int = 0
    ) -> tantivy.Query:
        """Return the query of stems side by side in any of the texts; one alone is a term."""
        ways = []
        for text in self._texts:
            field, boost = stem_column(text), text.boost * weight
            if len(places) == 1:
                ways.append(self._term_query(field, places[0][1], boost))
            else:
                phrase = tantivy.Query.phrase_query(self._schema, field, list(places), slop)
                ways.append(tantivy.Query.boost_query(phrase, boost))
        return tantivy.Query.disjunction_max_query(ways, _TIE)

    def _term_query(self, field: str, stem: str, boost: float) -> tantivy.Query:
        term = tantivy.Query.term_query(self._schema, field, stem, "freq")
        return tantivy.Query.boost_query(term, boost)


def _content_of(text: str, lexicon: Lexicon, *, is_unfinished: bool) -> list[_Word]:
    """Return the words to require: stop words are left out, unless there is nothing else."""
    typed = WORD.findall(text)[:MOST_WORDS]
    words = [
        _Word(form_of(word), word, place, is_unfinished and place == len(typed) - 1, lexicon)
        for place, word in enumerate(typed)
    ]
    return [word for word in words if word.form.folded not in STOP_WORDS] or words


def _slots_of(words: list[_Word], lexicon: Lexicon, synonyms: Synonyms) -> list[_Slot]:
    stems = [word.stem for word in words]
    joined = {
        i: together.stem
        for i, (left, right) in enumerate(pairwise(words))
        if right.place == left.place + 1
        and lexicon.knows(together := form_of(left.form.folded + right.form.folded))
    }
    slots: list[_Slot] = []
    i = 0
    while i < len(words):
        length, others = synonyms.at_start_of(stems[i:])
        if not length:
            length = 2 if i in joined else 1
        slots.append(_Slot(words[i : i + length], others, None if others else joined.get(i)))
        i += length
    return slots
