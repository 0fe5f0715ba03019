"""Reminders as stored."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from etape.core.columns import Instant


class Reminder(SQLModel, table=True):
    """What somebody was reminded of: the row is written with the letter's job, so never twice.

    `about` is the day or the instant that it is about: what moves to another is reminded anew.
    """

    registration_id: UUID = Field(
        foreign_key="registration.id", primary_key=True, ondelete="CASCADE"
    )
    kind: str = Field(primary_key=True)
    about: str = Field(primary_key=True)
    decided_at: datetime = Field(sa_type=Instant)
