"""Who may say what they think of a stop, and when."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from http import HTTPStatus

from etape.core.problems import Problem
from etape.core.texts import Localized
from etape.tour.afterwards.schemas import OpinionState
from etape.tour.registrations.schemas import SeatRead
from etape.tour.seats.schemas import SeatStatus
from etape.tour.sessions.schemas import Status

OPEN_FOR = timedelta(days=60)
WORDS_KEPT = timedelta(days=365)
"""After the last session of the stop; how useful it was is kept, which is nobody's."""


class OpinionNotOpen(Problem):
    """Nothing can be said from this link: not yet, no more, or already."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Avis non ouvert", en="No opinion asked for")
    detail = Localized(
        fr="On donne son avis une fois, dans les deux mois qui suivent l’étape où l’on est venu.",
        en="One gives an opinion once, within two months after the stop that one attended.",
    )


def opinion_state(
    seats: Iterable[SeatRead], *, is_cancelled: bool, is_given: bool, now: datetime
) -> OpinionState:
    """Return whether the person of these seats may say what they think."""
    ends = [
        seat.ends_at
        for seat in seats
        if seat.status is SeatStatus.CONFIRMED and seat.session_status is Status.SCHEDULED
    ]
    if is_cancelled or not ends:
        return OpinionState.NOT_ATTENDED
    if is_given:
        return OpinionState.GIVEN
    if now < max(ends):
        return OpinionState.NOT_YET
    return OpinionState.OPEN if now < max(ends) + OPEN_FOR else OpinionState.CLOSED
