"""What is done for documents beside requests."""

from etape.core.jobs import JobContext, Jobs
from etape.documents import service

jobs = Jobs()


@jobs.job(service.SWEEP, cron="41 * * * *")
async def sweep(context: JobContext) -> None:
    """Take out of the storage what no document names: deleted, or left by an upload cut short."""
    await service.sweep(context.database, context.storage, now=context.clock.now())
