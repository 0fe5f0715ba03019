"""Registering at a stop, and changing or cancelling from the mailed link.

Everything that can be checked is checked before the stop is locked. One e-mail address is one
person at one stop; the link's secret is derived when it is mailed and only its digest is stored.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import ColumnElement, and_, func, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import calendar, jobs, journal
from etape.core.columns import shared_with, told
from etape.core.database import new_id
from etape.core.journal import Changes, JournalRow
from etape.core.problems import Conflict, NotFound
from etape.core.publishing import by_slug
from etape.core.settings import Settings
from etape.core.tokens import derived_token, digest_of, new_salt
from etape.tour.registrations import rules
from etape.tour.registrations.schemas import (
    IfFull,
    Overlap,
    RegistrationChange,
    RegistrationOutcome,
    RegistrationRead,
    RegistrationRequest,
    SeatRead,
    SeatWishes,
)
from etape.tour.registrations.tables import Registration
from etape.tour.seats import service as seating
from etape.tour.seats.schemas import SeatOutcome, SeatStatus
from etape.tour.seats.service import Choice
from etape.tour.seats.tables import Seat
from etape.tour.sessions.schemas import Access, Mode, Status, VenueRead
from etape.tour.sessions.tables import SeatPool, Session, Venue
from etape.tour.stops import rules as stop_rules
from etape.tour.stops import service as stops
from etape.tour.stops.schemas import RegistrationState
from etape.tour.stops.tables import Stop

REGISTRATION = "registration"
ANONYMOUS = "anonymous"
SEND_CONFIRMATION = "registration.send_confirmation"
SEND_LINK = "registration.send_link"
SEND_CHANGE = "registration.send_change"
SEND_CANCELLATION = "registration.send_cancellation"
PROMOTED = "promoted"
MOVED = "moved"
CALLED_OFF = "called_off"
"""Acts of the organisers, as the journal names them: hours or place, or the end of it."""


async def register(
    session: AsyncSession,
    slug: str,
    request: RegistrationRequest,
    *,
    secret: SecretStr,
    now: datetime,
    simulate: bool = False,
    notify: bool = True,
) -> RegistrationOutcome:
    """Register one person at a stop, or say what would come of it.

    An address that is registered there already gets the same answer, takes nothing, and receives
    its existing link: nobody can probe who comes. `notify` is false for people who know already.
    Raises the problems of `rules`.
    """
    stop = await _open_stop(session, slug, now=now)
    choices, clashes = await _checked(session, stop.id, request, now=now)
    if simulate:
        seats = await seating.foresee(session, choices, now=now)
        return _outcome(stop, seats, clashes, wishes=request, simulated=True)
    registration_id, is_new = await _enter(session, stop.id, request, secret=secret, now=now)
    if notify:
        letter = SEND_CONFIRMATION if is_new else SEND_LINK
        await jobs.defer(session, letter, registration_id=str(registration_id))
    await seating.lock(session, stop.id)
    if is_new:
        seats = await seating.take(session, registration_id, choices, now=now)
    else:
        seats = await seating.foresee(session, choices, now=now)
    outcome = _outcome(stop, seats, clashes, wishes=request, simulated=False)
    if is_new:
        await _record(session, registration_id, "registered", outcome.seats, now=now)
    return outcome


async def _open_stop(session: AsyncSession, slug: str, *, now: datetime) -> Stop:
    stop = await by_slug(session, Stop, slug)
    if stop is None:
        raise NotFound
    match stop_rules.registration_state(stop, now=now):
        case RegistrationState.NOT_OFFERED:
            raise rules.RegistrationNotOpen(rules.NOT_OFFERED)
        case RegistrationState.NOT_YET:
            raise rules.RegistrationNotOpen(rules.NOT_YET)
        case RegistrationState.CLOSED:
            raise rules.RegistrationNotOpen(rules.CLOSED)
        case RegistrationState.OPEN:
            return stop


async def _checked(
    session: AsyncSession,
    stop_id: UUID,
    wishes: SeatWishes,
    *,
    now: datetime,
    held: Collection[UUID] = (),
) -> tuple[list[Choice], list[tuple[str, str]]]:
    """Return the choices that the rules allow, and the overlaps; `held` pools are had already."""
    rows = await session.exec(
        select(Session, col(SeatPool.mode), col(SeatPool.id))
        .outerjoin(SeatPool)
        .where(Session.stop_id == stop_id, col(Session.slug).in_([s.session for s in wishes.seats]))
    )
    offered: dict[str, tuple[Session, dict[str, UUID]]] = {}
    for row, mode, pool_id in rows:
        offered.setdefault(row.slug, (row, {}))[1][mode] = pool_id
    choices: list[Choice] = []
    for index, wish in enumerate(wishes.seats):
        pointer = f"/seats/{index}/session"
        wanted, pools = offered.get(wish.session, (None, {}))
        if wanted is not None and pools.get(wish.mode) not in held:
            _refuse_closed(wanted, pointer, now=now)
        if wanted is None or not wanted.starts_at or not wanted.ends_at or wish.mode not in pools:
            raise rules.SessionUnknown(
                errors=[(pointer, rules.SessionUnknown.detail)], session=wish.session
            )
        may_wait_online = wishes.online_meanwhile and wish.mode is Mode.ON_SITE
        choices.append(
            Choice(
                slug=wish.session,
                mode=wish.mode,
                starts_at=wanted.starts_at,
                ends_at=wanted.ends_at,
                asks=wanted.access == Access.ON_REQUEST,
                pool_id=pools[wish.mode],
                fallback_id=pools.get(Mode.ONLINE) if may_wait_online else None,
                promote_until=wanted.starts_at - timedelta(hours=wishes.promote_until_hours),
            )
        )
    clashes = rules.overlaps({c.slug: (c.starts_at, c.ends_at) for c in choices})
    if clashes and not wishes.overlaps_accepted:
        raise rules.SessionsOverlap(overlaps=[list(pair) for pair in clashes])
    return choices, clashes


def _refuse_closed(wanted: Session, pointer: str, *, now: datetime) -> None:
    kind: type[rules.SessionByInvitation | rules.SessionListClosed | rules.SessionNotHeld]
    if wanted.status != Status.SCHEDULED:
        kind = rules.SessionNotHeld
    elif stop_rules.is_by_invitation(wanted):
        kind = rules.SessionByInvitation
    elif stop_rules.list_is_closed(wanted, now=now):
        kind = rules.SessionListClosed
    else:
        return
    raise kind(errors=[(pointer, kind.detail)], session=wanted.slug)


async def _enter(
    session: AsyncSession,
    stop_id: UUID,
    request: RegistrationRequest,
    *,
    secret: SecretStr,
    now: datetime,
) -> tuple[UUID, bool]:
    """Return the registration of an address at a stop, and whether it was written just now."""
    registration_id, salt = new_id(), new_salt()
    key = request.email.casefold()
    row = {
        **shared_with(Registration, request),
        "id": registration_id,
        "stop_id": stop_id,
        "email_key": key,
        "link_salt": salt,
        "link_digest": digest_of(link_secret(registration_id, salt, secret=secret)),
        "sequence": 0,
        "created_at": now,
    }
    entered = insert(Registration).values(**row)
    entered = entered.on_conflict_do_nothing(
        index_elements=["stop_id", "email_key"], index_where=text("cancelled_at IS NULL")
    )
    if (await session.exec(entered.returning(col(Registration.id)))).one_or_none():
        return registration_id, True
    known = select(Registration.id).where(
        Registration.stop_id == stop_id,
        Registration.email_key == key,
        col(Registration.cancelled_at).is_(None),
    )
    existing = (await session.exec(known)).one_or_none()
    if existing is None:  # cancelled between the two statements
        raise Conflict
    return existing, False


def link_secret(registration_id: UUID, salt: bytes, *, secret: SecretStr) -> str:
    """Return the secret of a registration's link: 256 bits, the same each time it is mailed."""
    return derived_token("registration link", registration_id, salt, secret=secret)


