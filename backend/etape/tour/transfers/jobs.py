"""The letter that offers seats to a colleague; it alone holds the link that takes them."""

from uuid import UUID

from etape.core.calendar import Mailbox
from etape.core.jobs import JobContext, Jobs
from etape.core.mail import Letter
from etape.core.settings import page_url
from etape.core.texts import Language
from etape.tour.registrations import rules as words
from etape.tour.registrations import service as registrations
from etape.tour.registrations.jobs import greeted
from etape.tour.registrations.tables import Registration
from etape.tour.transfers import service
from etape.tour.transfers.tables import Transfer

jobs = Jobs()


@jobs.job(service.SEND_OFFER)
async def send_offer(context: JobContext, *, transfer_id: str) -> None:
    """Write to who is offered seats, unless the offer ended meanwhile."""
    now, settings = context.clock.now(), context.settings
    async with context.database.snapshot() as session:
        transfer = await session.get(Transfer, UUID(transfer_id))
        if transfer is None or transfer.ended_at is not None:
            return
        giver = await session.get_one(Registration, transfer.registration_id)
        if giver.cancelled_at is not None:
            return
        stop = (await registrations.read_registration(session, giver, settings=None, now=now)).stop
    language = Language(transfer.language)
    secret = service.mailed_secret(transfer, settings=settings)
    await context.mailer.send(
        Letter(
            template="tour/transfer_offer",
            key=f"transfer-{transfer.id}",
            to=Mailbox(address=transfer.email, name=greeted(transfer.name)),
            language=language,
            values={
                "name": greeted(transfer.name),
                "giver": greeted(giver.name),
                "stop": stop,
                "of_stop": words.of_stop(stop, language),
                "link": page_url(f"transfert/{secret}", settings=settings, language=language),
            },
        )
    )
