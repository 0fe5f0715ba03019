"""Doors of days gone by."""

from etape.core.jobs import JobContext, Jobs
from etape.identity.doors import service

jobs = Jobs()


@jobs.job("doors.purge", cron="17 3 * * *")
async def purge(context: JobContext) -> None:
    """Delete the passes that were over long ago, and the browsers that they opened."""
    async with context.database.unit_of_work() as session:
        await service.forget_old(session, now=context.clock.now())
