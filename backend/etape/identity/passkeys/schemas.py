"""Passkeys as spoken: what a browser is told, and what it answers (WebAuthn Level 3, 5.1)."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from etape.core.texts import Line, Spoken


def _base64url(characters: int) -> Any:
    return StringConstraints(pattern=r"^[A-Za-z0-9_-]*$", max_length=characters)


CredentialId = Annotated[str, _base64url(1400)]
ClientData = Annotated[str, _base64url(8000), Field(alias="clientDataJSON")]
Sent = Annotated[str, _base64url(20_000)]
"""Bytes in base64url, as a browser sends them."""

Transport = Annotated[str, StringConstraints(pattern=r"^[a-z-]*$", max_length=20)]
Extensions = Annotated[
    dict[str, Any],
    Field(alias="clientExtensionResults", description="Not read: we ask for no extension."),
]
Attachment = Annotated[
    Literal["platform", "cross-platform"] | None, Field(alias="authenticatorAttachment")
]


class FromBrowser(Spoken):
    """A shape of the browser's own making, whose names it gives."""

    model_config = ConfigDict(validate_by_name=False, validate_by_alias=True)


class NewCredentialResponse(FromBrowser):
    """What a new passkey proves of itself."""

    client_data: ClientData
    attestation: Annotated[Sent, Field(alias="attestationObject")]
    transports: Annotated[list[Transport], Field(max_length=10)] = []
    authenticator_data: Annotated[Sent | None, Field(alias="authenticatorData")] = None
    public_key: Annotated[Sent | None, Field(alias="publicKey")] = None
    algorithm: Annotated[int | None, Field(alias="publicKeyAlgorithm", ge=-(2**31), le=2**31)] = (
        None
    )


class NewCredential(FromBrowser):
    """What `navigator.credentials.create()` answers, as `toJSON()` writes it."""

    id: CredentialId
    raw_id: Annotated[CredentialId, Field(alias="rawId")]
    type: Literal["public-key"]
    response: NewCredentialResponse
    extensions: Extensions = {}
    attachment: Attachment = None


class AssertionResponse(FromBrowser):
    """What a passkey signed."""

    client_data: ClientData
    authenticator_data: Annotated[Sent, Field(alias="authenticatorData")]
    signature: Sent
    user: Annotated[CredentialId | None, Field(alias="userHandle")] = None


class Assertion(FromBrowser):
    """What `navigator.credentials.get()` answers, as `toJSON()` writes it."""

    id: CredentialId
    raw_id: Annotated[CredentialId, Field(alias="rawId")]
    type: Literal["public-key"]
    response: AssertionResponse
    extensions: Extensions = {}
    attachment: Attachment = None


class PasskeyOptions(Spoken):
    """What to hand to the browser, by `PublicKeyCredential.parse…OptionsFromJSON()`."""

    options: dict[str, Any] = Field(description="The options, whole; their challenge serves once.")


class PasskeyRequest(Spoken):
    """A new passkey, and what its owner calls it."""

    name: Line = Field(examples=["Téléphone d’Odile"])
    credential: NewCredential


class PasskeyRead(Spoken):
    """A passkey of a member."""

    id: UUID
    name: str
    created_at: datetime
    used_at: datetime | None
