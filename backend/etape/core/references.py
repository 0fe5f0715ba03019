"""Which other nouns a content names: shapes say it (`RefersTo`), so that it is found, not listed.

It is how a name that nobody published is refused where it was written, and how what refers to a
noun is known before it is deleted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic_core import CoreSchema

KEYWORD = "x-refers-to"


@dataclass(frozen=True)
class RefersTo:
    """Marks a slug as the name of a published noun; the contract says it too."""

    noun: str

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Write the mark beside what the slug's own schema says."""
        return {**handler(core_schema), KEYWORD: self.noun}


class Reference(NamedTuple):
    """A name, and where it is written: a JSON Pointer into the content (RFC 6901)."""

    pointer: str
    noun: str
    slug: str


@cache
def _schema_of(shape: type[BaseModel]) -> dict[str, Any]:
    return shape.model_json_schema()


def references_of(shape: type[BaseModel], content: Any) -> Iterator[Reference]:
    """Yield each reference that a content (JSON values) of this shape makes."""
    schema = _schema_of(shape)
    yield from _walk(schema, content, "", schema.get("$defs", {}))


def _walk(
    schema: dict[str, Any], value: Any, pointer: str, shapes: dict[str, Any]
) -> Iterator[Reference]:
    if value is None:
        return
    if "$ref" in schema:
        schema = shapes[schema["$ref"].rpartition("/")[2]]
    for option in schema.get("anyOf", ()):
        yield from _walk(option, value, pointer, shapes)
    if "discriminator" in schema:
        told = schema["discriminator"]
        option = {"$ref": told["mapping"][value[told["propertyName"]]]}
        yield from _walk(option, value, pointer, shapes)
    if KEYWORD in schema:
        yield Reference(pointer, schema[KEYWORD], value)
    elif isinstance(value, dict):
        for name, field in schema.get("properties", {}).items():
            yield from _walk(field, value.get(name), f"{pointer}/{name}", shapes)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(schema.get("items", {}), item, f"{pointer}/{index}", shapes)
