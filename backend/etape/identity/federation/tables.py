"""Accounts at an identity provider, and sign-ins under way there, as stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from etape.core.columns import Instant
from etape.core.database import new_id


class ProviderAccount(SQLModel, table=True):
    """A member's account at a provider, which calls them `subject`: never by their address."""

    __tablename__ = "provider_account"
    __table_args__ = (
        UniqueConstraint("issuer", "subject"),
        UniqueConstraint("member_id", "issuer"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    member_id: UUID = Field(foreign_key="member.id", ondelete="CASCADE")
    issuer: str
    subject: str
    linked_at: datetime = Field(sa_type=Instant)


class ProviderAttempt(SQLModel, table=True):
    """A browser that left to sign in there. What it is recognised by is in the browser only."""

    __tablename__ = "provider_attempt"

    digest: bytes = Field(primary_key=True)
    started_at: datetime = Field(sa_type=Instant, index=True)
