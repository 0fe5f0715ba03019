"""What the date makes of a stop: whether one can register, whether a list is closed."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from etape.core.dates import NBSP
from etape.core.texts import Localized
from etape.tour.sessions.schemas import Access, SessionRead, Status
from etape.tour.stops.schemas import RegistrationState, StopDay

OFF = {
    Status.CANCELLED: Localized(fr=f"Annulée{NBSP}: {{}}", en="Cancelled: {}"),
    Status.POSTPONED: Localized(fr=f"Reportée{NBSP}: {{}}", en="Postponed: {}"),
}
"""How a stop that will not be on its days is named."""


class Opening(Protocol):
    """What the state of registration needs to know of a stop."""

    status: str
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None


class Dated(Protocol):
    """What the end of a stop needs to know of it."""

    status: str
    days: list[StopDay]


class Slot(Protocol):
    """What a list needs to know of a session."""

    access: str
    starts_at: datetime | None
    list_closes_at: datetime | None


def registration_state(stop: Opening, *, is_noticed: bool, now: datetime) -> RegistrationState:
    """Return whether one can register at a stop; without an opening it never takes anybody.

    Nor does it, when its hour comes, while the privacy notice lacks an item: `is_noticed`.
    """
    opens, closes = stop.registration_opens_at, stop.registration_closes_at
    if opens is None:
        return RegistrationState.NOT_OFFERED
    if now < opens:
        return RegistrationState.NOT_YET
    if stop.status != Status.SCHEDULED or (closes is not None and closes <= now):
        return RegistrationState.CLOSED
    return RegistrationState.OPEN if is_noticed else RegistrationState.NOT_OFFERED


def last_day(stop: Dated) -> date | None:
    """Return the day on which a stop ends; None while it is postponed: its days are to come."""
    return None if stop.status == Status.POSTPONED else max(day.on for day in stop.days)


def today_at(zone: str, now: datetime) -> date:
    """Return the day that it is there."""
    return now.astimezone(ZoneInfo(zone)).date()


def next_change(stop: Opening, *, now: datetime) -> datetime | None:
    """Return the next instant at which registration opens or closes by itself."""
    instants = (stop.registration_opens_at, stop.registration_closes_at)
    return min((at for at in instants if at is not None and at > now), default=None)


def list_is_closed(session: Slot, *, now: datetime) -> bool:
    """Whether a session takes nobody any more: its list is closed, or it has begun."""
    ends = [instant for instant in (session.list_closes_at, session.starts_at) if instant]
    return bool(ends) and min(ends) <= now


def is_by_invitation(session: Slot) -> bool:
    """Whether nobody can ask for a seat by themselves."""
    return session.access in {Access.INVITED, Access.DELEGATION}


def day_of(session: SessionRead, zone: str) -> date | None:
    """Return the day of a session, there; None where none is stated."""
    return today_at(zone, session.starts_at) if session.starts_at else session.on


def in_time(sessions: Iterable[SessionRead], zone: str) -> list[SessionRead]:
    """Return sessions as they come; what has no hour comes last in its day, what has none last."""

    def when(session: SessionRead) -> tuple[date, datetime]:
        day = day_of(session, zone) or date.max
        return day, session.starts_at or datetime.max.replace(tzinfo=UTC)

    return sorted(sessions, key=when)
