"""The letter to whoever brings a group: seats were freed for those of it who have not come yet."""

from uuid import UUID

from etape.core.jobs import JobContext, Jobs
from etape.tour.groups import service
from etape.tour.registrations import jobs as letters
from etape.tour.registrations.rules import start_text
from etape.tour.registrations.service import SEND_GROUP

jobs = Jobs()


@jobs.job(SEND_GROUP)
async def send_group(context: JobContext, *, registration_id: str, delegation_id: str) -> None:
    """Tell them which seats there are, and until when they can be claimed, while some are left."""
    case = await letters.read_case(context, registration_id)
    if case is None or case.read.cancelled_at is not None:
        return
    async with context.database.snapshot() as session:
        found = await service.read_unclaimed(session, UUID(delegation_id), now=context.clock.now())
    if found is None:
        return
    group, promoted_at = found
    zone, language = case.read.stop.zone, case.read.language
    seats = [
        (
            each.title.in_language(language),
            start_text(each.starts_at, zone=zone, language=language),
            each.confirmed,
        )
        for each in group.seats
        if each.confirmed
    ]
    until = start_text(group.claim_until, zone=zone, language=language)
    values = {"seats": seats, "unclaimed": group.unclaimed, "until": until}
    suffix = f"-{delegation_id}-{promoted_at:%Y%m%d%H%M%S%f}"
    await letters.send(context, case, "group", suffix=suffix, values=values)
