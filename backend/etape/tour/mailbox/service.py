"""What follows from a message: a question to somebody, or a mark on a registration."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import jobs
from etape.tour.mailbox import rules
from etape.tour.mailbox.rules import Undelivered
from etape.tour.mailbox.schemas import Meaning
from etape.tour.registrations import service as registrations
from etape.tour.registrations.tables import Registration

SEND_QUESTION = "registration.send_question"


async def receive(session: AsyncSession, source: bytes, *, now: datetime) -> Meaning:
    """Act on a raw message, and return what it meant.

    Who declines is asked, by mail, whether they free their seat: anybody can write a message that
    looks like theirs, and some programs decline by themselves.
    """
    meaning = rules.meaning_of(source)
    if meaning is None:
        return Meaning.NOTHING
    registration = await session.get(Registration, meaning.registration_id)
    if registration is None or registration.cancelled_at is not None:
        return Meaning.NOTHING
    if isinstance(meaning, Undelivered):
        await registrations.mark_bounce(session, registration.id, meaning.bounce, now=now)
        return Meaning.BOUNCED
    if meaning.sender != registration.email_key or meaning.sender not in meaning.attendees:
        return Meaning.NOTHING
    name = str(registration.id)
    await jobs.defer(session, SEND_QUESTION, key=f"question {name}", registration_id=name)
    return Meaning.DECLINED
