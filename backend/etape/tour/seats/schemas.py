"""Seats as spoken."""

from enum import StrEnum

from pydantic import Field

from etape.core.texts import Slug, Spoken
from etape.tour.sessions.schemas import Mode


class SeatStatus(StrEnum):
    """Where a seat is in its life."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    REQUESTED = "requested"
    HELD = "held"
    CANCELLED = "cancelled"


class SeatChoice(Spoken):
    """A session of the stop, and how to attend it."""

    session: Slug
    mode: Mode


class SeatOutcome(SeatChoice):
    """What came of the wish for one session."""

    status: SeatStatus
    rank: int | None = Field(description="The rank on the waiting list, from 1.")
    online_meanwhile: bool = Field(description="True: confirmed online while waiting.")
