"""Who asks and how surely we know it, as spoken."""

from typing import Literal

from pydantic import Field

from etape.core.texts import Spoken
from etape.identity.authenticators.schemas import OneTimeCode, RecoveryCodeText
from etape.identity.passkeys.schemas import Assertion


class SecondFactors(Spoken):
    """What a member may show beside their mail."""

    passkeys: int
    authenticator: bool
    recovery_codes: int = Field(description="How many are left.")


class PasskeyProof(Spoken):
    """A passkey, shown."""

    kind: Literal["passkey"]
    credential: Assertion


class AuthenticatorProof(Spoken):
    """A code of the authenticator app."""

    kind: Literal["authenticator"]
    code: OneTimeCode


class RecoveryProof(Spoken):
    """A recovery code; it serves once."""

    kind: Literal["recovery_code"]
    code: RecoveryCodeText


Proof = PasskeyProof | AuthenticatorProof | RecoveryProof
