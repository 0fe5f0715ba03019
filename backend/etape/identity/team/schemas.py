"""Invitations as spoken."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from etape.core.texts import Language, Line, Spoken
from etape.identity.codes.schemas import LinkToken
from etape.identity.members.schemas import Address, GrantContent, Roles


class InvitationKind(StrEnum):
    """What a link is for."""

    INVITATION = "invitation"
    """To join the team."""
    RECOVERY = "recovery"
    """To enrol a second factor again, the last one being lost."""
    FIRST = "first"
    """To be the first coordinator of a new installation."""


class InvitationRequest(Spoken):
    """Somebody to invite, and what they will do."""

    name: Line = Field(examples=["Odile Martin"])
    email: Address
    roles: Roles
    language: Language = Field(default=Language.FR, description="The language of our mails.")


class InvitationRead(Spoken):
    """An invitation that nobody took yet."""

    id: UUID
    name: str
    email: str
    roles: list[GrantContent]
    language: Language
    created_at: datetime
    expires_at: datetime


class InvitationToken(Spoken):
    """The secret of an invitation's link."""

    token: LinkToken


class InvitationOpened(Spoken):
    """What a link is for, to whoever holds it. Nothing is spent."""

    kind: InvitationKind
    name: str | None = Field(description="Null for the first coordinator, who gives theirs.")
    email: str | None = Field(description="Same.")
    roles: list[GrantContent]
    expires_at: datetime


class InvitationAcceptance(InvitationToken):
    """Somebody takes an invitation. The first coordinator says who they are; others are known."""

    name: Line | None = Field(default=None, description="Null: as invited.")
    email: Address | None = Field(default=None, description="Only for the first coordinator.")
    language: Language | None = Field(default=None, description="Null: as invited.")
