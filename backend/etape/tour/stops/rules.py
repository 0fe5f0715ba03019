"""What the date makes of a stop: whether one can register, and whether a list is closed."""

from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from etape.tour.sessions.schemas import Access, Status
from etape.tour.stops.schemas import RegistrationState, StopDay


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
