"""How a typed text is understood, and the queries that answer it.

Queries are built from objects, never parsed, and from a bounded number of words: no text can fail.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import tantivy
from tantivy import Occur

from etape.core.search.columns import FIRST_STEMS, WRITTEN, Clauses
from etape.core.search.lexicon import Lexicon
from etape.core.search.reasons import Reason, way
from etape.core.search.synonyms import Expression, Synonyms
from etape.core.search.text import (
    ASKING_WORDS,
    STOP_WORDS,
    WORD,
    Form,
    compose,
    form_of,
    stems_of,
)

MOST_CHARACTERS = 400
MOST_WORDS = 24
MOST_PHRASES = 4
FEW_WORDS = 2
"""Of so many words at most, a question means each; one of more is told rather than asked."""

EXACT = 1000.0
"""What a document with every word scores more than any other, when both are shown."""

# Of a word's forms the best counts, the others add a little.
_TIE = 0.1
_SYNONYM = _SPLIT = 0.8
_FIRST = 0.5  # a bonus to a word of the first text, however long the others are
_WRITTEN = 0.2  # a bonus to the very word that was typed
_NEAR = 0.5  # a completion or a correction of a word that does not occur
_NEAR_KNOWN = 0.1  # the same beside a word that does: never above it
_TOGETHER = 0.5  # a bonus to words found side by side
_ALIKE = 0.2  # a word that the first entries found have
_ALIKE_WORDS = 2  # so many of these at least tell that another is about the same

_QUOTED = re.compile(r'["“”«]([^"“”«»]+)["“”»]')


@dataclass
class _Word:
    """A word that was typed, at its place among all of them."""

    form: Form
    text: str
    place: int
    is_unfinished: bool
    lexicon: Lexicon
    ways: dict[str, str | None] = field(default_factory=dict)

    @cached_property
    def frequency(self) -> int:
        return self.lexicon.frequency(self.form)

    @property
    def is_known(self) -> bool:
        return self.frequency > 0

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
    def may_occur(self) -> bool:
        return bool(not self.is_misspelt or self.corrections or self.splits)

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

    @property
    def typed(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def may_occur(self) -> bool:
        return bool(self.synonyms or self.joined or all(word.may_occur for word in self.words))

    def is_common(self, stems: Collection[str]) -> bool:
        """Tell whether it says little: nearly any entry has it, or may be asked for with it."""
        return all(
            word.form.stem in stems or word.lexicon.is_common(word.frequency) for word in self.words
        )


class Plan:
    """The queries of one typed text against one snapshot, and why an entry answers them."""

    def __init__(
        self,
        text: str,
        *,
        is_complete: bool,
        schema: tantivy.Schema,
        lexicon: Lexicon,
        synonyms: Sequence[Synonyms],
        common: Collection[str],
    ) -> None:
        self.text = text = compose(text[:MOST_CHARACTERS])
        self.lexicon = lexicon
        self._schema = schema
        self._stems = lexicon.stems
        quoted = [(said, stems_of(said)[:MOST_WORDS]) for said in _QUOTED.findall(text)]
        self._quoted = [(said, stems) for said, stems in quoted if stems][:MOST_PHRASES]
        is_unfinished = not is_complete and text[-1:].isalnum()
        self._words = _content_of(_QUOTED.sub(" ", text), lexicon, is_unfinished=is_unfinished)
        self._slots = _slots_of(self._words, lexicon, synonyms)
        self._telling = [slot for slot in self._slots if not slot.is_common(common)] or self._slots
        self._common = [slot for slot in self._slots if slot not in self._telling]
        self.corrections: dict[str, Sequence[str]] = {}

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to search for."""
        return not (self._slots or self._quoted)

    @property
    def is_quoting(self) -> bool:
        """Whether it asks for words side by side, and so for nothing without them."""
        return bool(self._quoted)

    @property
    def looked_for(self) -> set[str]:
        """The stems of the queries asked for so far."""
        return {stem for word in self._words for each in word.ways for stem in each.split()}

    @property
    def synonyms(self) -> dict[str, Sequence[str]]:
        """What else was searched, for what was typed."""
        return {
            slot.typed: [each.text for each in slot.synonyms]
            for slot in self._slots
            if slot.synonyms
        }

    @property
    def reasons(self) -> list[Reason]:
        """Return why an entry may answer the queries asked for so far."""
        quoted = [Reason(said, [{way(stems): None}], {}) for said, stems in self._quoted]
        return quoted + [
            Reason(
                slot.typed,
                words=[word.ways for word in slot.words],
                others={way(each.stems): each.text for each in slot.synonyms}
                | ({way([slot.joined]): slot.typed} if slot.joined else {}),
                is_required=slot in self._telling,
            )
            for slot in self._slots
        ]

    def without_each(self) -> Iterator[tuple[str, str, tantivy.Query]]:
        """Give for each word what was typed of it, the text without it, and the query of the rest.

        Nothing is given of a single word, nor of a text that quotes.
        """
        if len(self._telling) == 1 or self._quoted:
            return
        for dropped in self._telling:
            spans = list(WORD.finditer(self.text))
            places = {word.place for word in dropped.words}
            kept = [span[0] for place, span in enumerate(spans) if place not in places]
            yield dropped.typed, " ".join(kept), self.strict(but=dropped)

    def strict(self, *, but: _Slot | None = None) -> tantivy.Query:
        """Return the query that every word must match, but for those that say little.

        A word never seen is matched by one that is one edit away.
        """
        telling = [slot for slot in self._telling if slot is not but]
        clauses: Clauses = [(Occur.Must, self._slot_query(slot)) for slot in telling]
        clauses += self._beside()
        if len(self._words) > 1:
            first = self._words[0].place
            places = [(word.place - first, word.stem) for word in self._words]
            clauses.append((Occur.Should, self._phrase_query(places, _TOGETHER, slop=1)))
        return tantivy.Query.boolean_query(clauses)

    def relaxed(self, strict: tantivy.Query) -> tantivy.Query:
        """Return the query that two thirds of the words, or near ones, match; of many, a third.

        A word that nothing stands for is not counted.
        """
        telling = [slot for slot in self._telling if slot.may_occur] or self._common
        is_short = len(telling) <= FEW_WORDS
        ways = [(Occur.Should, self._slot_query(slot, near=is_short)) for slot in telling]
        some = max(1, (2 if is_short else 1) * len(telling) // 3)
        clauses = self._beside()
        clauses.append((Occur.Should, tantivy.Query.const_score_query(strict, EXACT)))
        if ways:
            least = tantivy.Query.boolean_query(ways, minimum_number_should_match=some)
            clauses.append((Occur.Must, least))
        return tantivy.Query.boolean_query(clauses)

    def widened(self, relaxed: tantivy.Query, words: Mapping[str, float]) -> tantivy.Query:
        """Return the query of what is found so, and of what has some of these stems, of weight ≤ 1.

        What is found so and has them too comes before the rest of it.
        """
        ways: Clauses = [
            (Occur.Should, self._phrase_query([(0, stem)], _ALIKE * weight))
            for stem, weight in words.items()
        ]
        if len(ways) < _ALIKE_WORDS:
            return relaxed
        alike = tantivy.Query.boolean_query(ways, minimum_number_should_match=_ALIKE_WORDS)
        return tantivy.Query.boolean_query([(Occur.Should, relaxed), (Occur.Should, alike)])

    def _beside(self) -> Clauses:
        """Return the clauses of what is quoted, and of the words that say little."""
        quoted = [self._phrase_query(list(enumerate(stems)), 1.0) for _, stems in self._quoted]
        common = [self._slot_query(slot) for slot in self._common]
        return [
            *((Occur.Must, phrase) for phrase in quoted),
            *((Occur.Should, slot) for slot in common),
        ]

    def _slot_query(self, slot: _Slot, *, near: bool = False) -> tantivy.Query:
        words = [self._word_query(word, near=near) for word in slot.words]
        ways = [
            words[0]
            if len(words) == 1
            else tantivy.Query.boolean_query([(Occur.Must, word) for word in words])
        ]
        ways += [
            self._phrase_query(list(enumerate(stems)), _SYNONYM)
            for stems in dict.fromkeys(expression.stems for expression in slot.synonyms)
        ]
        if slot.joined:
            ways.append(self._phrase_query([(0, slot.joined)], _SPLIT))
        return tantivy.Query.disjunction_max_query(ways, _TIE)

    def _word_query(self, word: _Word, *, near: bool) -> tantivy.Query:
        own = word.form.stem
        others: dict[str, str | None] = dict.fromkeys(word.completions)
        if (near or word.is_misspelt) and word.corrections:
            # another form of the word is found, but corrects nothing; nor is a known word wrong
            near_stems = {each: form_of(each).stem for each in word.corrections}
            told = [each for each, stem in near_stems.items() if stem != own]
            self.corrections |= {word.text: told} if told and word.is_misspelt else {}
            others |= {stem: each for each, stem in near_stems.items() if stem not in others}
        others.pop(own, None)
        weight = _NEAR_KNOWN if word.is_known else _NEAR
        means = {way([own]): None} | dict.fromkeys(map(way, word.splits))
        word.ways = means | {way([stem]): taken for stem, taken in others.items()} | word.ways
        ways = [self._phrase_query([(0, own)], 1.0)]
        ways += [self._phrase_query([(0, stem)], weight) for stem in sorted(others)]
        ways += [self._phrase_query(list(enumerate(pair)), _SPLIT) for pair in word.splits]
        any_form = tantivy.Query.disjunction_max_query(ways, _TIE)
        as_typed = self._term_query(WRITTEN, word.form.written, _WRITTEN)
        return tantivy.Query.boolean_query([(Occur.Must, any_form), (Occur.Should, as_typed)])

    def _phrase_query(
        self, places: list[tuple[int, str]], weight: float, *, slop: int = 0
    ) -> tantivy.Query:
        """Return the query of stems side by side; one alone is a term."""
        if len(places) == 1:
            stem = places[0][1]
            anywhere = self._term_query(self._stems, stem, weight)
            if self._stems == FIRST_STEMS:
                return anywhere
            in_first = self._term_query(FIRST_STEMS, stem, weight * _FIRST)
            return tantivy.Query.boolean_query([(Occur.Must, anywhere), (Occur.Should, in_first)])
        phrase = tantivy.Query.phrase_query(self._schema, self._stems, list(places), slop)
        return tantivy.Query.boost_query(phrase, weight)

    def _term_query(self, field: str, stem: str, weight: float) -> tantivy.Query:
        term = tantivy.Query.term_query(self._schema, field, stem, "freq")
        return tantivy.Query.boost_query(term, weight)


def _content_of(text: str, lexicon: Lexicon, *, is_unfinished: bool) -> list[_Word]:
    """Return the words that say what is asked for; the others only where there is nothing else."""
    typed = WORD.findall(text)[:MOST_WORDS]
    words = [
        _Word(form_of(word), word, place, is_unfinished and place == len(typed) - 1, lexicon)
        for place, word in enumerate(typed)
    ]
    said = [word for word in words if word.form.folded not in STOP_WORDS]
    return [word for word in said if word.form.folded not in ASKING_WORDS] or said or words


def _slots_of(words: list[_Word], lexicon: Lexicon, synonyms: Sequence[Synonyms]) -> list[_Slot]:
    stems = [word.stem for word in words]
    joined = {
        i: together.stem
        for i, (left, right) in enumerate(pairwise(words))
        if right.place == left.place + 1
        and lexicon.frequency(together := form_of(left.form.folded + right.form.folded))
    }
    slots: list[_Slot] = []
    i = 0
    while i < len(words):
        known = [each.at_start_of(stems[i:]) for each in synonyms]
        length = max(length for length, _ in known)
        others = {each.stems: each for n, same in known if n == length for each in same}
        if not length:
            length = 2 if i in joined else 1
        slots.append(
            _Slot(
                words[i : i + length],
                list(others.values()),
                None if others else joined.get(i),
            )
        )
        i += length
    return slots
