"""A job exists if, and only if, its cause was committed."""

import asyncio
import hashlib
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from procrastinate.jobs import Job as Row
from sqlalchemy import text

from etape.core.database import Database
from etape.core.job_schema import SCHEMA_SQL, TABLE_PREFIX
from etape.core.jobs import JobContext, Jobs, Retry, defer
from etape.core.mail import MailRefused

jobs = Jobs()


@jobs.job("test.greet")
async def greet(context: JobContext, *, person_id: str) -> None:
    """Only ever deferred here: the worker's own tests run jobs."""


@pytest.fixture
async def database(empty_database_url: str) -> AsyncIterator[Database]:
    database = Database(empty_database_url)
    async with database.engine.begin() as connection:
        for statement in SCHEMA_SQL:
            await connection.execute(text(statement))
    yield database
    await database.close()


async def waiting(database: Database) -> list[str]:
    async with database.unit_of_work() as session:
        rows = await (await session.connection()).execute(
            text("SELECT args ->> 'person_id' FROM procrastinate_jobs ORDER BY id")
        )
        return list(rows.scalars())


async def test_a_job_is_committed_with_its_cause(database: Database) -> None:
    async with database.unit_of_work() as session:
        await defer(session, greet, person_id="1")
        assert await waiting(database) == []

    assert await waiting(database) == ["1"]


async def test_a_job_vanishes_with_the_work_that_failed(database: Database) -> None:
    async def refuse() -> None:
        async with database.unit_of_work() as session:
            await defer(session, greet, person_id="1")
            raise RuntimeError("refused")

    with pytest.raises(RuntimeError, match="refused"):
        await refuse()

    assert await waiting(database) == []


async def test_a_job_can_be_deferred_by_its_name_for_a_later_time(database: Database) -> None:
    later = datetime(2027, 1, 12, 8, tzinfo=UTC)

    async with database.unit_of_work() as session:
        number = await defer(session, "test.greet", person_id="1", run_at=later)
        row = await (await session.connection()).execute(
            text("SELECT task_name, scheduled_at FROM procrastinate_jobs WHERE id = :id"),
            {"id": number},
        )
        assert row.one() == ("test.greet", later)


async def test_an_argument_that_the_job_does_not_take_is_refused_at_once(
    database: Database,
) -> None:
    async with database.unit_of_work() as session:
        with pytest.raises(TypeError, match="person"):
            await defer(session, greet, person="1")
        with pytest.raises(TypeError, match="UUID"):
            await defer(session, greet, person_id=uuid.uuid4())  # type: ignore[arg-type] # the fault

    assert await waiting(database) == []


def test_a_name_is_declared_once() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        jobs.job("test.greet")(greet.function)


async def test_a_key_that_waits_stands_for_the_next_and_the_work_goes_on(
    database: Database,
) -> None:
    async with database.unit_of_work() as session:
        first = await defer(session, greet, person_id="1", key="k")
        second = await defer(session, greet, person_id="2", key="k")
        await defer(session, greet, person_id="3")

    assert first == second
    assert await waiting(database) == ["1", "3"]


async def test_a_key_that_waits_is_not_run_before_the_work_that_counts_on_it(
    database: Database,
) -> None:
    # Else the job would see the state before this transaction, which no other job would repair.
    async with database.unit_of_work() as session:
        await defer(session, greet, person_id="1", key="k")

    async with database.unit_of_work() as session:
        await defer(session, greet, person_id="2", key="k")
        assert await taken(database) is None
    assert await taken(database) == "1"


async def test_a_job_that_runs_frees_its_key_and_can_still_be_tried_again(
    database: Database,
) -> None:
    async with database.unit_of_work() as session:
        running = await defer(session, greet, person_id="1", key="k")
    assert await taken(database) == "1"

    async with database.unit_of_work() as session:
        await defer(session, greet, person_id="2", key="k")
        await (await session.connection()).execute(
            text("SELECT procrastinate_retry_job_v2(:id, NULL, NULL, NULL, NULL)"), {"id": running}
        )

    assert await taken(database) == "1"
    assert await taken(database) == "2"


async def taken(database: Database) -> str | None:
    """Take a job as a worker does; None when none may be taken."""
    async with database.unit_of_work() as session:
        row = await (await session.connection()).execute(
            text("SELECT args ->> 'person_id' FROM procrastinate_fetch_job_v2(NULL, NULL)")
        )
        found: str | None = row.scalar_one()
        return found


async def test_nothing_notifies_inside_the_callers_transaction(
    database: Database, empty_database_url: str
) -> None:
    heard: asyncio.Queue[object] = asyncio.Queue()
    listener = await asyncpg.connect(empty_database_url)
    try:
        for channel in ("procrastinate_any_queue_v1", "after"):
            await listener.add_listener(channel, lambda *message: heard.put_nowait(message[2]))
        async with database.unit_of_work() as session:
            await defer(session, greet, person_id="1")
            await (await session.connection()).execute(text("NOTIFY after"))

        assert await asyncio.wait_for(heard.get(), 5) == "after"  # messages keep their order
    finally:
        await listener.close()


async def test_what_alembic_must_ignore_is_found_by_its_prefix(database: Database) -> None:
    async with database.unit_of_work() as session:
        tables = await (await session.connection()).execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        )

    names = list(tables.scalars())
    assert len(names) == 4
    assert all(name.startswith(TABLE_PREFIX) for name in names)


def test_an_upgrade_that_changes_the_queues_schema_brings_a_migration() -> None:
    # The first migration reads the schema from the installed package. When this fails, freeze the
    # old statements beside that migration, then write one with the package's own changes.
    digest = hashlib.sha256("\n".join(SCHEMA_SQL).encode()).hexdigest()

    assert digest == "f63d968c12341bace363bc6e6d8e15ce3eadd044fafbb71ddb26fdf0eb2f8634"


def row(attempts: int) -> Row:
    return Row(id=1, queue="q", lock=None, queueing_lock=None, task_name="t", attempts=attempts)


def test_attempts_are_spaced_more_and_more_over_a_weekend_and_then_end() -> None:
    start = datetime.now(UTC)
    waits = []
    for attempts in range(79):
        decision = Retry().get_retry_decision(exception=OSError(), job=row(attempts))
        assert decision is not None
        assert decision.retry_at is not None
        waits.append(decision.retry_at - start)

    assert timedelta(seconds=11) < waits[0] < timedelta(seconds=20)
    assert timedelta(minutes=47) < waits[-1] < timedelta(minutes=61)
    assert timedelta(hours=60) < sum(waits, timedelta()) < timedelta(hours=80)
    assert Retry().get_retry_decision(exception=OSError(), job=row(79)) is None


def test_what_failed_together_does_not_come_back_together() -> None:
    decisions = [Retry().get_retry_decision(exception=OSError(), job=row(8)) for _ in range(20)]

    moments = {decision.retry_at for decision in decisions if decision and decision.retry_at}
    assert max(moments) - min(moments) > timedelta(minutes=1)


def test_a_refusal_is_not_tried_again_and_a_stopped_job_is_at_once() -> None:
    assert Retry().get_retry_decision(exception=MailRefused(), job=row(0)) is None
    stopped = Retry().get_retry_decision(exception=asyncio.CancelledError(), job=row(0))
    assert stopped is not None
    assert stopped.retry_at is None
