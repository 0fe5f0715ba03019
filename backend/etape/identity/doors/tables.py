"""Door passes as stored: a pass for one stop and one day, and the browsers that it opened."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from etape.core.columns import Instant
from etape.core.database import new_id


class DoorPass(SQLModel, table=True):
    """A QR code that makes hosts of whoever opens it, from `opens_at` until `ends_at`."""

    __tablename__ = "door_pass"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    stop: str = Field(index=True)
    day: date
    zone: str
    opens_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant)
    digest: bytes = Field(unique=True)
    created_by: str
    created_at: datetime = Field(sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)


class DoorSession(SQLModel, table=True):
    """A browser that a pass opened; it lasts as long as the pass."""

    __tablename__ = "door_session"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    pass_id: UUID = Field(foreign_key="door_pass.id", index=True, ondelete="CASCADE")
    digest: bytes = Field(unique=True)
    browser: str
    created_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
