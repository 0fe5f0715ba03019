"""The one place where a seat changes hands: nothing is oversold, nobody is lost, nobody jumps.

The stop's row is locked last and briefly; seats are then decided and taken in one statement, which
sees every counter as it is. A trigger keeps the counters and a CHECK bounds them, so that a mistake
here fails instead of overselling (docs/decisions/0005).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.database import execute
from etape.tour.seats.schemas import SeatOutcome, SeatStatus
from etape.tour.sessions.schemas import Mode

# NO KEY UPDATE: the foreign keys of those registering at once only need the key, and a FOR UPDATE
# would deadlock with them.
LOCK_STOP = text("SELECT FROM stop WHERE id = :stop FOR NO KEY UPDATE")

# A bundle that waits does not fit, or it would have been promoted: it holds nobody up. Somebody
# unproved who waits, without a limit then, holds up only those who would take a hold before them.
_DECIDED = """
    WITH choice AS (
        SELECT * FROM unnest(
            CAST(:pools AS uuid[]), CAST(:fallbacks AS uuid[]), CAST(:asks AS boolean[]),
            CAST(:limits AS timestamptz[])
        ) AS c(pool_id, fallback_id, asks, promote_until)
    ), judged AS (
        SELECT c.*, p.waiting + 1 AS rank, p.capacity IS NULL OR (
            p.confirmed + p.held < p.capacity
            AND (CAST(:held_until AS timestamptz) IS NULL
                 OR p.held < ceil(p.capacity * CAST(:held_share AS numeric)))
            AND NOT EXISTS (
                SELECT FROM seat ahead WHERE ahead.pool_id = p.id AND ahead.status = 'waiting'
                AND ahead.bundle_id IS NULL AND coalesce(
                    ahead.promote_until > :now, CAST(:held_until AS timestamptz) IS NOT NULL)
            )
        ) AS is_free
        FROM choice c JOIN seat_pool p ON p.id = c.pool_id
    ), decided AS (
        SELECT pool_id, fallback_id, promote_until, rank, CASE
            WHEN asks THEN 'requested'
            WHEN NOT is_free OR (:together AND (
                NOT bool_and(is_free OR asks) OVER () OR EXISTS (
                    SELECT FROM seat WHERE registration_id = :registration AND status = 'waiting'
                ))) THEN 'waiting'
            WHEN CAST(:held_until AS timestamptz) IS NOT NULL THEN 'held'
            ELSE 'confirmed' END AS status
        FROM judged
    ), wished AS (
        SELECT pool_id, status, FALSE AS is_meanwhile, rank,
            CASE WHEN CAST(:held_until AS timestamptz) IS NULL THEN promote_until END
                AS promote_until
        FROM decided
        UNION ALL
        SELECT p.id, 'confirmed', TRUE, 0, NULL FROM decided d JOIN seat_pool p
            ON p.id = d.fallback_id
        WHERE d.status = 'waiting' AND CAST(:held_until AS timestamptz) IS NULL
        AND (p.capacity IS NULL OR p.confirmed + p.held < p.capacity)
    )"""
_TAKEN = """, taken AS (
        INSERT INTO seat (id, registration_id, pool_id, status, is_meanwhile, promote_until,
                          held_until, bundle_id, changed_at)
        SELECT gen_random_uuid(), :registration, pool_id, status, is_meanwhile, promote_until,
            CASE WHEN status = 'held' THEN CAST(:held_until AS timestamptz) END,
            CASE WHEN :together AND NOT is_meanwhile THEN CAST(:registration AS uuid) END, :now
        FROM wished
    )"""
_ANSWER = """
    SELECT pool_id, status, is_meanwhile, rank FROM wished"""
FORESEE_SEATS = text(_DECIDED + _ANSWER)
TAKE_SEATS = text(_DECIDED + _TAKEN + _ANSWER)
# A fallback that is a seat already is left as it is; the one taken here is had meanwhile.
KEEP_SEATS = text(
    """
    WITH choice AS (
        SELECT * FROM unnest(
            CAST(:pools AS uuid[]), CAST(:fallbacks AS uuid[]), CAST(:limits AS timestamptz[])
        ) AS c(pool_id, fallback_id, promote_until)
    ), kept AS (
        UPDATE seat SET is_meanwhile = FALSE, promote_until = c.promote_until,
            bundle_id = CASE WHEN :together THEN seat.registration_id END
        FROM choice c
        WHERE seat.registration_id = :registration AND seat.pool_id = c.pool_id
        AND seat.status <> 'cancelled'
        RETURNING seat.status, c.fallback_id
    )
    INSERT INTO seat (id, registration_id, pool_id, status, is_meanwhile, changed_at)
    SELECT gen_random_uuid(), :registration, p.id, 'confirmed', TRUE, :now
    FROM kept JOIN seat_pool p ON p.id = kept.fallback_id
    WHERE kept.status = 'waiting' AND (p.capacity IS NULL OR p.confirmed + p.held < p.capacity)
    ON CONFLICT (registration_id, pool_id) WHERE status <> 'cancelled' DO NOTHING
    """
)
GIVE_BACK = text(
    """
    UPDATE seat SET status = 'cancelled', held_until = NULL, changed_at = :now
    WHERE registration_id = :registration AND status <> 'cancelled'
    AND pool_id = ANY(CAST(:pools AS uuid[]))
    RETURNING pool_id
    """
)
GIVE_ALL_BACK = text(
    """
    UPDATE seat SET status = 'cancelled', held_until = NULL, changed_at = :now
    WHERE pool_id = ANY(CAST(:pools AS uuid[])) AND status <> 'cancelled'
    RETURNING registration_id
    """
)
# An hour that moves takes with it until when each person wants to be moved up.
RETIME = text(
    """
    UPDATE seat SET promote_until = s.starts_at - make_interval(hours => r.promote_until_hours)
    FROM seat_pool p, session s, registration r
    WHERE p.id = ANY(CAST(:pools AS uuid[])) AND s.id = p.session_id AND seat.pool_id = p.id
    AND r.id = seat.registration_id AND seat.status = 'waiting' AND NOT r.needs_proof
    """
)
_MOVED = """, promoted AS (
        UPDATE seat SET status = 'confirmed', changed_at = :now
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
    SELECT (SELECT count(*) FROM first) AS seats,
           ARRAY(SELECT DISTINCT registration_id FROM first) AS promoted,
           ARRAY(SELECT DISTINCT pool_id FROM released) AS released"""
_ALONE = """
    WITH free AS (
        SELECT p.id, p.session_id, p.capacity - p.confirmed - p.held AS seats
        FROM seat_pool p JOIN session s ON s.id = p.session_id
        WHERE p.id = ANY(CAST(:pools AS uuid[])) AND p.waiting > 0 AND s.starts_at > :now
    ), first AS (
        SELECT w.id, w.registration_id, f.session_id FROM free f CROSS JOIN LATERAL (
            SELECT id, registration_id FROM seat
            WHERE pool_id = f.id AND status = 'waiting' AND bundle_id IS NULL
            AND promote_until > :now
            ORDER BY queue LIMIT f.seats
        ) w
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
        SELECT w.id, w.registration_id, p.session_id FROM seat w
        JOIN fitting ON fitting.bundle_id = w.bundle_id JOIN seat_pool p ON p.id = w.pool_id
        WHERE w.status = 'waiting'
    )"""
PROMOTE = text(_ALONE + _MOVED)
PROMOTE_BUNDLE = text(_BUNDLED + _MOVED)
# Somebody unproved who is accepted waits, without a limit, until they prove.
ACCEPT = text(
    """
    WITH mine AS (
        SELECT seat.id, p.capacity, p.confirmed + p.held AS taken, r.needs_proof,
            s.starts_at - make_interval(hours => r.promote_until_hours) AS promote_until,
            NOT r.needs_proof AND (p.capacity IS NULL OR (
                p.confirmed + p.held < p.capacity AND NOT EXISTS (
                    SELECT FROM seat ahead WHERE ahead.pool_id = p.id
                    AND ahead.status = 'waiting' AND ahead.bundle_id IS NULL
                    AND ahead.promote_until > :now
                ))) AS is_free
        FROM seat JOIN registration r ON r.id = seat.registration_id
        JOIN seat_pool p ON p.id = seat.pool_id JOIN session s ON s.id = p.session_id
        WHERE r.id = :registration AND s.slug = :session AND seat.status = 'requested'
    ), accepted AS (
        UPDATE seat SET status = CASE WHEN is_free THEN 'confirmed' ELSE 'waiting' END,
            promote_until = CASE WHEN NOT needs_proof THEN mine.promote_until END,
            changed_at = :now
        FROM mine WHERE seat.id = mine.id AND (is_free OR needs_proof OR :may_wait)
        RETURNING seat.id
    )
    SELECT capacity, taken, EXISTS (SELECT FROM accepted) AS is_accepted FROM mine
    """
)
# What was held and is not proved in time waits again, where it stood: a late click finds its rank.
EXPIRE = text(
    """
    UPDATE seat SET status = 'waiting', held_until = NULL, changed_at = :now
    FROM seat_pool p JOIN session s ON s.id = p.session_id
    WHERE p.id = seat.pool_id AND s.stop_id = :stop AND seat.status = 'held'
    AND seat.held_until <= :now
    RETURNING seat.pool_id
    """
)
STOPS_WITH_EXPIRED = text(
    """
    SELECT DISTINCT s.stop_id FROM seat JOIN seat_pool p ON p.id = seat.pool_id
    JOIN session s ON s.id = p.session_id
    WHERE seat.status = 'held' AND seat.held_until <= :now
    """
)
START_CLOCK = text(
    """
    UPDATE seat SET held_until = :until
    WHERE registration_id = :registration AND status = 'held'
    """
)
# Who proves late takes what is free and nobody before them can be moved up to, else waits on.
PROVE = text(
    """
    WITH mine AS (
        SELECT seat.id, p.session_id, p.mode, r.online_meanwhile,
            s.starts_at - make_interval(hours => r.promote_until_hours) AS promote_until,
            seat.status = 'held' OR (seat.bundle_id IS NULL AND s.starts_at > :now AND (
                p.capacity IS NULL OR (p.confirmed + p.held < p.capacity AND NOT EXISTS (
                    SELECT FROM seat ahead WHERE ahead.pool_id = p.id
                    AND ahead.status = 'waiting' AND ahead.bundle_id IS NULL
                    AND ahead.promote_until > :now AND ahead.queue < seat.queue
                )))) AS is_free
        FROM seat JOIN seat_pool p ON p.id = seat.pool_id
        JOIN session s ON s.id = p.session_id JOIN registration r ON r.id = seat.registration_id
        WHERE seat.registration_id = :registration AND seat.status IN ('held', 'waiting')
    ), proved AS (
        UPDATE seat SET status = CASE WHEN is_free THEN 'confirmed' ELSE 'waiting' END,
            held_until = NULL, promote_until = mine.promote_until, changed_at = :now
        FROM mine WHERE seat.id = mine.id
        RETURNING seat.pool_id
    ), meanwhile AS (
        INSERT INTO seat (id, registration_id, pool_id, status, is_meanwhile, changed_at)
        SELECT gen_random_uuid(), :registration, p.id, 'confirmed', TRUE, :now
        FROM mine JOIN seat_pool p ON p.session_id = mine.session_id AND p.mode = 'online'
        WHERE NOT is_free AND mine.mode = 'on_site' AND mine.online_meanwhile
        AND (p.capacity IS NULL OR p.confirmed + p.held < p.capacity)
    )
    SELECT pool_id FROM proved
    """
)


SEATS_HAD = text(
    """
    SELECT pool_id, status, is_meanwhile, (
        SELECT count(*) FROM seat ahead WHERE ahead.pool_id = mine.pool_id
        AND ahead.status = 'waiting' AND ahead.queue <= mine.queue
    ) AS rank
    FROM seat mine WHERE registration_id = :registration AND status <> 'cancelled'
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

HELD_SHARE = Decimal("0.5")
"""Never more of a pool is held for people who are unproved: the rest is for those who are."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A wish that passed the rules: its session, and the pools it bears on.

    `fallback_id` is the online pool to attend from while waiting; `asks` says that the organisers
    decide, so that no seat is taken yet.
    """

    slug: str
    mode: Mode
    asks: bool
    pool_id: UUID
    fallback_id: UUID | None
    promote_until: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """Choices made at once. `together`: all of them are had, or a rank for each.

    `held_until`: who asks is unproved; seats are held for them until then, never more than
    `HELD_SHARE` of a pool, and past that they wait.
    """

    choices: Sequence[Choice]
    together: bool = False
    held_until: datetime | None = None


class Acceptance(NamedTuple):
    """What came of accepting a request; else how many of the seats were taken then."""

    is_accepted: bool
    capacity: int
    taken: int


async def lock(session: AsyncSession, stop_id: UUID) -> None:
    """Wait for our turn at a stop; held until the transaction ends, so ask for it last."""
    await execute(session, LOCK_STOP, {"stop": stop_id})


async def foresee(session: AsyncSession, asked: Asked, *, now: datetime) -> list[SeatOutcome]:
    """Return what `take` would give a newcomer now, and change nothing."""
    values = _asked_values(None, asked, now=now)
    return _outcomes(asked.choices, await execute(session, FORESEE_SEATS, values))


async def take(
    session: AsyncSession, registration_id: UUID, asked: Asked, *, now: datetime
) -> list[SeatOutcome]:
    """Take a seat, or a rank on the waiting list, for each choice. The stop is locked."""
    values = _asked_values(registration_id, asked, now=now)
    return _outcomes(asked.choices, await execute(session, TAKE_SEATS, values))


async def keep(
    session: AsyncSession, registration_id: UUID, asked: Asked, *, now: datetime
) -> None:
    """Keep seats had already, with their rank, by what these choices accept. Lock first."""
    values = _asked_values(registration_id, asked, now=now)
    unused = {"asks", "held_until", "held_share"}
    await execute(session, KEEP_SEATS, {k: v for k, v in values.items() if k not in unused})


async def outcomes(
    session: AsyncSession, registration_id: UUID, choices: Sequence[Choice]
) -> list[SeatOutcome]:
    """Return what came of each choice, as seats stand now."""
    return _outcomes(choices, await execute(session, SEATS_HAD, {"registration": registration_id}))


def _asked_values(registration_id: UUID | None, asked: Asked, *, now: datetime) -> dict[str, Any]:
    return {
        "registration": registration_id,
        "pools": [choice.pool_id for choice in asked.choices],
        "fallbacks": [choice.fallback_id for choice in asked.choices],
        "asks": [choice.asks for choice in asked.choices],
        "limits": [choice.promote_until for choice in asked.choices],
        "together": asked.together,
        "held_until": asked.held_until,
        "held_share": HELD_SHARE,
        "now": now,
    }


def _outcomes(choices: Sequence[Choice], seats: Iterable[Any]) -> list[SeatOutcome]:
    rows = list(seats)
    had = {row.pool_id: row for row in rows if not row.is_meanwhile}
    meanwhile = {row.pool_id for row in rows if row.is_meanwhile}
    told = []
    for choice in choices:
        row = had[choice.pool_id]
        is_waiting = row.status == SeatStatus.WAITING
        told.append(
            SeatOutcome(
                session=choice.slug,
                mode=choice.mode,
                status=row.status,
                rank=row.rank if is_waiting else None,
                online_meanwhile=is_waiting and choice.fallback_id in meanwhile,
            )
        )
    return told


async def give_back(
    session: AsyncSession, registration_id: UUID, pools: Collection[UUID], *, now: datetime
) -> list[UUID]:
    """Give back a registration's seats in these pools, and return the pools left. Lock first."""
    values = {"registration": registration_id, "pools": list(pools), "now": now}
    return list((await execute(session, GIVE_BACK, values)).scalars())


async def give_all_back(
    session: AsyncSession, pools: Collection[UUID], *, now: datetime
) -> set[UUID]:
    """Give back every seat in these pools, and return whose registrations. Lock first."""
    values = {"pools": list(pools), "now": now}
    return set((await execute(session, GIVE_ALL_BACK, values)).scalars())


async def retime(session: AsyncSession, pools: Collection[UUID]) -> None:
    """Have who waits in these pools promoted until as long before their session as they said."""
    await execute(session, RETIME, {"pools": list(pools)})


async def promote(session: AsyncSession, pools: Collection[UUID], *, now: datetime) -> list[UUID]:
    """Move up those who wait, in order, while seats are free, and return whose registrations.

    Somebody who gets a chair leaves the online seat they had meanwhile, which may move up others.
    """
    moved: dict[UUID, None] = {}
    freed = list(pools)
    while freed:
        row = (await execute(session, PROMOTE_BUNDLE, {"pools": freed, "now": now})).one()
        if row.seats:
            freed += row.released
        else:
            row = (await execute(session, PROMOTE, {"pools": freed, "now": now})).one()
            freed = row.released
        moved.update(dict.fromkeys(row.promoted))
    return list(moved)


async def expire(session: AsyncSession, stop_id: UUID, *, now: datetime) -> list[UUID]:
    """Free what was held too long at a stop, promote, and return who moved up. Lock first."""
    freed = (await execute(session, EXPIRE, {"stop": stop_id, "now": now})).scalars()
    return await promote(session, set(freed), now=now)


async def stops_with_expired(session: AsyncSession, *, now: datetime) -> list[UUID]:
    """Return the stops where something is held that is not any more."""
    return list((await execute(session, STOPS_WITH_EXPIRED, {"now": now})).scalars())


async def start_clock(session: AsyncSession, registration_id: UUID, *, until: datetime) -> None:
    """Hold what is held for somebody until then: their mail has just left."""
    await execute(session, START_CLOCK, {"registration": registration_id, "until": until})


async def prove(session: AsyncSession, registration_id: UUID, *, now: datetime) -> list[UUID]:
    """Confirm what is held for somebody, or still free, and return the pools. Lock first.

    They wait on for the rest, in their rank, and are moved up from now on.
    """
    values = {"registration": registration_id, "now": now}
    return list((await execute(session, PROVE, values)).scalars())


async def accept(
    session: AsyncSession, registration_id: UUID, slug: str, *, may_wait: bool, now: datetime
) -> Acceptance | None:
    """Give a seat asked for in a session, or a rank where one `may_wait`; None: none is asked for.

    Lock first.
    """
    values = {"registration": registration_id, "session": slug, "may_wait": may_wait, "now": now}
    row = (await execute(session, ACCEPT, values)).one_or_none()
    return None if row is None else Acceptance(row.is_accepted, row.capacity, row.taken)


async def ranks(session: AsyncSession, registration_id: UUID) -> dict[UUID, int]:
    """Return, by pool, the rank of a registration on each waiting list it is on, from 1."""
    rows = await execute(session, RANKS, {"registration": registration_id})
    return {row.pool_id: row.rank for row in rows}
