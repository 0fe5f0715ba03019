"""Figures of several rounds, written so that nobody takes one round for the truth."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass
class Figure:
    """What several rounds measured of one thing."""

    values: list[float] = field(default_factory=list)
    digits: int = 0

    def add(self, value: float) -> None:
        self.values.append(value)

    @property
    def middle(self) -> float:
        return median(self.values)

    def __str__(self) -> str:
        low, middle, high = (
            f"{value:,.{self.digits}f}"
            for value in (min(self.values), self.middle, max(self.values))
        )
        return middle if low == high else f"{middle} ({low}–{high})"


def share(part: Figure, whole: Figure) -> Figure:
    """Return, in percent, what each round of one thing is of the same round of another."""
    pairs = zip(part.values, whole.values, strict=True)
    return Figure([100 * one / other for one, other in pairs])


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
