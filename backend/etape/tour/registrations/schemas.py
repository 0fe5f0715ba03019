"""Registrations as spoken. What is answered to a registration tells nothing of who is known."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from etape.core.texts import Email, Language, Line, Localized, Slug, Spoken
from etape.tour.notices.schemas import Consent
from etape.tour.queues.schemas import Chance
from etape.tour.seats.schemas import SeatOutcome, SeatStatus
from etape.tour.sessions.schemas import Mode, SessionKind, Status, VenueRead
from etape.tour.stops.schemas import StopSummary
from etape.tour.wishes.schemas import Clashes, SeatWishes


class Bounce(StrEnum):
    """What became of a letter that did not arrive."""

    HARD = "hard"
    """The address takes none: no reminder is sent to it any more."""
    SOFT = "soft"
    """It may arrive later, or another may."""


class RegistrationRequest(SeatWishes):
    """One person registers for sessions of one stop."""

    name: Line = Field(examples=["Ada Lenoir"])
    email: Email
    organisation: Line | None = None
    language: Language = Field(default=Language.FR, description="The language of our mails.")
    consent: Consent = None


class RegistrationOutcome(Clashes):
    """What came of a registration. The link to change it comes by mail, and only by mail."""

    stop: Slug
    simulated: bool = Field(description="True: nothing was kept.")
    proof_hours: int | None = Field(
        description="The address has to be confirmed, by the mailed link, within so many hours of "
        "the mail; null: it has not."
    )
    seats: list[SeatOutcome]


class SeatRead(Spoken):
    """A seat of a registration."""

    session: Slug
    kind: SessionKind
    title: Localized
    session_status: Status
    starts_at: datetime
    ends_at: datetime
    venue: VenueRead | None
    room: str | None
    mode: Mode
    status: SeatStatus
    rank: int | None
    chance: Chance | None = Field(description="Null where nobody waits, or too little is known.")
    held_until: datetime | None = Field(description="Until when a seat that is held waits for you.")
    is_meanwhile: bool
    join_url: str | None = Field(
        description="Where to attend online, once confirmed; opening it is the check-in."
    )


class RegistrationRead(Spoken):
    """A registration, to whoever holds its link."""

    name: str
    email: str
    organisation: str | None
    language: Language
    online_meanwhile: bool
    promote_until_hours: int
    together: bool = Field(description="All of the sessions that are waited for, or none.")
    needs_proof: bool = Field(description="True: the address is still to be confirmed.")
    cancelled_at: datetime | None
    changeable: bool = Field(description="Whether sessions can still be changed or cancelled.")
    stop: StopSummary
    seats: list[SeatRead]
