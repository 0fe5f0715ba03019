"""Opening the link of a session online is the check-in: once, and only while it takes place.

It is done by POST, from a page with a button: a mail scanner that opens every link (T17) checks
nobody in.
"""

from datetime import datetime
from uuid import uuid5

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.columns import told
from etape.core.settings import Settings
from etape.tour.checkin import service as checkin
from etape.tour.checkin.schemas import Means, ScanOutcome
from etape.tour.checkin.tables import Scan
from etape.tour.joining import rules
from etape.tour.joining.schemas import JoinOpened, JoinRead
from etape.tour.registrations import rules as registration_rules
from etape.tour.registrations import service as registrations
from etape.tour.registrations.tables import Registration
from etape.tour.seats import service as seating
from etape.tour.seats.schemas import SeatStatus
from etape.tour.sessions.schemas import Mode
from etape.tour.sessions.tables import Session
from etape.tour.stops.tables import Stop


async def read_join(
    session: AsyncSession, session_slug: str, proof: str, *, settings: Settings
) -> JoinRead:
    """Return the session that a link leads to. Raises LinkUnknown, RegistrationCancelled."""
    _, attended, stop = await _joining(session, session_slug, proof, settings=settings)
    return told(
        attended,
        JoinRead,
        session=attended.slug,
        stop=stop.slug,
        stop_name=stop.name,
        zone=stop.zone,
        opens_at=attended.starts_at and attended.starts_at - rules.JOIN_FROM,
        fictitious=stop.fictitious,
    )


async def open_join(
    session: AsyncSession, session_slug: str, proof: str, *, settings: Settings, now: datetime
) -> JoinOpened:
    """Check somebody in online, once, and return where to attend.

    Raises LinkUnknown, RegistrationCancelled, JoinNotOpen.
    """
    registration, attended, stop = await _joining(session, session_slug, proof, settings=settings)
    seats = (await checkin.seats_of(session, stop, [registration.id]))[registration.id]
    is_expected = any(
        seat.session == attended.slug
        and seat.mode is Mode.ONLINE
        and seat.status is SeatStatus.CONFIRMED
        for seat in seats
    )
    if not is_expected or attended.join_url is None:
        raise rules.JoinNotOpen(rules.NO_ONLINE_SEAT)
    if attended.starts_at and attended.ends_at:
        rules.refuse_join(attended.starts_at, attended.ends_at, now=now)
    await seating.lock(session, stop.id)
    scan_id = uuid5(registration.id, attended.slug)
    if await session.get(Scan, (stop.id, scan_id)) is None:
        session.add(
            Scan(
                stop_id=stop.id,
                id=scan_id,
                registration_id=registration.id,
                session_id=attended.id,
                means=Means.LINK,
                device=registration.id,
                outcome=ScanOutcome.ADMITTED,
                scanned_at=now,
                received_at=now,
                by=registrations.ANONYMOUS,
            )
        )
        await session.flush()
    return JoinOpened(join_url=attended.join_url)


async def _joining(
    session: AsyncSession, session_slug: str, proof: str, *, settings: Settings
) -> tuple[Registration, Session, Stop]:
    keys = settings.sealing_keys
    registration_id = registration_rules.registration_joining(session_slug, proof, keys=keys)
    row = (
        await session.exec(
            select(Registration, Session, Stop)
            .join(Stop, col(Stop.id) == col(Registration.stop_id))
            .join(Session, col(Session.stop_id) == col(Stop.id))
            .where(Registration.id == registration_id, Session.slug == session_slug)
        )
    ).one_or_none()
    if row is None or row[1].starts_at is None:
        raise registration_rules.LinkUnknown
    if row[0].cancelled_at is not None:
        raise registration_rules.RegistrationCancelled
    return row[0], row[1], row[2]
