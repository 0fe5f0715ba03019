"""Wishes as spoken: the sessions somebody wants, and what they accept."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, StrictBool, StrictInt
from pydantic_core import PydanticCustomError

from etape.core.texts import Localized, Slug, Spoken
from etape.tour.seats.schemas import SeatChoice


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


Seats = Annotated[
    list[SeatChoice],
    Field(min_length=1, max_length=30),
    AfterValidator(_once_for_each_session),
]


class SeatWishes(Spoken):
    """The sessions that somebody wants, and what they accept."""

    seats: Seats
    if_full: IfFull = Field(
        default=IfFull.WAIT, description="`wait`: join the waiting list, with a rank."
    )
    together: StrictBool = Field(
        default=False,
        description="All of these sessions or none: while one is full, wait for all of them.",
    )
    online_meanwhile: StrictBool = Field(
        default=True, description="While waiting for a chair, attend online where possible."
    )
    promote_until_hours: Annotated[StrictInt, Field(ge=0, le=720)] = Field(
        default=48,
        description="Move me up from the waiting list until so many hours before the session.",
    )
    overlaps_accepted: StrictBool = Field(
        default=False,
        description="I know that some of these sessions overlap, or leave too little time to "
        "go from one to the next.",
    )


class Overlap(Spoken):
    """Two sessions that take place at the same time."""

    sessions: Annotated[list[Slug], Field(min_length=2, max_length=2)]


class Travel(Spoken):
    """Two sessions in two places, one after the other, with too little time between."""

    sessions: Annotated[list[Slug], Field(min_length=2, max_length=2)]
    minutes: int = Field(description="Between the end of the first and the start of the second.")
    needed: int | None = Field(
        description="Minutes that the way takes; null: not stated, and they are in two cities."
    )


class Clashes(Spoken):
    """What nobody can attend whole; one may know it and want it all the same."""

    overlaps: list[Overlap]
    travels: list[Travel]
