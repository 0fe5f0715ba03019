"""Delegations as stored. Their seats are in `seat`, nobody's until somebody claims them."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from etape.core.columns import Instant
from etape.core.database import new_id


class Delegation(SQLModel, table=True):
    """People who come together. The code is not here: it is derived when its leader reads it.

    Without a leader, it is the organisers' own: an invitation.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    stop_id: UUID = Field(foreign_key="stop.id", index=True)
    leader_id: UUID | None = Field(
        default=None, foreign_key="registration.id", index=True, ondelete="SET NULL"
    )
    name: str
    size: int
    together: bool
    claim_until: datetime = Field(sa_type=Instant)
    code_salt: bytes
    code_digest: bytes = Field(unique=True)
    created_at: datetime = Field(sa_type=Instant)
