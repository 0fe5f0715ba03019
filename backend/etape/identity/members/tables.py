"""The team as stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from etape.core.columns import Instant
from etape.core.database import new_id


class Member(SQLModel, table=True):
    """A person of the team. `email_key` is the address by which they are known."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    name: str
    email: str
    email_key: str = Field(unique=True)
    language: str
    created_at: datetime = Field(sa_type=Instant)
    disabled_at: datetime | None = Field(default=None, sa_type=Instant)


class MemberGrant(SQLModel, table=True):
    """A role of a member, for everything or for one stop, which may not be published yet."""

    __tablename__ = "member_grant"
    __table_args__ = (
        CheckConstraint(
            "(stop IS NULL) = (role IN ('coordinator', 'funding_editor'))", name="of_one_stop"
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    member_id: UUID = Field(foreign_key="member.id", index=True, ondelete="CASCADE")
    role: str
    stop: str | None = None
