"""Registering at a stop, and changing or cancelling from the mailed link.

Everything that can be checked is checked before the stop is locked. One e-mail address is one
person at one stop; the link's secret is derived when it is mailed and only its digest is stored.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import ColumnElement, and_, func, text, true, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import calendar, jobs, journal
from etape.core.columns import shared_with, told
from etape.core.database import new_id
from etape.core.journal import Changes, JournalRow
from etape.core.problems import Conflict
from etape.core.settings import Settings
from etape.core.texts import Language
from etape.core.tokens import derived_token, digest_of, made_before, new_salt
from etape.tour.notices import service as notices
from etape.tour.queues import service as queues
from etape.tour.queues.service import Promotion
from etape.tour.registrations import rules
from etape.tour.registrations.schemas import (
    Bounce,
    RegistrationOutcome,
    RegistrationRead,
    RegistrationRequest,
    SeatRead,
)
from etape.tour.registrations.tables import Registration
from etape.tour.seats import service as seating
from etape.tour.seats.schemas import SeatOutcome, SeatStatus
from etape.tour.seats.service import Asked
from etape.tour.seats.tables import Seat
from etape.tour.sessions.schemas import Mode, VenueRead
from etape.tour.sessions.tables import SeatPool, Session, Venue
from etape.tour.stops import service as stops
from etape.tour.stops.tables import Stop
from etape.tour.wishes import service as wishing
from etape.tour.wishes.schemas import Clashes, SeatWishes

REGISTRATION = "registration"
ANONYMOUS = "anonymous"
SEND_CONFIRMATION = "registration.send_confirmation"
SEND_LINK = "registration.send_link"
SEND_CHANGE = "registration.send_change"
SEND_CANCELLATION = "registration.send_cancellation"
SEND_PROMOTION = "registration.send_promotion"
SEND_GROUP = "registration.send_group"
PROMOTED = "promoted"
PROVED = "proved"
MOVED = "moved"
CALLED_OFF = "called_off"
"""Acts of the organisers, as the journal names them: hours or place, or the end of it."""
TRANSFERRED = "transferred"
ACCEPTED = "accepted"
TURNED_DOWN = "turned_down"
"""What organisers answered to a request."""
SEATING = frozenset({PROMOTED, PROVED, ACCEPTED})
"""Acts that may confirm a seat without telling which in the journal."""


async def register(
    session: AsyncSession,
    slug: str,
    request: RegistrationRequest,
    *,
    secret: SecretStr,
    now: datetime,
    simulate: bool = False,
    vouched: bool = False,
) -> RegistrationOutcome:
    """Register one person at a stop, or say what would come of it.

    An address that is registered there already gets the same answer, takes nothing, and receives
    its existing link: nobody can probe who comes. Who is `vouched` for is not written to, and has
    no address to prove.
    Raises NoticeIncomplete, ConsentNeeded and the problems of `wishes`.
    """
    stop = await wishing.open_stop(session, slug, now=now)
    choices, clashes = await wishing.judged(session, stop, request, now=now)
    held_until = None if vouched else _held_until(stop, now=now)
    asked = Asked(choices, together=request.together, held_until=held_until)
    if simulate:
        seats = await _foresee(session, stop, asked, now=now)
        return outcome_of(stop, seats, clashes, wishes=request, simulated=True, is_new=True)
    registration_id, is_new = await enter(
        session, stop, request, vouched=vouched, secret=secret, now=now
    )
    if not vouched:
        letter = SEND_CONFIRMATION if is_new else SEND_LINK
        await jobs.defer(session, letter, registration_id=str(registration_id))
    if await seating.lock(session, stop.id, now=now):
        await free_expired(session, stop.id, now=now)
    if is_new:
        seats = await seating.take(session, registration_id, asked, now=now)
    else:
        seats = await seating.foresee(session, asked, now=now)
    outcome = outcome_of(stop, seats, clashes, wishes=request, is_new=True)
    if is_new:
        await record(session, registration_id, "registered", outcome.seats, now=now)
    return outcome


def _held_until(stop: Stop, *, now: datetime) -> datetime | None:
    """Return until when to hold a newcomer's seats, if their mail never leaves."""
    hours = stop.proof_hours
    return None if hours is None else now + 2 * timedelta(hours=hours)


async def _foresee(
    session: AsyncSession, stop: Stop, asked: Asked, *, now: datetime
) -> list[SeatOutcome]:
    if not await seating.is_overdue(session, stop.id, now=now):
        return await seating.foresee(session, asked, now=now)
    async with session.begin_nested() as trial:
        await seating.lock(session, stop.id)
        await free_expired(session, stop.id, now=now)
        seats = await seating.foresee(session, asked, now=now)
        await trial.rollback()
    return seats


