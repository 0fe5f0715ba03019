"""Moving up those who wait, in their order, in the transaction that freed a seat.

Nobody is moved up once the session began, past the hours that they chose, or unproved. The stop is
locked by whoever calls (docs/decisions/0005).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import jobs
from etape.core.database import execute
from etape.tour.queues.schemas import Chance

PROMOTE_MORE = "seat.promote"
AT_ONCE = 100
"""How many of one pool a transaction moves up: it holds the stop for some 50 ms."""

# A chair that is passed on puts its holder last in line: should they come after all, they are not
# refused, and pass nobody who was there.
LEAVE_CHAIRS = text(
    """
    WITH wanted AS (
        SELECT least(
            (SELECT count(*) FROM seat WHERE pool_id = :pool AND status = 'waiting'
                AND registration_id = ANY(CAST(:present AS uuid[])))
            - (SELECT capacity - confirmed - held FROM seat_pool WHERE id = :pool),
            (SELECT count(*) FROM seat WHERE pool_id = :pool AND status = 'confirmed'
                AND registration_id = ANY(CAST(:absent AS uuid[])))
        ) AS chairs
    )
    UPDATE seat SET status = 'waiting', queue = DEFAULT, promote_until = NULL,
        bundle_id = NULL, changed_at = :now
    WHERE id IN (
        SELECT id FROM seat WHERE pool_id = :pool AND status = 'confirmed'
        AND registration_id = ANY(CAST(:absent AS uuid[]))
        ORDER BY queue DESC LIMIT greatest((SELECT chairs FROM wanted), 0)
    )
    RETURNING registration_id
    """
)
SEAT_PRESENT = text(
    """
    WITH first AS (
        SELECT id, registration_id FROM seat WHERE pool_id = :pool AND status = 'waiting'
        AND registration_id = ANY(CAST(:present AS uuid[])) ORDER BY queue
        LIMIT (SELECT greatest(capacity - confirmed - held, 0) FROM seat_pool WHERE id = :pool)
    ), seated AS (
        UPDATE seat SET status = 'confirmed', bundle_id = NULL, changed_at = :now
        FROM first WHERE seat.id = first.id
    ), left_online AS (
        UPDATE seat SET status = 'cancelled', changed_at = :now
        FROM first, seat_pool mine JOIN seat_pool other ON other.session_id = mine.session_id
        WHERE mine.id = :pool AND seat.registration_id = first.registration_id
        AND seat.pool_id = other.id AND seat.is_meanwhile AND seat.status = 'confirmed'
    )
    SELECT registration_id FROM first
    """
)
# An hour that moves takes with it until when each person wants to be moved up.
RETIME = text(
    """
    UPDATE seat SET promote_until = s.starts_at - make_interval(
        hours => coalesce(r.promote_until_hours, CAST(:hours AS int)))
    FROM seat_pool p JOIN session s ON s.id = p.session_id
    JOIN seat w ON w.pool_id = p.id LEFT JOIN registration r ON r.id = w.registration_id
    WHERE p.id = ANY(CAST(:pools AS uuid[])) AND seat.id = w.id AND seat.status = 'waiting'
    AND r.needs_proof IS NOT TRUE
    """
)
_MOVED = """, promoted AS (
        UPDATE seat SET status = 'confirmed', changed_at = :now, promoted_at = :now
        FROM first WHERE seat.id = first.id
    ), released AS (
        UPDATE seat SET status = 'cancelled', changed_at = :now
        FROM first JOIN seat_pool p ON p.session_id = first.session_id
        WHERE seat.registration_id = first.registration_id AND seat.pool_id = p.id
        AND seat.is_meanwhile AND seat.status = 'confirmed'
        RETURNING seat.pool_id
    ), moved AS (
        UPDATE registration SET sequence = sequence + 1
        WHERE id IN (SELECT registration_id FROM first)
    )
