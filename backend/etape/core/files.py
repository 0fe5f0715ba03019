"""Answers that are a file: a calendar, a feed, a table, a sheet to print, a picture."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from fastapi import Query, Response

from etape.core.http import keep_for_all
from etape.core.openapi import Responses
from etape.core.texts import Language

CALENDAR, CSV, PDF = "text/calendar", "text/csv", "application/pdf"
Lang = Annotated[Language, Query(description="The language that it is written in.")]


def answers(media_type: str, description: str) -> Responses:
    """Return what a route declares for the file that it answers with: a text, else bytes."""
    is_text = media_type.startswith("text/") or media_type.endswith("xml")
    content = {media_type: {"schema": {"type": "string"}} if is_text else {}}
    return {200: {"content": content, "description": description}}


def file_for_all(
    content: bytes | str,
    media_type: str,
    *,
    now: datetime,
    until: datetime | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a public file, for caches to keep a minute, never past `until`."""
    response = Response(content, media_type=media_type, headers=headers)
    keep_for_all(response, now=now, until=until)
    return response
