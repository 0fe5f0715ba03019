"""Ways to sign in, as spoken; and what a provider sends a browser back with."""

from dataclasses import dataclass

from pydantic import Field

from etape.core.texts import Spoken


class SignInMethods(Spoken):
    """The ways in which a member of the team may sign in here."""

    mail: bool = Field(description="A code by mail; always offered.")
    provider: str | None = Field(
        description="The identity provider's name, for the button that opens "
        "`/api/v1/sign-in/oidc`; null where none is configured.",
        examples=["ProConnect"],
    )


@dataclass(frozen=True, kw_only=True)
class Return:
    """What the provider sent a browser back with (RFC 6749, 4.1.2; RFC 9207)."""

    state: str | None
    code: str | None
    error: str | None
    issuer: str | None
