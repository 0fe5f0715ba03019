"""Deadlines as spoken: one closing of one wave of a call."""

from pydantic import Field

from etape.core.moments import BoundedDate
from etape.core.paging import Cursor, Limit
from etape.core.texts import Language, Spoken
from etape.funding.calls.schemas import CallRef, WaveRead
from etape.funding.finding.schemas import CallFilter


class DeadlineQuery(CallFilter):
    """Which deadlines are listed: those of the calls that a search finds, between two days."""

    since: BoundedDate | None = Field(default=None, description="Closes on that day or later.")
    until: BoundedDate | None = Field(default=None, description="Closes on that day or before.")
    limit: Limit = 50
    cursor: Cursor = None


class CalendarQuery(CallFilter):
    """Which deadlines a calendar holds, and in which language it says them."""

    lang: Language = Field(default=Language.FR, description="The language of the entries.")


class Deadline(Spoken):
    """A wave that closes on a stated date, and its call."""

    call: CallRef
    wave: WaveRead
    wave_count: int = Field(description="How many waves the call has.")
