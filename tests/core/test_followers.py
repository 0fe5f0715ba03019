"""Each follower gets each entry once and in order, soon, whoever is killed meanwhile."""

import asyncio
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import text
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import bell, followers
from etape.core.bell import bell_of
from etape.core.clock import Clock
from etape.core.database import Database
from etape.core.followers import Follower, advance, follow, keep_following
from etape.core.journal import Entry, record, settle, settle_forever, settled_position

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TABLES = [SQLModel.metadata.tables[name] for name in ("journal", "journal_head", "follower")]
PROCESS = Path(__file__).parents[1] / "support" / "follow_journal.py"


@pytest.fixture
async def database(empty_database_url: str) -> AsyncIterator[Database]:
    database = Database(empty_database_url)
    async with database.engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all, tables=TABLES)
        await connection.execute(text("CREATE TABLE effect (position bigint)"))
    yield database
    await database.close()


async def tell(database: Database, count: int = 1) -> None:
    async with database.unit_of_work() as session:
        for _ in range(count):
            await tell_within(session)


async def tell_within(session: AsyncSession) -> None:
    await record(
        session,
        by="system",
        noun="thing",
        subject_id=uuid.uuid4(),
        act="publish",
        changes=None,
        now=NOW,
    )


async def effects(database: Database) -> list[int]:
    async with database.engine.connect() as connection:
        return list(await connection.scalars(text("SELECT position FROM effect ORDER BY 1")))


async def reached(database: Database) -> int:
    async with database.engine.connect() as connection:
        position = await connection.scalar(text("SELECT max(position) FROM follower"))
        return int(position or 0)


async def until_reached(database: Database, position: int) -> None:
    async with asyncio.timeout(20):
        while await reached(database) < position:  # noqa: ASYNC110 - another process moves it
            await asyncio.sleep(0.02)


