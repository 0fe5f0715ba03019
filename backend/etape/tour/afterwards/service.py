"""Counting who came, and keeping what they say without their name."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, distinct, func, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.columns import shared_with, told
from etape.core.database import execute
from etape.core.holdings import Holding
from etape.core.paging import Slice, slice_of
from etape.core.problems import NotFound
from etape.core.publishing import by_slug
from etape.tour.afterwards import rules
from etape.tour.afterwards.schemas import Attendance, OpinionContent, OpinionRead, OpinionState
from etape.tour.afterwards.tables import ErasedAttendance, Opinion, OpinionGiven
from etape.tour.checkin.rules import ENTRIES
from etape.tour.checkin.tables import Scan
from etape.tour.registrations import service as registrations
from etape.tour.registrations.tables import Registration
from etape.tour.seats.schemas import SeatStatus
from etape.tour.seats.tables import Seat
from etape.tour.sessions.tables import Session
from etape.tour.stops.tables import Stop

# Who is erased before a stop is over, without having come, does not come: their seat is another's.
COUNT_ERASED = text(
    """
    INSERT INTO erased_attendance (stop_id, registered, confirmed, arrived)
    SELECT stop_id, count(*) FILTER (WHERE is_current),
        count(*) FILTER (WHERE is_current AND is_seated), count(*) FILTER (WHERE has_come)
    FROM (
        SELECT r.stop_id, r.cancelled_at IS NULL AS is_current,
            EXISTS (SELECT FROM seat WHERE registration_id = r.id AND status = 'confirmed')
                AS is_seated,
            EXISTS (SELECT FROM scan WHERE registration_id = r.id
                AND outcome = ANY(CAST(:entries AS text[]))) AS has_come,
            stop.status = 'scheduled' AND (
                SELECT max(ends_at) FROM session WHERE stop_id = stop.id) <= :now AS is_over
        FROM registration r JOIN stop ON stop.id = r.stop_id
        WHERE r.id = ANY(CAST(:ids AS uuid[]))
    ) AS erased
    WHERE is_over OR has_come GROUP BY stop_id
    ON CONFLICT (stop_id) DO UPDATE SET
        registered = erased_attendance.registered + excluded.registered,
        confirmed = erased_attendance.confirmed + excluded.confirmed,
        arrived = erased_attendance.arrived + excluded.arrived
    """
)


async def attendance(session: AsyncSession, slug: str) -> Attendance:
    """Return how many people came to a stop, as counted here, the erased too. Raises NotFound."""
    stop = await _stop(session, slug)
    registered = col(Registration.stop_id) == stop.id, col(Registration.cancelled_at).is_(None)
    if stop.registration_opens_at is None:
        return Attendance(registered=None, confirmed=None, arrived=None)
    seated = select(Seat.registration_id).where(Seat.status == SeatStatus.CONFIRMED)
    entered = select(func.count(distinct(col(Scan.registration_id)))).where(
        Scan.stop_id == stop.id, col(Scan.outcome).in_(ENTRIES)
    )
    counted = select(func.count()).select_from(Registration).where(*registered)
    confirmed = counted.where(col(Registration.id).in_(seated))
    nobody = ErasedAttendance(stop_id=stop.id, registered=0, confirmed=0, arrived=0)
    erased = await session.get(ErasedAttendance, stop.id) or nobody
    return Attendance(
        registered=(await session.exec(counted)).one() + erased.registered,
        confirmed=(await session.exec(confirmed)).one() + erased.confirmed,
        arrived=((await session.exec(entered)).one() + erased.arrived) or None,
    )


async def _stop(session: AsyncSession, slug: str) -> Stop:
    stop = await by_slug(session, Stop, slug)
    if stop is None:
        raise NotFound
    return stop


async def opinion_state(session: AsyncSession, token: str, *, now: datetime) -> OpinionState:
    """Return whether whoever holds a link may say what they think. Raises LinkUnknown."""
    return await _state(session, await registrations.by_token(session, token), now=now)


async def _state(
    session: AsyncSession, registration: Registration, *, now: datetime
) -> OpinionState:
    read = await registrations.read_registration(session, registration, settings=None, now=now)
    return rules.opinion_state(
        read.seats,
        is_cancelled=read.cancelled_at is not None,
        is_given=await session.get(OpinionGiven, registration.id) is not None,
        now=now,
    )


async def give_opinion(
    session: AsyncSession, token: str, content: OpinionContent, *, now: datetime
) -> None:
    """Keep what somebody says, and that they said it; nothing joins the two.

    Raises LinkUnknown, OpinionNotOpen.
    """
    registration = await registrations.by_token(session, token)
    if await _state(session, registration, now=now) is not OpinionState.OPEN:
        raise rules.OpinionNotOpen
    given = insert(OpinionGiven).values(registration_id=registration.id)
    once = given.on_conflict_do_nothing().returning(col(OpinionGiven.registration_id))
    if (await session.exec(once)).one_or_none() is None:
        raise rules.OpinionNotOpen
    session.add(Opinion(**shared_with(Opinion, content), stop_id=registration.stop_id))


async def list_opinions(
    session: AsyncSession, slug: str, *, limit: int, after: Sequence[Any] | None
) -> tuple[Slice[OpinionRead], list[int]]:
    """Return what was said of a stop, and how many gave it 1 to 5. Raises NotFound."""
    stop = await _stop(session, slug)
    wanted = select(Opinion).where(Opinion.stop_id == stop.id)
    page = await slice_of(session, wanted, order=[Opinion.id], limit=limit, after=after)
    counted = select(Opinion.useful, func.count()).where(Opinion.stop_id == stop.id)
    counts = dict((await session.exec(counted.group_by(col(Opinion.useful)))).all())
    return page.map(lambda each: told(each, OpinionRead)), [counts.get(n, 0) for n in range(1, 6)]


async def forget_words(session: AsyncSession, *, now: datetime) -> None:
    """Delete the words said of stops that are long over."""
    over = (
        select(Session.stop_id)
        .group_by(col(Session.stop_id))
        .having(func.max(Session.ends_at) < now - rules.WORDS_KEPT)
    )
    await session.exec(
        update(Opinion).where(col(Opinion.stop_id).in_(over)).values(missing=None, next_step=None)
    )


async def _tell(session: AsyncSession, ids: Collection[UUID], _: datetime) -> Sequence[Any]:
    given = select(OpinionGiven.registration_id).where(col(OpinionGiven.registration_id).in_(ids))
    return [{"given": True} for _ in await session.exec(given)]


async def _erase(session: AsyncSession, ids: Collection[UUID], now: datetime) -> None:
    """Forget who gave an opinion, and count who came while they are still known."""
    values = {"ids": list(ids), "entries": list(ENTRIES), "now": now}
    await execute(session, COUNT_ERASED, values)
    await session.exec(delete(OpinionGiven).where(col(OpinionGiven.registration_id).in_(ids)))


HOLDING = Holding(name="opinions", tell=_tell, erase=_erase)
"""That an opinion was given; before the scans, which tell who came."""
