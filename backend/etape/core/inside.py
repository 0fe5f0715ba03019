"""What our own API answers to a question, asked without leaving the process."""

from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.types import Message, Scope

from etape.core.texts import Language

_KEPT = {b"host", b"x-forwarded-for"}


async def answer_inside(scope: Scope, target: str, language: Language) -> tuple[HTTPStatus, bytes]:
    """Return how `GET target` is answered to anybody: of who asks, only the network is told.

    Args:
        scope: The request that is being served.
        target: A path of the API, with its query.
        language: The language that is preferred.
    """
    address = urlsplit(target)
    asked = {
        **{name: value for name, value in scope.items() if name != "fastapi"},  # the page's own
        "method": "GET",
        "path": address.path,
        "raw_path": address.path.encode(),
        "query_string": address.query.encode(),
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