@contextmanager
def follower_process(url: str, halt: int = 0) -> Iterator[subprocess.Popen[bytes]]:
    """Run a follower until the end of the block, where it is killed (SIGKILL)."""
    command = [sys.executable, str(PROCESS), url, str(halt)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


async def next_word(process: subprocess.Popen[bytes]) -> bytes:
    assert process.stdout is not None
    return await asyncio.wait_for(asyncio.to_thread(process.stdout.readline), 20)


@asynccontextmanager
async def running(*works: Coroutine[Any, Any, Any]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def hearing(url: str, channel: str) -> AsyncIterator[list[str]]:
    heard: list[str] = []
    connection = await asyncpg.connect(url)
    await connection.add_listener(channel, lambda *said: heard.append(said[2]))
    try:
        yield heard
    finally:
        await connection.close()


async def test_a_follower_killed_between_effect_and_commit_leaves_neither(
    database: Database,
) -> None:
    await tell(database, 450)
    await settle(database)
    with follower_process(database.url, halt=300) as process:
        while await next_word(process) != b"halted\n":
            pass
    assert await effects(database) == list(range(1, 201))
    assert await reached(database) == 200
    with follower_process(database.url):
        await until_reached(database, 450)
    assert await effects(database) == list(range(1, 451))


async def test_followers_killed_again_and_again_take_each_entry_once(database: Database) -> None:
    for kill in range(4):
        with follower_process(database.url) as process:
            for _ in range(1 + kill % 2):
                await tell(database, 25)
                await settle(database)
                assert await next_word(process) == b"handled\n"
            await tell(database, 25)
            await settle(database)
    with follower_process(database.url), follower_process(database.url):
        await until_reached(database, 250)
    assert await effects(database) == list(range(1, 251))


async def test_one_follower_in_many_tasks_takes_each_entry_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(followers, "BATCH", 10)

    async def handle(session: AsyncSession, entries: Sequence[Entry]) -> None:
        connection = await session.connection()
        for entry in entries:
            await connection.execute(text(f"INSERT INTO effect VALUES ({entry.position})"))

    async def work() -> int:
        count = 0
        while await reached(database) < 200:
            count += await advance(database, Follower("writer", handle), now=NOW)
        return count

    await tell(database, 200)
    await settle(database)
    assert sum(await asyncio.gather(*(work() for _ in range(4)))) == 200
    assert await effects(database) == list(range(1, 201))


async def test_a_follower_that_fails_moves_nothing_and_tries_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bell, "POLL_SECONDS", 0.02)
    failures = 2

    async def handle(session: AsyncSession, _entries: Sequence[Entry]) -> None:
        nonlocal failures
        await (await session.connection()).execute(text("INSERT INTO effect VALUES (1)"))
        if failures:
            failures -= 1
            raise LookupError

    await tell(database)
    await settle(database)
    with pytest.raises(LookupError):
        await advance(database, Follower("careful", handle), now=NOW)
    assert await reached(database) == 0
    async with running(keep_following(database, Follower("careful", handle), Clock())):
        await until_reached(database, 1)
    assert await effects(database) == [1]


async def test_a_follower_in_memory_misses_nothing_after_what_it_read(database: Database) -> None:
    await tell(database, 3)
    await settle(database)
    async with database.unit_of_work() as session:
        await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        position = await settled_position(session)
        await tell(database, 2)
        await settle(database)
        assert await settled_position(session) == position == 3
    followed = follow(database, after=position)
    assert [entry.position for entry in await anext(followed)] == [4, 5]
    await tell(database)
    await settle(database)
    assert [entry.position for entry in await anext(followed)] == [6]
    await followed.aclose()


async def test_a_commit_wakes_the_settler_and_the_followers_without_a_poll(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bell, "POLL_SECONDS", 60)
    elsewhere, followed = Database(database.url), follow(database, after=0)
    here, there = (bell_of(each.engine.sync_engine) for each in (database, elsewhere))
    async with running(here.run(), there.run(), settle_forever(elsewhere)):
        await asyncio.sleep(0.3)
        for position in (1, 2, 3):
            await tell(database)
            entries = await asyncio.wait_for(anext(followed), 5)
            assert [entry.position for entry in entries] == [position]
    await followed.aclose()
    await elsewhere.close()


async def test_without_a_bell_the_poll_finds_what_was_said(database: Database) -> None:
    followed = follow(database, after=0)
    async with running(settle_forever(database)):
        await asyncio.sleep(0.1)
        await tell(database)
        assert await asyncio.wait_for(anext(followed), 5)
    await followed.aclose()


async def test_notify_comes_after_the_commit_and_once_for_many(database: Database) -> None:
    our_bell = bell_of(database.engine.sync_engine)
    async with hearing(database.url, "journal_recorded") as heard:
        await tell(database)
        await asyncio.sleep(0.2)
        assert heard == []  # so no transaction said it: only the bell does, once it runs
        async with running(our_bell.run()):
            await asyncio.sleep(0.3)
            assert len(heard) == 1
            async with database.unit_of_work() as session:
                await tell_within(session)
                await asyncio.sleep(0.2)
                assert len(heard) == 1
            await asyncio.sleep(0.2)
            assert len(heard) == 2
            await asyncio.gather(*(tell(database, 3) for _ in range(100)))
            await asyncio.sleep(0.3)
            assert 3 <= len(heard) <= 90


async def test_a_rolled_back_transaction_wakes_nobody(database: Database) -> None:
    async def fail(session: AsyncSession) -> None:
        await tell_within(session)
        raise LookupError

    async with (
        hearing(database.url, "journal_recorded") as heard,
        running(bell_of(database.engine.sync_engine).run()),
    ):
        with pytest.raises(LookupError):
            await database.run(fail)
        await asyncio.sleep(0.3)
        assert heard == []


async def test_a_bell_whose_connection_is_lost_is_heard_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bell, "POLL_SECONDS", 0.05)
    our_bell = bell_of(database.engine.sync_engine)
    ear = our_bell.ear(bell.Channel.SETTLED)
    kill = text(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE application_name = 'etape bell' AND datname = current_database()"
    )
    async with running(our_bell.run()):
        await asyncio.wait_for(ear.wait(), 5)
        ear.clear()
        async with database.engine.connect() as connection:
            assert await connection.scalar(kill) == 1
        await asyncio.wait_for(ear.wait(), 5)  # a new connection wakes: it may have missed a ring
        ear.clear()
        our_bell.ring(bell.Channel.SETTLED)
        await asyncio.wait_for(ear.wait(), 5)
