"""The organisers' desk as spoken."""

from datetime import datetime
from uuid import UUID

from etape.core.texts import Language, Slug, Spoken
from etape.tour.seats.schemas import SeatStatus
from etape.tour.sessions.schemas import Mode


class SeatLine(Spoken):
    """A seat, in the list of those registered."""

    session: Slug
    mode: Mode
    status: SeatStatus
    is_meanwhile: bool


class RegistrationLine(Spoken):
    """Somebody registered, as their organisers see them."""

    id: UUID
    name: str
    email: str
    organisation: str | None
    language: Language
    created_at: datetime
    cancelled_at: datetime | None
    seats: list[SeatLine]
