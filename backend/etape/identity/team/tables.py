"""Invitations as stored. The link's secret is not here: it is derived when it is mailed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from etape.core.columns import Instant, Shaped
from etape.core.database import new_id
from etape.identity.members.schemas import GrantContent


class Invitation(SQLModel, table=True):
    """A link that lets somebody in once: to join, to enrol anew, or to be the first of all.

    Who joins is said by `name`, `email` and `roles`; who enrols anew by `member_id`.
    """

    __table_args__ = (
        CheckConstraint("(kind = 'recovery') = (member_id IS NOT NULL)", name="of_a_member"),
        CheckConstraint(
            "(kind = 'invitation') = (name IS NOT NULL AND email IS NOT NULL)", name="named"
        ),
        Index("uq_invitation_first", "kind", unique=True, postgresql_where=text("kind = 'first'")),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    kind: str
    member_id: UUID | None = Field(
        default=None, foreign_key="member.id", index=True, ondelete="CASCADE"
    )
    name: str | None = None
    email: str | None = None
    roles: list[GrantContent] = Field(sa_type=Shaped(list[GrantContent]))
    language: str
    link_salt: bytes
    link_digest: bytes = Field(unique=True)
    created_by: str
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    spent_at: datetime | None = Field(default=None, sa_type=Instant)
