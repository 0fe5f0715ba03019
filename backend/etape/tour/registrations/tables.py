"""Registrations as stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from etape.core.columns import Instant
from etape.core.database import new_id


class Registration(SQLModel, table=True):
    """One person at one stop. Their link's secret is not here: it is derived when it is mailed.

    `needs_proof`: nobody came back by the mailed link yet, where the stop asks for that. `consent`
    is the version of the privacy notice that they had read by `consented_at`.
    """

    __table_args__ = (
        Index(
            "uq_registration_person",
            "stop_id",
            "email_key",
            unique=True,
            postgresql_where=text("cancelled_at IS NULL"),
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    stop_id: UUID = Field(foreign_key="stop.id")
    name: str
    email: str
    email_key: str
    organisation: str | None = None
    language: str
    online_meanwhile: bool
    promote_until_hours: int
    together: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    needs_proof: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    link_salt: bytes
    link_digest: bytes = Field(unique=True)
    sequence: int
    created_at: datetime = Field(sa_type=Instant)
    consent: str | None = None
    consented_at: datetime | None = Field(default=None, sa_type=Instant)
    bounce: str | None = None
    bounced_at: datetime | None = Field(default=None, sa_type=Instant)
    cancelled_at: datetime | None = Field(default=None, sa_type=Instant)
