"""Every night, what is kept no longer is erased."""

from collections.abc import Sequence

from etape.core.holdings import Holding
from etape.core.jobs import JobContext, Jobs
from etape.tour.privacy import service


def purging(holdings: Sequence[Holding]) -> Jobs:
    """Return the job that erases what these holdings keep no longer."""
    jobs = Jobs()

    @jobs.job("people.purge", cron="35 2 * * *")
    async def purge(context: JobContext) -> None:
        await service.purge(context.database, holdings, now=context.clock.now())

    return jobs
