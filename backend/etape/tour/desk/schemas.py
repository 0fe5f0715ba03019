"""The organisers' desk as spoken."""

from datetime import datetime
from uuid import UUID

from pydantic import Field, StrictBool

from etape.core.texts import Language, Slug, Spoken
from etape.tour.registrations.schemas import Bounce
from etape.tour.seats.schemas import SeatStatus
from etape.tour.sessions.schemas import Mode
from etape.tour.wishes.schemas import IfFull


class SeatLine(Spoken):
    """A seat, in the list of those registered."""

    session: Slug
    mode: Mode
    status: SeatStatus
    is_meanwhile: bool


class RequestAnswer(Spoken):
    """What the organisers answer to somebody who asks for a seat."""

    accepted: StrictBool
    if_full: IfFull = Field(
        default=IfFull.REFUSE,
        description="Where none is left: `wait` puts an accepted person on the waiting list.",
    )


class RegistrationLine(Spoken):
    """Somebody registered, as their organisers see them."""

    id: UUID
    name: str
    email: str
    organisation: str | None
    language: Language
    needs_proof: bool
    created_at: datetime
    cancelled_at: datetime | None
    bounce: Bounce | None = Field(description="What became of the last letter that came back.")
    bounced_at: datetime | None
    seats: list[SeatLine]
