"""The built pages: files with a hash in their name are kept for ever, the rest is asked anew.

An address that is no file is a page's: its document is the first one, or one built apart, and says
what is told of that page, for those who do not run it.
"""

import json
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import compile_path
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from typing_extensions import override

from etape.core.inside import Ask, asking
from etape.core.texts import Language

FIRST_PAGE, MANIFEST = "index.html", Path(".vite") / "manifest.json"
HASHED = "assets/"
LANGUAGE, TITLE = '<html lang="fr">', "<title>Étape</title>"
HEAD_END, ROOT, END = "</head>", '<div id="root">', "</body>"
"""What of the first document gives way to what is told of a page."""


@dataclass(frozen=True)
class Document:
    """A page of the folder, and what its answer says beyond the others."""

    name: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the first document says of one page: HTML for its head, and for where it will be drawn.

    `foot` ends the body: a stylesheet there comes after all those of the page. `sources` are those
    of its code and words, for the browser to ask for at once.
    """

    language: Language
    head: str
    body: str = ""
    foot: str = ""
    sources: Sequence[str] = ()
    status: HTTPStatus = HTTPStatus.OK


Tell = Callable[[str, str, Ask], Awaitable[Told]]
"""Tells of a path and its query, from what the API answers."""


def pattern_of(path: str) -> re.Pattern[str]:
    """Return what matches a path written as in a route: `/things/{slug}`."""
    return compile_path(path)[0]


@dataclass(frozen=True)
class Manifest:
    """What Vite tells of what it built: for each source, its file and what that file needs."""

    parts: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, directory: Path) -> "Manifest":
        """Read that of a folder of built pages; of one without, nothing is known."""
        manifest = directory / MANIFEST
        return cls(json.loads(manifest.read_bytes()) if manifest.exists() else {})

    def preloads(self, sources: Iterable[str]) -> Iterator[str]:
        """Yield the links that fetch the code of some sources, and the fonts, before they are met.

        A source is the beginning of a name: a page's code may be in parts. What is told of the page
        is drawn before, so its styles come first.
        """
        for file in sorted(part["file"] for part in self.parts.values()):
            if file.endswith(".woff2"):
                yield f'<link rel="preload" as="font" crossorigin href="/{file}" />'
        needed = [name for name in self.parts for source in sources if name.startswith(source)]
        files: dict[str, None] = {}
        while needed:
            part = self.parts[needed.pop()]
            if part["file"] not in files:
                files[part["file"]] = None
                needed += part.get("imports", [])
                files |= dict.fromkeys(part.get("css", []))
        for file in files:
            as_what = "modulepreload" if file.endswith(".js") else 'preload" as="style'
            yield f'<link rel="{as_what}" crossorigin fetchpriority="low" href="/{file}" />'


class Pages(StaticFiles):
    """Serves a folder of built pages; `apart` names documents by how their paths begin.

    `tell` says what the first document tells at an address.
    """

    def __init__(self, directory: Path, *, apart: Mapping[str, Document], tell: Tell) -> None:
        super().__init__(directory=directory)
        self.apart = apart
        self.tell = tell
        self.first = directory / FIRST_PAGE
        self._built: tuple[int, str, Manifest] = (0, "", Manifest({}))

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
        first, built = self._as_built()
        page = first.replace(LANGUAGE, f'<html lang="{told.language}">', 1)
        preloads = "".join(built.preloads(told.sources))
        page = page.replace(TITLE, told.head, 1).replace(HEAD_END, f"{preloads}{HEAD_END}", 1)
        page = page.replace(ROOT, f"{ROOT}{told.body}", 1)
        page = page.replace(END, f"{told.foot}{END}", 1)
        return Response(page, status_code=told.status, media_type="text/html")

    def _as_built(self) -> tuple[str, Manifest]:
        """Return the first document and what it was built with, read again once built anew."""
        at, first, manifest = self._built
        if at != (built_at := self.first.stat().st_mtime_ns):
            first = self.first.read_text(encoding="utf-8")
            manifest = Manifest.of(self.first.parent)
            self._built = (built_at, first, manifest)
        return first, manifest
