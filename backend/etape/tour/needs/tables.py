"""Accessibility needs as stored: a dump tells that something was asked for, never what."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from etape.core.columns import Instant
from etape.core.database import new_id


class AccessibilityNeed(SQLModel, table=True):
    """One need of somebody registered. What it is, in which words and what is offered is sealed."""

    __tablename__ = "accessibility_need"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    registration_id: UUID = Field(foreign_key="registration.id", index=True, ondelete="CASCADE")
    sealed: bytes
    state: str
    owner_id: UUID | None = Field(
        default=None, foreign_key="member.id", index=True, ondelete="SET NULL"
    )
    asked_at: datetime = Field(sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)
