"""Where files are kept, by key, whole or not at all: in PostgreSQL, or in an S3-compatible bucket.

What a key holds never changes. Nothing is done while a transaction is open, and a storage that is
away is `Unavailable` (docs/decisions/0014-documents-are-kept-by-their-content.md).
"""

from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any, Protocol
from urllib.parse import urlsplit

import structlog
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select

from etape.core.database import Database, in_transaction
from etape.core.problems import Unavailable
from etape.core.settings import Settings

CHUNK_BYTES = 256 * 1024
PART_BYTES = 1024 * 1024
S3_TIMEOUT = timedelta(seconds=20)
S3_CONNECT_TIMEOUT = timedelta(seconds=3)
S3_RETRIES = 2

log = structlog.get_logger(__name__)


class Storage(Protocol):
    """What keeps files. Every method raises Unavailable when it cannot be reached."""

    async def put(self, key: str, content: bytes) -> None:
        """Keep a file; what is kept under this key already stays."""

    def read(self, key: str, start: int, stop: int) -> AsyncGenerator[bytes, None]:
        """Give the bytes from `start` to `stop`, a chunk at a time."""

    async def exists(self, key: str) -> bool:
        """Whether a file is kept under this key."""

    async def delete(self, key: str) -> None:
        """Keep nothing under this key any more, whether or not something was."""


class StoredChunk(SQLModel, table=True):
    """A part of a file that is kept in PostgreSQL; each but the last is `CHUNK_BYTES` long."""

    __tablename__ = "stored_chunk"

    key: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    content: bytes


class DatabaseStorage:
    """Keeps files beside everything else: one thing to run, and one thing to back up."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, key: str, content: bytes) -> None:
        """Write the chunks in one transaction, each in a statement of its own."""
        _refuse_in_transaction()
        whole = memoryview(content)
        async with self._database.unit_of_work() as session:
            for number, start in enumerate(range(0, len(content), CHUNK_BYTES)):
                chunk = bytes(whole[start : start + CHUNK_BYTES])
                values = {"key": key, "number": number, "content": chunk}
                await session.exec(insert(StoredChunk).values(values).on_conflict_do_nothing())

    async def read(self, key: str, start: int, stop: int) -> AsyncGenerator[bytes, None]:
        """Read chunk by chunk: a slow reader holds neither a transaction nor a whole file."""
        _refuse_in_transaction()
        for number in range(start // CHUNK_BYTES, -(-stop // CHUNK_BYTES)):
            async with self._database.unit_of_work() as session:
                columns = select(StoredChunk.content).where(
                    StoredChunk.key == key, StoredChunk.number == number
                )
                chunk = (await session.exec(columns)).one_or_none()
            if chunk is None:
                log.error("storage.missing", key=key)
                raise Unavailable
            offset = number * CHUNK_BYTES
            yield chunk[max(start - offset, 0) : stop - offset]

    async def exists(self, key: str) -> bool:
        """Whether its first chunk is there: they come and go together."""
        _refuse_in_transaction()
        async with self._database.unit_of_work() as session:
            first = select(StoredChunk.number).where(
                StoredChunk.key == key, StoredChunk.number == 0
            )
            return (await session.exec(first)).one_or_none() is not None

    async def delete(self, key: str) -> None:
        """Delete its chunks."""
        _refuse_in_transaction()
        async with self._database.unit_of_work() as session:
            await session.exec(delete(StoredChunk).where(col(StoredChunk.key) == key))


class BucketStorage:
    """Keeps files in a bucket of Amazon S3, or of anything that speaks as it does."""

    def __init__(self, settings: Settings) -> None:
        from obstore.store import S3Store  # noqa: PLC0415 - loaded only where a bucket is set

        url, endpoint = urlsplit(str(settings.storage_url)), settings.storage_endpoint
        secret = settings.storage_secret_access_key
        self._bucket = S3Store(
            url.netloc,
            prefix=url.path.strip("/") or None,
            endpoint=str(endpoint).rstrip("/") if endpoint else None,
            region=settings.storage_region,
            access_key_id=settings.storage_access_key_id,
            secret_access_key=secret.get_secret_value() if secret else None,
            client_options={
                "allow_http": endpoint is not None and endpoint.scheme == "http",
                "timeout": S3_TIMEOUT,
                "connect_timeout": S3_CONNECT_TIMEOUT,
            },
            retry_config={"max_retries": S3_RETRIES, "retry_timeout": S3_TIMEOUT},
        )

    async def put(self, key: str, content: bytes) -> None:
        """Write it in one request: a bucket shows an object whole or not at all."""
        with _reaching() as obstore:
            await obstore.put_async(self._bucket, key, content, use_multipart=False)

    async def read(self, key: str, start: int, stop: int) -> AsyncGenerator[bytes, None]:
        """Read part by part, each in a request: a slow reader keeps none of them waiting."""
        for first in range(start, stop, PART_BYTES):
            last = min(first + PART_BYTES, stop)
            with _reaching() as obstore:
                part = await obstore.get_range_async(self._bucket, key, start=first, end=last)
            yield bytes(part)

    async def exists(self, key: str) -> bool:
        """Whether the bucket shows it."""
        with _reaching() as obstore:
            try:
                await obstore.head_async(self._bucket, key)
            except FileNotFoundError:
                return False
            return True

    async def delete(self, key: str) -> None:
        """Delete the object; S3 answers the same when there is none."""
        with _reaching() as obstore, suppress(FileNotFoundError):
            await obstore.delete_async(self._bucket, key)


def storage_of(settings: Settings, database: Database) -> Storage:
    """Return the storage that the settings name: a bucket, else the database."""
    return BucketStorage(settings) if settings.storage_url else DatabaseStorage(database)


def _refuse_in_transaction() -> None:
    if in_transaction():
        raise RuntimeError("a file is never kept or read inside a transaction")


@contextmanager
def _reaching() -> Iterator[Any]:
    """Give the client of buckets; whatever goes wrong there is told in the log, and Unavailable."""
    import obstore  # noqa: PLC0415 - same
    from obstore.exceptions import BaseError  # noqa: PLC0415 - same

    _refuse_in_transaction()
    try:
        yield obstore
    except (BaseError, OSError) as error:
        # Its first line: what follows would quote the request.
        log.error("storage.unreachable", error=str(error).partition("\n")[0])  # noqa: TRY400 - same
        raise Unavailable from error
