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

_OVERDUE = """
    SELECT EXISTS (
        SELECT FROM seat JOIN seat_pool p ON p.id = seat.pool_id
        JOIN session s ON s.id = p.session_id
        WHERE s.stop_id = stop.id AND seat.status = 'held'
        AND seat.held_until <= CAST(:now AS timestamptz)
    ) OR EXISTS (
        SELECT FROM delegation d JOIN seat ON seat.delegation_id = d.id
        WHERE d.stop_id = stop.id AND d.claim_until <= CAST(:now AS timestamptz)
        AND seat.registration_id IS NULL AND seat.status <> 'cancelled'
    ) FROM stop WHERE id = :stop"""
IS_OVERDUE = text(_OVERDUE)
# NO KEY UPDATE: the foreign keys of those registering at once only need the key, and a FOR UPDATE
# would deadlock with them. What is overdue is asked with it: a statement less while others wait.
LOCK_STOP = text(_OVERDUE + " FOR NO KEY UPDATE")

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
            bundle_id = CASE WHEN seat.delegation_id IS NOT NULL THEN seat.bundle_id
                WHEN :together THEN seat.registration_id END
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
LEAVE = text(
    """
    WITH gone AS (
        DELETE FROM seat WHERE registration_id = ANY(CAST(:registrations AS uuid[]))
        RETURNING pool_id, status
    )
    SELECT DISTINCT pool_id FROM gone WHERE status <> 'cancelled'
    """
)
# All n seats in each session, or a place in its queue for each of the n: never some of them, unless
# the group said that it may be split.
TAKE_FOR_GROUP = text(
    """
    WITH choice AS (
        SELECT * FROM unnest(CAST(:pools AS uuid[]), CAST(:limits AS timestamptz[]))
            AS c(pool_id, promote_until)
    ), judged AS (
        SELECT c.*, CASE
            WHEN p.capacity IS NULL THEN CAST(:size AS int)
            WHEN EXISTS (
                SELECT FROM seat ahead WHERE ahead.pool_id = p.id AND ahead.status = 'waiting'
                AND ahead.bundle_id IS NULL AND ahead.promote_until > :now
            ) THEN 0
            ELSE least(CAST(:size AS int), p.capacity - p.confirmed - p.held) END AS free
        FROM choice c JOIN seat_pool p ON p.id = c.pool_id
    ), decided AS (
        SELECT *, CASE WHEN :together AND min(free) OVER () < CAST(:size AS int) THEN 0
            ELSE free END AS given
        FROM judged
    )
    INSERT INTO seat (id, delegation_id, slot, pool_id, status, is_meanwhile, promote_until,
                      bundle_id, changed_at)
    SELECT gen_random_uuid(), CAST(:delegation AS uuid), slot, pool_id,
        CASE WHEN slot <= given THEN 'confirmed' ELSE 'waiting' END, FALSE, promote_until,
        CASE WHEN :together THEN CAST(:delegation AS uuid) END, :now
    FROM decided CROSS JOIN generate_series(1, CAST(:size AS int)) AS slot
    ORDER BY slot
    """
)
CLAIM = text(
    """
    UPDATE seat SET registration_id = :registration
    WHERE delegation_id = :delegation AND status <> 'cancelled' AND slot = (
        SELECT min(slot) FROM seat WHERE delegation_id = :delegation
        AND registration_id IS NULL AND status <> 'cancelled')
    """
)
SPLIT = text(
    """
    UPDATE seat SET bundle_id = NULL WHERE delegation_id = :delegation AND status = 'waiting'
    RETURNING pool_id
    """
)
# The giver keeps what their letter withdraws; the place in the queue goes with the seat.
HAND_OVER = text(
    """
    WITH given AS (
        UPDATE seat SET registration_id = :receiver, bundle_id = CASE
            WHEN bundle_id = :giver THEN CAST(:receiver AS uuid) ELSE bundle_id END
        WHERE registration_id = :giver AND status <> 'cancelled'
        RETURNING pool_id, is_meanwhile
    )
    INSERT INTO seat (id, registration_id, pool_id, status, is_meanwhile, changed_at)
    SELECT gen_random_uuid(), CAST(:giver AS uuid), pool_id, 'cancelled', is_meanwhile, :now
    FROM given
    """
)
GIVE_ALL_BACK = text(
    """
    UPDATE seat SET status = 'cancelled', held_until = NULL, changed_at = :now
    WHERE pool_id = ANY(CAST(:pools AS uuid[])) AND status <> 'cancelled'
    RETURNING registration_id
    """
)
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


async def lock(session: AsyncSession, stop_id: UUID, *, now: datetime | None = None) -> bool:
    """Wait for our turn at a stop; held until the transaction ends, so ask for it last.

    Returns whether something there is held, or kept for a group, past its time `now`.
    """
    return bool((await execute(session, LOCK_STOP, {"stop": stop_id, "now": now})).scalar())


async def is_overdue(session: AsyncSession, stop_id: UUID, *, now: datetime) -> bool:
    """Whether something of a stop is held, or kept for a group, past its time."""
    return bool((await execute(session, IS_OVERDUE, {"stop": stop_id, "now": now})).scalar())


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
    return set((await execute(session, GIVE_ALL_BACK, values)).scalars()) - {None}


async def leave(session: AsyncSession, registrations: Collection[UUID]) -> list[UUID]:
    """Delete every seat of these registrations, and return the pools left. Lock first."""
    return list((await execute(session, LEAVE, {"registrations": list(registrations)})).scalars())


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


async def take_for_group(
    session: AsyncSession,
    delegation_id: UUID,
    choices: Sequence[Choice],
    *,
    size: int,
    together: bool,
    now: datetime,
) -> None:
    """Take `size` seats for each choice, nobody's until they are claimed. Lock first."""
    values = {
        "pools": [choice.pool_id for choice in choices],
        "limits": [choice.promote_until for choice in choices],
        "delegation": delegation_id,
        "size": size,
        "together": together,
        "now": now,
    }
    await execute(session, TAKE_FOR_GROUP, values)


async def claim(session: AsyncSession, delegation_id: UUID, registration_id: UUID) -> bool:
    """Give somebody one seat of a group in each session, if any is unclaimed. Lock first."""
    values = {"delegation": delegation_id, "registration": registration_id}
    return (await execute(session, CLAIM, values)).rowcount > 0


async def split(session: AsyncSession, delegation_id: UUID) -> list[UUID]:
    """Have those of a group wait each alone, where they stand; return the pools. Lock first."""
    return list((await execute(session, SPLIT, {"delegation": delegation_id})).scalars())


async def hand_over(
    session: AsyncSession, giver_id: UUID, receiver_id: UUID, *, now: datetime
) -> None:
    """Give every seat and rank of a registration to another, which has none. Lock first."""
    values = {"giver": giver_id, "receiver": receiver_id, "now": now}
    await execute(session, HAND_OVER, values)
