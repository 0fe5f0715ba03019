"""What may be said of money: how far parts explain a whole, and how much is left."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from uuid import UUID

from etape.core.problems import Problem
from etape.core.texts import Localized
from etape.funding.awards.tables import Award
from etape.funding.budgets.schemas import (
    Basis,
    Breakdown,
    EnvelopeMoney,
    Left,
    LeftUnsaid,
    Money,
    Node,
    Total,
)
from etape.funding.calls.schemas import CallKind
from etape.funding.ledger.rules import Standing
from etape.sources.schemas import FigureSet, Unit

BUDGET = "budget"


class DayToCome(Problem):
    """Nobody knows yet what will be stated by then."""

    status = HTTPStatus.BAD_REQUEST
    title = Localized(fr="Jour à venir", en="Day to come")
    detail = Localized(
        fr="Ce jour n’est pas encore passé : demandez un jour d’ici à aujourd’hui.",
        en="That day is not past yet: ask for a day up to today.",
    )


@dataclass(slots=True)
class Tally:
    """Amounts of one kind, counted one after the other: integers all the way."""

    cents: int | None = None
    lump_cents: int = 0
    awards: int = 0
    without_amount: int = 0
    latest: date | None = None
    source_ids: set[UUID] = field(default_factory=set)

    def add_entry(self, entries: Standing) -> None:
        """Count what the ledger says."""
        self.lump_cents += entries.cents
        self._add(entries.cents, on=entries.latest, source_ids=entries.source_ids)

    def add_award(self, award: Award, *, on: date | None) -> None:
        """Count an award, of a day that may not be known."""
        self.awards += 1
        self.without_amount += award.amount_cents is None
        self._add(award.amount_cents, on=on, source_ids=[award.source_id])

    def _add(self, cents: int | None, *, on: date | None, source_ids: Sequence[UUID]) -> None:
        if cents is not None:
            self.cents = (self.cents or 0) + cents
        self.latest = max(filter(None, (self.latest, on)), default=None)
        self.source_ids.update(source_ids)


def amounts_among(sets: Sequence[FigureSet]) -> list[FigureSet]:
    """Return the figures that are amounts."""
    return [each for each in sets if each.headline.unit is Unit.EUR_CENTS]


def amount_of(
    stated: Sequence[FigureSet], allocated: Total | None
) -> tuple[int | None, Basis | None]:
    """Return what a thing is counted for, and where that comes from."""
    headline = next((each.headline.value for each in stated if each.key == BUDGET), None)
    if headline is not None:
        return headline, Basis.STATED
    return (allocated.cents, Basis.ALLOCATED) if allocated else (None, None)


def breakdown(whole: int | None, parts: Sequence[Node]) -> Breakdown | None:
    """Return how far the parts explain the whole; None where there are none.

    Parts that no source places there are told apart, and never added to the others.
    """
    if not parts:
        return None
    placed, inferred = _amounts(parts, inferred=False), _amounts(parts, inferred=True)
    known = [cents for cents in placed if cents is not None]
    guessed = [cents for cents in inferred if cents is not None]
    gap = whole - sum(known) if whole is not None and known else None
    return Breakdown(
        parts_cents=sum(known) if known else None,
        not_broken_down_cents=gap if gap is not None and gap >= 0 else None,
        excess_cents=-gap if gap is not None and gap < 0 else None,
        inferred_cents=sum(guessed) if guessed else None,
        silent=len(placed) - len(known),
    )


def _amounts(parts: Sequence[Node], *, inferred: bool) -> list[int | None]:
    return [
        part.amount_cents
        for part in parts
        if inferred is (isinstance(part, EnvelopeMoney) and part.parent_inferred)
    ]


def left_of(kind: CallKind, money: Money) -> Left:
    """Return how much is left, and of which day that is true; else why that cannot be said."""
    allocated, committed = money.allocated, money.committed
    if kind is not CallKind.WINDOW:
        return _unsaid(LeftUnsaid.COMPETITIVE)
    if allocated is None:
        return _unsaid(LeftUnsaid.ALLOCATED_NOT_STATED)
    if committed is None:
        return _unsaid(LeftUnsaid.COMMITTED_NOT_STATED)
    cents = allocated.cents - committed.cents
    if cents < 0:
        return _unsaid(LeftUnsaid.OVER_COMMITTED)
    return Left(cents=cents, latest=committed.latest, unsaid=None)


def _unsaid(why: LeftUnsaid) -> Left:
    return Left(cents=None, latest=None, unsaid=why)
