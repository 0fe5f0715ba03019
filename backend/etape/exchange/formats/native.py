"""Our own format, JSON Lines: on each line a noun and its content, as the API writes them.

{"noun": "call", "content": {"slug": "…", "kind": "aap", "name": {"fr": "…"}}}
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from pydantic import BaseModel, ConfigDict, ValidationError

from etape.core.publishing import NOUNS
from etape.core.texts import Localized
from etape.core.validation import errors_in
from etape.exchange.formats.lines import Line, RemarkKind, text_lines

REFUSED = RemarkKind.REFUSED
_NOT_OURS = Localized(
    fr="Une ligne est un objet JSON {noun, content} d’une des sortes que l’on publie.",
    en="A line is a JSON object {noun, content} of one of the kinds that are published.",
)


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    noun: str
    content: dict[str, Any]


def read(stream: BinaryIO) -> Iterator[Line]:
    """Yield what each line holds, any noun that is published. Raises FileRefused."""
    for number, text in enumerate(text_lines(stream), 1):
        if text.strip():
            yield _line(number, text)


def write(noun: str, content: dict[str, Any]) -> str:
    """Return the line of a content."""
    return json.dumps({"noun": noun, "content": content}, ensure_ascii=False) + "\n"


def _line(number: int, text: str) -> Line:
    try:
        entry = _Entry.model_validate_json(text)
        shape = NOUNS[entry.noun].content
    except (ValidationError, KeyError):
        line = Line(number=number, id=None, content=None)
        return replace(line, remarks=[line.remark(REFUSED, _NOT_OURS, value=text.strip())])
    slug = entry.content.get("slug")
    line = Line(number=number, id=slug if isinstance(slug, str) else None, content=None)
    try:
        return replace(line, content=shape.model_validate(entry.content))
    except ValidationError as error:
        remarks = [
            line.remark(REFUSED, sentence, field=pointer)
            for pointer, sentence in errors_in(error, entry.content)
        ]
        return replace(line, remarks=remarks)
