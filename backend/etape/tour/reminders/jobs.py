"""Every five minutes, the letters that fell due; each is true when it leaves, or is not sent."""

from dataclasses import replace

from etape.core.jobs import JobContext, Jobs
from etape.tour.registrations import jobs as letters
from etape.tour.registrations.schemas import Bounce
from etape.tour.reminders import rules, service
from etape.tour.reminders.rules import Kind
from etape.tour.sessions.schemas import Status

jobs = Jobs()


@jobs.job("registration.remind", cron="*/5 * * * *")
async def remind(context: JobContext) -> None:
    """Decide whom to write to now."""
    async with context.database.unit_of_work() as session:
        await service.decide(session, now=context.clock.now())


@jobs.job(service.SEND_REMINDER)
async def send_reminder(
    context: JobContext, *, registration_id: str, kind: str, about: str
) -> None:
    """Remind somebody of what they still come to."""
    case = await letters.read_case(context, registration_id)
    if case is None or case.read.cancelled_at or case.bounce == Bounce.HARD:
        return
    if case.read.stop.status is not Status.SCHEDULED:
        return
    seats = rules.seats_about(case.read.seats, Kind(kind), about, zone=case.read.stop.zone)
    if not any(seat.starts_at > context.clock.now() and rules.is_expected(seat) for seat in seats):
        return
    case = replace(case, read=case.read.model_copy(update={"seats": seats}))
    await letters.send(context, case, "reminder", suffix=f"-{kind}-{about}", values={"kind": kind})
