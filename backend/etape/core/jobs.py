"""Slow or remote work: a row written with its cause, in one transaction, that a worker runs.

A job holds no secret, runs outside any transaction and may run twice: it is idempotent. The queue
is procrastinate's (docs/decisions/0004-jobs-on-procrastinate.md).
"""

import asyncio
import inspect
import json
import random
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import procrastinate
from procrastinate.jobs import Job as Row
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.clock import Clock
from etape.core.database import Database
from etape.core.mail import Mailer, MailRefused
from etape.core.settings import Settings
from etape.core.storage import Storage

Argument = str | int | bool | None
Arguments = Mapping[str, Argument]


@dataclass(frozen=True, kw_only=True)
class Retry(procrastinate.BaseRetryStrategy):
    """When a job that raised is tried again: after `first`, then twice as late, up to `longest`.

    Each wait is shortened by up to a fifth, so that what failed together does not come back
    together. The default spans some 65 hours: a mail server may be down for a weekend.
    """

    attempts: int = 80
    first: timedelta = timedelta(seconds=15)
    longest: timedelta = timedelta(hours=1)
    final: tuple[type[Exception], ...] = (MailRefused,)

    def get_retry_decision(
        self, *, exception: BaseException, job: Row
    ) -> procrastinate.RetryDecision | None:
        """Return when to try again, or None to let the job fail for good."""
        if isinstance(exception, self.final) or job.attempts + 1 >= self.attempts:
            return None
        if isinstance(exception, asyncio.CancelledError):
            return procrastinate.RetryDecision()  # the worker stops: another one takes it at once
        whole = min(self.first * 2 ** min(job.attempts, 30), self.longest)
        wait = whole * random.uniform(0.8, 1)  # noqa: S311 - spreads load, guards nothing
        return procrastinate.RetryDecision(retry_in={"seconds": wait.total_seconds()})


@dataclass(frozen=True, kw_only=True)
class JobContext:
    """What a job may use. It opens a short `database.unit_of_work()` for each thing it does."""

    settings: Settings
    database: Database
    clock: Clock
    mailer: Mailer
    storage: Storage


@dataclass(frozen=True, kw_only=True)
class Job:
    """A function of a room that the worker runs: `async def f(context, *, …) -> None`."""

    name: str
    function: Callable[..., Awaitable[None]]
    retry: Retry
    cron: str | None


class Jobs:
    """The jobs that one room declares; a worker is given those of every room."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}

    def __iter__(self) -> Iterator[Job]:
        return iter(self._jobs.values())

    def job(
        self, name: str, *, retry: Retry | None = None, cron: str | None = None
    ) -> Callable[[Callable[..., Awaitable[None]]], Job]:
        """Declare a function as a job.

        Args:
            name: Stable for ever: rows waiting in the queue bear it.
            retry: When to try again after an exception.
            cron: When it runs by itself, in UTC (five fields, or six with seconds at the end);
                a run missed by less than a day is caught up, however many workers there are.

        Raises:
            ValueError: The name is taken.
        """

        def declare(function: Callable[..., Awaitable[None]]) -> Job:
            if name in self._jobs:
                raise ValueError(f"the job {name} is declared twice")
            job = Job(name=name, function=function, retry=retry or Retry(), cron=cron)
            self._jobs[name] = job
            return job

        return declare


# One statement rather than procrastinate_defer_jobs_v1, which cannot pass over a key that waits:
# its exception would end the caller's transaction. DO UPDATE locks the waiting row until we
# commit, so that no worker runs it on the state before ours.
DEFER = text(
    """
    INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, args, scheduled_at)
    VALUES (:name, :name, :key, CAST(:arguments AS jsonb), :run_at)
    ON CONFLICT (queueing_lock) WHERE status = 'todo'
    DO UPDATE SET queueing_lock = excluded.queueing_lock
    RETURNING id
    """
)


DEFER_ALL = text(
    """
    INSERT INTO procrastinate_jobs (queue_name, task_name, args)
    SELECT :name, :name, arguments FROM jsonb_array_elements(CAST(:arguments AS jsonb)) AS arguments
    """
)


ABOUT = text(
    """
    SELECT task_name AS name, status::text AS status, (
        SELECT min(at) FROM procrastinate_events WHERE job_id = job.id AND type = 'succeeded'
    ) AS done_at
    FROM procrastinate_jobs AS job WHERE args ->> :argument = ANY (:values) ORDER BY id
    """
)
FORGET = text(
    """
    DELETE FROM procrastinate_jobs
    WHERE args ->> :argument = ANY (:values) AND status <> 'doing'
    """
)


@dataclass(frozen=True, slots=True)
class Trace:
    """A job that waits, or that ended less than some days ago."""

    name: str
    status: str
    done_at: datetime | None


async def about(session: AsyncSession, argument: str, values: Collection[str]) -> list[Trace]:
    """Return the jobs that were told any of these values, the oldest first."""
    connection = await session.connection()
    found = await connection.execute(ABOUT, {"argument": argument, "values": list(values)})
    return [Trace(*row) for row in found]


async def forget(session: AsyncSession, argument: str, values: Collection[str]) -> None:
    """Delete the jobs that were told any of these values, but for one that runs just now."""
    connection = await session.connection()
    await connection.execute(FORGET, {"argument": argument, "values": list(values)})


async def defer(
    session: AsyncSession,
    job: Job | str,
    *,
    run_at: datetime | None = None,
    key: str | None = None,
    **arguments: Argument,
) -> int:
    """Write a job in the transaction of `session`: it exists if, and only if, that commits.

    Args:
        session: The caller's unit of work.
        job: The job, or its name where its module cannot be imported.
        run_at: Not before then; at once by default.
        key: While a job with this key waits, it stands for this one too.
        arguments: Identifiers, never a secret nor what somebody typed: rows are kept for days.

    Returns:
        The row's number; that of the waiting job when the key was taken.

    Raises:
        TypeError: The job takes other arguments, or JSON cannot hold them.
    """
    if isinstance(job, Job):
        inspect.signature(job.function).bind(None, **arguments)
        job = job.name
    values = {"name": job, "key": key, "arguments": json.dumps(arguments), "run_at": run_at}
    connection = await session.connection()
    number: int = (await connection.execute(DEFER, values)).scalar_one()
    return number


async def defer_all(session: AsyncSession, job: str, arguments: Iterable[Arguments]) -> None:
    """Write many jobs of one name, as `defer` does, in one statement; without a key."""
    values = {"name": job, "arguments": json.dumps(list(arguments))}
    connection = await session.connection()
    await connection.execute(DEFER_ALL, values)
