"""How text becomes words, the same way for what is indexed, asked and highlighted.

Every word has three forms. `stem` is made from the folded word, so it never depends on the accents
that someone typed or forgot; `written` keeps accents and endings, to rank what was typed first;
`folded` is what beginnings and typing mistakes are looked for in.
"""

import re
import unicodedata
from functools import lru_cache
from string import ascii_lowercase
from typing import NamedTuple

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

WORD = re.compile(r"[^\W_]+")

LONGEST_WORD = 64
"""Letters kept of a word; no French word is longer, and the index refuses endless terms."""

STOP_WORDS = frozenset(
    """
    a ai as au aux avec c ce ces cet cette comme d dans de des du elle en est et eu il ils
    j je l la le les leur leurs lui m ma mais me mes n ne nos notre nous on ou par pas
    pour qu que quel quelle quelles quels qui s sa se ses si son sont sur t te tes toi ton
    tu un une vos votre vous y
    """.split()  # noqa: SIM905 - eighty words read better as a text
)
"""Words (folded) that a search does not require, elided articles among them."""

ASKING_WORDS = frozenset(
    """
    afin ainsi alors aucun aucune aussi avoir avons ayant beaucoup besoin car
    celle celles celui cela ceux chez cherche cherchent cherchons chercher combien comment
    connaitre contacter dois doit doivent devons donc dont etre existe existent fait faire faisons
    faut lequel laquelle lesquels lesquelles lorsque obtenir moi moins mon peu peut peuvent peux
    plus plusieurs possible pourquoi pourrait pourrais pouvons pouvoir puis quand quelqu quelque
    quelques quoi recherchons sera serait seront soit sommes souhaite
    souhaitent souhaitons suis tous tout toute toutes tres trouver vers veulent veut veux
    voudrais voudrait voudrions voulons vouloir
    """.split()  # noqa: SIM905 - as above
)
"""Words (folded) that say that one asks, not what for. None of them names a thing."""

# The stemmer knows -ée, -ité and -ière by their accents, so they are given back to the folded word.
# Measured over 77,000 words of calls and projects: the inflections that a stem made of the bare
# word keeps apart go from 10.1 % to 0.8 %.
_ENDINGS = (
    (re.compile(r"ee(s?)$"), r"ée\1"),
    (re.compile(r"ite(s?)$"), r"ité\1"),
    (re.compile(r"iere(s?|ment)$"), r"ière\1"),
    (re.compile(r"(li|j|f|vo)eux$"), r"\1eu"),  # not accents: plurals that the stemmer leaves
)

# Of three letters a stemmer leaves too little: *CEE* would be *ce*, *ENS* would be *en*.
_SHORT = re.compile(r"(\w{1,3})[sx]?$")


class Form(NamedTuple):
    """The three forms of one word, in lower case."""

    written: str
    stem: str
    folded: str


def _analyzer(*filters: Filter) -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.raw())
    for each in filters:
        builder = builder.filter(each)
    return builder.build()


_stem = _analyzer(Filter.lowercase(), Filter.stemmer("french"))
_fold = _analyzer(Filter.lowercase(), Filter.ascii_fold())


def _only(analyzer: TextAnalyzer, word: str) -> str:
    # Folding leaves nothing of one letter of Unicode (U+029C); such a word stands for itself.
    return analyzer.analyze(word)[0] or word


@lru_cache(maxsize=1 << 15)
def form_of(word: str) -> Form:
    """Return the forms of one word (a match of `WORD`).

    The cache is what makes indexing fast: stemming costs 1 µs a word, remembering it 0.1 µs.
    """
    word = word[:LONGEST_WORD]
    folded = restored = _only(_fold, word)
    for ending, better in _ENDINGS:
        restored = ending.sub(better, restored)
    short = _SHORT.match(folded)
    stem = short[1] if short else _only(_fold, _only(_stem, restored))
    return Form(word.lower(), stem, folded)


LITTLE_STEMS = frozenset(form_of(word).stem for word in STOP_WORDS | ASKING_WORDS)
"""The stems of words that never say what a text is about."""


def compose(text: str) -> str:
    """Return the text with its accents composed and without lone surrogates."""
    return unicodedata.normalize("NFC", text).encode(errors="replace").decode()


def stems_of(text: str) -> tuple[str, ...]:
    """Return the stem of every word of the text, stop words included."""
    return tuple(form_of(word).stem for word in WORD.findall(compose(text)))


def one_edit_from(word: str, *, keeping: int = 0) -> set[str]:
    """Return all that one insertion, deletion, replacement or swap of letters makes of the word.

    The first `keeping` letters stay. About 74 strings per letter.
    """
    cuts = [(word[:i], word[i:]) for i in range(keeping, len(word) + 1)]
    return (
        {left + right[1:] for left, right in cuts if right}
        | {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
        | {left + letter + right[1:] for left, right in cuts if right for letter in ascii_lowercase}
        | {left + letter + right for left, right in cuts for letter in ascii_lowercase}
    ) - {word}
