"""The embedded search engine: French, tolerant, in memory. A room declares a `Shape` and feeds it.

The names below are what a room uses; the files behind read from words up to the engine.
"""

from etape.core.search.columns import tie_of
from etape.core.search.engine import DEEPEST, Engine
from etape.core.search.highlight import Segment
from etape.core.search.results import Found, Hit, Passage
from etape.core.search.shapes import Entry, Number, Position, Query, Shape, Sort, Text, seconds
from etape.core.search.synonyms import Synonyms

__all__ = [
    "DEEPEST",
    "Engine",
    "Entry",
    "Found",
    "Hit",
    "Number",
    "Passage",
    "Position",
    "Query",
    "Segment",
    "Shape",
    "Sort",
    "Synonyms",
    "Text",
    "seconds",
    "tie_of",
]
