"""The letters of the demonstration, as shown on its inbox page."""

from datetime import datetime

from pydantic import Field

from etape.core.texts import Spoken


class LetterRead(Spoken):
    """A letter that a real service would have sent."""

    id: int
    sent_at: datetime
    recipient: str
    subject: str
    text: str = Field(description="The letter as plain text.")
    has_calendar: bool = Field(description="Whether it carries a calendar entry.")
