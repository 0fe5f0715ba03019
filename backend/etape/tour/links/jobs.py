"""The letter that gives lost links back, all of an address in one."""

from uuid import UUID

from etape.core.calendar import Mailbox
from etape.core.jobs import JobContext, Jobs
from etape.core.mail import Letter
from etape.core.settings import page_url
from etape.core.texts import Language
from etape.tour.links import service
from etape.tour.registrations.jobs import greeted
from etape.tour.registrations.rules import of_stop
from etape.tour.registrations.service import mailed_secret
from etape.tour.registrations.tables import Registration

jobs = Jobs()


@jobs.job(service.SEND_LOST_LINKS)
async def send_lost_links(context: JobContext, *, registrations: str, language: str | None) -> None:
    """Mail an address its links; nothing to who has none. One letter an hour is shown of many."""
    settings = context.settings
    async with context.database.unit_of_work() as session:
        ids = [UUID(each) for each in registrations.split()]
        found = await service.registrations_of(session, ids)
    if not found:
        return
    first = found[0][0]
    spoken = Language(language or first.language)

    def link_of(registration: Registration) -> str:
        token = mailed_secret(registration, settings=settings)
        return page_url(f"inscription/{token}", settings=settings, language=spoken)

    await context.mailer.send(
        Letter(
            template="tour/lost_links",
            key=f"registration-{first.id}-lost-{context.clock.now():%Y%m%d%H}",
            to=Mailbox(address=first.email, name=greeted(first.name)),
            language=spoken,
            values={
                "name": greeted(first.name),
                "links": [(of_stop(stop, spoken), link_of(each)) for each, stop in found],
            },
        )
    )
