"""Every job is run, whatever dies: workers, the mail server, the database."""

import asyncio
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import text

from etape.core.database import Database
from etape.core.job_schema import SCHEMA_SQL
from etape.core.jobs import JobContext, Jobs, Retry, defer
from etape.core.mail import MailRefused
from etape.core.postgres import PostgresServer
from etape.core.worker import ATTEMPTS_AT_MOST, DONE_KEPT, RESCUE, Worker, purge
from support.jobs import QUICK, job_context, write_to
from support.jobs import jobs as letter_jobs
from support.smtp import MailServer

TESTS = Path(__file__).parents[1]


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with MailServer() as server:
        yield server


@pytest.fixture
async def context(empty_database_url: str, server: MailServer) -> AsyncIterator[JobContext]:
    context = job_context(empty_database_url, smtp_port=server.port)
    async with context.database.engine.begin() as connection:
        for statement in SCHEMA_SQL:
            await connection.execute(text(statement))
    yield context
    await context.database.close()


@asynccontextmanager
async def working(context: JobContext, *jobs: Jobs, **options: Any) -> AsyncIterator[Worker]:
    worker = Worker(context=context, jobs=jobs, **{"pace": QUICK} | options)
    running = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        worker.stop()
        await running


async def ask(database: Database, query: str, **values: object) -> list[Any]:
    async with database.unit_of_work() as session:
        connection = await session.connection()
        return list((await connection.execute(text(query), values)).all())


async def tell(database: Database, statement: str, **values: object) -> None:
    async with database.unit_of_work() as session:
        await (await session.connection()).execute(text(statement), values)


async def statuses(database: Database) -> Counter[str]:
    """Count the tests' jobs by status; the worker has its own, which cron starts."""
    query = "SELECT status::text FROM procrastinate_jobs WHERE task_name LIKE 'test.%'"
    return Counter(row.status for row in await ask(database, query))


async def until(holds: Callable[[], Awaitable[bool]], *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not await holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.05)


async def all_ended(database: Database) -> bool:
    found = await statuses(database)
    return not found["todo"] and not found["doing"]


async def rewind(database: Database) -> None:
    """Let the time of every waiting job come: the queue reads the database's clock."""
    await tell(database, "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")


async def test_a_job_runs_within_a_second_with_its_arguments(context: JobContext) -> None:
    heard: asyncio.Queue[tuple[JobContext, str, int | None]] = asyncio.Queue()
    jobs = Jobs()

    @jobs.job("test.listen")
    async def listen(context: JobContext, *, word: str, number: int | None) -> None:
        heard.put_nowait((context, word, number))

    async with working(context, jobs):
        async with context.database.unit_of_work() as session:
            await defer(session, listen, word="é", number=None)
        assert await asyncio.wait_for(heard.get(), 5) == (context, "é", None)
        await until(lambda: all_ended(context.database))

    assert await statuses(context.database) == {"succeeded": 1}


async def test_no_transaction_is_open_while_a_job_runs(context: JobContext) -> None:
    seen: asyncio.Queue[list[Any]] = asyncio.Queue()
    jobs = Jobs()

    @jobs.job("test.look")
    async def look(context: JobContext) -> None:
        query = """SELECT query FROM pg_stat_activity WHERE datname = current_database()
                   AND xact_start IS NOT NULL AND pid <> pg_backend_pid()"""
        seen.put_nowait(await ask(context.database, query))

    alone = replace(QUICK, rescue=60)
    async with working(context, jobs, pace=alone, concurrency=1):
        async with context.database.unit_of_work() as session:
            for _ in range(20):
                await defer(session, look)
        for _ in range(20):
            assert await asyncio.wait_for(seen.get(), 5) == []


async def test_letters_wait_out_a_mail_server_that_is_down_for_an_hour(
    context: JobContext, server: MailServer
) -> None:
    await server.close()
    async with working(context, letter_jobs):
        async with context.database.unit_of_work() as session:
            for number in range(30):
                await defer(session, write_to, number=number)
        for attempt in range(1, 9):  # 15 s, 30 s… 32 min: the eighth wait ends after an hour
            await until(lambda attempt=attempt: all_tried(context.database, attempt))
            await rewind(context.database)
        assert await statuses(context.database) == {"todo": 30}

        await server.open()
        await rewind(context.database)
        await until(lambda: all_ended(context.database))

    assert await statuses(context.database) == {"succeeded": 30}
    assert sorted(server.recipients) == sorted(f"person-{n}@hopital.example" for n in range(30))


