"""Who came, as spoken."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from etape.core.texts import Localized, Slug, Spoken
from etape.tour.checkin.schemas import EntryAtDoor

DOUBLES_AT_MOST = 50


class SessionArrivals(Spoken):
    """How many are expected in a session, and how many came."""

    session: Slug
    title: Localized
    starts_at: datetime
    expected: int = Field(description="Seats confirmed on site.")
    arrived: int
    waiting_at_door: int = Field(description="Waiting for a chair, and scanned today.")
    online_expected: int
    online_arrived: int
    releasable: bool = Field(description="Whether its free chairs may be given now.")


class FlowPoint(Spoken):
    """How many people entered for the first time within five minutes."""

    at: datetime
    count: int


class DoubleEntry(Spoken):
    """Somebody who entered twice by the same door on the same day, or a ticket that did."""

    name: str | None
    session: Slug | None
    first: EntryAtDoor
    again: EntryAtDoor


class Arrivals(Spoken):
    """Who came to a stop, as it is known now."""

    people: int = Field(description="People who entered, each once, but for those erased.")
    sessions: list[SessionArrivals]
    flow: list[FlowPoint]
    doubles: Annotated[list[DoubleEntry], Field(max_length=DOUBLES_AT_MOST)]


class DoorRelease(Spoken):
    """What became of the chairs of those who did not come."""

    session: Slug
    given: list[str] = Field(description="Who got a chair, in the order of the waiting list.")
    left: int = Field(description="How many still wait at the door.")
