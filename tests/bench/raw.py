"""The reference of registration: its very statements, sent again by the bare driver."""

import asyncio
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

import asyncpg  # type: ignore[import-untyped] # it ships no types
import httpx
from sqlalchemy import event
from tests.bench.load import Round

from etape.app import create_app
from etape.core.settings import Settings

Statement = tuple[str, Sequence[Any]]
Sender = Callable[[httpx.AsyncClient, str], Any]


class Recording:
    """The statements of one request, and which of their values are its own."""

    def __init__(self, one: list[Statement], other: list[Statement], name: str) -> None:
        """`one` and `other` are of two like requests: what differs is a request's own."""
        self._statements = one
        self._name = name
        pairs = [
            (mine, its)
            for (_, values), (_, others) in zip(one, other, strict=True)
            for mine, its in zip(values, others, strict=True)
        ]
        self._own = {
            mine for mine, its in pairs if isinstance(mine, UUID | bytes | int) and mine != its
        }

    def __len__(self) -> int:
        return len(self._statements)

    def again(self) -> list[Statement]:
        """Return the same statements for somebody else."""
        fresh = {value: _like(value) for value in self._own}
        words = {str(old): str(new) for old, new in fresh.items() if isinstance(old, UUID)}
        words[self._name] = secrets.token_hex(8)
        return [
            (sql, [_renewed(value, fresh, words) for value in values])
            for sql, values in self._statements
        ]


def _like(value: UUID | bytes | int) -> UUID | bytes | int:
    if isinstance(value, UUID):
        return uuid4()
    return secrets.token_bytes(len(value)) if isinstance(value, bytes) else secrets.randbits(63)


def _renewed(value: Any, fresh: Mapping[Any, Any], words: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for old, new in words.items():
            value = value.replace(old, new)
        return value
    return fresh.get(value, value) if isinstance(value, UUID | bytes | int) else value


async def record(settings: Settings, send: Sender) -> Recording:
    """Have the application serve two like requests, and write down what it asks PostgreSQL."""
    app = create_app(settings)
    asked: list[Statement] = []

    def note(_connection: Any, _cursor: Any, sql: str, values: Any, *_: Any) -> None:
        asked.append((sql, values))

    event.listen(app.state.database.engine.sync_engine, "before_cursor_execute", note)
    recorded = []
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        # the first request of a connection asks more: it reads types
        for name in ("warming", first := secrets.token_hex(8), secrets.token_hex(8)):
            asked.clear()
            answer = await send(client, name)
            assert answer.status_code == 201, answer.text
            recorded.append(list(asked))
    await app.state.database.close()
    return Recording(recorded[1], recorded[2], first)


async def replay(url: str, recording: Recording, *, connections: int, seconds: float) -> Round:
    """Run the recorded transaction again and again over so many connections."""
    pool = [await asyncpg.connect(url) for _ in range(connections)]
    done = Round()
    started = time.perf_counter()
    limit = started + seconds

    async def keep_running(connection: Any) -> None:
        while (begun := time.perf_counter()) < limit:
            async with connection.transaction():
                for sql, values in recording.again():
                    await connection.fetch(sql, *values)
            done.waits.append(time.perf_counter() - begun)

    try:
        await asyncio.gather(*map(keep_running, pool))
        done.seconds = time.perf_counter() - started
    finally:
        for connection in pool:
            await connection.close()
    return done
