"""Signing in by mail, as spoken."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from etape.core.texts import Language, Localized, Spoken
from etape.identity.members.schemas import Address

ONE_OF_BOTH = Localized(
    fr="Envoyez le code, ou le jeton du lien : l’un des deux.",
    en="Send the code, or the token of the link: one of the two.",
)

TypedCode = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9A-Za-z -]*$", min_length=1, max_length=40),
    Field(examples=["7K3M-9QZD"]),
]
"""A code as somebody types it: case, spaces and hyphens do not matter."""

LinkToken = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9A-Za-z_-]*$", min_length=1, max_length=100),
    Field(description="The secret of the link, what follows `lien=`."),
]


class SignInRequest(Spoken):
    """Somebody asks for a code to be mailed."""

    email: Address
    language: Language | None = Field(default=None, description="Of the mail; null: theirs.")


class SignInAsked(Spoken):
    """What is answered, whoever asks: if the address is a member’s, a code is on its way."""

    expires_at: datetime = Field(description="Until when the code can be typed.")


class SignInProof(Spoken):
    """The code of the mail, typed in the browser that asked, or the token of its link."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1, "maxProperties": 1})

    code: TypedCode | SkipJsonSchema[None] = None
    token: LinkToken | SkipJsonSchema[None] = None

    @model_validator(mode="after")
    def hold_one_of_both(self) -> Self:
        """Refuse both, and neither."""
        if (self.code is None) == (self.token is None):
            raise PydanticCustomError("one_of_both", "one of both", {"localized": ONE_OF_BOTH})
        return self