async def all_tried(database: Database, attempts: int) -> bool:
    query = """SELECT id FROM procrastinate_jobs
               WHERE task_name LIKE 'test.%' AND (status = 'doing' OR attempts < :attempts)"""
    return not await ask(database, query, attempts=attempts)


async def test_what_fails_for_good_stays_to_be_seen(
    context: JobContext, caplog: pytest.LogCaptureFixture
) -> None:
    jobs = Jobs()

    @jobs.job("test.refused")
    async def refused(_context: JobContext) -> None:
        raise MailRefused("SMTP 550")

    @jobs.job("test.broken", retry=Retry(attempts=2, first=timedelta()))
    async def broken(_context: JobContext) -> None:
        raise LookupError("no such row")

    async with working(context, jobs):
        async with context.database.unit_of_work() as session:
            await defer(session, refused)
            await defer(session, broken)
        await until(lambda: all_ended(context.database))

    query = """SELECT task_name, attempts, status::text FROM procrastinate_jobs
               WHERE task_name LIKE 'test.%'"""
    assert sorted(await ask(context.database, query)) == [
        ("test.broken", 2, "failed"),
        ("test.refused", 1, "failed"),
    ]
    errors = [record.message for record in caplog.records if record.levelname == "ERROR"]
    assert any("test.broken" in line for line in errors)
    assert any("test.refused" in line for line in errors)


async def test_a_stopped_worker_hands_back_what_it_cannot_finish(context: JobContext) -> None:
    started = asyncio.Event()
    jobs = Jobs()

    @jobs.job("test.last")
    async def last(_context: JobContext) -> None:
        started.set()
        await asyncio.sleep(60)

    async with working(context, jobs) as worker:
        async with context.database.unit_of_work() as session:
            await defer(session, last)
        await asyncio.wait_for(started.wait(), 5)
        before = time.monotonic()
        worker.stop()
    stopped_in = time.monotonic() - before

    assert stopped_in < QUICK.grace + 3
    [job] = await ask(
        context.database,
        "SELECT status::text, scheduled_at <= now() OR scheduled_at IS NULL AS is_due"
        " FROM procrastinate_jobs WHERE task_name = 'test.last'",
    )
    assert job == ("todo", True)


async def test_a_worker_that_is_cancelled_stops_as_if_asked(context: JobContext) -> None:
    worker = Worker(context=context, jobs=[letter_jobs], pace=QUICK)
    running = asyncio.create_task(worker.run())
    await until(lambda: is_registered(context.database))

    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert not await is_registered(context.database)


async def test_a_worker_that_is_stopped_while_it_starts_stops(context: JobContext) -> None:
    for milliseconds in range(0, 60, 2):
        worker = Worker(context=context, jobs=[letter_jobs], pace=QUICK)
        running = asyncio.create_task(worker.run())
        await asyncio.sleep(milliseconds / 1000)
        worker.stop()
        await asyncio.wait_for(running, 10)

    assert not await is_registered(context.database)


async def is_registered(database: Database) -> bool:
    return bool(await ask(database, "SELECT id FROM procrastinate_workers"))


async def test_a_job_of_a_newer_release_waits_for_a_worker_that_knows_it(
    context: JobContext, server: MailServer
) -> None:
    async with working(context, letter_jobs):
        async with context.database.unit_of_work() as session:
            await defer(session, "test.of_tomorrow")
            await defer(session, write_to, number=1)
        await until(lambda: has_messages(server, 1))

    rows = await ask(context.database, "SELECT task_name, status::text FROM procrastinate_jobs")
    assert ("test.of_tomorrow", "todo") in rows


async def has_messages(server: MailServer, number: int) -> bool:
    return len(server.sources) >= number


async def test_a_job_with_a_cron_runs_by_itself_once_for_all_workers(context: JobContext) -> None:
    ran: list[float] = []
    jobs = Jobs()

    @jobs.job("test.tick", cron="* * * * * */2")
    async def tick(_context: JobContext) -> None:
        ran.append(time.time())

    async with working(context, jobs), working(context, jobs):
        await until(lambda: have_run(ran, 3))

    slots = await ask(
        context.database,
        "SELECT (args ->> 'timestamp')::bigint AS slot FROM procrastinate_jobs"
        " WHERE task_name = 'test.tick'",
    )
    assert len({row.slot for row in slots}) == len(slots) >= 3


