"""Who follows the journal: each settled entry reaches each follower, in order.

A durable follower's effects and its new position are one transaction, so each entry takes effect
exactly once, whatever is killed. A follower in memory starts where what it read ended.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

import structlog
from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import BigInteger, Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.bell import Channel, bell_of, rung
from etape.core.clock import Clock
from etape.core.columns import Instant
from etape.core.database import Database
from etape.core.journal import Entry, entries_after

BATCH = 200

_log = structlog.get_logger("etape.followers")


class FollowerPosition(SQLModel, table=True):
    """How far a durable follower got.

    Without a row it begins at the first entry: a follower that must not tell old news is given its
    row by the migration that brings it.
    """

    __tablename__ = "follower"

    name: str = Field(primary_key=True)
    position: int = Field(default=0, sa_type=BigInteger)
    updated_at: datetime = Field(sa_type=Instant)


@dataclass(frozen=True, slots=True)
class Follower:
    """A durable follower: `handle` writes its effects (rows, jobs) with the session it gets."""

    name: str
    handle: Callable[[AsyncSession, Sequence[Entry]], Awaitable[None]]


async def advance(database: Database, follower: Follower, *, now: datetime) -> int:
    """Hand the next entries to the follower, `BATCH` at most; return how many.

    Returns 0 at once while another process is at it. What `handle` raises is raised, and nothing
    has moved.
    """
    row = FollowerPosition
    async with database.unit_of_work() as session:
        mine = select(row.position).where(row.name == follower.name)
        position = (await session.exec(mine.with_for_update(skip_locked=True))).one_or_none()
        if position is None:  # held by another process, or the first time: the insert tells which
            first = insert(row).values(name=follower.name, position=0, updated_at=now)
            begun = await session.exec(first.on_conflict_do_nothing().returning(col(row.position)))
            position = begun.scalar_one_or_none()
        if position is None:
            return 0
        entries = await entries_after(session, position, BATCH, with_personal=True)
        if entries:
            await follower.handle(session, entries)
            reached = update(row).where(col(row.name) == follower.name)
            await session.exec(reached.values(position=entries[-1].position, updated_at=now))
        return len(entries)


async def keep_following(database: Database, follower: Follower, clock: Clock) -> NoReturn:
    """Advance until cancelled; any number of processes may do so, one at a time works."""

    async def step() -> int:
        return await advance(database, follower, now=clock.now())

    await bell_of(database.engine.sync_engine).attend(Channel.SETTLED, step)


async def follow(database: Database, *, after: int) -> AsyncIterator[list[Entry]]:
    """Yield what is settled after a position, in batches, for ever: for what lives in memory.

    Read `settled_position` in the same REPEATABLE READ transaction as the content that is kept:
    nothing is then missed between the two. No transaction is open while the caller works.
    """
    ear = bell_of(database.engine.sync_engine).ear(Channel.SETTLED)
    while True:
        ear.clear()
        entries: list[Entry] = []
        try:
            async with database.unit_of_work() as session:
                entries = await entries_after(session, after, BATCH, with_personal=True)
        except (SQLAlchemyError, OSError) as error:
            _log.warning("journal unread", error=type(error).__name__)
        if entries:
            yield entries
            after = entries[-1].position
        else:
            await rung(ear)
