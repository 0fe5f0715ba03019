"""The letter that says that a need was answered; what it is stays on the page of the link."""

from uuid import UUID

from etape.core.calendar import Mailbox
from etape.core.jobs import JobContext, Jobs
from etape.core.mail import Letter
from etape.core.settings import page_url
from etape.core.texts import Language
from etape.tour.needs import service
from etape.tour.needs.tables import AccessibilityNeed
from etape.tour.registrations.jobs import greeted
from etape.tour.registrations.rules import of_stop
from etape.tour.registrations.service import mailed_secret
from etape.tour.registrations.tables import Registration
from etape.tour.stops.tables import Stop

jobs = Jobs()


@jobs.job(service.SEND_ANSWER)
async def send_answer(context: JobContext, *, need_id: str) -> None:
    """Tell somebody that the team answered, unless it was withdrawn meanwhile."""
    settings = context.settings
    async with context.database.unit_of_work() as session:
        need = await session.get(AccessibilityNeed, UUID(need_id))
        registration = await session.get(Registration, need.registration_id) if need else None
        if need is None or registration is None or registration.cancelled_at is not None:
            return
        stop = await session.get_one(Stop, registration.stop_id)
    language = Language(registration.language)
    token = mailed_secret(registration, settings=settings)
    await context.mailer.send(
        Letter(
            template="tour/need_answer",
            key=f"registration-{registration.id}-need-{need.id}-{need.changed_at:%Y%m%d%H%M%S%f}",
            to=Mailbox(address=registration.email, name=greeted(registration.name)),
            language=language,
            values={
                "name": greeted(registration.name),
                "state": need.state,
                "of_stop": of_stop(stop, language),
                "link": page_url(f"inscription/{token}", settings=settings, language=language),
            },
        )
    )


@jobs.job("need.reseal", cron="50 3 * * *")
async def reseal(context: JobContext) -> None:
    """Seal anew what a former secret sealed."""
    await service.reseal(context.database, keys=context.settings.sealing_keys)
