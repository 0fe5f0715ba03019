"""Judging wishes against the stop as it is published, before any lock."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.problems import NotFound
from etape.core.publishing import by_slug
from etape.tour.seats.schemas import SeatOutcome, SeatStatus
from etape.tour.seats.service import Choice
from etape.tour.sessions.schemas import Access, Mode, Status
from etape.tour.sessions.tables import SeatPool, Session, Venue
from etape.tour.stops import rules as stop_rules
from etape.tour.stops.schemas import RegistrationState
from etape.tour.stops.tables import Stop
from etape.tour.wishes import rules
from etape.tour.wishes.schemas import Clashes, IfFull, SeatWishes


async def open_stop(session: AsyncSession, slug: str, *, now: datetime) -> Stop:
    """Return a stop that takes registrations. Raises NotFound, RegistrationNotOpen."""
    stop = await by_slug(session, Stop, slug)
    if stop is None:
        raise NotFound
    match stop_rules.registration_state(stop, is_noticed=True, now=now):
        case RegistrationState.NOT_OFFERED:
            raise rules.RegistrationNotOpen(rules.NOT_OFFERED)
        case RegistrationState.NOT_YET:
            raise rules.RegistrationNotOpen(rules.NOT_YET)
        case RegistrationState.CLOSED:
            raise rules.RegistrationNotOpen(rules.CLOSED)
        case RegistrationState.OPEN:
            return stop


async def judged(
    session: AsyncSession,
    stop: Stop,
    wishes: SeatWishes,
    *,
    now: datetime,
    held: Collection[UUID] = (),
    is_organiser: bool = False,
) -> tuple[list[Choice], Clashes]:
    """Return the choices that the rules allow, and what nobody can attend whole.

    `held` pools are had already: their list may be closed. Organisers take seats of sessions by
    invitation, and decide of those on request by taking them. Raises the problems of `rules`.
    """
    rows = await session.exec(
        select(Session, col(SeatPool.mode), col(SeatPool.id), col(Venue.city))
        .outerjoin(SeatPool)
        .outerjoin(Venue, col(Venue.id) == col(Session.venue_id))
        .where(Session.stop_id == stop.id, col(Session.slug).in_([s.session for s in wishes.seats]))
    )
    offered: dict[str, tuple[Session, str | None, dict[str, UUID]]] = {}
    for row, mode, pool_id, city in rows:
        offered.setdefault(row.slug, (row, city, {}))[2][mode] = pool_id
    choices: list[Choice] = []
    attended: list[rules.Attended] = []
    for index, wish in enumerate(wishes.seats):
        pointer = f"/seats/{index}/session"
        wanted, city, pools = offered.get(wish.session, (None, None, {}))
        if wanted is not None and pools.get(wish.mode) not in held:
            _refuse_closed(wanted, pointer, now=now, is_organiser=is_organiser)
        if wanted is None or not wanted.starts_at or not wanted.ends_at or wish.mode not in pools:
            raise rules.SessionUnknown(
                errors=[(pointer, rules.SessionUnknown.detail)], session=wish.session
            )
        may_wait_online = wishes.online_meanwhile and wish.mode is Mode.ON_SITE
        hours = (wanted.starts_at, wanted.ends_at)
        attended.append(
            rules.Attended(wish.session, wish.mode, *hours, str(wanted.venue_id or ""), city)
        )
        choices.append(
            Choice(
                slug=wish.session,
                mode=wish.mode,
                asks=wanted.access == Access.ON_REQUEST and not is_organiser,
                pool_id=pools[wish.mode],
                fallback_id=pools.get(Mode.ONLINE) if may_wait_online else None,
                promote_until=wanted.starts_at - timedelta(hours=wishes.promote_until_hours),
            )
        )
    clashes = rules.clashes(attended, travel_minutes=stop.travel_minutes)
    if not wishes.overlaps_accepted:
        rules.refuse_clashes(clashes)
    return choices, clashes


def _refuse_closed(wanted: Session, pointer: str, *, now: datetime, is_organiser: bool) -> None:
    kind: type[rules.SessionByInvitation | rules.SessionListClosed | rules.SessionNotHeld]
    if wanted.status != Status.SCHEDULED:
        kind = rules.SessionNotHeld
    elif stop_rules.is_by_invitation(wanted) and not is_organiser:
        kind = rules.SessionByInvitation
    elif stop_rules.list_is_closed(wanted, now=now):
        kind = rules.SessionListClosed
    else:
        return
    raise kind(errors=[(pointer, kind.detail)], session=wanted.slug)


def refuse_full(wishes: SeatWishes, seats: Collection[SeatOutcome]) -> None:
    """Raise SessionFull where one would have to wait and does not want to."""
    full = [seat.session for seat in seats if seat.status is SeatStatus.WAITING]
    if full and wishes.if_full is IfFull.REFUSE:
        raise rules.SessionFull(sessions=full)