async def have_run(ran: list[float], times: int) -> bool:
    return len(ran) >= times


async def test_jobs_that_ended_long_ago_are_purged(context: JobContext) -> None:
    async with context.database.unit_of_work() as session:
        for number in range(3):
            await defer(session, write_to, number=number)
    async with working(context, letter_jobs):
        await until(lambda: all_ended(context.database))
    await tell(
        context.database,
        "UPDATE procrastinate_events SET at = at - CAST(:age AS interval) WHERE job_id <> 1",
        age=DONE_KEPT,
    )
    await tell(context.database, "UPDATE procrastinate_jobs SET status = 'failed' WHERE id = 2")

    await purge.function(context)

    rows = await ask(context.database, "SELECT id FROM procrastinate_jobs ORDER BY id")
    assert [row.id for row in rows] == [1, 2]


async def test_two_workers_hand_a_dead_ones_job_back_once(context: JobContext) -> None:
    async with context.database.unit_of_work() as session:
        await defer(session, write_to, number=1)
    await tell(context.database, "UPDATE procrastinate_jobs SET status = 'doing'")
    values = {"attempts": ATTEMPTS_AT_MOST, "silence": timedelta(seconds=1)}

    async with context.database.unit_of_work() as one, context.database.unit_of_work() as other:
        first = await (await one.connection()).execute(RESCUE, values)
        second = await (await other.connection()).execute(RESCUE, values)
        assert (len(first.all()), len(second.all())) == (1, 0)

    assert await ask(context.database, "SELECT status::text, attempts FROM procrastinate_jobs") == [
        ("todo", 1)
    ]


async def test_a_job_that_kills_every_worker_fails_in_the_end(context: JobContext) -> None:
    async with context.database.unit_of_work() as session:
        await defer(session, write_to, number=1)
    await tell(
        context.database,
        "UPDATE procrastinate_jobs SET status = 'doing', attempts = :attempts",
        attempts=ATTEMPTS_AT_MOST,
    )

    async with working(context, letter_jobs):
        await until(lambda: all_ended(context.database))

    assert await statuses(context.database) == {"failed": 1}


async def test_a_worker_outlives_the_database(
    context: JobContext, server: MailServer, postgres: PostgresServer
) -> None:
    name = context.database.engine.url.database
    assert name is not None
    async with working(context, letter_jobs):
        await until(lambda: is_registered(context.database))
        with closed(postgres, name):
            await asyncio.sleep(2)
        await context.database.engine.dispose()
        async with context.database.unit_of_work() as session:
            await defer(session, write_to, number=1)
        await until(lambda: has_messages(server, 1))


@contextmanager
def closed(postgres: PostgresServer, database: str) -> Iterator[None]:
    """Cut every connection to a database and refuse the next ones."""
    allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(allow.format(sql.Identifier(database), sql.SQL("false")))
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database]
        )
        yield
        connection.execute(allow.format(sql.Identifier(database), sql.SQL("true")))


def start_worker(stack: ExitStack, url: str, smtp_port: int) -> subprocess.Popen[bytes]:
    """Start a worker that does one job at a time; it ends with the stack, or with this process."""
    command = [sys.executable, "-m", "support.work", url, str(smtp_port), "1"]
    process = stack.enter_context(subprocess.Popen(command, cwd=TESTS, stdin=subprocess.PIPE))
    stack.callback(process.kill)
    return process


LETTERS = 2_000
KILLS = 10


async def test_killing_workers_loses_no_letter_and_repeats_one_at_most_per_kill(
    context: JobContext, server: MailServer, empty_database_url: str
) -> None:
    async with context.database.unit_of_work() as session:
        for number in range(LETTERS):
            await defer(session, write_to, number=number)

    with ExitStack() as stack:
        workers = deque(start_worker(stack, empty_database_url, server.port) for _ in range(2))
        for kill in range(1, KILLS + 1):
            sent = kill * LETTERS // (KILLS + 1)
            await until(lambda sent=sent: has_messages(server, sent), seconds=60)
            workers.popleft().kill()
            workers.append(start_worker(stack, empty_database_url, server.port))
        await until(lambda: all_ended(context.database), seconds=120)

    received = Counter(message["Message-ID"] for message in server.messages())
    assert len(received) == LETTERS
    assert received.total() - LETTERS <= KILLS
    assert await statuses(context.database) == {"succeeded": LETTERS}
