"""What may be asked of a stop now, and what nobody can attend whole.

Nothing here reads a clock or a database.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from itertools import combinations, pairwise
from typing import NamedTuple

from etape.core.problems import Problem
from etape.core.texts import Localized
from etape.tour.sessions.schemas import Mode
from etape.tour.wishes.schemas import Clashes, Overlap, Travel

_NIGHT_MINUTES = 12 * 60
"""Where no source tells how long the way is, another city after less time than this is told."""


class RegistrationNotOpen(Problem):
    """The stop takes no registrations now."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Inscriptions fermées", en="Registration is closed")


class SessionUnknown(Problem):
    """The stop has no such session, or not in that mode."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = Localized(fr="Séance inconnue", en="Unknown session")
    detail = Localized(
        fr="Une séance choisie n’existe pas à cette étape, ou pas sous cette forme. "
        "Rechargez le programme et choisissez de nouveau.",
        en="A session you chose does not exist at this stop, or not in that mode. "
        "Reload the programme and choose again.",
    )


class SessionByInvitation(Problem):
    """The session is open only to those its organisers invite."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Séance sur invitation", en="Session by invitation")
    detail = Localized(
        fr="Cette séance n’accueille que des personnes invitées. Retirez-la de votre choix, "
        "ou écrivez à l’équipe de l’étape.",
        en="This session only takes people who were invited. Remove it from your choice, "
        "or write to the stop’s team.",
    )


class SessionNotHeld(Problem):
    """The session is cancelled or postponed."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Séance annulée ou reportée", en="Session cancelled or postponed")
    detail = Localized(
        fr="Une séance choisie est annulée ou reportée. Retirez-la de votre choix.",
        en="A session you chose is cancelled or postponed. Remove it from your choice.",
    )


class SessionListClosed(Problem):
    """The session has begun, or its list closed early."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Liste close", en="List closed")
    detail = Localized(
        fr="La liste de cette séance est close. Choisissez-en une autre.",
        en="The list of this session is closed. Choose another one.",
    )


class SessionsOverlap(Problem):
    """Two of the sessions take place at the same time."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Séances simultanées", en="Sessions at the same time")
    detail = Localized(
        fr="Deux séances choisies ont lieu en même temps. Retirez-en une, ou confirmez que vous "
        "le savez.",
        en="Two sessions you chose take place at the same time. Remove one, or confirm that you "
        "know.",
    )


class SessionsTooFar(Problem):
    """Two of the sessions are in two places, with too little time to go from one to the other."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Trop peu de temps pour le trajet", en="Too little time for the way")
    detail = Localized(
        fr="Deux séances choisies se suivent dans deux lieux, sans le temps du trajet. "
        "Retirez-en une, suivez-la en ligne, ou confirmez que vous le savez.",
        en="Two sessions you chose follow each other in two places, without the time to get there. "
        "Remove one, attend it online, or confirm that you know.",
    )


class SessionFull(Problem):
    """No seat is left and the person does not want to wait."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Séance complète", en="Session full")
    detail = Localized(
        fr="Il n’y a plus de place dans une séance choisie. Acceptez la liste "
        "d’attente, ou suivez-la en ligne si elle le propose.",
        en="No seat is left in a session you chose. Accept the waiting "
        "list, or attend online where it is offered.",
    )


NOT_OFFERED = Localized(
    fr="Cette étape ne prend pas d’inscription ici. Son programme reste consultable.",
    en="This stop takes no registrations here. Its programme can still be read.",
)
NOT_YET = Localized(
    fr="Les inscriptions à cette étape ne sont pas encore ouvertes. Revenez à la date indiquée "
    "sur sa page.",
    en="Registration for this stop has not opened yet. Come back on the date given on its page.",
)
CLOSED = Localized(
    fr="Les inscriptions à cette étape sont closes. Écrivez à son équipe, ou choisissez une autre "
    "étape.",
    en="Registration for this stop is closed. Write to its team, or choose another stop.",
)


REFUSALS = (
    RegistrationNotOpen,
    SessionUnknown,
    SessionByInvitation,
    SessionNotHeld,
    SessionListClosed,
    SessionsOverlap,
    SessionsTooFar,
    SessionFull,
)
"""What wishes may be refused with, for the contract."""


class Attended(NamedTuple):
    """Where and when one session chosen takes place; an empty `venue` is not stated."""

    session: str
    mode: Mode
    starts_at: datetime
    ends_at: datetime
    venue: str
    city: str | None


def clashes(attended: Sequence[Attended], *, travel_minutes: int | None) -> Clashes:
    """Return the pairs that overlap, and those between which the way is too long."""
    ordered = sorted(attended, key=lambda each: (each.starts_at, each.ends_at, each.session))
    return Clashes(
        overlaps=[
            Overlap(sessions=[one.session, other.session])
            for one, other in combinations(ordered, 2)
            if other.starts_at < one.ends_at
        ],
        travels=[
            Travel(sessions=[one.session, other.session], minutes=minutes, needed=travel_minutes)
            for one, other in pairwise(each for each in ordered if each.mode is Mode.ON_SITE)
            if (minutes := _minutes_between(one, other)) >= 0
            and _is_too_far(one, other, minutes, travel_minutes)
        ],
    )


def refuse_clashes(found: Clashes) -> None:
    """Raise SessionsOverlap or SessionsTooFar where something clashes."""
    overlaps = [pair.sessions for pair in found.overlaps]
    travels = [pair.model_dump(mode="json") for pair in found.travels]
    if overlaps:
        raise SessionsOverlap(overlaps=overlaps, travels=travels)
    if travels:
        raise SessionsTooFar(travels=travels)


def _minutes_between(one: Attended, other: Attended) -> int:
    return (other.starts_at - one.ends_at) // timedelta(minutes=1)


def _is_too_far(one: Attended, other: Attended, minutes: int, needed: int | None) -> bool:
    """Whether the way is longer than the time between; another city the same day, if unstated."""
    if "" in {one.venue, other.venue} or one.venue == other.venue:
        return False
    if needed is not None:
        return minutes < needed
    is_elsewhere = None not in {one.city, other.city} and one.city != other.city
    return is_elsewhere and minutes < _NIGHT_MINUTES
