"""The one place where a seat changes hands: nothing is oversold, nobody is lost, nobody jumps.

The stop's row is locked last and briefly; seats are then decided and taken in one statement, which
sees every counter as it is. A trigger keeps the counters and a CHECK bounds them, so that a mistake
here fails instead of overselling (docs/decisions/0005).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import jobs
from etape.core.database import execute
from etape.tour.seats.schemas import SeatOutcome, SeatStatus
from etape.tour.sessions.schemas import Mode

PROMOTE_MORE = "seat.promote"
AT_ONCE = 100
"""How many of one pool a transaction moves up: it holds the stop for some 50 ms."""

# NO KEY UPDATE: the foreign keys of those registering at once only need the key, and a FOR UPDATE
# would deadlock with them.
LOCK_STOP = text("SELECT FROM stop WHERE id = :stop FOR NO KEY UPDATE")

_DECIDED = """
    WITH choice AS (
        SELECT * FROM unnest(
            CAST(:pools AS uuid[]), CAST(:fallbacks AS uuid[]), CAST(:asks AS boolean[]),
            CAST(:limits AS timestamptz[])
        ) AS c(pool_id, fallback_id, asks, promote_until)
    ), decided AS (
        SELECT c.*, CASE
            WHEN c.asks THEN 'requested'
            WHEN p.capacity IS NULL THEN 'confirmed'
            WHEN p.confirmed + p.held < p.capacity AND NOT EXISTS (
                SELECT FROM seat ahead WHERE ahead.pool_id = p.id AND ahead.status = 'waiting'
                AND ahead.promote_until > :now
            ) THEN 'confirmed'
            ELSE 'waiting' END AS status, p.waiting + 1 AS rank
        FROM choice c JOIN seat_pool p ON p.id = c.pool_id
    ), wished AS (
        SELECT pool_id, status, FALSE AS is_meanwhile, promote_until, rank FROM decided
        UNION ALL
        SELECT p.id, 'confirmed', TRUE, NULL, 0 FROM decided d JOIN seat_pool p
            ON p.id = d.fallback_id
        WHERE d.status = 'waiting' AND (p.capacity IS NULL OR p.confirmed + p.held < p.capacity)
    )"""
_TAKEN = """, taken AS (
        INSERT INTO seat (id, registration_id, pool_id, status, is_meanwhile, promote_until,
                          changed_at)
        SELECT gen_random_uuid(), :registration, pool_id, status, is_meanwhile, promote_until, :now
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
        UPDATE seat SET is_meanwhile = FALSE, promote_until = c.promote_until FROM choice c
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
    UPDATE seat SET status = 'cancelled', changed_at = :now
    WHERE registration_id = :registration AND status <> 'cancelled'
    AND pool_id = ANY(CAST(:pools AS uuid[]))
    RETURNING pool_id
    """
)
GIVE_ALL_BACK = text(
    """
    UPDATE seat SET status = 'cancelled', changed_at = :now
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
    AND r.id = seat.registration_id AND seat.status = 'waiting'
    """
)
PROMOTE = text(
    """
    WITH free AS (
        SELECT p.id, p.session_id, p.capacity - p.confirmed - p.held AS seats
        FROM seat_pool p JOIN session s ON s.id = p.session_id
        WHERE p.id = ANY(CAST(:pools AS uuid[])) AND p.waiting > 0 AND s.starts_at > :now
    ), entitled AS (
        SELECT w.id, w.registration_id, f.session_id, f.id AS pool_id,
            row_number() OVER (PARTITION BY f.id ORDER BY w.queue) AS place
        FROM free f CROSS JOIN LATERAL (
            SELECT id, registration_id, queue FROM seat
            WHERE pool_id = f.id AND status = 'waiting' AND promote_until > :now
            ORDER BY queue LIMIT f.seats
        ) w
    ), first AS (
        SELECT * FROM entitled WHERE place <= :most
    ), promoted AS (
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
    SELECT ARRAY(SELECT registration_id FROM first ORDER BY place) AS promoted,
           ARRAY(SELECT DISTINCT pool_id FROM released) AS released,
           ARRAY(SELECT pool_id FROM entitled WHERE place > :most) AS later
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


@dataclass(frozen=True, slots=True)
class Promotion:
    """Whose registrations moved up, and how many more seats are given in a moment."""

    registrations: list[UUID]
    later: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A wish that passed the rules: its session, and the pools it bears on.

    `fallback_id` is the online pool to attend from while waiting; `asks` says that the organisers
    decide, so that no seat is taken yet.
    """

    slug: str
    mode: Mode
    starts_at: datetime
    ends_at: datetime
    asks: bool
    pool_id: UUID
    fallback_id: UUID | None
    promote_until: datetime


async def lock(session: AsyncSession, stop_id: UUID) -> None:
    """Wait for our turn at a stop; held until the transaction ends, so ask for it last."""
    await execute(session, LOCK_STOP, {"stop": stop_id})


async def foresee(
    session: AsyncSession, choices: Sequence[Choice], *, now: datetime
) -> list[SeatOutcome]:
    """Return what `take` would give a newcomer now, and change nothing."""
    rows = await execute(session, FORESEE_SEATS, {"now": now, **_columns(choices)})
    return _outcomes(choices, rows)


async def take(
    session: AsyncSession, registration_id: UUID, choices: Sequence[Choice], *, now: datetime
) -> list[SeatOutcome]:
    """Take a seat, or a rank on the waiting list, for each choice. The stop is locked."""
    values = {"now": now, "registration": registration_id, **_columns(choices)}
    return _outcomes(choices, await execute(session, TAKE_SEATS, values))


async def keep(
    session: AsyncSession, registration_id: UUID, choices: Sequence[Choice], *, now: datetime
) -> None:
    """Keep seats had already, with their rank, by what these choices accept. Lock first."""
    values = {"now": now, "registration": registration_id, **_columns(choices)}
    await execute(session, KEEP_SEATS, values)


async def outcomes(
    session: AsyncSession, registration_id: UUID, choices: Sequence[Choice]
) -> list[SeatOutcome]:
    """Return what came of each choice, as seats stand now."""
    return _outcomes(choices, await execute(session, SEATS_HAD, {"registration": registration_id}))


def _columns(choices: Sequence[Choice]) -> dict[str, list[Any]]:
    return {
        "pools": [choice.pool_id for choice in choices],
        "fallbacks": [choice.fallback_id for choice in choices],
        "asks": [choice.asks for choice in choices],
        "limits": [choice.promote_until for choice in choices],
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


async def promote(session: AsyncSession, pools: Collection[UUID], *, now: datetime) -> Promotion:
    """Move up those who wait, in order, while seats are free. Lock first.

    Somebody who gets a chair leaves the online seat they had meanwhile, which may move up others.
    Past `AT_ONCE` of a pool the rest follow in transactions of their own, so that nobody waits long
    for the lock; a seat that is somebody's is given to nobody else meanwhile.
    """
    moved: dict[UUID, None] = {}
    later: list[UUID] = []
    freed = list(pools)
    while freed:
        values = {"pools": freed, "now": now, "most": AT_ONCE}
        row = (await execute(session, PROMOTE, values)).one()
        moved.update(dict.fromkeys(row.promoted))
        later += row.later
        freed = row.released
    for pool in dict.fromkeys(later):
        await jobs.defer(session, PROMOTE_MORE, key=f"promote {pool}", pool_id=str(pool))
    return Promotion(list(moved), len(later))


async def ranks(session: AsyncSession, registration_id: UUID) -> dict[UUID, int]:
    """Return, by pool, the rank of a registration on each waiting list it is on, from 1."""
    rows = await execute(session, RANKS, {"registration": registration_id})
    return {row.pool_id: row.rank for row in rows}
