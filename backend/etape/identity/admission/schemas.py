"""Who asks, as spoken to them."""

from datetime import datetime

from pydantic import Field

from etape.core.texts import Spoken
from etape.identity.members.schemas import GrantContent, MemberRef
from etape.identity.proofs.schemas import SecondFactors


class Me(Spoken):
    """Who asks, what they may do, and how surely we know it."""

    member: MemberRef | None = Field(description="Null for a host of a day, whom a QR let in.")
    level: str = Field(
        description="`mailed`: enrol or show a second factor; `signed_in`; `fresh`: proved again.",
        examples=["signed_in"],
    )
    fresh_until: datetime | None = Field(description="Until when grave acts need no new proof.")
    roles: list[GrantContent]
    second_factors: SecondFactors | None = Field(description="Null for a host of a day.")
