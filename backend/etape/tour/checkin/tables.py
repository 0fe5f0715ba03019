"""Scans as stored: facts, that nothing refuses, changes or deletes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from etape.core.columns import Instant


class Scan(SQLModel, table=True):
    """Somebody shown at a door, at the instant that the device says.

    The device names it (`id`), so that what is uploaded twice is one. What was read is kept as a
    digest: a ticket is as good as its holder. Whoever is erased leaves a scan of nobody.
    """

    __table_args__ = (Index("ix_scan_stop_id_scanned_at", "stop_id", "scanned_at"),)

    stop_id: UUID = Field(foreign_key="stop.id", primary_key=True)
    id: UUID = Field(primary_key=True)
    registration_id: UUID | None = Field(
        default=None, foreign_key="registration.id", ondelete="SET NULL", index=True
    )
    session_id: UUID | None = Field(default=None, foreign_key="session.id", ondelete="SET NULL")
    means: str
    ticket_digest: bytes | None = None
    device: UUID
    device_name: str | None = None
    outcome: str
    scanned_at: datetime = Field(sa_type=Instant)
    received_at: datetime = Field(sa_type=Instant)
    by: str
