"""Making a group, claiming its seats, splitting it and closing it, the stop locked last.

A group has its seats, or its place in each queue, at once; nobody's until a colleague claims one
with the code and their own data. What nobody claims by the group's date goes to those who wait.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import func, text, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import jobs, journal
from etape.core.columns import shared_with, told
from etape.core.database import execute, new_id
from etape.core.holdings import Holding
from etape.core.paging import Slice, slice_of
from etape.core.problems import NotFound
from etape.core.publishing import by_slug
from etape.core.tokens import as_typed, derived_code, digest_of, in_groups, made_before, new_salt
from etape.tour.changes import service as changes
from etape.tour.groups import rules
from etape.tour.groups.schemas import (
    ClaimRequest,
    DelegationRead,
    DelegationRequest,
    GroupInvitation,
    GroupRead,
    GroupSeats,
)
from etape.tour.groups.tables import Delegation
from etape.tour.queues import service as queues
from etape.tour.registrations import service as registrations
from etape.tour.registrations.schemas import RegistrationOutcome, RegistrationRequest
from etape.tour.registrations.tables import Registration
from etape.tour.seats import service as seating
from etape.tour.seats.schemas import SeatChoice, SeatOutcome, SeatStatus
from etape.tour.seats.tables import Seat
from etape.tour.stops import service as stops
from etape.tour.stops.tables import Stop
from etape.tour.wishes import service as wishing
from etape.tour.wishes.rules import SessionByInvitation
from etape.tour.wishes.schemas import SeatWishes

DELEGATION = "delegation"
SEATS = text(
    """
    SELECT s.slug AS session, s.title, s.starts_at, p.mode,
        count(*) FILTER (WHERE seat.status = 'confirmed') AS confirmed,
        count(*) FILTER (WHERE seat.status = 'waiting') AS waiting,
        p.capacity - p.confirmed - p.held AS left
    FROM seat JOIN seat_pool p ON p.id = seat.pool_id JOIN session s ON s.id = p.session_id
    WHERE seat.delegation_id = :delegation AND seat.status <> 'cancelled'
    GROUP BY s.id, p.id ORDER BY s.starts_at, s.rank
    """
)
UNCLAIMED = text(
    """
    SELECT count(DISTINCT slot) FROM seat JOIN delegation d ON d.id = seat.delegation_id
    WHERE d.id = :delegation AND d.claim_until > :now
    AND registration_id IS NULL AND status <> 'cancelled'
    """
)
# What somebody who claims now would get: the seats of the first that nobody has.
NEXT_SEATS = text(
    """
    SELECT s.slug AS session, p.mode, seat.status, (
        SELECT count(*) FROM seat ahead WHERE ahead.pool_id = seat.pool_id
        AND ahead.status = 'waiting' AND ahead.queue <= seat.queue
    ) AS rank
    FROM seat JOIN seat_pool p ON p.id = seat.pool_id JOIN session s ON s.id = p.session_id
    WHERE seat.delegation_id = :delegation AND seat.status <> 'cancelled' AND seat.slot = (
        SELECT min(slot) FROM seat WHERE delegation_id = :delegation
        AND registration_id IS NULL AND status <> 'cancelled')
    ORDER BY s.starts_at, s.rank
    """
)


async def bring(
    session: AsyncSession,
    token: str,
    wanted: DelegationRequest,
    *,
    now: datetime,
) -> DelegationRead:
    """Have somebody registered bring a group.

    Raises LinkUnknown, RegistrationCancelled, GroupExists, ClaimDateUnfit and the problems of
    `wishes`.
    """
    registration, stop = await changes.opened(session, token, now=now)
    leading = select(Delegation.id).where(
        Delegation.leader_id == registration.id, Delegation.claim_until > now
    )
    if (await session.exec(leading)).first() is not None:
        raise rules.GroupExists
    await wishing.open_stop(session, stop.slug, now=now)
    by = registrations.ANONYMOUS
    return await _make(session, stop, wanted, registration.id, by=by, now=now)


async def invite(
    session: AsyncSession,
    slug: str,
    wanted: GroupInvitation,
    *,
    by: str,
    now: datetime,
) -> DelegationRead:
    """Keep seats for people whom the organisers invite.

    Raises NotFound, ClaimDateUnfit and the problems of `wishes`.
    """
    stop = await _stop(session, slug)
    await seating.lock(session, stop.id)
    await registrations.free_expired(session, stop.id, now=now)
    return await _make(session, stop, wanted, None, by=by, now=now)


async def _make(
    session: AsyncSession,
    stop: Stop,
    wanted: DelegationRequest | GroupInvitation,
    leader_id: UUID | None,
    *,
    by: str,
    now: datetime,
) -> DelegationRead:
    wishes = SeatWishes(seats=wanted.seats, online_meanwhile=False, overlaps_accepted=True)
    is_organiser = leader_id is None
    choices, _ = await wishing.judged(session, stop, wishes, now=now, is_organiser=is_organiser)
    asking = [choice.slug for choice in choices if choice.asks]
    if asking:
        raise SessionByInvitation(session=asking[0])
    delegation_id, salt = new_id(), new_salt()
    delegation = Delegation(
        **shared_with(Delegation, wanted),
        id=delegation_id,
        stop_id=stop.id,
        leader_id=leader_id,
        code_salt=salt,
        code_digest=digest_of(_code(delegation_id, salt, secret=_keys(session)[0])),
        created_at=now,
    )
    session.add(delegation)
    await session.flush()
    await seating.take_for_group(
        session, delegation_id, choices, size=wanted.size, together=wanted.together, now=now
    )
    read = await _read(session, delegation, stop, now=now)
    if not now < wanted.claim_until <= min(each.starts_at for each in read.seats):
        raise rules.ClaimDateUnfit(errors=[("/claim_until", rules.ClaimDateUnfit.detail)])
    await _record(session, delegation, "created", by=by, now=now)
    return read


def _keys(session: AsyncSession) -> Sequence[SecretStr]:
    keys: Sequence[SecretStr] = session.info["settings"].sealing_keys
    return keys


def _code(delegation_id: UUID, salt: bytes, *, secret: SecretStr) -> str:
    length = rules.CODE_LENGTH
    return derived_code("delegation code", delegation_id, salt, length=length, secret=secret)


async def _stop(session: AsyncSession, slug: str) -> Stop:
    stop = await by_slug(session, Stop, slug)
    if stop is None:
        raise NotFound
    return stop


async def _record(
    session: AsyncSession, delegation: Delegation, act: str, *, by: str, now: datetime
) -> None:
    await journal.record(
        session,
        by=by,
        noun=DELEGATION,
        subject_id=delegation.id,
        act=act,
        changes={"size": (None, delegation.size)},
        now=now,
        personal=True,
    )


async def _group(
    session: AsyncSession, delegation: Delegation, stop: Stop, *, now: datetime
) -> GroupRead:
    values = {"delegation": delegation.id}
    rows = (await execute(session, SEATS, values)).mappings()
    return told(
        delegation,
        GroupRead,
        unclaimed=(await execute(session, UNCLAIMED, {**values, "now": now})).scalar_one(),
        stop=(await stops.summaries_of(session, [stop], now=now))[stop.id],
        seats=[GroupSeats.model_validate(dict(row)) for row in rows],
    )


async def _read(
    session: AsyncSession, delegation: Delegation, stop: Stop, *, now: datetime
) -> DelegationRead:
    group = await _group(session, delegation, stop, now=now)
    names = await session.exec(
        select(Registration.name)
        .join(Seat, col(Seat.registration_id) == col(Registration.id))
        .where(Seat.delegation_id == delegation.id, Seat.status != SeatStatus.CANCELLED)
        .distinct()
        .order_by(Registration.name)
    )
    make = partial(_code, delegation.id, delegation.code_salt)
    code = made_before(delegation.code_digest, make, keys=_keys(session))
    return DelegationRead(
        **dict(group),
        id=delegation.id,
        code=in_groups(code),
        together=delegation.together,
        claimed=list(names),
    )


async def list_brought(
    session: AsyncSession,
    token: str,
    *,
    limit: int,
    after: Sequence[Any] | None,
    now: datetime,
) -> Slice[DelegationRead]:
    """Return the groups that somebody answers for, the newest last. Raises LinkUnknown."""
    registration = await registrations.by_token(session, token)
    stop = await session.get_one(Stop, registration.stop_id)
    wanted = select(Delegation).where(Delegation.leader_id == registration.id)
    order = [Delegation.created_at, Delegation.id]
    page = await slice_of(session, wanted, order=order, limit=limit, after=after)
    read = {d.id: await _read(session, d, stop, now=now) for d in page.rows}
    return page.map(lambda each: read[each.id])


async def list_groups(
    session: AsyncSession,
    slug: str,
    *,
    limit: int,
    after: Sequence[Any] | None,
    now: datetime,
) -> Slice[DelegationRead]:
    """Return the groups of a stop, whoever made them, the newest last. Raises NotFound."""
    stop = await _stop(session, slug)
    wanted = select(Delegation).where(Delegation.stop_id == stop.id)
    order = [Delegation.created_at, Delegation.id]
    page = await slice_of(session, wanted, order=order, limit=limit, after=after)
    read = {d.id: await _read(session, d, stop, now=now) for d in page.rows}
    return page.map(lambda each: read[each.id])


async def by_code(session: AsyncSession, code: str) -> tuple[Delegation, Stop]:
    """Return the group that a code opens, however it was typed. Raises CodeUnknown."""
    digest = digest_of(as_typed(code))
    found = select(Delegation).where(Delegation.code_digest == digest)
    delegation = (await session.exec(found)).one_or_none()
    if delegation is None:
        raise rules.CodeUnknown
    return delegation, await session.get_one(Stop, delegation.stop_id)


async def read_group(session: AsyncSession, code: str, *, now: datetime) -> GroupRead:
    """Return what a code opens. Raises CodeUnknown."""
    delegation, stop = await by_code(session, code)
    return await _group(session, delegation, stop, now=now)


async def read_unclaimed(
    session: AsyncSession, delegation_id: UUID, *, now: datetime
) -> tuple[GroupRead, datetime] | None:
    """Return a group of which seats are had that nobody claimed, and when it got the last of them.

    None: there are none, or no more.
    """
    delegation = await session.get(Delegation, delegation_id)
    had = select(func.max(Seat.promoted_at)).where(
        Seat.delegation_id == delegation_id,
        col(Seat.registration_id).is_(None),
        Seat.status == SeatStatus.CONFIRMED,
    )
    promoted_at = (await session.exec(had)).one()
    if delegation is None or promoted_at is None or delegation.claim_until <= now:
        return None
    stop = await session.get_one(Stop, delegation.stop_id)
    return await _group(session, delegation, stop, now=now), promoted_at


async def come(
    session: AsyncSession, code: str, person: ClaimRequest, *, secret: SecretStr, now: datetime
) -> RegistrationOutcome:
    """Register somebody with a seat of the group; whoever gave them the code answers for them.

    An address registered there already gets the same answer, takes nothing, and receives its link.
    Raises CodeUnknown, GroupComplete.
    """
    delegation, stop = await by_code(session, code)
    seats = await _next_seats(session, delegation)
    request = RegistrationRequest(
        **person.model_dump(),
        seats=[SeatChoice(session=each.session, mode=each.mode) for each in seats],
        overlaps_accepted=True,
    )
    registration_id, is_new = await registrations.enter(
        session, stop, request, vouched=True, secret=secret, now=now
    )
    letter = registrations.SEND_CONFIRMATION if is_new else registrations.SEND_LINK
    await jobs.defer(session, letter, registration_id=str(registration_id))
    await seating.lock(session, stop.id)
    await registrations.free_expired(session, stop.id, now=now)
    seats = await _next_seats(session, delegation)
    if is_new:
        await seating.claim(session, delegation.id, registration_id)
        await registrations.record(session, registration_id, "registered", seats, now=now)
    return RegistrationOutcome(
        stop=stop.slug, simulated=False, proof_hours=None, seats=seats, overlaps=[], travels=[]
    )


async def _next_seats(session: AsyncSession, delegation: Delegation) -> list[SeatOutcome]:
    """Return what the next to claim gets. Raises GroupComplete."""
    rows = list(await execute(session, NEXT_SEATS, {"delegation": delegation.id}))
    if not rows:
        raise rules.GroupComplete
    return [
        SeatOutcome(
            session=row.session,
            mode=row.mode,
            status=row.status,
            rank=row.rank if row.status == SeatStatus.WAITING else None,
            online_meanwhile=False,
        )
        for row in rows
    ]


async def join(session: AsyncSession, token: str, code: str, *, now: datetime) -> None:
    """Give somebody registered already a seat of the group, in place of theirs in those sessions.

    Raises LinkUnknown, RegistrationCancelled, CodeUnknown, GroupComplete.
    """
    delegation, stop = await by_code(session, code)
    registration, own = await changes.opened(session, token, now=now)
    if own.id != stop.id:
        raise rules.CodeUnknown
    given = {each.session for each in await _next_seats(session, delegation)}
    held = await changes.held_by(session, registration.id)
    pools = [each.pool_id for each in held if each.slug in given]
    freed = await seating.give_back(session, registration.id, pools, now=now)
    await seating.claim(session, delegation.id, registration.id)
    registration.sequence += 1
    session.add(registration)
    await jobs.defer(session, registrations.SEND_CHANGE, registration_id=str(registration.id))
    await registrations.record(session, registration.id, "claimed", now=now)
    await registrations.tell_moved(session, await queues.promote(session, freed, now=now), now=now)


async def split(
    session: AsyncSession,
    token: str,
    delegation_id: UUID,
    *,
    now: datetime,
) -> DelegationRead:
    """Take what is free for a group that waits whole, and have the others wait one by one.

    Raises LinkUnknown, RegistrationCancelled, NotFound.
    """
    delegation, stop = await _led(session, token, delegation_id, now=now)
    delegation.together = False
    session.add(delegation)
    pools = await seating.split(session, delegation.id)
    moved = await queues.promote(session, set(pools), now=now)
    await registrations.tell_moved(session, replace(moved, groups={}), now=now)
    await _record(session, delegation, "split", by=registrations.ANONYMOUS, now=now)
    return await _read(session, delegation, stop, now=now)


async def disband(session: AsyncSession, token: str, delegation_id: UUID, *, now: datetime) -> None:
    """Give back what nobody of a group has claimed; those who came keep their seats.

    Raises LinkUnknown, RegistrationCancelled, NotFound.
    """
    delegation, _ = await _led(session, token, delegation_id, now=now)
    await _close(session, delegation, by=registrations.ANONYMOUS, now=now)


async def withdraw(
    session: AsyncSession, slug: str, delegation_id: UUID, *, by: str, now: datetime
) -> None:
    """Give back what nobody of a group of the stop has claimed. Raises NotFound."""
    stop = await _stop(session, slug)
    delegation = await session.get(Delegation, delegation_id)
    if delegation is None or delegation.stop_id != stop.id:
        raise NotFound
    await seating.lock(session, stop.id)
    await _close(session, delegation, by=by, now=now)


async def _led(
    session: AsyncSession, token: str, delegation_id: UUID, *, now: datetime
) -> tuple[Delegation, Stop]:
    registration, stop = await changes.opened(session, token, now=now)
    delegation = await session.get(Delegation, delegation_id)
    if delegation is None or delegation.leader_id != registration.id:
        raise NotFound
    return delegation, stop


async def _close(session: AsyncSession, delegation: Delegation, *, by: str, now: datetime) -> None:
    delegation.claim_until = min(delegation.claim_until, now)
    session.add(delegation)
    await session.flush()
    await registrations.free_expired(session, delegation.stop_id, now=now)
    await _record(session, delegation, "closed", by=by, now=now)


async def _tell(session: AsyncSession, ids: Collection[UUID], _: datetime) -> Sequence[Any]:
    led = select(Delegation).where(col(Delegation.leader_id).in_(ids))
    return [
        {
            "name": group.name,
            "size": group.size,
            "claim_until": group.claim_until,
            "created_at": group.created_at,
        }
        for group in await session.exec(led)
    ]


async def _erase(session: AsyncSession, ids: Collection[UUID], _: datetime) -> None:
    """Leave the group to those who came with it, without what its leader called it."""
    led = update(Delegation).where(col(Delegation.leader_id).in_(ids))
    await session.exec(led.values(leader_id=None, name=rules.NAMELESS))


HOLDING = Holding(name="groups", tell=_tell, erase=_erase)
