"""The privacy notice as spoken: nine items that are due to whoever gives data about themselves.

They are those of article 13 of the GDPR, as the CNIL lists them for every collection of data.
"""

from typing import Annotated

from pydantic import Field, StringConstraints

from etape.core.texts import Spoken, Stated

Version = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
Consent = Annotated[
    Version | None,
    Field(
        description="The `version` of the privacy notice that the person has read "
        "(`GET /privacy-notice`): nobody is registered without."
    ),
]
"""Which words were read: another notice has another version."""


class Notice(Spoken):
    """What is said of personal data. An item that is empty keeps registration from opening."""

    controller: Stated = Field(
        default=None, description="Who decides what is done with the data (13(1)(a))."
    )
    protection_officer: Stated = Field(
        default=None, description="Whom to write to about the data (13(1)(b))."
    )
    purposes: Stated = Field(default=None, description="What the data serve (13(1)(c)).")
    legal_basis: Stated = Field(default=None, description="What allows it (13(1)(c)).")
    recipients: Stated = Field(default=None, description="Who receives the data (13(1)(e)).")
    retention: Stated = Field(default=None, description="How long they are kept (13(2)(a)).")
    rights: Stated = Field(
        default=None, description="What a person may ask for, and how (13(2)(b) and (c))."
    )
    complaint: Stated = Field(default=None, description="The authority to complain to (13(2)(d)).")
    obligation: Stated = Field(
        default=None, description="What must be given, and what comes of not giving it (13(2)(e))."
    )
    transfers: Stated = Field(
        default=None, description="Beyond the nine: data that leave the European Union (13(1)(f))."
    )
    fictitious: bool = Field(default=False, description="True: the notice of a demonstration.")


class NoticeRead(Notice):
    """The privacy notice, its version, and what it still lacks."""

    version: Version = Field(
        description="To send as `consent` when registering: which words were read.",
        examples=["5f0c1a9be27d"],
    )
    missing: Annotated[list[str], Field(max_length=9)] = Field(
        description="The items that are empty; registration opens once there is none."
    )
