"""Authenticator apps and recovery codes as spoken."""

from typing import Annotated

from pydantic import Field, StringConstraints

from etape.core.texts import Spoken

OneTimeCode = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{6}$", min_length=6, max_length=6),
    Field(examples=["492039"]),
]
"""What an authenticator app shows: six digits, for half a minute (RFC 6238)."""

RecoveryCodeText = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9A-Za-z -]*$", min_length=1, max_length=40),
    Field(examples=["7K3M-9QZD-2B8T-HV4C"]),
]


class AuthenticatorEnrolment(Spoken):
    """What an authenticator app needs, shown once; a first code from it confirms it."""

    secret: str = Field(description="To type where no picture can be read.")
    url: str = Field(description="The same, as `otpauth://…`.")
    qr_svg: str = Field(description="The same, as a picture to scan (SVG).")


class AuthenticatorCode(Spoken):
    """A code from the app being enrolled."""

    code: OneTimeCode


class RecoveryCodes(Spoken):
    """Ten codes that stand for a lost authenticator, each once. They are shown this once."""

    codes: Annotated[list[str], Field(min_length=10, max_length=10)]
