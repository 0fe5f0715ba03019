"""The judged queries, and the measures of what an engine answers to them.

- nDCG@10: gains of 2^grade - 1, beside the best order that the grades allow.
- success@1: the first call answers the question or helps (a grade of 2 or 3).
- success@3: one of the first three is what was asked (a grade of 3; every query has one).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log2
from pathlib import Path
from statistics import mean

import yaml

QUERIES = Path(__file__).parent / "queries.yaml"
DEPTH = 10
GRADES = (3, 2, 1)

Engine = Callable[[str], Sequence[str]]
"""Answers a text with the slugs of at most `DEPTH` calls, the best first."""


class Kind(StrEnum):
    """How a query was typed."""

    KNOWN_ITEM = "known_item"
    TOPIC = "topic"
    TYPO = "typo"
    NO_ACCENTS = "no_accents"
    ACRONYM = "acronym"
    PLURAL = "plural"
    LONG = "long"
    WHO = "who"


FORGIVEN = {Kind.TYPO, Kind.NO_ACCENTS, Kind.ACRONYM}
"""What a search forgives: the right call must be in the first three all the same."""


@dataclass(frozen=True)
class Judged:
    """A query, and how well each call answers it, from 1 to 3; 0 for any other."""

    text: str
    kind: Kind
    is_held_out: bool
    grades: Mapping[str, int]


@dataclass(frozen=True)
class Answered:
    """What an engine answered to a query."""

    judged: Judged
    slugs: Sequence[str]

    @property
    def grades(self) -> list[int]:
        """The grade of each call, in the order of the answer."""
        return [self.judged.grades.get(slug, 0) for slug in self.slugs]

    @property
    def ndcg(self) -> float:
        best = sorted(self.judged.grades.values(), reverse=True)[:DEPTH]
        return _gain(self.grades) / _gain(best)

    @property
    def is_first_useful(self) -> bool:
        return self.grades[:1] > [1]

    @property
    def is_right_in_three(self) -> bool:
        return 3 in self.grades[:3]


@dataclass(frozen=True)
class Quality:
    """The measures over some queries: shares between 0 and 1."""

    queries: int
    ndcg: float
    success_1: float
    success_3: float
    nothing_found: float


def read_queries() -> list[Judged]:
    """Return the queries of the file. Raises KeyError or ValueError for one that is not whole."""
    return [
        Judged(
            text=each["query"],
            kind=Kind(each["kind"]),
            is_held_out=each.get("held_out", False),
            grades={slug: grade for grade in GRADES for slug in each.get(grade, ())},
        )
        for each in yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    ]


def answers_of(engine: Engine, queries: Iterable[Judged]) -> list[Answered]:
    """Return what an engine answers to each query."""
    return [Answered(judged, engine(judged.text)[:DEPTH]) for judged in queries]


def quality_of(answers: Sequence[Answered]) -> Quality:
    """Return the measures of these answers, at least one."""
    return Quality(
        queries=len(answers),
        ndcg=mean(each.ndcg for each in answers),
        success_1=mean(each.is_first_useful for each in answers),
        success_3=mean(each.is_right_in_three for each in answers),
        nothing_found=mean(not each.slugs for each in answers),
    )


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(rank + 2) for rank, grade in enumerate(grades))