async def free_expired(session: AsyncSession, stop_id: UUID, *, now: datetime) -> None:
    """Free what was held too long at a stop, and tell those who move up. Lock first."""
    await tell_moved(session, await queues.expire(session, stop_id, now=now), now=now)


async def enter(
    session: AsyncSession,
    stop: Stop,
    request: RegistrationRequest,
    *,
    vouched: bool,
    secret: SecretStr,
    now: datetime,
) -> tuple[UUID, bool]:
    """Return the registration of an address at a stop, and whether it was written just now.

    Raises NoticeIncomplete, ConsentNeeded: whatever way somebody comes.
    """
    notices.refuse_unread(session, request.consent)
    registration_id, salt = new_id(), new_salt()
    key = request.email.casefold()
    row = {
        **shared_with(Registration, request),
        "id": registration_id,
        "stop_id": stop.id,
        "needs_proof": stop.proof_hours is not None and not vouched,
        "email_key": key,
        "link_salt": salt,
        "link_digest": digest_of(link_secret(registration_id, salt, secret=secret)),
        "sequence": 0,
        "created_at": now,
        "consented_at": now if request.consent else None,
    }
    entered = insert(Registration).values(**row)
    entered = entered.on_conflict_do_nothing(
        index_elements=["stop_id", "email_key"], index_where=text("cancelled_at IS NULL")
    )
    if (await session.exec(entered.returning(col(Registration.id)))).one_or_none():
        return registration_id, True
    known = select(Registration.id).where(
        Registration.stop_id == stop.id,
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


def mailed_secret(registration: Registration, *, settings: Settings) -> str:
    """Return the secret that opens a registration, be it from before `ETAPE_SECRET` changed."""
    make = partial(link_secret, registration.id, registration.link_salt)
    return made_before(registration.link_digest, make, keys=settings.sealing_keys)


def outcome_of(
    stop: Stop,
    seats: list[SeatOutcome],
    clashes: Clashes,
    *,
    wishes: SeatWishes,
    simulated: bool = False,
    is_new: bool = False,
) -> RegistrationOutcome:
    """Return what is answered to wishes; `is_new` where who wished may have to prove.

    Raises SessionFull.
    """
    wishing.refuse_full(wishes, seats)
    return RegistrationOutcome(
        stop=stop.slug,
        simulated=simulated,
        proof_hours=stop.proof_hours if is_new else None,
        seats=seats,
        overlaps=clashes.overlaps,
        travels=clashes.travels,
    )


async def record(
    session: AsyncSession,
    registration_id: UUID,
    act: str,
    seats: Sequence[SeatOutcome] = (),
    *,
    now: datetime,
) -> None:
    """Journal what a person did, or what befell them, and the seats that they were told of."""
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


async def promote_more(session: AsyncSession, pool_id: UUID, *, now: datetime) -> None:
    """Move up the next who wait in a pool, and tell them."""
    of_pool = select(Session.stop_id).join(SeatPool).where(SeatPool.id == pool_id)
    stop_id = (await session.exec(of_pool)).one_or_none()
    if stop_id is None:  # the session is gone, and its seats
        return
    await seating.lock(session, stop_id)
    await tell_moved(session, await queues.promote(session, [pool_id], now=now), now=now)


async def tell_moved(
    session: AsyncSession,
    moved: Promotion,
    *,
    by: str = ANONYMOUS,
    but: UUID | None = None,
    now: datetime,
) -> None:
    """Tell those who moved up, each by one letter; not whoever did it by their own change.

    Of seats that nobody of a group claimed yet, whoever brings it is told.
    """
    others = [each for each in moved.registrations if each != but]
    await tell_all(session, others, PROMOTED, by=by, now=now, letter=SEND_PROMOTION)
    if moved.groups:
        letters = [
            {"registration_id": str(leader), "delegation_id": str(group)}
            for group, leader in moved.groups.items()
        ]
        await jobs.defer_all(session, SEND_GROUP, letters)


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


async def read(
    session: AsyncSession, token: str, *, settings: Settings, now: datetime
) -> RegistrationRead:
    """Return a registration, to whoever holds its link. Raises LinkUnknown."""
    registration = await by_token(session, token)
    return await read_registration(session, registration, settings=settings, now=now)


async def read_registration(
    session: AsyncSession, registration: Registration, *, settings: Settings | None, now: datetime
) -> RegistrationRead:
    """Return a registration with its seats; of a cancelled one, those that it had at the end.

    Without settings, not where to attend online.
    """
    stop = await session.get_one(Stop, registration.stop_id)
    summary = (await stops.summaries_of(session, [stop], now=now))[stop.id]
    lasting = col(Seat.status) != SeatStatus.CANCELLED
    if registration.cancelled_at is not None:
        lasting = col(Seat.changed_at) == registration.cancelled_at
    seats = await _told_seats(session, registration, lasting, settings=settings, now=now)
    is_over = all(seat.ends_at <= now for seat in seats)
    return told(
        registration,
        RegistrationRead,
        changeable=registration.cancelled_at is None and not is_over,
        stop=summary,
        seats=seats,
    )


async def _told_seats(
    session: AsyncSession,
    registration: Registration,
    which: ColumnElement[bool],
    *,
    settings: Settings | None,
    now: datetime,
) -> list[SeatRead]:
    """Return seats as they stand; without settings, not where to attend online."""
    rows = await session.exec(
        select(Seat, SeatPool, Session, Venue)
        .join(SeatPool, col(SeatPool.id) == col(Seat.pool_id))
        .join(Session, col(Session.id) == col(SeatPool.session_id))
        .outerjoin(Venue, col(Venue.id) == col(Session.venue_id))
        .where(Seat.registration_id == registration.id, which)
        .order_by(col(Session.starts_at), col(Session.rank), col(SeatPool.mode))
    )
    ranks = await queues.ranks(session, registration.id)
    language = Language(registration.language)
    seats = []
    for seat, pool, attended, venue in rows:
        is_lapsed = seat.held_until is not None and seat.held_until <= now
        is_online = seat.status == SeatStatus.CONFIRMED and pool.mode == Mode.ONLINE
        rank = ranks.get(pool.id)
        link = None
        if settings is not None and is_online and attended.join_url is not None:
            link = rules.join_url(
                registration.id, attended.slug, settings=settings, language=language
            )
        seats.append(
            told(
                attended,
                SeatRead,
                session=attended.slug,
                session_status=attended.status,
                venue=told(venue, VenueRead) if attended.venue_id else None,
                mode=pool.mode,
                status=SeatStatus.WAITING if is_lapsed else seat.status,
                rank=rank,
                chance=await queues.chance(session, pool.id, rank, now=now) if rank else None,
                held_until=None if is_lapsed else seat.held_until,
                is_meanwhile=seat.is_meanwhile,
                join_url=link,
            )
        )
    return seats


async def all_seats(
    session: AsyncSession, registration: Registration, *, now: datetime
) -> list[SeatRead]:
    """Return every seat that a registration ever had."""
    return await _told_seats(session, registration, true(), settings=None, now=now)


async def seats_given_up(
    session: AsyncSession, registration: Registration, *, settings: Settings, now: datetime
) -> list[SeatRead]:
    """Return the seats that a registration gave up last."""
    is_gone = and_(
        col(Seat.registration_id) == registration.id, col(Seat.status) == SeatStatus.CANCELLED
    )
    last = select(func.max(Seat.changed_at)).where(is_gone).scalar_subquery()
    which = is_gone & (col(Seat.changed_at) == last)
    return await _told_seats(session, registration, which, settings=settings, now=now)


async def seats_moved_up(
    session: AsyncSession, registration: Registration, *, settings: Settings, now: datetime
) -> list[SeatRead]:
    """Return the seats that a registration got as it last moved up, and still has."""
    last = (
        select(func.max(JournalRow.recorded_at))
        .where(JournalRow.subject_id == registration.id, JournalRow.act == PROMOTED)
        .scalar_subquery()
    )
    is_had = and_(col(Seat.status) == SeatStatus.CONFIRMED, col(Seat.changed_at) == last)
    return await _told_seats(session, registration, is_had, settings=settings, now=now)


async def mark_bounce(
    session: AsyncSession, registration_id: UUID, bounce: Bounce | None, *, now: datetime
) -> None:
    """Mark that a letter came back, or that its reader is there again; what is hard stays so."""
    marked = update(Registration).where(col(Registration.id) == registration_id)
    if bounce is Bounce.SOFT:
        marked = marked.where(col(Registration.bounce).is_distinct_from(Bounce.HARD))
    values = {"bounce": bounce, "bounced_at": now if bounce else None}
    await session.exec(marked.values(values))
    if bounce is not None:
        await record(session, registration_id, "bounced", now=now)


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
    read = await read_registration(session, registration, settings=settings, now=now)
    entry = rules.entry_of(
        read,
        [seat for seat in read.seats if seat.status is SeatStatus.CONFIRMED],
        registration_id=registration.id,
        sequence=registration.sequence,
        settings=settings,
    )
    name = read.stop.tour.name.in_language(read.language)
    return calendar.publish([entry] if entry else [], name=name, now=now)