def _outcome(
    stop: Stop,
    seats: list[SeatOutcome],
    clashes: Sequence[tuple[str, str]],
    *,
    wishes: SeatWishes,
    simulated: bool,
) -> RegistrationOutcome:
    if wishes.if_full is IfFull.REFUSE:
        full = [seat.session for seat in seats if seat.status is SeatStatus.WAITING]
        if full:
            raise rules.SessionFull(sessions=full)
    return RegistrationOutcome(
        stop=stop.slug,
        simulated=simulated,
        seats=seats,
        overlaps=[Overlap(sessions=list(pair)) for pair in clashes],
    )


async def _record(
    session: AsyncSession,
    registration_id: UUID,
    act: str,
    seats: Sequence[SeatOutcome] = (),
    *,
    now: datetime,
) -> None:
    told_seats = [seat.model_dump(mode="json") for seat in seats]
    await journal.record(
        session,
        by=ANONYMOUS,
        noun=REGISTRATION,
        subject_id=registration_id,
        act=act,
        changes={"seats": (None, told_seats)} if told_seats else {},
        now=now,
        personal=True,
    )


async def by_token(session: AsyncSession, token: str) -> Registration:
    """Return the registration that a link opens. Raises LinkUnknown."""
    found = select(Registration).where(Registration.link_digest == digest_of(token))
    registration = (await session.exec(found)).one_or_none()
    if registration is None:
        raise rules.LinkUnknown
    return registration


