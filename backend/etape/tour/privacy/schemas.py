"""What is held about a person, as they take it away."""

from datetime import date, datetime
from typing import Any

from pydantic import Field

from etape.core.texts import Language, Slug, Spoken
from etape.tour.registrations.schemas import SeatRead


class RegistrationData(Spoken):
    """A registration, whole: what was given, what came of it, which notice had been read."""

    name: str
    email: str
    organisation: str | None
    language: Language
    online_meanwhile: bool
    promote_until_hours: int
    together: bool
    needs_proof: bool
    consent: str | None
    consented_at: datetime | None
    created_at: datetime
    cancelled_at: datetime | None
    seats: list[SeatRead]


class LetterData(Spoken):
    """A letter that was written to the person; those of more than a week ago are forgotten."""

    letter: str
    status: str
    sent_at: datetime | None


class PersonData(Spoken):
    """All that is held about a person at a stop, for them to read and to take elsewhere."""

    stop: Slug
    told_at: datetime
    erased_after: date | None = Field(
        description="The last day on which it is kept, in the stop's zone; null while the stop is "
        "postponed."
    )
    held: dict[str, list[dict[str, Any]]] = Field(
        description="By what holds it: `needs`, `opinions` (that one was given, not which), "
        "`scans`, `groups`, `transfers`, `reminders`, `letters`, `registrations`, `journal`."
    )


class Due(Spoken):
    """What of a stop is kept no longer: a holding, and about how many registrations."""

    stop: Slug
    holding: str
    ended_on: date
    kept_days: int
    count: int