, led AS (
        SELECT DISTINCT d.id, d.leader_id FROM first JOIN seat ON seat.id = first.id
        JOIN delegation d ON d.id = seat.delegation_id
        WHERE first.registration_id IS NULL AND d.leader_id IS NOT NULL
    )
    SELECT (SELECT count(*) FROM first) AS seats,
           ARRAY(SELECT id FROM led ORDER BY id) AS groups,
           ARRAY(SELECT leader_id FROM led ORDER BY id) AS leaders,
           ARRAY(SELECT registration_id FROM first WHERE registration_id IS NOT NULL
                 ORDER BY place) AS promoted,
           ARRAY(SELECT DISTINCT pool_id FROM released) AS released"""
_ALONE = """
    WITH free AS (
        SELECT p.id, p.session_id, p.capacity - p.confirmed - p.held AS seats
        FROM seat_pool p JOIN session s ON s.id = p.session_id
        WHERE p.id = ANY(CAST(:pools AS uuid[])) AND p.waiting > 0 AND s.starts_at > :now
    ), entitled AS (
        SELECT w.id, w.registration_id, f.session_id, f.id AS pool_id,
            row_number() OVER (PARTITION BY f.id ORDER BY w.queue) AS place
        FROM free f CROSS JOIN LATERAL (
            SELECT id, registration_id, queue FROM seat
            WHERE pool_id = f.id AND status = 'waiting' AND bundle_id IS NULL
            AND promote_until > :now
            ORDER BY queue LIMIT f.seats
        ) w
    ), first AS (
        SELECT * FROM entitled WHERE place <= :most
    )"""
# The first bundle that fits, once those who wait alone before it have what is free: one that does
# not fit is passed over and keeps its rank.
_BUNDLED = """
    WITH part AS (
        SELECT w.bundle_id, w.pool_id, count(*) AS needed, min(w.queue) AS queue,
            bool_and(coalesce(w.promote_until > :now, FALSE) AND s.starts_at > :now) AS may_move
        FROM seat w JOIN seat_pool p ON p.id = w.pool_id JOIN session s ON s.id = p.session_id
        WHERE w.status = 'waiting' AND w.bundle_id IN (
            SELECT bundle_id FROM seat WHERE pool_id = ANY(CAST(:pools AS uuid[]))
            AND status = 'waiting' AND bundle_id IS NOT NULL)
        GROUP BY w.bundle_id, w.pool_id
    ), fitting AS (
        SELECT part.bundle_id FROM part JOIN seat_pool p ON p.id = part.pool_id
        CROSS JOIN LATERAL (
            SELECT count(*) AS number FROM seat alone WHERE alone.pool_id = p.id
            AND alone.status = 'waiting' AND alone.bundle_id IS NULL
            AND alone.promote_until > :now AND alone.queue < part.queue
        ) ahead
        GROUP BY part.bundle_id
        HAVING bool_and(may_move AND (p.capacity IS NULL
            OR p.confirmed + p.held + ahead.number + part.needed <= p.capacity))
        ORDER BY min(part.queue) LIMIT 1
    ), first AS (
        SELECT w.id, w.registration_id, p.session_id, w.queue AS place FROM seat w
        JOIN fitting ON fitting.bundle_id = w.bundle_id JOIN seat_pool p ON p.id = w.pool_id
        WHERE w.status = 'waiting'
    )"""
_LATER = """, ARRAY(SELECT pool_id FROM entitled WHERE place > :most) AS later"""
PROMOTE = text(_ALONE + _MOVED + _LATER)
PROMOTE_BUNDLE = text(_BUNDLED + _MOVED)
# What was held and is not proved in time waits again, where it stood: a late click finds its rank.
# What nobody of a group claimed in time is given back.
EXPIRE = text(
    """
    WITH held AS (
        UPDATE seat SET status = 'waiting', held_until = NULL, changed_at = :now
        FROM seat_pool p JOIN session s ON s.id = p.session_id
        WHERE p.id = seat.pool_id AND s.stop_id = :stop AND seat.status = 'held'
        AND seat.held_until <= :now
        RETURNING seat.pool_id
    ), unclaimed AS (
        UPDATE seat SET status = 'cancelled', changed_at = :now
        FROM delegation d
        WHERE d.id = seat.delegation_id AND d.stop_id = :stop AND d.claim_until <= :now
        AND seat.registration_id IS NULL AND seat.status <> 'cancelled'
        RETURNING seat.pool_id
    )
    SELECT pool_id FROM held UNION SELECT pool_id FROM unclaimed
    """
)
STOPS_WITH_EXPIRED = text(
    """
    SELECT DISTINCT s.stop_id FROM seat JOIN seat_pool p ON p.id = seat.pool_id
    JOIN session s ON s.id = p.session_id
    WHERE seat.status = 'held' AND seat.held_until <= :now
    UNION SELECT d.stop_id FROM delegation d JOIN seat ON seat.delegation_id = d.id
    WHERE d.claim_until <= :now AND seat.registration_id IS NULL AND seat.status <> 'cancelled'
    """
)
RANKS = text(
    """
    SELECT mine.pool_id, count(*) AS rank FROM seat mine JOIN seat ahead
        ON ahead.pool_id = mine.pool_id AND ahead.status = 'waiting' AND ahead.queue <= mine.queue
    WHERE mine.registration_id = :registration AND mine.status = 'waiting'
    GROUP BY mine.pool_id
    """
)

UNCLAIMED_HOURS = 48
"""Until how long before a session a seat that nobody of a group has claimed is moved up."""


@dataclass(frozen=True, slots=True)
class Promotion:
    """Whose registrations moved up, and how many more seats are given in a moment.

    `groups` got seats that nobody has claimed yet; each has the registration of its leader.
    """

    registrations: list[UUID]
    groups: dict[UUID, UUID]
    later: int


# How far down each list that people waited on went, at the stops of the tour that are over.
CHANCE = text(
    """
    WITH past AS (
        SELECT s.stop_id, count(seat.promoted_at) AS moved_up
        FROM seat_pool mine JOIN session here ON here.id = mine.session_id
        JOIN stop ON stop.id = here.stop_id
        JOIN stop other ON other.tour_id = stop.tour_id AND other.id <> stop.id
        JOIN session s ON s.stop_id = other.id AND s.starts_at <= :now
        JOIN seat_pool p ON p.session_id = s.id AND p.mode = mine.mode
        JOIN seat ON seat.pool_id = p.id
        WHERE mine.id = :pool
        GROUP BY s.stop_id, p.id
        HAVING bool_or(seat.promoted_at IS NOT NULL OR seat.status = 'waiting')
    )
    SELECT count(DISTINCT stop_id) AS stops, avg(CAST(moved_up >= :rank AS int)) AS share FROM past
    """
)
FEWEST_STOPS = 3
"""Of fewer past stops nothing is said: chance would be taken for a rule."""


async def retime(session: AsyncSession, pools: Collection[UUID]) -> None:
    """Have who waits in these pools promoted until as long before their session as they said."""
    await execute(session, RETIME, {"pools": list(pools), "hours": UNCLAIMED_HOURS})


async def promote(session: AsyncSession, pools: Collection[UUID], *, now: datetime) -> Promotion:
    """Move up those who wait, in order, while seats are free.

    Somebody who gets a chair leaves the online seat they had meanwhile, which may move up others.
    Past `AT_ONCE` of a pool the rest follow in transactions of their own, so that nobody waits long
    for the lock; a seat that is somebody's is given to nobody else meanwhile.
    """
    moved: dict[UUID, None] = {}
    groups: dict[UUID, UUID] = {}
    later: list[UUID] = []
    freed = list(pools)
    while freed:
        row = (await execute(session, PROMOTE_BUNDLE, {"pools": freed, "now": now})).one()
        if row.seats:
            freed += row.released
        else:
            values = {"pools": freed, "now": now, "most": AT_ONCE}
            row = (await execute(session, PROMOTE, values)).one()
            later += row.later
            freed = row.released
        moved.update(dict.fromkeys(row.promoted))
        groups.update(zip(row.groups, row.leaders, strict=True))
    for pool in dict.fromkeys(later):
        await jobs.defer(session, PROMOTE_MORE, key=f"promote {pool}", pool_id=str(pool))
    return Promotion(list(moved), groups, len(later))


async def expire(session: AsyncSession, stop_id: UUID, *, now: datetime) -> Promotion:
    """Free what expired at a stop, promote, and return who moved up. Lock first."""
    freed = (await execute(session, EXPIRE, {"stop": stop_id, "now": now})).scalars()
    return await promote(session, set(freed), now=now)


async def stops_with_expired(session: AsyncSession, *, now: datetime) -> list[UUID]:
    """Return the stops where something is held, or kept for a group, that is not any more."""
    return list((await execute(session, STOPS_WITH_EXPIRED, {"now": now})).scalars())


async def pass_on(
    session: AsyncSession,
    pool_id: UUID,
    *,
    absent: Collection[UUID],
    present: Collection[UUID],
    now: datetime,
) -> tuple[list[UUID], list[UUID]]:
    """Give the free chairs of a pool, then those of the absent, to who waits there in person.

    Returns the registrations that left a chair, and those that got one, by their rank. No more
    chairs are left than are wanted, the last taken first. Lock first.
    """
    if not present:
        return [], []
    values = {"pool": pool_id, "present": list(present), "now": now}
    rows = await execute(session, LEAVE_CHAIRS, {**values, "absent": list(absent)})
    left = list(rows.scalars())
    return left, list((await execute(session, SEAT_PRESENT, values)).scalars())


async def ranks(session: AsyncSession, registration_id: UUID) -> dict[UUID, int]:
    """Return, by pool, the rank of a registration on each waiting list it is on, from 1."""
    rows = await execute(session, RANKS, {"registration": registration_id})
    return {row.pool_id: row.rank for row in rows}


async def chance(
    session: AsyncSession, pool_id: UUID, rank: int, *, now: datetime
) -> Chance | None:
    """Return how often this rank got a seat at past stops of the tour; None of too few of them."""
    values = {"pool": pool_id, "rank": rank, "now": now}
    row = (await execute(session, CHANCE, values)).one()
    if row.stops < FEWEST_STOPS:
        return None
    return Chance(stops=row.stops, share=round(float(row.share), 2))
