"""Attending online, as spoken."""

from datetime import datetime

from pydantic import Field

from etape.core.moments import Zone
from etape.core.texts import Localized, Slug, Spoken


class JoinRead(Spoken):
    """A session that somebody attends online."""

    session: Slug
    title: Localized
    stop: Slug
    stop_name: Localized
    zone: Zone
    starts_at: datetime
    ends_at: datetime
    opens_at: datetime = Field(description="From when its link may be opened.")
    fictitious: bool


class JoinOpened(Spoken):
    """Where to attend."""

    join_url: str
