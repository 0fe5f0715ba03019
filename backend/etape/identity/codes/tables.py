"""Mailed codes as stored: neither the code nor the link is here, they are derived when mailed."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from etape.core.columns import Instant
from etape.core.database import new_id


class SignInAsk(SQLModel, table=True):
    """Somebody asked, in one browser, for a code to be mailed.

    `member_id` is null for an address that is nobody's. It is no foreign key: checking one takes
    time, and takes it for members only (T16).
    """

    __tablename__ = "sign_in_ask"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    browser_digest: bytes = Field(unique=True)
    member_id: UUID | None = None
    language: str | None = None
    salt: bytes
    created_at: datetime = Field(sa_type=Instant, index=True)
    attempts: int = 0
    spent_at: datetime | None = Field(default=None, sa_type=Instant)
