"""The journal is whole: no entry skipped, no gap, no unseen alteration, whatever commits late."""

import asyncio
import random
import subprocess
import sys
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import journal
from etape.core.database import Database
from etape.core.followers import Follower, advance
from etape.core.journal import (
    Entry,
    entries_after,
    erase_changes,
    record,
    settle,
    settled_position,
    verify,
)
from etape.core.postgres import PostgresServer
from support.postgres import temporary_folder

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TABLES = [SQLModel.metadata.tables[name] for name in ("journal", "journal_head", "follower")]


@asynccontextmanager
async def opened(url: str, *, pool_size: int = 10) -> AsyncIterator[Database]:
    database = Database(url, pool_size=pool_size)
    async with database.engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all, tables=TABLES)
    try:
        yield database
    finally:
        await database.close()


@pytest.fixture
async def database(empty_database_url: str) -> AsyncIterator[Database]:
    async with opened(empty_database_url) as database:
        yield database


async def tell(
    session: AsyncSession,
    act: str = "publish",
    *,
    subject_id: uuid.UUID | None = None,
    changes: journal.Changes | None = None,
    personal: bool = False,
) -> None:
    await record(
        session,
        by="anonymous",
        noun="thing",
        subject_id=subject_id or uuid.uuid4(),
        act=act,
        changes=changes,
        now=NOW,
        personal=personal,
    )


async def tell_and_commit(database: Database, *acts: str, **said: Any) -> None:
    for act in acts:
        async with database.unit_of_work() as session:
            await tell(session, act, **said)


async def settled(database: Database, after: int = 0) -> list[Entry]:
    async with database.unit_of_work() as session:
        return await entries_after(session, after, 10_000, with_personal=True)


async def run_sql(database: Database, statement: str) -> Any:
    async with database.engine.begin() as connection:
        result = await connection.execute(text(statement))
        return result.scalar() if result.returns_rows else result.rowcount


async def test_a_transaction_that_commits_late_comes_next_and_leaves_no_gap(
    database: Database,
) -> None:
    async with database.unit_of_work() as late:
        await tell(late, "late")
        await tell_and_commit(database, "early")
        assert await settle(database) == 1
        assert [(e.position, e.act) for e in await settled(database)] == [(1, "early")]
    await tell_and_commit(database, "last")
    await settle(database)
    expected = [(1, "early"), (2, "late"), (3, "last")]
    assert [(e.position, e.act) for e in await settled(database)] == expected
    assert await verify(database) is None


async def test_whoever_reads_by_position_misses_nothing_under_load(database: Database) -> None:
    chance = random.Random(7)
    kept: set[str] = set()
    is_over = asyncio.Event()

    async def write(name: str, seconds: float, *, gives_up: bool) -> None:
        async with database.unit_of_work() as session:
            await tell(session, name)
            await asyncio.sleep(seconds)
            if gives_up:
                await session.rollback()
            else:
                kept.add(name)

    async def keep_settling() -> None:
        while not is_over.is_set():
            await settle(database)

    async def read() -> list[Entry]:
        seen: list[Entry] = []
        while not is_over.is_set() or len(seen) < len(kept):
            seen += await settled(database, after=len(seen))
            await asyncio.sleep(0)
        return seen

    reader, settler = asyncio.create_task(read()), asyncio.create_task(keep_settling())
    async with asyncio.TaskGroup() as writers:
        for number in range(150):
            pause = chance.random() / 20
            writers.create_task(write(f"act {number}", pause, gives_up=number % 5 == 0))
    is_over.set()
    await settler
    await settle(database)
    seen = await asyncio.wait_for(reader, 10)
    assert [entry.position for entry in seen] == list(range(1, len(kept) + 1))
    assert {entry.act for entry in seen} == kept
    assert len(kept) == 120


async def test_an_entry_follows_what_its_transaction_had_seen_committed(
    database: Database,
) -> None:
    subject = uuid.uuid4()
    async with database.unit_of_work() as older:
        await (await older.connection()).execute(text("SELECT pg_current_xact_id()"))
        await tell_and_commit(database, "first", subject_id=subject)
        await tell(older, "second", subject_id=subject)
    await settle(database)
    assert [entry.act for entry in await settled(database)] == ["first", "second"]


