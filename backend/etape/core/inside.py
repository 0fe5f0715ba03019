"""What our own API answers to a question, asked without leaving the process."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import unquote, urlsplit

from starlette.types import Message, Scope

from etape.core.texts import Language

_KEPT = {b"host", b"x-forwarded-for"}

Ask = Callable[[str, Language], Awaitable[tuple[HTTPStatus, bytes]]]
"""Asks `GET` of a path of the API, with its query, in a language."""


def asking(scope: Scope) -> Ask:
    """Return how to ask on behalf of a request, of whose sender only the network is told."""

    async def ask(target: str, language: Language) -> tuple[HTTPStatus, bytes]:
        return await _answered(scope, target, language)

    return ask


async def _answered(scope: Scope, target: str, language: Language) -> tuple[HTTPStatus, bytes]:
    address = urlsplit(target)
    asked = {
        **{name: value for name, value in scope.items() if name != "fastapi"},  # the page's own
        "method": "GET",
        "path": unquote(address.path),
        "raw_path": address.path.encode(),
        "query_string": address.query.encode("latin-1"),
        "path_params": {},
        "root_path": "",
        "headers": [
            *((name, value) for name, value in scope["headers"] if name in _KEPT),
            (b"accept-language", language.encode()),
        ],
    }
    status, parts = HTTPStatus.OK, list[bytes]()

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = HTTPStatus(message["status"])
        else:
            parts.append(message.get("body", b""))

    await scope["app"].router(asked, receive, send)
    return status, b"".join(parts)
