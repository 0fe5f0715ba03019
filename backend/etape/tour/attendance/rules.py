"""When the chairs of those who did not come may be given, and how arrivals are counted."""

from datetime import datetime, timedelta
from http import HTTPStatus

from etape.core.problems import Problem
from etape.core.texts import Localized

FLOW_MINUTES = 5

BADGES = Localized(fr="Badges", en="Badges")
SHEET = Localized(fr="Feuille de présence", en="Attendance sheet")
TICKET_ALT = Localized(fr="QR code du billet", en="QR code of the ticket")
COLUMNS = (
    Localized(fr="Nom", en="Name"),
    Localized(fr="Organisation", en="Organisation"),
    Localized(fr="Arrivée", en="Arrival"),
    Localized(fr="Signature", en="Signature"),
)


class NothingToRelease(Problem):
    """The chairs of this session are not given at the door, or not now."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Places pas encore libérées", en="Chairs not free yet")
    detail = Localized(
        fr="L’étape ne rend pas les places des absents pour cette séance, ou pas encore.",
        en="The stop does not give away the chairs of those absent from this session, or not yet.",
    )


def may_release(
    starts_at: datetime, ends_at: datetime, *, minutes: int | None, now: datetime
) -> bool:
    """Whether the chairs of those who did not come may be given now."""
    return minutes is not None and starts_at + timedelta(minutes=minutes) <= now < ends_at


def flow_start(at: datetime) -> datetime:
    """Return the beginning of the five minutes that an instant is in."""
    return at.replace(minute=at.minute - at.minute % FLOW_MINUTES, second=0, microsecond=0)
