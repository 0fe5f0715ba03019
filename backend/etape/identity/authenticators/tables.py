"""Authenticator apps and recovery codes as stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from etape.core.columns import Instant
from etape.core.database import new_id


class Authenticator(SQLModel, table=True):
    """The authenticator app of a member, their secret sealed; not confirmed: being enrolled.

    `last_step` is the time step of the last code that was taken: none serves twice.
    """

    __table_args__ = (
        Index(
            "uq_authenticator_confirmed",
            "member_id",
            unique=True,
            postgresql_where=text("confirmed_at IS NOT NULL"),
        ),
        Index(
            "uq_authenticator_pending",
            "member_id",
            unique=True,
            postgresql_where=text("confirmed_at IS NULL"),
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    member_id: UUID = Field(foreign_key="member.id", ondelete="CASCADE")
    sealed_secret: bytes
    last_step: int | None = Field(default=None, sa_type=BigInteger)
    created_at: datetime = Field(sa_type=Instant)
    confirmed_at: datetime | None = Field(default=None, sa_type=Instant)


class RecoveryCode(SQLModel, table=True):
    """A code that stands for a lost authenticator once. It holds 80 bits: its hash is no clue."""

    __tablename__ = "recovery_code"

    digest: bytes = Field(primary_key=True)
    member_id: UUID = Field(foreign_key="member.id", index=True, ondelete="CASCADE")
    spent_at: datetime | None = Field(default=None, sa_type=Instant)
