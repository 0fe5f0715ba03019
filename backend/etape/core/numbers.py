"""Numbers as JSON has them."""

from pydantic import BeforeValidator
from pydantic_core import PydanticKnownError


def _refuse_words(value: object) -> object:
    if isinstance(value, bool | str):
        raise PydanticKnownError("int_type")
    return value


WHOLE = BeforeValidator(_refuse_words)
"""Marks an integer: 12, or 12.0, which JSON Schema calls one too; neither "12" nor true."""
