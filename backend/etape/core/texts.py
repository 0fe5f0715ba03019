"""What people write and read: bounded strings, and texts in two languages, French required."""

import unicodedata
from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    EmailStr,
    Field,
    StringConstraints,
)
from pydantic_core import PydanticCustomError, PydanticKnownError

# PostgreSQL cannot store NUL; the other control characters only serve to deceive a reader or a log.
# Spaces and ends of lines on either side are taken off, and the contract allows them; they count in
# the length, which a client can check before it sends.
_PRINTABLE_LINE = r"^[\t-\r ]*[^\x00-\x1f\x7f]*[\t-\r ]*$"
_PRINTABLE_TEXT = r"^[\t-\r ]*[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*[\t-\r ]*$"


def composed(value: str) -> str:
    """Return `value` with each accent in its letter (NFC), as people search and compare it."""
    return unicodedata.normalize("NFC", value)


def _trimmed(value: str) -> str:
    return composed(value.strip())


def _said(value: str) -> str:
    if not (trimmed := _trimmed(value)):
        raise PydanticKnownError("string_too_short", {"min_length": 1})
    return trimmed


Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=300, pattern=_PRINTABLE_LINE),
    AfterValidator(_said),
]
"""One line that a person wrote: 1 to 300 characters, no control character."""

Prose = Annotated[
    str,
    StringConstraints(min_length=1, max_length=20_000, pattern=_PRINTABLE_TEXT),
    AfterValidator(_said),
]
"""Several lines that a person wrote: 1 to 20,000 characters."""

Email = Annotated[EmailStr, Field(max_length=254, examples=["ada.lenoir@example.org"])]
"""An e-mail address (RFC 5321, 4.5.3.1.3)."""

Slug = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=1, max_length=120)
]
"""A name for a URL: lower-case letters, digits and single hyphens."""

SearchText = Annotated[
    str, StringConstraints(max_length=300, pattern=_PRINTABLE_LINE), AfterValidator(_trimmed)
]
"""What somebody typed in a search box: up to 300 characters, possibly none."""


def unfit(*, fr: str, en: str) -> PydanticCustomError:
    """Return the error of a shape whose fields do not fit each other, for a person to read."""
    return PydanticCustomError("unfit", "unfit", {"localized": Localized(fr=fr, en=en)})


class Language(StrEnum):
    """The languages that Étape speaks."""

    FR = "fr"
    EN = "en"


class Spoken(BaseModel):
    """The base of every shape that the API speaks.

    Unknown fields are refused. In an answer no field is left out: one without a value is null.
    """

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        from_attributes=True,
        json_schema_serialization_defaults_required=True,
    )


class Localized(Spoken):
    """A text in French and, where somebody wrote it, in English."""

    fr: Prose
    en: Prose | None = None

    def in_language(self, language: Language) -> str:
        """Return the text in `language`, else in French."""
        return (self.en if language is Language.EN else None) or self.fr


def _unless_blank(value: Any) -> Any:
    """Return what is said, None where the text, the French, or both texts are blank."""
    if isinstance(value, dict):
        said = {name: text for name, text in value.items() if str(text or "").strip()}
        return said if "fr" in said else None
    return None if isinstance(value, str) and not value.strip() else value


BLANK_IS_NONE = BeforeValidator(_unless_blank)
Stated = Annotated[Localized | None, BLANK_IS_NONE]
"""A text of a form that somebody fills in by hand: nothing while its French is blank."""


def fold(value: str) -> str:
    """Return `value` without accents or case: the key to sort French names by."""
    decomposed = unicodedata.normalize("NFKD", value.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def preferred_language(accept_language: str | None) -> Language:
    """Return English when the header prefers it to French (RFC 9110, 12.5.4), else French."""
    weights: dict[Any, float] = {}
    for item in (accept_language or "").split(",")[:20]:
        tag, _, parameters = item.strip().partition(";")
        _, _, quality = parameters.partition("=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            weight = 0.0
        weights.setdefault(tag.strip().lower()[:2], weight)
    return Language.EN if weights.get("en", 0.0) > weights.get("fr", 0.0) else Language.FR
