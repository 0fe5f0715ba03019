"""Registrations as spoken. What is answered to a registration tells nothing of who is known."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, StrictBool, StrictInt
from pydantic_core import PydanticCustomError

from etape.core.texts import Email, Language, Line, Localized, Slug, Spoken
from etape.tour.seats.schemas import SeatChoice, SeatOutcome, SeatStatus
from etape.tour.sessions.schemas import Mode, SessionKind, Status, VenueRead
from etape.tour.stops.schemas import StopSummary


class IfFull(StrEnum):
    """What to do when no seat is left."""

    WAIT = "wait"
    REFUSE = "refuse"


SESSION_TWICE = Localized(
    fr="La même séance est demandée deux fois : choisissez d’y venir sur place ou en ligne.",
    en="The same session is asked for twice: choose to attend on site or online.",
)


def _once_for_each_session(seats: list[SeatChoice]) -> list[SeatChoice]:
    if len({seat.session for seat in seats}) < len(seats):
        raise PydanticCustomError("session_twice", "session twice", {"localized": SESSION_TWICE})
    return seats


class SeatWishes(Spoken):
    """The sessions that somebody wants, and what they accept."""

    seats: Annotated[
        list[SeatChoice],
        Field(min_length=1, max_length=30),
        AfterValidator(_once_for_each_session),
    ]
    if_full: IfFull = Field(
        default=IfFull.WAIT, description="`wait`: join the waiting list, with a rank."
    )
    online_meanwhile: StrictBool = Field(
        default=True, description="While waiting for a chair, attend online where possible."
    )
    promote_until_hours: Annotated[StrictInt, Field(ge=0, le=720)] = Field(
        default=48,
        description="Move me up from the waiting list until so many hours before the session.",
    )
    overlaps_accepted: StrictBool = Field(
        default=False, description="I know that some of these sessions overlap."
    )


class RegistrationRequest(SeatWishes):
    """One person registers for sessions of one stop."""

    name: Line = Field(examples=["Ada Lenoir"])
    email: Email
    organisation: Line | None = None
    language: Language = Field(default=Language.FR, description="The language of our mails.")


class RegistrationChange(SeatWishes):
    """What a registration becomes: the sessions listed replace those it had."""

    name: Line | None = Field(default=None, description="Null: as it is.")
    organisation: Line | None = Field(default=None, description="Null: as it is.")
    language: Language | None = Field(default=None, description="Null: as it is.")


class Overlap(Spoken):
    """Two sessions that take place at the same time."""

    sessions: Annotated[list[Slug], Field(min_length=2, max_length=2)]


class RegistrationOutcome(Spoken):
    """What came of a registration. The link to change it comes by mail, and only by mail."""

    stop: Slug
    simulated: bool = Field(description="True: nothing was kept.")
    seats: list[SeatOutcome]
    overlaps: list[Overlap]


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
    is_meanwhile: bool
    join_url: str | None = Field(description="Where to attend online, once confirmed.")


class RegistrationRead(Spoken):
    """A registration, to whoever holds its link."""

    name: str
    email: str
    organisation: str | None
    language: Language
    online_meanwhile: bool
    promote_until_hours: int
    cancelled_at: datetime | None
    changeable: bool = Field(description="Whether sessions can still be changed or cancelled.")
    stop: StopSummary
    seats: list[SeatRead]
