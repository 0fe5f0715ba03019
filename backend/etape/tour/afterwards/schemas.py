"""After a stop, as spoken."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictInt, StringConstraints

from etape.core.paging import Page
from etape.core.texts import Prose, Spoken

Words = Annotated[Prose, StringConstraints(max_length=2_000)]
Useful = Annotated[StrictInt, Field(ge=1, le=5)]


class Attendance(Spoken):
    """How many people came to a stop, as counted here: never mixed with what sources state.

    Null: not counted here.
    """

    registered: int | None = Field(description="People registered here.")
    confirmed: int | None = Field(description="Those of them who had a place, on site or online.")
    arrived: int | None = Field(description="Those of them who entered, at a door or online.")


class OpinionState(StrEnum):
    """Whether somebody may say what they think of a stop."""

    NOT_YET = "not_yet"
    OPEN = "open"
    GIVEN = "given"
    CLOSED = "closed"
    NOT_ATTENDED = "not_attended"


class OpinionInvitation(Spoken):
    """Whether whoever holds a link may say what they think."""

    state: OpinionState


class OpinionContent(Spoken):
    """What somebody who came says of a stop; it is kept without their name."""

    useful: Useful = Field(description="How useful it was: 1 not at all, 5 very.")
    missing: Words | None = Field(default=None, description="What was missing.")
    next_step: Words | None = Field(default=None, description="What would help them next.")


class OpinionRead(OpinionContent):
    """What somebody who came said."""

    id: UUID


class OpinionPage(Page[OpinionRead]):
    """What was said of a stop, in no order that tells when; with how useful it was."""

    useful: Annotated[list[int], Field(max_length=5)] = Field(
        description="How many gave 1, 2, 3, 4 and 5, in that order."
    )
