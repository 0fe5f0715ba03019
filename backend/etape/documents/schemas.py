"""Documents as spoken, and what the reading of one finds."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from etape.core.texts import Spoken, composed


class MediaType(StrEnum):
    """What may be uploaded."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"


EXTENSIONS = {
    MediaType.PDF: ("pdf",),
    MediaType.PNG: ("png",),
    MediaType.JPEG: ("jpg", "jpeg"),
    MediaType.WEBP: ("webp",),
}

# No path, no control character, nothing that shows a name in another order than it is written
# (Unicode's bidirectional controls), nothing that Windows refuses, and no dot to begin with.
_FORBIDDEN = (
    '\\x00-\\x1f\\x7f-\\x9f/\\\\:*?"<>|%\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff'
)
FileName = Annotated[
    str,
    StringConstraints(
        min_length=5,
        max_length=120,
        pattern=rf"^[^{_FORBIDDEN}\s._-][^{_FORBIDDEN}]*$",
    ),
    AfterValidator(composed),
    Field(description="The name of a file, with its extension.", examples=["rulebook.pdf"]),
]


class Refusal(StrEnum):
    """Why a content is refused; each is the code of a problem (`rules.REFUSALS`)."""

    UNREADABLE = "file-unreadable"
    PROTECTED = "file-protected"
    ACTIVE = "file-active"
    TOO_WIDE = "image-too-large"


class Reading(Spoken):
    """What is found in a content, and the content to keep: that of an image is written anew."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    content: bytes = b""
    refusal: Refusal | None = None
    pages: int | None = None
    width: int | None = None
    height: int | None = None


class DocumentRead(Spoken):
    """An uploaded document."""

    id: UUID
    name: FileName
    url: str = Field(
        description="Where anybody reads it: what the link of a call, a stop or a session says.",
        examples=[
            "https://etape.example/documents/0b6f3a52-6c0e-4f0e-9d5e-6d1f3c1a7b11/rulebook.pdf"
        ],
    )
    media_type: MediaType
    size: int = Field(description="In bytes, as kept: an image is written anew, without metadata.")
    digest: str = Field(description="The SHA-256 of what is kept, in hexadecimal.")
    pages: int | None = Field(description="Of a PDF.")
    width: int | None = Field(description="Of an image, in pixels.")
    height: int | None = Field(description="Of an image, in pixels.")
    uploaded_at: datetime
    uploaded_by: str = Field(description="Who uploaded it, as the journal names them.")
