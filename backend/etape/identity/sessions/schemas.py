"""Browsers in which somebody is signed in, as spoken to them."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from etape.core.texts import Spoken


class BrowserRead(Spoken):
    """A browser that is signed in."""

    id: UUID
    browser: str = Field(description="What the browser said that it is.")
    is_current: bool = Field(description="True: the one that asks.")
    created_at: datetime
    seen_at: datetime = Field(description="When it was last used, to the minute.")
    ends_at: datetime = Field(description="When it will be signed out, if it is left alone.")
