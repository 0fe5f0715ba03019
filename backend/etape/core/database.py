"""The one door to PostgreSQL: `unit_of_work` opens a transaction, and nothing else commits.

A session never outlives its transaction. What must happen only once the commit is done (a wake-up,
a refresh of the writer's own index) goes to `after_commit` and runs before the answer leaves.
"""

import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from pydantic_core import from_json
from sqlalchemy import CursorResult, Executable, MetaData, Row, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.settings import Settings

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention

TIMEOUTS = {
    "statement_timeout": "5s",
    "lock_timeout": "3s",
    "idle_in_transaction_session_timeout": "10s",
}
CONNECT_TIMEOUT_SECONDS = 3.0
POOL_TIMEOUT_SECONDS = 15.0  # a rush waits here for its turn, in order, and holds nothing
RETRIES = 3

_open_transactions: ContextVar[int] = ContextVar("open_transactions", default=0)

Hook = Callable[[], Awaitable[None]]
Witness = Callable[[Sequence[tuple[str, uuid.UUID]]], Awaitable[None]]
"""Told, once a transaction has committed, what it journalled: nouns and identifiers."""
T = TypeVar("T")


def in_transaction() -> bool:
    """Whether this task holds a transaction: clients of the network refuse to run if it does."""
    return _open_transactions.get() > 0


def new_id() -> uuid.UUID:
    """Return a fresh random identifier. It names a row; it is never a secret."""
    return uuid.uuid4()


class Database:
    """A pool of connections to one PostgreSQL, with every wait bounded (`TIMEOUTS`).

    Each session knows the settings of its process (`session.info["settings"]`): what they decide
    deep in a read is not handed through every caller.
    """

    def __init__(self, url: str, *, pool_size: int = 10, settings: Settings | None = None) -> None:
        self.url = url
        self.settings = settings or Settings(database_url=url)
        self.witnesses: list[Witness] = []
        self.engine = create_async_engine(
            url.replace("postgresql://", "postgresql+asyncpg://", 1),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=POOL_TIMEOUT_SECONDS,
            hide_parameters=True,  # an error that is logged quotes no address
            json_deserializer=from_json,  # a third of what it takes to read a call is its JSON
            connect_args={
                "timeout": CONNECT_TIMEOUT_SECONDS,
                "server_settings": {"application_name": "etape", **TIMEOUTS},
            },
        )
        self._alone = self.engine.execution_options(isolation_level="AUTOCOMMIT")

    @classmethod
    def from_settings(cls, settings: Settings) -> "Database":
        """Return the database that the settings name. Raises ValueError when they name none."""
        if settings.database_url is None:
            raise ValueError("ETAPE_DATABASE_URL is not set")
        return cls(settings.database_url, pool_size=settings.database_pool_size, settings=settings)

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[AsyncSession]:
        """Open a session whose work is committed on leaving, rolled back on an exception."""
        told = {"settings": self.settings}
        async with AsyncSession(self.engine, expire_on_commit=False, info=told) as session:
            token = _open_transactions.set(_open_transactions.get() + 1)
            try:
                yield session
                await session.commit()
            finally:
                await session.rollback()
                _open_transactions.reset(token)
        for hook in session.info.get("after_commit", []):
            await hook()
        for witness in self.witnesses if "recorded" in session.info else []:
            await witness(session.info["recorded"])

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncSession]:
        """Open a session that reads everything as of one instant, and may take its time."""
        async with self.unit_of_work() as session:
            isolated = {"isolation_level": "REPEATABLE READ"}
            connection = await session.connection(execution_options=isolated)
            await let_it_take_time(connection)
            yield session

    async def run(self, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        """Run `work` in a unit of work, three times at most when PostgreSQL says deadlock."""
        for attempt in range(1, RETRIES + 1):
            try:
                async with self.unit_of_work() as session:
                    return await work(session)
            except DBAPIError as error:
                if attempt == RETRIES or not is_worth_retrying(error):
                    raise
        raise AssertionError("the loop returns or raises")

    async def run_alone(
        self, statement: Executable, values: Mapping[str, Any]
    ) -> Sequence[Row[Any]]:
        """Run one statement that is a transaction of its own: no BEGIN or COMMIT to wait for."""
        async with self._alone.connect() as connection:
            return (await connection.execute(statement, values)).all()

    async def ping(self) -> None:
        """Ask PostgreSQL for an answer. Raises what the driver raises when there is none."""
        await self.run_alone(text("SELECT 1"), {})

    async def close(self) -> None:
        """Close every connection of the pool."""
        await self.engine.dispose()


def after_commit(session: AsyncSession, hook: Hook) -> None:
    """Have `hook` awaited once this session's work is committed; never when it is rolled back."""
    session.info.setdefault("after_commit", []).append(hook)


async def let_it_take_time(connection: AsyncConnection) -> None:
    """Bound this transaction's statements no more, and let it think for a minute between two."""
    await connection.execute(text("SET LOCAL statement_timeout = 0"))
    await connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = '60s'"))


async def execute(
    session: AsyncSession, statement: Executable, values: Mapping[str, Any] | None = None
) -> CursorResult[Any]:
    """Run a statement of ours in the session's transaction; its objects are not refreshed."""
    connection = await session.connection()
    return await connection.execute(statement, values)


def sqlstate(error: DBAPIError) -> str | None:
    """Return PostgreSQL's five-character code of an error (its manual, appendix A)."""
    code: str | None = getattr(error.orig, "sqlstate", None)
    return code


def is_worth_retrying(error: DBAPIError) -> bool:
    """Whether the same work may succeed at once: a deadlock or a serialization failure."""
    return sqlstate(error) in {"40P01", "40001"}
