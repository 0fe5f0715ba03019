"""How long accessibility needs are kept, and what is refused of them.

They are data about health (GDPR, article 9): asked for by the person, read by the team of that stop
alone, and gone seven days after its last day.
"""

from datetime import date, timedelta
from http import HTTPStatus

from etape.core.problems import Problem
from etape.core.texts import Localized
from etape.tour.needs.schemas import NEEDS_AT_MOST

KEPT_DAYS = 7


class NeedUnknown(Problem):
    """No such need was asked for there, or it is gone."""

    status = HTTPStatus.NOT_FOUND
    title = Localized(fr="Besoin inconnu", en="Unknown need")
    detail = Localized(
        fr="Cette demande n’existe pas, ou n’existe plus : rechargez la page.",
        en="This request does not exist, or no longer does: reload the page.",
    )


class TooManyNeeds(Problem):
    """The registration has as many needs as it may."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Trop de demandes", en="Too many requests for one person")
    detail = Localized(
        fr=f"Une inscription porte {NEEDS_AT_MOST} demandes au plus. Retirez-en une, ou écrivez à "
        "l’équipe de l’étape.",
        en=f"A registration holds {NEEDS_AT_MOST} requests at most. Withdraw one, or write to the "
        "stop’s team.",
    )


class NeedsClosed(Problem):
    """The stop is over: nothing can be prepared any more, and what was asked for goes."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="L’étape est passée", en="The stop is over")
    detail = Localized(
        fr="L’étape est passée : plus rien ne peut être préparé.",
        en="The stop is over: nothing can be prepared any more.",
    )


class OwnerElsewhere(Problem):
    """The owner is not of the stop's team."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = Localized(fr="Pas de l’équipe de l’étape", en="Not of the stop’s team")
    detail = Localized(
        fr="Cette personne n’est pas de l’équipe de cette étape. Choisissez-en une autre.",
        en="This person is not of this stop’s team. Choose somebody else.",
    )


def are_kept(last_day: date | None, *, today: date) -> bool:
    """Whether the needs of a stop are still there, on that day there: without an end, they are."""
    return last_day is None or today <= last_day + timedelta(days=KEPT_DAYS)