async def test_two_settlers_at_once_settle_each_entry_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "BATCH", 40)
    async with database.unit_of_work() as session:
        for number in range(400):
            await tell(session, f"act {number}")

    async def keep_settling() -> int:
        count = 0
        while await run_sql(database, "SELECT count(*) FROM journal WHERE position IS NULL"):
            count += await settle(database)
        return count

    assert sum(await asyncio.gather(*(keep_settling() for _ in range(4)))) == 400
    assert [entry.position for entry in await settled(database)] == list(range(1, 401))
    assert await verify(database) is None


async def test_a_settler_does_not_wait_for_another(database: Database) -> None:
    await tell_and_commit(database, "publish")
    async with database.engine.begin() as other:
        await other.execute(text(f"SELECT pg_advisory_xact_lock({journal._SETTLER})"))  # noqa: SLF001 - what another settler holds
        assert await settle(database) == 0
    assert await settle(database) == 1


async def test_what_is_rolled_back_is_not_in_the_journal(database: Database) -> None:
    async def fail(session: AsyncSession) -> None:
        await tell(session)
        raise LookupError

    with pytest.raises(LookupError):
        await database.run(fail)
    assert await settle(database) == 0
    assert await run_sql(database, "SELECT count(*) FROM journal") == 0


async def test_a_journal_restored_on_a_new_server_loses_nobody(database: Database) -> None:
    handled: list[str] = []

    async def handle(_session: AsyncSession, entries: Any) -> None:
        handled.extend(entry.act for entry in entries)

    follower = Follower("reader", handle)
    # The server's transaction ids are far ahead of those that a new one will give.
    burn = "DO 'BEGIN FOR i IN 1..3000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END'"
    async with database.engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text(burn))
    await tell_and_commit(database, "one", "two", "three")
    await settle(database)
    await advance(database, follower, now=NOW)
    await tell_and_commit(database, "settled, not followed")
    await settle(database)
    await tell_and_commit(database, "unsettled")

    with temporary_folder() as folder, PostgresServer(folder / "postgres") as fresh:
        assert fresh.binaries is not None
        dump = folder / "journal.dump"
        for command in (
            ["pg_dump", "--format=custom", f"--file={dump}", database.url],
            ["pg_restore", "--no-owner", f"--dbname={fresh.url()}", str(dump)],
        ):
            subprocess.run([fresh.binaries / command[0], *command[1:]], check=True)  # noqa: ASYNC221 - nothing else runs
        async with opened(fresh.url()) as restored:
            await tell_and_commit(restored, "after the restore")
            assert await settle(restored) == 2
            await advance(restored, follower, now=NOW)
            assert [entry.position for entry in await settled(restored)] == [1, 2, 3, 4, 5, 6]
            assert await verify(restored) is None
    assert handled == [
        *("one", "two", "three"),
        *("settled, not followed", "unsettled", "after the restore"),
    ]


async def test_the_public_journal_leaves_personal_entries_out(database: Database) -> None:
    await tell_and_commit(database, "publish")
    await tell_and_commit(database, "register", personal=True)
    await tell_and_commit(database, "amend")
    await settle(database)
    async with database.unit_of_work() as session:
        public = await entries_after(session, 0, 10, with_personal=False)
        assert [(entry.position, entry.act) for entry in public] == [(1, "publish"), (3, "amend")]
        assert await entries_after(session, 1, 1, with_personal=False) == public[1:]
        assert await settled_position(session) == 3


async def test_changes_come_back_as_they_were_told(database: Database) -> None:
    subject = uuid.uuid4()
    told = {
        "day": (None, date(2026, 3, 2)),
        "owner": (subject, None),
        "number": (1e16, 1e-7),
        "zero": (-0.0, 10**30),
        "text": ("à", "ligne\n\u2028 \\ \" '"),
        "nested": ({"b": 1, "a": [True, None]}, []),
    }
    await tell_and_commit(database, "amend", changes=told)
    await tell_and_commit(database, "see", changes=None)
    await settle(database)
    first, second = await settled(database)
    assert first.changes is not None
    assert first.changes["day"] == (None, "2026-03-02")
    assert first.changes["owner"] == (str(subject), None)
    assert first.changes["text"] == told["text"]
    assert first.changes["nested"] == ({"a": [True, None], "b": 1}, [])
    assert second.changes is None
    assert await verify(database) is None


