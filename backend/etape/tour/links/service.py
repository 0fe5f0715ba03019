"""Lost links: whoever asks costs the same statements and one job, registered or not (T16)."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import jobs
from etape.tour.links.schemas import LostLinkRequest
from etape.tour.registrations.tables import Registration
from etape.tour.stops.rules import last_day, today_at
from etape.tour.stops.tables import Stop

SEND_LOST_LINKS = "lost_links.send"


async def ask(session: AsyncSession, request: LostLinkRequest, *, now: datetime) -> None:
    """Have the links of an address to the stops to come mailed to it, if there are any."""
    coming = [
        stop.id
        for stop in await session.exec(select(Stop))
        if request.stop in {None, stop.slug} and _is_to_come(stop, now)
    ]
    theirs = select(Registration.id).where(
        col(Registration.stop_id).in_(coming),
        Registration.email_key == request.email.casefold(),
        col(Registration.cancelled_at).is_(None),
    )
    found = " ".join(sorted(str(each) for each in await session.exec(theirs)))
    await jobs.defer(session, SEND_LOST_LINKS, registrations=found, language=request.language)


def _is_to_come(stop: Stop, now: datetime) -> bool:
    ended = last_day(stop)
    return ended is None or ended >= today_at(stop.zone, now)


async def registrations_of(
    session: AsyncSession, ids: list[UUID]
) -> list[tuple[Registration, Stop]]:
    """Return these registrations with their stops, the first stop first; the erased are not."""
    found = (
        select(Registration, Stop)
        .join(Stop, col(Stop.id) == col(Registration.stop_id))
        .where(col(Registration.id).in_(ids), col(Registration.cancelled_at).is_(None))
        .order_by(col(Stop.first_day), col(Stop.slug))
    )
    return list(await session.exec(found))
