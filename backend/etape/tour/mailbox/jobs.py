"""The question to somebody whose calendar says that they will not come."""

from etape.core.jobs import JobContext, Jobs
from etape.tour.mailbox import service
from etape.tour.registrations import jobs as letters

jobs = Jobs()


@jobs.job(service.SEND_QUESTION)
async def send_question(context: JobContext, *, registration_id: str) -> None:
    """Ask somebody whether they free their seats; a hundred answers in a day are one letter."""
    case = await letters.read_case(context, registration_id)
    if case is not None and case.read.changeable:
        await letters.send(context, case, "question", suffix=f"-{context.clock.now():%Y%m%d}")
