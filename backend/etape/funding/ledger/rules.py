"""What the ledger refuses: it is only added to, tells what is over, and is reversed once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from uuid import UUID

from etape.core.moments import Day
from etape.core.problems import Invalid, Problem
from etape.core.texts import Localized

_NOT_OVER = Localized(
    fr="Le grand livre ne dit que ce qui a eu lieu : cette date n’est pas encore passée. Pour un "
    "mois en cours, donnez le jour.",
    en="The ledger only tells what has happened: this date is not past yet. In a month that is "
    "under way, give the day.",
)


class ReversalRefused(Problem):
    """The entry reverses another one: what it took away is written anew, not brought back."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Contre-passation d’une contre-passation", en="Reversal of a reversal")
    detail = Localized(
        fr="Cette écriture en annule une autre : elle ne s’annule pas. Inscrivez de nouveau le "
        "montant, avec sa source.",
        en="This entry reverses another one: it is not reversed. Write the amount anew, with its "
        "source.",
    )


class AlreadyReversed(Problem):
    """The entry is reversed already."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Déjà contre-passée", en="Already reversed")
    detail = Localized(
        fr="Cette écriture est déjà annulée par une autre : elle ne compte plus.",
        en="This entry is already reversed by another one: it counts no more.",
    )


class ReversedTooEarly(Problem):
    """The reversal would come before what it takes away."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Contre-passation trop tôt", en="Reversed too early")
    detail = Localized(
        fr="Une écriture ne s’annule pas avant le jour où elle compte : donnez ce jour-là, ou un "
        "jour plus tard.",
        en="An entry is not reversed before the day from which it counts: give that day, or a "
        "later one.",
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """The entries of one kind about one thing that stand on a day, added up."""

    subject_id: UUID
    wave: int | None
    kind: str
    cents: int
    latest: date
    source_ids: Sequence[UUID]


def counts_from(effective: Day, *, today: date) -> date:
    """Return the day at whose end an entry counts. Raises Invalid where that is to come."""
    day = effective.surely_by()
    if day > today:
        raise Invalid(errors=[("/effective", _NOT_OVER)])
    return day
