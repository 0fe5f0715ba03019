"""The built pages: files with a hash in their name are kept for ever, the rest is asked anew."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from typing_extensions import override

FIRST_PAGE = "index.html"
HASHED = "assets/"


class Pages(StaticFiles):
    """Serves a folder of built pages; an address that is no file is the browser's to resolve."""

    @override
    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != HTTPStatus.NOT_FOUND or "." in path.rpartition("/")[2]:
                raise
            response = await super().get_response(FIRST_PAGE, scope)
        lifetime = "max-age=31536000, immutable" if path.startswith(HASHED) else "no-cache"
        response.headers["Cache-Control"] = f"public, {lifetime}"
        return response
