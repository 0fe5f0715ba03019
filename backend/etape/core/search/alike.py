"""What the first entries found are about: words that others about the same have too.

People say *salle des fêtes* where calls say *équipement de proximité*: the one that says both leads
to the others.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from etape.core.search.lexicon import Lexicon
from etape.core.search.text import LITTLE_STEMS

FIRST = 3
"""How many entries are read: those after them are too seldom about what was asked."""

_MOST_WORDS = 20
_SHORTEST = 3


def words_about(
    entries: Iterable[Sequence[tuple[str, int]]], lexicon: Lexicon, *, but: Collection[str]
) -> dict[str, float]:
    """Return the stems that say the most of the entries, each with its weight up to 1.

    An entry is its texts (stems between spaces), each with what it weighs; the first entry counts
    the most. `but` is what was looked for already.
    """
    said: defaultdict[str, float] = defaultdict(float)
    for rank, texts in enumerate(entries, start=1):
        counts: Counter[str] = Counter()
        for stems, weight in texts:
            for stem, times in Counter(stems.split()).items():
                counts[stem] += weight * times
        for stem, count in counts.items():
            said[stem] += count / (count + 1) / rank
    little = LITTLE_STEMS | set(but)
    telling = {
        stem: weight * lexicon.rarity(stem)
        for stem, weight in said.items()
        if stem.isalpha() and len(stem) >= _SHORTEST and stem not in little
    }
    best = sorted(telling, key=lambda stem: (-telling[stem], stem))[:_MOST_WORDS]
    return {stem: telling[stem] / telling[best[0]] for stem in best if telling[stem]}
