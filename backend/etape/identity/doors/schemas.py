"""Door passes as spoken."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from etape.core.moments import PARIS, BoundedDate, Zone
from etape.core.texts import Slug, Spoken
from etape.identity.codes.schemas import LinkToken


class DoorPassRequest(Spoken):
    """The day that a pass is for, at the stop that the path names."""

    day: BoundedDate = Field(examples=["2027-01-12"])
    zone: Zone = Field(default=PARIS, description="The zone of the stop: its day is meant.")


class DoorPassRead(Spoken):
    """A pass that is not over."""

    id: UUID
    stop: Slug
    opens_at: datetime
    ends_at: datetime
    created_by: str = Field(description="Who made it, as the journal writes it.")
    browsers: int = Field(description="How many browsers it opened.")


class DoorPassMade(DoorPassRead):
    """A new pass, its secret shown this once."""

    link: str
    qr_svg: str = Field(description="The link, as a picture to scan (SVG).")


class DoorPassToken(Spoken):
    """The secret of a pass."""

    token: LinkToken


class DoorOpened(Spoken):
    """Where and until when a browser is a host's."""

    stop: Slug
    ends_at: datetime
