"""The built pages: files with a hash in their name are kept for ever, the rest is asked anew.

An address that is no file is the browser's to resolve, in the first document or in one built apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from typing_extensions import override

FIRST_PAGE = "index.html"
HASHED = "assets/"


@dataclass(frozen=True)
class Document:
    """A page of the folder, and what its answer says beyond the others."""

    name: str
    headers: Mapping[str, str] = field(default_factory=dict)


class Pages(StaticFiles):
    """Serves a folder of built pages; `apart` names documents by how their paths begin."""

    def __init__(self, directory: Path, *, apart: Mapping[str, Document]) -> None:
        super().__init__(directory=directory, html=True)
        self.apart = apart

    @override
    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != HTTPStatus.NOT_FOUND or "." in path.rpartition("/")[2]:
                raise
            document = self._document_at(path)
            response = await super().get_response(document.name, scope)
            response.headers.update(document.headers)
        lifetime = "max-age=31536000, immutable" if path.startswith(HASHED) else "no-cache"
        response.headers["Cache-Control"] = f"public, {lifetime}"
        return response

    def _document_at(self, path: str) -> Document:
        for beginning, document in self.apart.items():
            if path == beginning or path.startswith(f"{beginning}/"):
                return document
        return Document(FIRST_PAGE)
