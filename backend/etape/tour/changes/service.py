"""Changing, switching, confirming and cancelling by the mailed link.

Seats left move up those who wait, in the same transaction. Whoever acts by the link has read the
mail: the address is proved by it.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import jobs
from etape.core.settings import Settings
from etape.tour.changes import rules
from etape.tour.changes.schemas import RegistrationChange
from etape.tour.queues import service as queues
from etape.tour.registrations import service as registrations
from etape.tour.registrations.rules import LinkUnknown, RegistrationCancelled
from etape.tour.registrations.schemas import RegistrationOutcome, RegistrationRead
from etape.tour.registrations.tables import Registration
from etape.tour.seats import service as seating
from etape.tour.seats.schemas import SeatChoice, SeatOutcome, SeatStatus
from etape.tour.seats.service import Asked, Choice
from etape.tour.seats.tables import Seat
from etape.tour.sessions.schemas import Mode
from etape.tour.sessions.tables import SeatPool, Session
from etape.tour.stops import rules as stop_rules
from etape.tour.stops.schemas import RegistrationState
from etape.tour.stops.tables import Stop
from etape.tour.wishes import service as wishing
from etape.tour.wishes.rules import CLOSED, RegistrationNotOpen
from etape.tour.wishes.schemas import SeatWishes


class Held(NamedTuple):
    """A seat that a registration has, or waits for."""

    slug: str
    mode: Mode
    pool_id: UUID


async def change(
    session: AsyncSession,
    token: str,
    wishes: RegistrationChange,
    *,
    now: datetime,
    simulate: bool = False,
) -> RegistrationOutcome:
    """Change a registration; seats kept keep their rank, seats left move up those who wait.

    Whoever comes by the mailed link proves the address by it. A simulation is the change itself,
    undone: what moves up whom depends on everybody's seats.
    Raises LinkUnknown, RegistrationCancelled and the problems of `wishes`.
    """
    if not simulate:
        return await _change(session, token, wishes, now=now)
    async with session.begin_nested() as trial:
        outcome = await _change(session, token, wishes, now=now)
        await trial.rollback()
    return outcome.model_copy(update={"simulated": True})


async def _change(
    session: AsyncSession, token: str, wishes: RegistrationChange, *, now: datetime
) -> RegistrationOutcome:
    registration, stop = await opened(session, token, now=now)
    held = {each.pool_id for each in await held_by(session, registration.id)}
    choices, clashes = await wishing.judged(session, stop, wishes, now=now, held=held)
    given = {"name": wishes.name, "organisation": wishes.organisation, "language": wishes.language}
    registration.sqlmodel_update({name: value for name, value in given.items() if value})
    registration.online_meanwhile = wishes.online_meanwhile
    registration.promote_until_hours = wishes.promote_until_hours
    registration.together = wishes.together
    seats = await _reseat(session, registration, stop, choices, held=held, now=now)
    outcome = registrations.outcome_of(stop, seats, clashes, wishes=wishes)
    await registrations.record(session, registration.id, "changed", outcome.seats, now=now)
    return outcome


async def switch(
    session: AsyncSession, token: str, slug: str, mode: Mode, *, now: datetime
) -> RegistrationOutcome:
    """Attend one session the other way; every other seat stays as it is.

    Who leaves an online seat for a chair that is not free keeps it meanwhile. What stands already
    is not done again. Raises LinkUnknown, RegistrationCancelled, SeatUnknown and the problems of
    `wishes`.
    """
    registration, stop = await opened(session, token, now=now)
    held = await held_by(session, registration.id)
    wanted = {each.slug: each for each in held}
    if slug not in wanted:
        raise rules.SeatUnknown
    left = wanted[slug]
    wishes = SeatWishes(
        seats=[
            SeatChoice(session=each.slug, mode=mode if each is left else each.mode)
            for each in wanted.values()
        ],
        together=registration.together,
        online_meanwhile=registration.online_meanwhile,
        promote_until_hours=registration.promote_until_hours,
        overlaps_accepted=True,
    )
    pools = {each.pool_id for each in held}
    choices, clashes = await wishing.judged(session, stop, wishes, now=now, held=pools)
    if left.mode is mode:
        seats = await seating.outcomes(session, registration.id, choices)
        return registrations.outcome_of(stop, seats, clashes, wishes=wishes)
    if left.mode is Mode.ONLINE:
        choices = [replace(c, fallback_id=left.pool_id) if c.slug == slug else c for c in choices]
    seats = await _reseat(session, registration, stop, choices, held=pools, now=now)
    outcome = registrations.outcome_of(stop, seats, clashes, wishes=wishes)
    await registrations.record(session, registration.id, "switched", outcome.seats, now=now)
    return outcome


async def _reseat(
    session: AsyncSession,
    registration: Registration,
    stop: Stop,
    choices: Sequence[Choice],
    *,
    held: Collection[UUID],
    now: datetime,
) -> list[SeatOutcome]:
    """Have these seats in place of those held; the person is told, and those who move up."""
    kept = [choice for choice in choices if choice.pool_id in held]
    asked = [choice for choice in choices if choice.pool_id not in held]
    state = stop_rules.registration_state(stop, is_noticed=True, now=now)
    if asked and state is not RegistrationState.OPEN:
        raise RegistrationNotOpen(CLOSED)
    registration.sequence += 1
    registration.bounce = registration.bounced_at = None
    session.add(registration)
    await session.flush()
    left = set(held) - {c.pool_id for c in choices} - {c.fallback_id for c in kept}
    freed = await seating.give_back(session, registration.id, left, now=now)
    together = registration.together
    await seating.keep(session, registration.id, Asked(kept, together=together), now=now)
    await seating.take(session, registration.id, Asked(asked, together=together), now=now)
    moved = await queues.promote(session, [*freed, *(c.pool_id for c in kept)], now=now)
    await registrations.tell_moved(session, moved, but=registration.id, now=now)
    await jobs.defer(session, registrations.SEND_CHANGE, registration_id=str(registration.id))
    return await seating.outcomes(session, registration.id, choices)


async def confirm(
    session: AsyncSession, token: str, *, settings: Settings, now: datetime
) -> RegistrationRead:
    """Prove the address of a registration: what is held becomes theirs, or what is still free.

    Raises LinkUnknown, RegistrationCancelled.
    """
    registration, _ = await _unsettled(session, token, now=now)
    if registration.needs_proof:
        await _prove(session, registration, now=now)
        registration.sequence += 1
        session.add(registration)
        await jobs.defer(session, registrations.SEND_CHANGE, registration_id=str(registration.id))
    return await registrations.read_registration(session, registration, settings=settings, now=now)


async def _prove(session: AsyncSession, registration: Registration, *, now: datetime) -> None:
    registration.needs_proof = False
    registration.bounce = registration.bounced_at = None
    session.add(registration)
    await session.flush()
    pools = await seating.prove(session, registration.id, now=now)
    await registrations.record(session, registration.id, registrations.PROVED, now=now)
    moved = await queues.promote(session, pools, now=now)
    await registrations.tell_moved(session, moved, but=registration.id, now=now)


async def cancel(session: AsyncSession, token: str, *, now: datetime) -> None:
    """Cancel a registration; its seats move up those who wait, in the same transaction.

    Raises LinkUnknown, RegistrationCancelled.
    """
    registration, _ = await _unsettled(session, token, now=now)
    registration.cancelled_at = now
    registration.sequence += 1
    session.add(registration)
    await jobs.defer(session, registrations.SEND_CANCELLATION, registration_id=str(registration.id))
    await registrations.record(session, registration.id, "cancelled", now=now)
    pools = [each.pool_id for each in await held_by(session, registration.id)]
    freed = await seating.give_back(session, registration.id, pools, now=now)
    await registrations.tell_moved(session, await queues.promote(session, freed, now=now), now=now)


async def _unsettled(
    session: AsyncSession, token: str, *, now: datetime
) -> tuple[Registration, Stop]:
    found = await registrations.by_token(session, token)
    stop = await session.get_one(Stop, found.stop_id)
    await seating.lock(session, stop.id)
    registration = await session.get(Registration, found.id, populate_existing=True)
    if registration is None:  # erased meanwhile
        raise LinkUnknown
    if registration.cancelled_at is not None:
        raise RegistrationCancelled
    await registrations.free_expired(session, stop.id, now=now)
    return registration, stop


async def opened(session: AsyncSession, token: str, *, now: datetime) -> tuple[Registration, Stop]:
    """Return what a link changes, the stop locked; who acts by it has proved the address.

    Raises LinkUnknown, RegistrationCancelled.
    """
    registration, stop = await _unsettled(session, token, now=now)
    if registration.needs_proof:
        await _prove(session, registration, now=now)
    return registration, stop


async def held_by(session: AsyncSession, registration_id: UUID) -> list[Held]:
    """Return the seats of a registration, those had meanwhile first."""
    rows = await session.exec(
        select(Session.slug, SeatPool.mode, SeatPool.id)
        .join(SeatPool, col(SeatPool.session_id) == col(Session.id))
        .join(Seat, col(Seat.pool_id) == col(SeatPool.id))
        .where(Seat.registration_id == registration_id, Seat.status != SeatStatus.CANCELLED)
        .order_by(col(Seat.is_meanwhile).desc(), col(Session.starts_at))
    )
    return [Held(slug, Mode(mode), pool_id) for slug, mode, pool_id in rows]
