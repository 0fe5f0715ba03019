"""What follows for those who registered when a stop changes; and who they are, for its organisers.

Everybody is told, entries move, seats follow, in the transaction that changed the stop. Whoever
reads or exports the list is journalled.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import journal
from etape.core.columns import told
from etape.core.drafts import Edit
from etape.core.editing.shapes import Consequence
from etape.core.paging import Slice, slice_of
from etape.core.problems import NotFound
from etape.core.publishing import by_slug
from etape.tour.desk import rules
from etape.tour.desk.schemas import RegistrationLine, RequestAnswer, SeatLine
from etape.tour.queues import service as queues
from etape.tour.registrations import service as registrations
from etape.tour.registrations.tables import Registration
from etape.tour.seats import service as seating
from etape.tour.seats.schemas import SeatStatus
from etape.tour.seats.tables import Seat
from etape.tour.sessions.tables import SeatPool, Session
from etape.tour.stops import service as stops
from etape.tour.stops.schemas import StopContent, StopRead, TourRead
from etape.tour.stops.tables import Stop
from etape.tour.wishes.schemas import IfFull


async def _refuse_while_registered(session: AsyncSession, stop_id: UUID) -> None:
    somebody = select(Registration.id).where(Registration.stop_id == stop_id).limit(1)
    if (await session.exec(somebody)).first() is not None:
        raise rules.StopHasRegistrations


STOP = replace(stops.STOP, guard=_refuse_while_registered)


async def preview_stop(session: AsyncSession, slug: str, now: datetime) -> StopRead:
    """Return a stop as the public would read it."""
    return await stops.read_stop(session, slug, now=now)


async def preview_tour(session: AsyncSession, slug: str, now: datetime) -> TourRead:
    """Return a tour as the public would read it."""
    return await stops.read_tour(session, slug, now=now)


async def follow_stop(
    session: AsyncSession, edit: Edit, by: str, now: datetime
) -> list[Consequence]:
    """Do what a change of a stop means to those who registered, and say it in figures."""
    before, after = edit.before, edit.after
    if not isinstance(before, StopContent) or not isinstance(after, StopContent):
        return []
    stop = await by_slug(session, Stop, after.slug)
    if stop is None:
        raise NotFound
    await seating.lock(session, stop.id)
    pools = await _pools_of(session, stop.id)
    everywhere = [pool for held in pools.values() for pool in held]
    if rules.is_called_off(before, after):
        cancelled = await seating.give_all_back(session, everywhere, now=now)
        await _cancel(session, cancelled, by=by, now=now)
        return rules.consequences(cancelled=len(cancelled), promoted=0, changed=0)
    gone = [p for slug in rules.called_off_sessions(before, after) for p in pools[slug]]
    moved = [p for slug in rules.moved_sessions(before, after) for p in pools[slug]]
    left = await seating.give_all_back(session, gone, now=now)
    touched = left | await _seated_in(session, moved)
    cancelled = touched - await _seated_in(session, everywhere)
    await _cancel(session, cancelled, by=by, now=now)
    await queues.retime(session, moved)
    promoted = await queues.promote(session, everywhere, now=now)
    moved_up = promoted.registrations
    await registrations.tell_moved(session, promoted, by=by, now=now)
    changed = touched - cancelled - set(moved_up)
    await _raise_sequence(session, changed)
    await registrations.tell_all(session, changed, registrations.MOVED, by=by, now=now)
    return rules.consequences(
        cancelled=len(cancelled), promoted=len(moved_up) + promoted.later, changed=len(changed)
    )


async def _pools_of(session: AsyncSession, stop_id: UUID) -> defaultdict[str, list[UUID]]:
    rows = await session.exec(
        select(Session.slug, SeatPool.id)
        .join(SeatPool, col(SeatPool.session_id) == col(Session.id))
        .where(Session.stop_id == stop_id)
    )
    pools: defaultdict[str, list[UUID]] = defaultdict(list)
    for slug, pool in rows:
        pools[slug].append(pool)
    return pools


async def _seated_in(session: AsyncSession, pools: Collection[UUID]) -> set[UUID]:
    """Return whose registrations have a seat, or a rank, in one of these pools."""
    active = col(Seat.status) != SeatStatus.CANCELLED
    found = select(Seat.registration_id).where(col(Seat.pool_id).in_(pools), active)
    return {each for each in await session.exec(found) if each is not None}


async def _cancel(session: AsyncSession, ids: Collection[UUID], *, by: str, now: datetime) -> None:
    await _raise_sequence(session, ids, cancelled_at=now)
    act, letter = registrations.CALLED_OFF, registrations.SEND_CANCELLATION
    await registrations.tell_all(session, ids, act, by=by, now=now, letter=letter)


async def _raise_sequence(session: AsyncSession, ids: Collection[UUID], **values: Any) -> None:
    """Have the calendar entries of these registrations replaced by the next that is sent."""
    higher = {"sequence": col(Registration.sequence) + 1, **values}
    await session.exec(update(Registration).where(col(Registration.id).in_(ids)).values(higher))


async def answer_request(
    session: AsyncSession,
    slug: str,
    registration_id: UUID,
    seat: str,
    answer: RequestAnswer,
    *,
    by: str,
    now: datetime,
) -> RegistrationLine:
    """Accept or refuse somebody who asks for a seat of a session, and tell them.

    Who keeps no other seat once refused has their registration cancelled.
    Raises NotFound, RequestSettled, PoolFull.
    """
    stop = await by_slug(session, Stop, slug)
    registration = await session.get(Registration, registration_id)
    if stop is None or registration is None or registration.stop_id != stop.id:
        raise NotFound
    await seating.lock(session, stop.id)
    await session.refresh(registration)
    if answer.accepted:
        may_wait = answer.if_full is IfFull.WAIT
        came = await seating.accept(session, registration_id, seat, may_wait=may_wait, now=now)
        if came is None:
            raise rules.RequestSettled
        if not came.is_accepted:
            raise rules.pool_full(capacity=came.capacity, taken=came.taken)
        await _raise_sequence(session, [registration_id])
        await registrations.tell_all(
            session, [registration_id], registrations.ACCEPTED, by=by, now=now
        )
    else:
        await _refuse(session, registration_id, seat, by=by, now=now)
    await session.refresh(registration)
    seats = await _seats_of(session, [registration_id])
    return told(registration, RegistrationLine, seats=seats[registration_id])


async def _refuse(
    session: AsyncSession, registration_id: UUID, seat: str, *, by: str, now: datetime
) -> None:
    requested = await _seats_of(session, [registration_id])
    lines = requested[registration_id]
    if not any(each.session == seat and each.status is SeatStatus.REQUESTED for each in lines):
        raise rules.RequestSettled
    pools = await session.exec(
        select(SeatPool.id)
        .join(Session)
        .where(
            Session.slug == seat,
            SeatPool.id == Seat.pool_id,
            Seat.registration_id == registration_id,
        )
    )
    await seating.give_back(session, registration_id, list(pools), now=now)
    if len(lines) > 1:
        await _raise_sequence(session, [registration_id])
        await registrations.tell_all(
            session, [registration_id], registrations.TURNED_DOWN, by=by, now=now
        )
        return
    await _raise_sequence(session, [registration_id], cancelled_at=now)
    act, letter = registrations.TURNED_DOWN, registrations.SEND_CANCELLATION
    await registrations.tell_all(session, [registration_id], act, by=by, now=now, letter=letter)


async def list_registrations(
    session: AsyncSession,
    slug: str,
    *,
    limit: int,
    after: Sequence[Any] | None,
    status: SeatStatus | None = None,
    by: str,
    now: datetime,
) -> Slice[RegistrationLine]:
    """Return those registered at a stop, by their address, and journal who looked.

    With a `status`, only those who have a seat of that status.

    Raises NotFound.
    """
    stop = await by_slug(session, Stop, slug)
    if stop is None:
        raise NotFound
    wanted = select(Registration).where(Registration.stop_id == stop.id)
    if status is not None:
        having = select(Seat.registration_id).where(Seat.status == status)
        wanted = wanted.where(col(Registration.id).in_(having))
    order = [Registration.email_key, Registration.id]
    page = await slice_of(session, wanted, order=order, limit=limit, after=after)
    seats = await _seats_of(session, [each.id for each in page.rows])
    await _looked(session, stop, "listed", [each.id for each in page.rows], by=by, now=now)
    return page.map(lambda each: told(each, RegistrationLine, seats=seats[each.id]))


async def export_registrations(session: AsyncSession, slug: str, *, by: str, now: datetime) -> str:
    """Return those registered at a stop as CSV (RFC 4180), a line for each seat; journalled.

    Raises NotFound.
    """
    stop = await by_slug(session, Stop, slug)
    if stop is None:
        raise NotFound
    rows = await session.exec(
        select(Registration)
        .where(Registration.stop_id == stop.id, col(Registration.cancelled_at).is_(None))
        .order_by(col(Registration.email_key))
    )
    people = list(rows)
    seats = await _seats_of(session, [each.id for each in people])
    await _looked(session, stop, "exported", [each.id for each in people], by=by, now=now)
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(["name", "email", "organisation", "session", "mode", "status", "registered_at"])
    for each in people:
        who = [each.name, each.email, each.organisation or ""]
        for seat in seats[each.id]:
            what = [seat.session, seat.mode, seat.status, each.created_at.isoformat()]
            writer.writerow(rules.safe_cells([*who, *what]))
    return written.getvalue()


async def _seats_of(
    session: AsyncSession, ids: Collection[UUID]
) -> defaultdict[UUID, list[SeatLine]]:
    rows = await session.exec(
        select(Registration.id, Seat, Session.slug, SeatPool.mode)
        .join(Seat, col(Seat.registration_id) == col(Registration.id))
        .join(SeatPool, col(SeatPool.id) == col(Seat.pool_id))
        .join(Session, col(Session.id) == col(SeatPool.session_id))
        .where(col(Seat.registration_id).in_(ids), col(Seat.status) != SeatStatus.CANCELLED)
        .order_by(col(Session.rank), col(SeatPool.mode))
    )
    seats: defaultdict[UUID, list[SeatLine]] = defaultdict(list)
    for registration_id, seat, slug, mode in rows:
        seats[registration_id].append(told(seat, SeatLine, session=slug, mode=mode))
    return seats


async def _looked(
    session: AsyncSession, stop: Stop, act: str, ids: Sequence[UUID], *, by: str, now: datetime
) -> None:
    """Journal that somebody saw the people registered at a stop, and how many."""
    await journal.record(
        session,
        by=by,
        noun=registrations.REGISTRATION,
        subject_id=stop.id,
        act=act,
        changes={"stop": (None, stop.slug), "people": (None, len(ids))},
        now=now,
        personal=True,
    )
