"""Deciding who is written to, once: the mark and the letter's job are one transaction."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, literal, or_
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import jobs
from etape.core.columns import Instant
from etape.core.holdings import Holding
from etape.tour.checkin.rules import ENTRIES
from etape.tour.checkin.schemas import Means
from etape.tour.checkin.tables import Scan
from etape.tour.registrations.schemas import Bounce
from etape.tour.registrations.tables import Registration
from etape.tour.reminders import rules
from etape.tour.reminders.rules import Kind, Letter, Slot
from etape.tour.reminders.tables import Reminder
from etape.tour.seats.schemas import SeatStatus
from etape.tour.seats.tables import Seat
from etape.tour.sessions.schemas import Mode, Status
from etape.tour.sessions.tables import SeatPool, Session
from etape.tour.stops.tables import Stop

SEND_REMINDER = "registration.send_reminder"
FAR_AHEAD = timedelta(days=9)
LONG_AGO = rules.THANKED_WITHIN + timedelta(days=2)
"""What starts later or ended before calls for no letter now, wherever it is."""


async def decide(session: AsyncSession, *, now: datetime) -> None:
    """Have a letter sent to each of those whom one is due to now, and never another for it."""
    near = select(Session.stop_id).where(
        col(Session.starts_at) < now + FAR_AHEAD, col(Session.ends_at) > now - LONG_AGO
    )
    for zone, slots in await _held(session, near):
        for letter in rules.due(slots, zone=zone, now=now):
            written_to = await _mark(session, letter, now=now)
            told = {"kind": letter.kind, "about": letter.about}
            letters = [{"registration_id": str(each), **told} for each in written_to]
            await jobs.defer_all(session, SEND_REMINDER, letters)


async def spare(session: AsyncSession, stop_id: UUID, *, now: datetime) -> None:
    """Mark all that is planned as done, for those registered so far: nobody is written to."""
    for zone, slots in await _held(session, [stop_id]):
        for letter in rules.planned(slots, zone=zone):
            await _mark(session, letter, now=now)


async def _held(session: AsyncSession, stops: Any) -> list[tuple[str, list[Slot]]]:
    """Return, for each of these stops that takes place, its zone and what takes place there."""
    rows = await session.exec(
        select(Stop.zone, Session)
        .join(Session, col(Session.stop_id) == col(Stop.id))
        .where(
            col(Stop.id).in_(stops),
            Stop.status == Status.SCHEDULED,
            Session.status == Status.SCHEDULED,
        )
    )
    held: defaultdict[tuple[UUID, str], list[Slot]] = defaultdict(list)
    for zone, each in rows:
        if each.starts_at is not None and each.ends_at is not None:
            slot = Slot(id=each.id, starts_at=each.starts_at, ends_at=each.ends_at)
            held[each.stop_id, zone].append(slot)
    return [(zone, slots) for (_, zone), slots in held.items()]


async def _mark(session: AsyncSession, letter: Letter, *, now: datetime) -> Sequence[UUID]:
    """Mark a letter for those whom it is due to; return them.

    They had their seat well before it fell due: who got one since knows from a fresher letter.
    """
    seated = (
        select(Seat.registration_id)
        .join(SeatPool, col(SeatPool.id) == col(Seat.pool_id))
        .where(Seat.status == SeatStatus.CONFIRMED)
    )
    awaited = seated.where(
        col(SeatPool.session_id).in_(letter.sessions),
        col(SeatPool.mode).in_([letter.mode] if letter.mode else Mode),
        Seat.changed_at <= letter.start - rules.SETTLED_FOR,
    )
    if letter.kind is Kind.THANKS:
        awaited = awaited.where(_came(letter))
    told_already = seated.where(col(SeatPool.session_id).in_(letter.unless))
    people = select(
        Registration.id, literal(letter.kind), literal(letter.about), literal(now, Instant())
    ).where(
        col(Registration.id).in_(awaited),
        col(Registration.id).not_in(told_already),
        col(Registration.cancelled_at).is_(None),
        col(Registration.bounce).is_distinct_from(Bounce.HARD),
    )
    marked = insert(Reminder).from_select(
        ["registration_id", "kind", "about", "decided_at"], people
    )
    once = marked.on_conflict_do_nothing().returning(col(Reminder.registration_id))
    return list((await session.exec(once)).scalars())


def _came(letter: Letter) -> ColumnElement[bool]:
    """Whether who has a seat entered; who was not counted, at the doors or online, is believed."""
    entered = (
        select(Scan.registration_id)
        .join(Session, col(Session.stop_id) == col(Scan.stop_id))
        .where(col(Session.id).in_(letter.sessions), col(Scan.outcome).in_(ENTRIES))
    )
    same_way = (col(Scan.means) == Means.LINK) == (col(SeatPool.mode) == Mode.ONLINE)
    is_counted = entered.where(same_way).correlate(SeatPool).exists()
    return or_(~is_counted, col(Seat.registration_id).in_(entered))


async def _tell(session: AsyncSession, ids: Collection[UUID], _: datetime) -> Sequence[Any]:
    marks = select(Reminder).where(col(Reminder.registration_id).in_(ids))
    return [
        {"kind": mark.kind, "about": mark.about, "decided_at": mark.decided_at}
        for mark in await session.exec(marks.order_by(col(Reminder.decided_at)))
    ]


async def _erase(session: AsyncSession, ids: Collection[UUID], _: datetime) -> None:
    await session.exec(delete(Reminder).where(col(Reminder.registration_id).in_(ids)))


HOLDING = Holding(name="reminders", tell=_tell, erase=_erase)
