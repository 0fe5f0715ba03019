"""Every five minutes, the letters that fell due; each is true when it leaves, or is not sent."""

from dataclasses import replace
from typing import Any

from etape.core.jobs import JobContext, Jobs
from etape.tour.registrations import jobs as letters
from etape.tour.registrations.schemas import Bounce
from etape.tour.reminders import rules, service
from etape.tour.reminders.rules import Kind
from etape.tour.sessions.schemas import Status
from etape.tour.stops import service as stops

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
    """Remind somebody of what they still come to, or thank them for having come."""
    case = await letters.read_case(context, registration_id)
    if case is None or case.read.cancelled_at or case.bounce == Bounce.HARD:
        return
    if case.read.stop.status is not Status.SCHEDULED:
        return
    seats = rules.seats_about(case.read.seats, Kind(kind), about, zone=case.read.stop.zone)
    is_over = kind == Kind.THANKS
    still = [seat for seat in seats if is_over or seat.starts_at > context.clock.now()]
    if not any(rules.is_expected(seat) for seat in still):
        return
    case = replace(case, read=case.read.model_copy(update={"seats": seats}))
    if is_over:
        left = await _left_by(context, case.read.stop.slug)
        await letters.send(context, case, "thanks", suffix=f"-{about}", values=left)
    else:
        values = {"kind": kind}
        await letters.send(context, case, "reminder", suffix=f"-{kind}-{about}", values=values)


async def _left_by(context: JobContext, slug: str) -> dict[str, Any]:
    """Return what a stop leaves to see again and to read."""
    async with context.database.unit_of_work() as session:
        stop = await stops.read_stop(session, slug, now=context.clock.now())
    replays = [each for each in stop.sessions if each.replay_url]
    documents = [document for each in stop.sessions for document in each.documents if document.url]
    return {"replays": replays, "documents": documents}
