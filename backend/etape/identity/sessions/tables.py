"""Browsers in which somebody signed in, as stored. The token itself is in the browser only."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from etape.core.columns import Instant
from etape.core.database import new_id


class BrowserSession(SQLModel, table=True):
    """A browser that is signed in. `level` is what was proved in it, `proved_at` when.

    `failures` counts the proofs that were refused since.
    """

    __tablename__ = "browser_session"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    digest: bytes = Field(unique=True)
    member_id: UUID = Field(foreign_key="member.id", index=True, ondelete="CASCADE")
    level: int
    browser: str
    created_at: datetime = Field(sa_type=Instant)
    seen_at: datetime = Field(sa_type=Instant)
    proved_at: datetime | None = Field(default=None, sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    failures: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
