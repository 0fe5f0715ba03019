"""Transfers as spoken."""

from datetime import datetime

from pydantic import Field

from etape.core.texts import Email, Language, Line, Localized, Slug, Spoken
from etape.tour.notices.schemas import Consent
from etape.tour.seats.schemas import SeatStatus
from etape.tour.sessions.schemas import Mode
from etape.tour.stops.schemas import StopSummary


class TransferRequest(Spoken):
    """The colleague to whom somebody offers their seats."""

    name: Line = Field(examples=["Bruno Delmas"])
    email: Email
    language: Language = Field(default=Language.FR, description="The language of the letter.")


class TransferRead(Spoken):
    """An offer that waits for its answer, to whoever made it."""

    name: str
    email: str
    offered_at: datetime


class TransferState(Spoken):
    """Whether a registration is offered to somebody."""

    offered: TransferRead | None


class OfferedSeat(Spoken):
    """A seat that is offered, or a rank on its waiting list."""

    session: Slug
    title: Localized
    starts_at: datetime
    mode: Mode
    status: SeatStatus
    rank: int | None


class TransferOffer(Spoken):
    """What is offered, to whoever holds the mailed link."""

    giver: str = Field(description="The name of who offers.")
    name: str = Field(description="Your name, as they wrote it.")
    stop: StopSummary
    seats: list[OfferedSeat]


class TransferAcceptance(Spoken):
    """Who takes the seats: their own data."""

    name: Line = Field(examples=["Bruno Delmas"])
    organisation: Line | None = None
    language: Language = Field(default=Language.FR, description="The language of our mails.")
    consent: Consent = None
