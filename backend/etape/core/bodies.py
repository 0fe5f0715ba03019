"""What a request may carry: JSON of 64 KiB at most, unless the operation declares another body.

A limit holds whatever length was announced. A media type declared here never travels from another
site without a preflight (Fetch, "CORS-safelisted request-header"), as JSON does not.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import Request
from starlette.types import Message, Receive

from etape.core.problems import TooLarge, UnsupportedMediaType
from etape.core.settings import Settings
from etape.core.texts import Localized

KIB = 1024
MIB = 1024 * KIB
JSON = "application/json"
_SAFELISTED = {"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"}
_BODY = "__body__"

Endpoint = TypeVar("Endpoint", bound=Callable[..., Awaitable[Any]])


@dataclass(frozen=True, kw_only=True)
class Body:
    """The body of an operation.

    `at_most` tells its bytes from the settings. `first`, where there is one, is what is done with
    the body before the request's transaction opens, once who asks is known to be let in: nothing
    is read from others. Its result is `request.state.first`.
    """

    media_types: tuple[str, ...] = (JSON,)
    at_most: Callable[[Settings], int] = lambda _settings: 64 * KIB
    first: Callable[[Request], Awaitable[Any]] | None = None

    def __post_init__(self) -> None:
        if forged := _SAFELISTED & set(self.media_types):
            raise ValueError(f"any site may have a browser send {', '.join(sorted(forged))}")

    @property
    def is_json(self) -> bool:
        """Whether it is the JSON that a handler takes as an argument."""
        return self.media_types == (JSON,)

    def refuse_other(self, request: Request) -> None:
        """Raise UnsupportedMediaType for a body of another kind; JSON may be left out."""
        has_body = request.headers.get("content-length", "0") != "0" or (
            "transfer-encoding" in request.headers
        )
        if (has_body or not self.is_json) and media_type_of(request) not in self.media_types:
            told = ", ".join(self.media_types)
            raise UnsupportedMediaType(
                Localized(
                    fr=f"Cette adresse ne lit que : {told}. L’en-tête Content-Type dit "
                    "ce que vous envoyez.",
                    en=f"This address only reads: {told}. The Content-Type header says what you "
                    "send.",
                )
            )

    def bounded(self, request: Request, settings: Settings) -> Receive:
        """Return the request's `receive`, refusing what passes the limit.

        Receiving raises TooLarge: at once where the length announced passes it, else on passing.
        """
        limit, size = self.at_most(settings), 0
        announced = int(request.headers.get("content-length", "0"))

        async def receive_within_limit() -> Message:
            nonlocal size
            if announced > limit:
                raise _too_large(limit)
            message = await request.receive()
            size += len(message.get("body", b""))
            if size > limit:
                raise _too_large(limit)
            return message

        return receive_within_limit


def media_type_of(request: Request) -> str:
    """Return the media type that a request announces, without its parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def accept(body: Body) -> Callable[[Endpoint], Endpoint]:
    """Declare what an operation's body may be; written beside its `@allow`."""

    def declare(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _BODY, body)
        return endpoint

    return declare


def body_of(endpoint: Callable[..., Any]) -> Body:
    """Return the body that an operation declares, JSON by default."""
    body: Body = getattr(endpoint, _BODY, Body())
    return body


def _too_large(limit: int) -> TooLarge:
    number, french, english = (
        (limit // MIB, "Mio", "MiB") if limit % MIB == 0 else (limit // KIB, "Kio", "KiB")
    )
    return TooLarge(
        Localized(
            fr=f"L’envoi dépasse la taille acceptée ici ({number} {french}).",
            en=f"The body is larger than what is accepted here ({number} {english}).",
        )
    )