async def change(
    session: AsyncSession,
    token: str,
    wishes: RegistrationChange,
    *,
    now: datetime,
    simulate: bool = False,
) -> RegistrationOutcome:
    """Change a registration; seats kept keep their rank, seats left move up those who wait.

    A simulation is the change itself, undone: what moves up whom depends on everybody's seats.
    Raises LinkUnknown, RegistrationCancelled and the problems of `rules`.
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
    registration, stop = await _unsettled(session, token)
    held = {seat.pool_id for seat in await _active_seats(session, registration.id)}
    choices, clashes = await _checked(session, stop.id, wishes, now=now, held=held)
    kept = [choice for choice in choices if choice.pool_id in held]
    asked = [choice for choice in choices if choice.pool_id not in held]
    if asked and stop_rules.registration_state(stop, now=now) is not RegistrationState.OPEN:
        raise rules.RegistrationNotOpen(rules.CLOSED)
    given = {"name": wishes.name, "organisation": wishes.organisation, "language": wishes.language}
    registration.sqlmodel_update({name: value for name, value in given.items() if value})
    registration.online_meanwhile = wishes.online_meanwhile
    registration.promote_until_hours = wishes.promote_until_hours
    registration.sequence += 1
    session.add(registration)
    await session.flush()
    left = held - {c.pool_id for c in choices} - {c.fallback_id for c in kept}
    freed = await seating.give_back(session, registration.id, left, now=now)
    await seating.keep(session, registration.id, kept, now=now)
    await seating.take(session, registration.id, asked, now=now)
    moved = await seating.promote(session, [*freed, *(c.pool_id for c in kept)], now=now)
    others = [each for each in moved.registrations if each != registration.id]
    await tell_all(session, others, PROMOTED, by=ANONYMOUS, now=now)
    seats = await seating.outcomes(session, registration.id, choices)
    outcome = _outcome(stop, seats, clashes, wishes=wishes, simulated=False)
    await jobs.defer(session, SEND_CHANGE, registration_id=str(registration.id))
    await _record(session, registration.id, "changed", outcome.seats, now=now)
    return outcome


async def cancel(session: AsyncSession, token: str, *, now: datetime) -> None:
    """Cancel a registration; its seats move up those who wait, in the same transaction.

    Raises LinkUnknown, RegistrationCancelled.
    """
    registration, _ = await _unsettled(session, token)
    registration.cancelled_at = now
    registration.sequence += 1
    session.add(registration)
    await jobs.defer(session, SEND_CANCELLATION, registration_id=str(registration.id))
    await _record(session, registration.id, "cancelled", now=now)
    pools = [seat.pool_id for seat in await _active_seats(session, registration.id)]
    freed = await seating.give_back(session, registration.id, pools, now=now)
    moved = await seating.promote(session, freed, now=now)
    await tell_all(session, moved.registrations, PROMOTED, by=ANONYMOUS, now=now)


async def _unsettled(session: AsyncSession, token: str) -> tuple[Registration, Stop]:
    registration = await by_token(session, token)
    stop = await session.get_one(Stop, registration.stop_id)
    await seating.lock(session, stop.id)
    await session.refresh(registration)
    if registration.cancelled_at is not None:
        raise rules.RegistrationCancelled
    return registration, stop


async def _active_seats(session: AsyncSession, registration_id: UUID) -> list[Seat]:
    active = select(Seat).where(
        Seat.registration_id == registration_id, Seat.status != SeatStatus.CANCELLED
    )
    return list(await session.exec(active))


async def promote_more(session: AsyncSession, pool_id: UUID, *, now: datetime) -> None:
    """Move up the next who wait in a pool, and tell them."""
    of_pool = select(Session.stop_id).join(SeatPool).where(SeatPool.id == pool_id)
    stop_id = (await session.exec(of_pool)).one_or_none()
    if stop_id is None:  # the session is gone, and its seats
        return
    await seating.lock(session, stop_id)
    moved = await seating.promote(session, [pool_id], now=now)
    await tell_all(session, moved.registrations, PROMOTED, by=ANONYMOUS, now=now)


async def tell_all(
    session: AsyncSession,
    ids: Collection[UUID],
    act: str,
    *,
    by: str,
    now: datetime,
    letter: str = SEND_CHANGE,
) -> None:
    """Have a letter sent for each of these registrations, and the act journalled."""
    if not ids:
        return
    await jobs.defer_all(session, letter, [{"registration_id": str(each)} for each in ids])
    nothing: Changes = {}
    acts = [(each, act, nothing) for each in ids]
    await journal.record_all(session, acts, by=by, noun=REGISTRATION, now=now, personal=True)


async def read(session: AsyncSession, token: str, *, now: datetime) -> RegistrationRead:
    """Return a registration, to whoever holds its link. Raises LinkUnknown."""
    return await read_registration(session, await by_token(session, token), now=now)


async def read_registration(
    session: AsyncSession, registration: Registration, *, now: datetime
) -> RegistrationRead:
    """Return a registration with its seats; of a cancelled one, those that it had at the end."""
    stop = await session.get_one(Stop, registration.stop_id)
    summary = (await stops.summaries_of(session, [stop], now=now))[stop.id]
    lasting = col(Seat.status) != SeatStatus.CANCELLED
    if registration.cancelled_at is not None:
        lasting = col(Seat.changed_at) == registration.cancelled_at
    seats = await _told_seats(session, registration.id, lasting)
    is_over = all(seat.ends_at <= now for seat in seats)
    return told(
        registration,
        RegistrationRead,
        changeable=registration.cancelled_at is None and not is_over,
        stop=summary,
        seats=seats,
    )


async def _told_seats(
    session: AsyncSession, registration_id: UUID, which: ColumnElement[bool]
) -> list[SeatRead]:
    rows = await session.exec(
        select(Seat, SeatPool, Session, Venue)
        .join(SeatPool, col(SeatPool.id) == col(Seat.pool_id))
        .join(Session, col(Session.id) == col(SeatPool.session_id))
        .outerjoin(Venue, col(Venue.id) == col(Session.venue_id))
        .where(Seat.registration_id == registration_id, which)
        .order_by(col(Session.starts_at), col(Session.rank), col(SeatPool.mode))
    )
    ranks = await seating.ranks(session, registration_id)
    seats = []
    for seat, pool, attended, venue in rows:
        is_online = seat.status == SeatStatus.CONFIRMED and pool.mode == Mode.ONLINE
        seats.append(
            told(
                attended,
                SeatRead,
                session=attended.slug,
                session_status=attended.status,
                venue=told(venue, VenueRead) if attended.venue_id else None,
                mode=pool.mode,
                status=seat.status,
                rank=ranks.get(pool.id),
                is_meanwhile=seat.is_meanwhile,
                join_url=attended.join_url if is_online else None,
            )
        )
    return seats


async def seats_given_up(session: AsyncSession, registration_id: UUID) -> list[SeatRead]:
    """Return the seats that a registration gave up last."""
    is_gone = and_(
        col(Seat.registration_id) == registration_id, col(Seat.status) == SeatStatus.CANCELLED
    )
    last = select(func.max(Seat.changed_at)).where(is_gone).scalar_subquery()
    return await _told_seats(session, registration_id, is_gone & (col(Seat.changed_at) == last))


async def history(
    session: AsyncSession, registration_id: UUID
) -> list[tuple[str, list[SeatOutcome]]]:
    """Return what was done to a registration, the oldest act first, and the seats it then told."""
    rows = await session.exec(
        select(JournalRow.act, JournalRow.changes)
        .where(JournalRow.subject_id == registration_id)
        .order_by(col(JournalRow.id))
    )
    acts = []
    for act, changes in rows:
        _, seats = (changes or {}).get("seats", ((), ()))
        acts.append((act, [SeatOutcome.model_validate(seat) for seat in seats]))
    return acts


async def calendar_file(
    session: AsyncSession, token: str, *, settings: Settings, now: datetime
) -> bytes:
    """Return the calendar entry of a registration as a file; empty while nothing is confirmed.

    It has the UID of the mailed entry, so that it never doubles it, but no guest: who downloads it
    is not invited, and RFC 5546 (3.2.1) forbids ATTENDEE in what is published. Raises LinkUnknown,
    RegistrationCancelled.
    """
    registration = await by_token(session, token)
    if registration.cancelled_at is not None:
        raise rules.RegistrationCancelled
    read = await read_registration(session, registration, now=now)
    entry = rules.entry_of(
        read,
        [seat for seat in read.seats if seat.status is SeatStatus.CONFIRMED],
        registration_id=registration.id,
        sequence=registration.sequence,
        settings=settings,
    )
    name = read.stop.tour.name.in_language(read.language)
    return calendar.publish([entry] if entry else [], name=name, now=now)
