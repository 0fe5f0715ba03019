"""A light HTTP/1.1 client: kept connections, each asking again as soon as it is answered."""

import asyncio
import math
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import quote

HEADER_END = b"\r\n\r\n"
LENGTH = b"content-length: "


class Connection(asyncio.Protocol):
    """One kept connection that waits for one answer at a time."""

    def __init__(self) -> None:
        self._received = b""
        self._whole = 0
        self._answer: asyncio.Future[bytes] | None = None
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError("closed before the answer"))

    def data_received(self, data: bytes) -> None:
        self._received += data
        if not self._whole:
            end = self._received.find(HEADER_END)
            if end < 0:
                return
            head = self._received[:end].lower()
            place = head.index(LENGTH) + len(LENGTH)
            length = int(head[place:].partition(b"\r")[0])
            self._whole = end + len(HEADER_END) + length
        if len(self._received) >= self._whole and self._answer is not None:
            answer, self._received, self._whole = self._received, b"", 0
            self._answer.set_result(answer)

    async def ask(self, request: bytes) -> bytes:
        """Send a request and return the whole answer, its head included."""
        assert self._transport is not None
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        assert self._transport is not None
        self._transport.close()


def get(path: str) -> bytes:
    """Return the bytes of a GET."""
    return f"GET {quote(path, safe='/?&=%')} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


def post(path: str, body: bytes, *, key: str | None = None) -> bytes:
    """Return the bytes of a POST of JSON, with an `Idempotency-Key` if one is given."""
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: localhost",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        *([f"Idempotency-Key: {key}"] if key else []),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass
class Round:
    """What one round of requests gave: how long each took, and how many had each status."""

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    bytes: int = 0

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.waits) / self.seconds

    def wait(self, share: float) -> float:
        """Return the milliseconds within which this share of requests was answered."""
        return 1000 * percentile(self.waits, share)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that this share of the values does not pass."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


async def press(port: int, requests: Iterable[bytes], *, connections: int, seconds: float) -> Round:
    """Send requests over so many connections until they or the time run out."""
    loop = asyncio.get_running_loop()
    opened = [
        (await loop.create_connection(Connection, "127.0.0.1", port))[1] for _ in range(connections)
    ]
    done = Round()
    source: Iterator[bytes] = iter(requests)
    started = time.perf_counter()
    limit = started + seconds

    async def keep_asking(connection: Connection) -> None:
        for request in source:
            sent = time.perf_counter()
            if sent >= limit:
                return
            answer = await connection.ask(request)
            done.waits.append(time.perf_counter() - sent)
            done.statuses[int(answer[9:12])] += 1
            done.bytes += len(answer)

    try:
        await asyncio.gather(*(keep_asking(each) for each in opened))
    finally:
        for each in opened:
            each.close()
    done.seconds = time.perf_counter() - started
    return done
