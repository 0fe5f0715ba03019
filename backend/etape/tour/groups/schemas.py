"""Delegations as spoken."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field, StrictBool, StrictInt

from etape.core.texts import Email, Language, Line, Localized, Slug, Spoken
from etape.tour.notices.schemas import Consent
from etape.tour.sessions.schemas import Mode
from etape.tour.stops.schemas import StopSummary
from etape.tour.wishes.schemas import Seats


class _GroupContent(Spoken):
    name: Line = Field(examples=["CHU de Rennes"])
    seats: Seats
    together: StrictBool = Field(
        default=True,
        description="All of the seats or none: while too few are free, the group waits whole.",
    )
    claim_until: AwareDatetime = Field(
        description="Seats that nobody has claimed by then go to those who wait.",
        examples=["2026-12-10T18:00:00+01:00"],
    )


class DelegationRequest(_GroupContent):
    """Somebody registered brings colleagues: so many seats in each of these sessions."""

    size: Annotated[StrictInt, Field(ge=1, le=20)] = Field(examples=[6])


class GroupInvitation(_GroupContent):
    """The organisers keep seats for people whom they invite, also where one comes by invitation."""

    size: Annotated[StrictInt, Field(ge=1, le=200)] = Field(examples=[12])


class DelegationChange(Spoken):
    """What becomes of a group that waits."""

    together: StrictBool = Field(
        description="False: take what is free now, and have the others wait one by one."
    )


class GroupSeats(Spoken):
    """The seats of a group in one session."""

    session: Slug
    title: Localized
    starts_at: datetime
    mode: Mode
    confirmed: int
    waiting: int
    left: int | None = Field(description="Seats free now for anybody; null: without limit.")


class GroupRead(Spoken):
    """What a code opens: nothing of the people."""

    name: str
    size: int
    unclaimed: int = Field(description="How many may still come with this code.")
    claim_until: datetime
    stop: StopSummary
    seats: list[GroupSeats]


class DelegationRead(GroupRead):
    """A group, to whoever answers for it."""

    id: UUID
    code: str = Field(description="What its people type, or open as a link.")
    together: bool
    claimed: list[str] = Field(description="The names of those who came with the code.")


class ClaimRequest(Spoken):
    """Somebody comes with a group: their own data, and nobody else's."""

    name: Line = Field(examples=["Ada Lenoir"])
    email: Email
    organisation: Line | None = None
    language: Language = Field(default=Language.FR, description="The language of our mails.")
    consent: Consent = None


class Claim(Spoken):
    """The code of a group, by somebody registered already."""

    code: Line = Field(examples=["7Q2M-K9ZD-T4XA"])
