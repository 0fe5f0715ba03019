"""What was known on a day, among what sources state."""

from collections.abc import Iterable
from datetime import date

from etape.sources.schemas import FigureRead, FigureSet


def stated_by(figure: FigureRead) -> date | None:
    """Return the day at whose end a figure was surely stated; None when nothing dates it.

    It is its own day, else the one on which its source was published.
    """
    day = figure.stated or figure.source.published
    return day.surely_by() if day else None


def known_at(sets: Iterable[FigureSet], day: date) -> list[FigureSet]:
    """Return the figures surely stated by the end of a day; the first of each set is its headline.

    What nothing dates is left out. An editor's sentence is kept where it still speaks of all.
    """
    known = []
    for each in sets:
        rivals = [each.headline, *each.others]
        left = [it for it in rivals if (by := stated_by(it)) is not None and by <= day]
        if len(left) == len(rivals):
            known.append(each)
        elif left:
            told = {"headline": left[0], "others": left[1:], "relation": None, "sentence": None}
            known.append(each.model_copy(update=told))
    return known
