"""API keys as spoken. The key itself is in one answer only, the one that creates it."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictInt, StringConstraints

from etape.core.texts import Language, Line, Spoken
from etape.identity.members.schemas import Address, Scope

LinkToken = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, pattern=r"^[!-~]+$"),
    Field(description="The secret of the mailed link: what follows `lien=` or `revocation=`."),
]
Days = Annotated[StrictInt, Field(ge=1, le=730, description="For how many days the key works.")]


class ApiKeyRequest(Spoken):
    """Somebody asks for a key, which a letter to their address gives."""

    email: Address
    name: Line = Field(description="What the key is for.", examples=["Tableau de bord régional"])
    scopes: Annotated[list[Literal[Scope.READ]], Field(min_length=1, max_length=1)] = [Scope.READ]
    expires_in_days: Days = 365
    language: Language = Field(default=Language.FR, description="The language of our mails.")


class MemberKeyRequest(Spoken):
    """A member makes a key for themselves; `read` comes with every key."""

    name: Line = Field(description="What the key is for.", examples=["Import des appels"])
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(Scope))]
    expires_in_days: Days = 365


class ApiKeyAsked(Spoken):
    """A letter is on its way. Whatever the address, the same is told."""

    link_works_for_hours: int = Field(description="How long the letter's link works.")


class LinkSpent(Spoken):
    """The link of a letter, spent."""

    token: LinkToken


class Rotation(Spoken):
    """How a key makes place for the next one."""

    overlap_hours: Annotated[StrictInt, Field(ge=0, le=168)] = Field(
        default=24, description="For how many hours the key that asks still works."
    )


class ApiKeyRead(Spoken):
    """A key, without its secret."""

    id: UUID = Field(description="The key begins with `etape_` and these 32 digits.")
    name: str
    scopes: list[Scope] = Field(max_length=len(Scope))
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None = Field(description="To the minute.")
    rotated_at: datetime | None = Field(description="When another key was made to replace it.")
    revoked_at: datetime | None


class ApiKeyShown(ApiKeyRead):
    """A key just made."""

    key: str | None = Field(
        description="The key itself, shown this once. Null for a retry with the same "
        "Idempotency-Key: revoke the key, and make another."
    )


class HeldKeyRead(ApiKeyRead):
    """A key and who holds it."""

    member: str | None = Field(description="The member's name, when it is a member's.")
    email: str | None = Field(description="The address that proved it, when it is not.")
