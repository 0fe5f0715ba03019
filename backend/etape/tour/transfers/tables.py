"""Transfers as stored. The secret of the mailed link is not here: only its digest is."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from etape.core.columns import Instant
from etape.core.database import new_id


class Transfer(SQLModel, table=True):
    """A registration offered to somebody; ended when accepted or taken back."""

    __table_args__ = (
        Index(
            "uq_transfer_offered",
            "registration_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    registration_id: UUID = Field(foreign_key="registration.id", ondelete="CASCADE")
    name: str
    email: str
    language: str
    link_salt: bytes
    link_digest: bytes = Field(unique=True)
    offered_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
