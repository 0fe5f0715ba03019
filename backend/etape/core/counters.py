"""Where what callers spend is counted: storages for the fixed windows of the library `limits`.

In memory, in Redis while it answers, or in PostgreSQL, where all processes count together. Ours of
memory is a bounded dictionary: the library's looks at every key at every request.
"""

import hashlib
import hmac
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import NamedTuple, TypeVar

import structlog
from limits.aio.storage import RedisStorage, Storage
from limits.aio.storage.redis.redispy import RedispyBridge
from limits.errors import StorageError
from pydantic import SecretStr
from sqlalchemy import delete, func, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Field, SQLModel, col
from typing_extensions import override

from etape.core.columns import Instant
from etape.core.database import Database
from etape.core.jobs import JobContext, Jobs

WINDOWS_AT_MOST = 100_000
"""What a process remembers; past that it forgets the window that was counted in least lately."""
REDIS_TIMEOUT_SECONDS = 0.25
REDIS_AGAIN_SECONDS = 1.0

sweeping = Jobs()
_log = structlog.get_logger("etape.limits")
T = TypeVar("T")


class Window(NamedTuple):
    """What was counted of one key, until when (in seconds since 1970)."""

    hits: int
    ends_at: float


class InMemory(Storage):
    """The counters of this process."""

    STORAGE_SCHEME = None

    def __init__(self, windows_at_most: int = WINDOWS_AT_MOST) -> None:
        super().__init__(wrap_exceptions=True)
        self._windows: OrderedDict[str, Window] = OrderedDict()
        self._windows_at_most = windows_at_most

    @property
    @override
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        return ()

    @override
    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        window = self._open(key) or Window(0, time.time() + expiry)
        return self.keep(key, Window(window.hits + amount, window.ends_at))

    def keep(self, key: str, window: Window) -> int:
        """Remember a window, and return what was counted in it."""
        self._windows[key] = window
        self._windows.move_to_end(key)
        if len(self._windows) > self._windows_at_most:
            self._windows.popitem(last=False)
        return window.hits

    @override
    async def get(self, key: str) -> int:
        window = self._open(key)
        return window.hits if window else 0

    @override
    async def get_expiry(self, key: str) -> float:
        window = self._open(key)
        return window.ends_at if window else time.time()

    def _open(self, key: str) -> Window | None:
        window = self._windows.get(key)
        return window if window and window.ends_at > time.time() else None

    @override
    async def check(self) -> bool:
        return True

    @override
    async def reset(self) -> int:
        count = len(self._windows)
        self._windows.clear()
        return count

    @override
    async def clear(self, key: str) -> None:
        self._windows.pop(key, None)


class InRedis(RedisStorage):
    """The counters that processes share in Redis; those of this one alone while it is away.

    Away, it is asked again once a second, by one request; that it went, and that it came back, is
    logged once.
    """

    STORAGE_SCHEME = []

    def __init__(self, url: str) -> None:
        super().__init__(
            f"async+{url}",
            implementation="redispy",
            key_prefix="etape",
            socket_timeout=REDIS_TIMEOUT_SECONDS,
            socket_connect_timeout=REDIS_TIMEOUT_SECONDS,
            wrap_exceptions=True,
        )
        self._memory = InMemory()
        self._is_away = False
        self._ask_at = 0.0

    @override
    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        hit = (key, expiry, amount)
        return await self._ask(partial(super().incr, *hit), partial(self._memory.incr, *hit))

    @override
    async def get(self, key: str) -> int:
        return await self._ask(partial(super().get, key), partial(self._memory.get, key))

    @override
    async def get_expiry(self, key: str) -> float:
        ask, remember = super().get_expiry, self._memory.get_expiry
        return await self._ask(partial(ask, key), partial(remember, key))

    async def _ask(
        self, ask: Callable[[], Awaitable[T]], remember: Callable[[], Awaitable[T]]
    ) -> T:
        if self._is_away:
            if time.monotonic() < self._ask_at:
                return await remember()
            self._ask_at = time.monotonic() + REDIS_AGAIN_SECONDS
        try:
            answer = await ask()
        except (StorageError, OSError) as error:
            self._ask_at = time.monotonic() + REDIS_AGAIN_SECONDS
            if not self._is_away:
                _log.warning("redis is away, each process counts alone", error=type(error).__name__)
            self._is_away = True
            return await remember()
        if self._is_away:
            _log.info("redis is back")
        self._is_away = False
        return answer

    async def close(self) -> None:
        """Close the connections."""
        if isinstance(self.bridge, RedispyBridge):
            await self.bridge.storage.aclose()


class RateCount(SQLModel, table=True):
    """What was counted of one key; neither an address nor a network can be read back from it.

    Unlogged: a crash of PostgreSQL forgets the counts, and counting waits for no disk.
    """

    __tablename__ = "rate_count"
    __table_args__ = ({"prefixes": ["UNLOGGED"]},)

    digest: bytes = Field(primary_key=True)
    hits: int
    ends_at: datetime = Field(sa_type=Instant, index=True)


_COUNT = text(
    """
    INSERT INTO rate_count AS kept (digest, hits, ends_at)
    VALUES (:digest, :amount, now() + make_interval(secs => :expiry))
    ON CONFLICT (digest) DO UPDATE SET
        hits = excluded.hits + CASE WHEN kept.ends_at > now() THEN kept.hits ELSE 0 END,
        ends_at = CASE WHEN kept.ends_at > now() THEN kept.ends_at ELSE excluded.ends_at END
    RETURNING hits, CAST(extract(epoch FROM ends_at - now()) AS double precision) AS seconds
    """
)


class InPostgres(InMemory):
    """The counters that all processes share, and that survive the refusal of what they count.

    Each count is a transaction of its own, before the request's. What a process saw last it
    remembers: it tells callers what is left, and refuses again, without asking.
    """

    def __init__(self, database: Database, secret: SecretStr) -> None:
        super().__init__()
        self._database = database
        self._secret = secret.get_secret_value().encode()

    @property
    @override
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        return (SQLAlchemyError, OSError)

    @override
    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        digest = hmac.digest(self._secret, b"rate count" + key.encode(), hashlib.sha256)
        values = {"digest": digest, "amount": amount, "expiry": float(expiry)}
        [row] = await self._database.run_alone(_COUNT, values)
        return self.keep(key, Window(row.hits, time.time() + row.seconds))


@sweeping.job("limits.sweep", cron="*/10 * * * *")
async def sweep(context: JobContext) -> None:
    """Delete the counts whose window is over."""
    async with context.database.unit_of_work() as session:
        await session.exec(delete(RateCount).where(col(RateCount.ends_at) <= func.now()))
