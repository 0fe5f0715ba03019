"""What every request passes before any room sees it: an id, a log line, the safety headers."""

import time
import uuid
from collections.abc import Mapping

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars, clear_contextvars

from etape.core import refusals
from etape.core.problems import InternalError, Invalid

REQUEST_ID = "X-Request-ID"
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
SAFETY = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
HSTS = "max-age=31536000; includeSubDomains"

_log = structlog.get_logger("etape.http")


class Edge:
    """The outermost layer. The log names the route, never the path: a path may hold a secret."""

    def __init__(self, app: ASGIApp, *, is_secure: bool) -> None:
        self.app = app
        self.headers = {**SAFETY, "Strict-Transport-Security": HSTS} if is_secure else SAFETY

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(scope)
        clear_contextvars()
        bind_contextvars(request_id=request_id)
        is_head = scope["method"] == "HEAD"
        if is_head:  # RFC 9110, 9.3.2: as GET, without the content
            scope = {**scope, "method": "GET"}
        started, status = time.perf_counter(), 0

        async def send_sealed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers[REQUEST_ID] = request_id
                for name, value in self._headers(scope).items():
                    headers.setdefault(name, value)
            elif is_head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        try:
            await self._serve(scope, receive, send_sealed)
        except Exception:
            _log.exception("failed")
            if status not in {0, InternalError.status}:
                raise  # the answer was under way: only cutting it tells that it is not whole
            if status:
                return
            await refusals.answer(Request(scope), InternalError())(scope, receive, send_sealed)
        finally:
            _log.info(
                "served",
                method="HEAD" if is_head else scope["method"],
                route=getattr(scope.get("route"), "path_format", None),
                status=status,
                milliseconds=round((time.perf_counter() - started) * 1000, 1),
            )

    def _headers(self, scope: Scope) -> Mapping[str, str]:
        """Return what every answer carries; on leaving, that its connection ends with it."""
        is_leaving = scope["app"].state.leaving.is_set()
        return {**self.headers, "Connection": "close"} if is_leaving else self.headers

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        if "\x00" in scope["path"] or b"%00" in scope["query_string"]:
            await refusals.answer(Request(scope), Invalid())(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get(REQUEST_ID, "")
    try:
        return str(uuid.UUID(given))
    except ValueError:
        return str(uuid.uuid4())
