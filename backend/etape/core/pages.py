"""The built pages: files with a hash in their name are kept for ever, the rest is asked anew.

An address that is no file is a page's: its document is the first one, or one built apart, and says
what is told of that page, for those who do not run it.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import compile_path
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from typing_extensions import override

from etape.core.inside import Ask, asking
from etape.core.texts import Language

FIRST_PAGE = "index.html"
HASHED = "assets/"
LANGUAGE, TITLE, END = '<html lang="fr">', "<title>Étape</title>", "</body>"
"""What of the first document gives way to what is told of a page."""


@dataclass(frozen=True)
class Document:
    """A page of the folder, and what its answer says beyond the others."""

    name: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the first document says of one page: HTML for its head and for the end of its body."""

    language: Language
    head: str
    body: str = ""
    status: HTTPStatus = HTTPStatus.OK


Tell = Callable[[str, str, Ask], Awaitable[Told]]
"""Tells of a path and its query, from what the API answers."""


def pattern_of(path: str) -> re.Pattern[str]:
    """Return what matches a path written as in a route: `/appels/{slug}`."""
    return compile_path(path)[0]


class Pages(StaticFiles):
    """Serves a folder of built pages; `apart` names documents by how their paths begin.

    `tell` says what the first document tells at an address.
    """

    def __init__(self, directory: Path, *, apart: Mapping[str, Document], tell: Tell) -> None:
        super().__init__(directory=directory)
        self.apart = apart
        self.tell = tell
        self.first = (directory / FIRST_PAGE).read_text(encoding="utf-8")

    @override
    async def get_response(self, path: str, scope: Scope) -> Response:
        lifetime = "max-age=31536000, immutable" if path.startswith(HASHED) else "no-cache"
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            is_file = "." in path.rpartition("/")[2] and path != "."
            if error.status_code != HTTPStatus.NOT_FOUND or is_file:
                raise
            response = await self._page_at(path, scope)
        response.headers["Cache-Control"] = f"public, {lifetime}"
        return response

    async def _page_at(self, path: str, scope: Scope) -> Response:
        for beginning, document in self.apart.items():
            if path == beginning or path.startswith(f"{beginning}/"):
                response = await super().get_response(document.name, scope)
                response.headers.update(document.headers)
                return response
        told = await self.tell(
            scope["path"], scope["query_string"].decode("latin-1"), asking(scope)
        )
        page = self.first.replace(LANGUAGE, f'<html lang="{told.language}">', 1)
        page = page.replace(TITLE, told.head, 1).replace(END, f"{told.body}{END}", 1)
        return Response(page, status_code=told.status, media_type="text/html")
