"""What nobody needs any more of signing in."""

from etape.core.jobs import JobContext, Jobs
from etape.identity.passkeys import service as passkeys
from etape.identity.sessions import service as sessions

jobs = Jobs()


@jobs.job("sessions.purge", cron="13 * * * *")
async def purge(context: JobContext) -> None:
    """Delete the challenges that nobody answered, and the sessions that were over long ago."""
    now = context.clock.now()
    async with context.database.unit_of_work() as session:
        await passkeys.forget_old(session, now=now)
        await sessions.forget_old(session, now=now)
