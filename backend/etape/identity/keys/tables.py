"""API keys as stored. The key itself is with who asked for it, and nowhere else."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Text
from sqlmodel import Field, SQLModel

from etape.core.columns import Instant
from etape.core.database import new_id


class ApiKey(SQLModel, table=True):
    """A key, of an e-mail address or of a member; asked for, while it has no `digest` yet.

    What was rotated from one key is its family, which one mailed link revokes: `salt` makes it.
    """

    __tablename__ = "api_key"
    __table_args__ = (CheckConstraint("(member_id IS NULL) <> (email IS NULL)", name="of_one"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    family_id: UUID = Field(index=True)
    salt: bytes
    digest: bytes | None = None
    member_id: UUID | None = Field(
        default=None, foreign_key="member.id", index=True, ondelete="CASCADE"
    )
    email: str | None = None
    email_key: str | None = Field(default=None, index=True)
    language: str
    name: str
    scopes: list[str] = Field(sa_type=ARRAY(Text))
    expires_in_days: int
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    last_used_at: datetime | None = Field(default=None, sa_type=Instant)
    rotated_at: datetime | None = Field(default=None, sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)
    warned_at: datetime | None = Field(default=None, sa_type=Instant)
