"""Passkeys as stored: public keys, and the challenges that wait for an answer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from etape.core.columns import Instant
from etape.core.database import new_id


class Passkey(SQLModel, table=True):
    """A passkey of a member. `sign_count` is what its authenticator counted; 0: it does not."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    member_id: UUID = Field(foreign_key="member.id", index=True, ondelete="CASCADE")
    credential_id: bytes = Field(unique=True)
    public_key: bytes
    sign_count: int = Field(sa_type=BigInteger)
    transports: list[str] = Field(sa_type=JSONB)
    name: str
    created_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)


class PasskeyChallenge(SQLModel, table=True):
    """What an authenticator is to sign, once. `session_id` is the browser that it is for.

    It is null where nobody is signed in yet.
    """

    __tablename__ = "passkey_challenge"

    digest: bytes = Field(primary_key=True)
    purpose: str
    session_id: UUID | None = Field(
        default=None, foreign_key="browser_session.id", ondelete="CASCADE", index=True
    )
    created_at: datetime = Field(sa_type=Instant, index=True)
