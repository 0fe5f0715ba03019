"""The worker: takes jobs from the queue, outlives the database's outages, hands back on stopping.

Each job runs outside any transaction. A dead worker's jobs come back within half a minute.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import procrastinate.worker
import structlog
from procrastinate import exceptions
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import text

from etape.core.jobs import Job, JobContext, Jobs

log = structlog.get_logger(__name__)

CONNECTION = {
    "autocommit": True,
    "connect_timeout": 3,
    "application_name": "etape worker",
    "options": "-c statement_timeout=5s -c lock_timeout=3s",
}
CONNECTION_TIMEOUT_SECONDS = 5.0

ATTEMPTS_AT_MOST = 100
"""A job that was running this many times when its worker died is what kills workers: it fails."""

DONE_KEPT = timedelta(days=7)
FAILED_KEPT = timedelta(days=60)
PURGED_AT_ONCE = 1_000

housekeeping = Jobs()


@housekeeping.job("jobs.purge", cron="23 * * * *")
async def purge(context: JobContext) -> None:
    """Delete the jobs that ended long ago, a few at a time."""
    for statuses, kept in (
        (["succeeded", "cancelled", "aborted"], DONE_KEPT),
        (["failed"], FAILED_KEPT),
    ):
        values = {"statuses": statuses, "kept": kept, "limit": PURGED_AT_ONCE}
        deleted = PURGED_AT_ONCE
        while deleted == PURGED_AT_ONCE:
            async with context.database.unit_of_work() as session:
                connection = await session.connection()
                deleted = len((await connection.execute(PURGE, values)).all())


PURGE = text(
    """
    DELETE FROM procrastinate_jobs WHERE id IN (
        SELECT job.id FROM procrastinate_jobs AS job
        WHERE job.status = ANY (CAST(:statuses AS procrastinate_job_status[]))
          AND NOT EXISTS (
            SELECT FROM procrastinate_events AS event
            WHERE event.job_id = job.id AND event.at > now() - CAST(:kept AS interval))
        LIMIT :limit)
    RETURNING id
    """
)

# Rows are locked before they are judged: two workers that look at once never hand back the same
# job twice, and never one that a third has just taken.
RESCUE = text(
    """
    SELECT CASE WHEN stalled.attempts < :attempts
        THEN procrastinate_retry_job_v2(stalled.id, NULL, NULL, NULL, NULL)
        ELSE procrastinate_finish_job_v1(stalled.id, 'failed', false) END
    FROM (
        SELECT job.id, job.attempts FROM procrastinate_jobs AS job
        LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
        WHERE job.status = 'doing'
          AND (job.worker_id IS NULL OR worker.last_heartbeat < now() - CAST(:silence AS interval))
        FOR UPDATE OF job SKIP LOCKED) AS stalled
    """
)


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How often a worker acts, in seconds: a dead one's jobs come back in `silence + rescue`."""

    poll: float = 0.5
    heartbeat: float = 5
    silence: float = 20
    rescue: float = 5
    grace: float = 15
    reconnect: float = 1


@dataclass(kw_only=True)
class Worker:
    """Runs the jobs of some rooms until `stopping`, through outages of the database.

    `concurrency` jobs run at once, so a worker that is killed may do as many of them twice.
    """

    context: JobContext
    jobs: Sequence[Jobs]
    concurrency: int = 4
    pace: Pace = field(default_factory=Pace)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    def stop(self) -> None:
        """Take no more jobs; those that run have `pace.grace` seconds, then are handed back."""
        self.stopping.set()

    async def run(self) -> None:
        """Run jobs until `stop`. Cancelling stops it in the same way."""
        while not self.stopping.is_set():
            try:
                await self._run_while_connected()
            except exceptions.ConnectorException as error:
                log.warning("jobs.database_unreachable", error=type(error.__cause__).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), self.pace.reconnect)

    async def _run_while_connected(self) -> None:
        """Run jobs until `stop`, or until the database is lost: procrastinate ends with it.

        Raises:
            ConnectorException: The database was lost, or never reached.
        """
        pace = self.pace
        pool = AsyncConnectionPool(
            self.context.database.url,
            min_size=1,
            max_size=self.concurrency + 1,
            timeout=CONNECTION_TIMEOUT_SECONDS,
            kwargs=CONNECTION,
            open=False,
        )
        queue = procrastinate.App(
            connector=procrastinate.PsycopgConnector(),
            periodic_defaults={"max_delay": timedelta(days=1).total_seconds()},
        )
        names = [self._register(queue, job) for room in (housekeeping, *self.jobs) for job in room]
        async with pool, queue.open_async(pool):
            # `App.run_worker_async` is stopped by cancelling it, which psycopg loses at times
            worker = procrastinate.worker.Worker(
                queue,
                queues=names,
                concurrency=self.concurrency,
                fetch_job_polling_interval=pace.poll,
                update_heartbeat_interval=pace.heartbeat,
                stalled_worker_timeout=pace.silence,
                shutdown_graceful_timeout=pace.grace,
                listen_notify=False,
                install_signal_handlers=False,
            )
            runner = asyncio.create_task(worker.run())
            stopping = asyncio.create_task(self.stopping.wait())
            rescuing = asyncio.create_task(self._rescue_regularly())
            try:
                await asyncio.wait([runner, stopping], return_when=asyncio.FIRST_COMPLETED)
            finally:
                worker.stop()  # and finish what runs
                for task in (stopping, rescuing):
                    task.cancel()
                await asyncio.wait([runner, stopping, rescuing])
            runner.result()

    def _register(self, queue: procrastinate.App, job: Job) -> str:
        """Tell the queue of a job and return the name of the job's own queue.

        Each job has one, so that a worker of an older release leaves a job that it does not know.
        """
        declare = queue.task(name=job.name, queue=job.name, retry=job.retry)
        if job.cron is None:
            declare(partial(job.function, self.context))
            return job.name

        async def run(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate's slot
            await job.function(self.context)

        queue.periodic(cron=job.cron, queueing_lock=job.name)(declare(run))
        return job.name

    async def _rescue_regularly(self) -> None:
        silence = timedelta(seconds=self.pace.silence)
        while True:
            await asyncio.sleep(self.pace.rescue)
            try:
                async with self.context.database.unit_of_work() as session:
                    connection = await session.connection()
                    values = {"attempts": ATTEMPTS_AT_MOST, "silence": silence}
                    rescued = (await connection.execute(RESCUE, values)).all()
            except Exception:
                log.warning("jobs.rescue_failed", exc_info=True)
            else:
                if rescued:
                    log.warning("jobs.rescued", count=len(rescued))
