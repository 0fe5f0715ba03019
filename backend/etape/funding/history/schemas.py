"""The public history of a call, as spoken."""

from datetime import datetime

from pydantic import Field

from etape.core.moments import BoundedDate
from etape.core.texts import Localized, Spoken


class CallChange(Spoken):
    """What one publication changed in a call."""

    version: int = Field(description="The version that it made, counted from 1.")
    published_at: datetime
    sentences: list[Localized] = Field(description="What changed, in words.")


class CallDifference(Spoken):
    """What is not the same in a call at the ends of two days, in Paris."""

    since: BoundedDate
    until: BoundedDate
    sentences: list[Localized] = Field(description="Empty: nothing that was published changed.")