CHANGES = [
    "actor = 'nobody'",
    "noun = 'other'",
    "act = 'see'",
    "subject_id = gen_random_uuid()",
    "recorded_at = recorded_at + interval '1 us'",
    "personal = NOT personal",
    """changes = '{"a": [1, 3]}'""",
    "changes = NULL",
    "changes = NULL, salt = NULL",
    "changes = NULL, digest = sha256(salt)",
    "chain = sha256(chain)",
]
SWAP = [(3, 9), (4, 3), (9, 4)]
CLOSE_THE_GAP = "UPDATE journal SET position = position - 1 WHERE position > 3"
INSERT_AFTER_THE_LAST = """
    INSERT INTO journal
        (recorded_at, actor, noun, subject_id, act, personal, digest, position, chain)
    SELECT recorded_at, actor, noun, subject_id, act, personal, digest, 7, chain
    FROM journal WHERE position = 6
"""


@pytest.mark.parametrize(
    ("position", "tampering"),
    [
        *((3, f"UPDATE journal SET {change} WHERE position = 3") for change in CHANGES),
        (5, "UPDATE journal SET salt = NULL WHERE position = 5"),
        (1, "DELETE FROM journal WHERE position = 1"),
        (3, "DELETE FROM journal WHERE position = 3"),
        (6, "DELETE FROM journal WHERE position = 6"),
        (1, "DELETE FROM journal"),
        (1, "DELETE FROM journal_head"),
        (3, f"DELETE FROM journal WHERE position = 3; {CLOSE_THE_GAP}"),
        (3, "; ".join(f"UPDATE journal SET position = {b} WHERE position = {a}" for a, b in SWAP)),
        (7, INSERT_AFTER_THE_LAST),
    ],
)
async def test_an_entry_altered_deleted_inserted_or_moved_is_found(
    database: Database, position: int, tampering: str
) -> None:
    for number in range(6):
        await tell_and_commit(
            database, f"act {number}", changes={"a": (1, 2)}, personal=number == 4
        )
    await settle(database)
    assert await verify(database) is None
    for statement in tampering.split(";"):
        await run_sql(database, statement)
    assert await verify(database) == position


async def test_erased_changes_are_gone_and_the_chain_still_verifies(database: Database) -> None:
    person, canary = uuid.uuid4(), "canary@example.org"
    changes = {"email": (None, canary)}
    await tell_and_commit(database, "register", subject_id=person, changes=changes, personal=True)
    await tell_and_commit(database, "register", changes={"email": (None, "b@c.fr")}, personal=True)
    await tell_and_commit(database, "publish", subject_id=person, changes={"title": ("a", "b")})
    await settle(database)
    await tell_and_commit(database, "cancel", subject_id=person, changes=changes, personal=True)
    async with database.unit_of_work() as session:
        assert await erase_changes(session, [person]) == 2
        assert await erase_changes(session, [person]) == 0
    await settle(database)
    everything = await run_sql(database, "SELECT string_agg(j::text, ' ') FROM journal j")
    assert canary not in everything
    told = [entry.changes for entry in await settled(database)]
    assert told == [None, {"email": (None, "b@c.fr")}, {"title": ("a", "b")}, None]
    assert await verify(database) is None
    assert await run_sql(database, "SELECT count(*) FROM journal WHERE salt IS NULL") == 2


async def test_recording_does_not_make_commits_wait_for_each_other() -> None:
    plain = text("INSERT INTO plain (said) VALUES ('something')")

    async def write_plainly(session: AsyncSession) -> None:
        await (await session.connection()).execute(plain)

    async def commits_per_second(
        database: Database, work: Callable[[AsyncSession], Awaitable[None]]
    ) -> float:
        async def once() -> None:
            async with turns, database.unit_of_work() as session:
                await work(session)

        turns = asyncio.Semaphore(40)
        started = time.perf_counter()
        await asyncio.gather(*(once() for _ in range(1000)))
        return 1000 / (time.perf_counter() - started)

    # A disk that takes 20 ms: commits that share a flush still pass by the hundred, those that
    # queue by fifty a second.
    slow_disk = {"commit_delay": "20000", "commit_siblings": "0"}
    with (
        temporary_folder() as folder,
        PostgresServer(folder / "postgres", settings=slow_disk) as server,
    ):
        async with opened(server.url(), pool_size=40) as database:
            await run_sql(database, "CREATE TABLE plain (id bigserial PRIMARY KEY, said text)")
            await commits_per_second(database, write_plainly)  # opens the connections
            plainly = await commits_per_second(database, write_plainly)
            recorded = await commits_per_second(database, tell)
    sys.stdout.write(f"commits/s: {plainly:.0f} plain, {recorded:.0f} with an entry\n")
    assert recorded > plainly / 3
