"""What is forgotten of a stop once it is long over."""

from etape.core.jobs import JobContext, Jobs
from etape.tour.afterwards import service

jobs = Jobs()


@jobs.job("opinion.forget", cron="50 2 * * *")
async def forget(context: JobContext) -> None:
    """Delete what was said in words; how useful a stop was is kept."""
    async with context.database.unit_of_work() as session:
        await service.forget_words(session, now=context.clock.now())
