"""What is held about people: each room says what it holds, one verb tells it, one erases it.

Erasing on request and erasing because time has passed are the same act (T32): whoever holds
something new about people adds a holding to the list of `app.py`, and forgets nothing.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import journal

ERASED = "erased"


@dataclass(frozen=True, kw_only=True)
class Term:
    """How many days something is kept after the last day of what it is held for.

    `of` returns those of the subjects about whom there is something.
    """

    days: int
    of: Callable[[AsyncSession, Collection[UUID]], Awaitable[Collection[UUID]]]


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What a room holds about people, whom the identifiers of subjects stand for.

    `tell` returns it, as JSON can write it; `erase` deletes it, in the caller's transaction. What
    is to go before the rest has a `term`.
    """

    name: str
    tell: Callable[[AsyncSession, Collection[UUID], datetime], Awaitable[Sequence[Any]]]
    erase: Callable[[AsyncSession, Collection[UUID], datetime], Awaitable[None]]
    term: Term | None = None


async def tell(
    session: AsyncSession,
    holdings: Sequence[Holding],
    subjects: Collection[UUID],
    *,
    now: datetime,
) -> dict[str, Sequence[Any]]:
    """Return all that is held about these subjects, by the names of the holdings."""
    return {each.name: await each.tell(session, subjects, now) for each in holdings}


async def erase(
    session: AsyncSession,
    holdings: Sequence[Holding],
    subjects: Collection[UUID],
    *,
    by: str,
    noun: str,
    now: datetime,
) -> None:
    """Erase what these holdings are about these subjects; the journal keeps that it was done.

    The holdings go in their order: one that needs another to find its own comes before it.
    """
    for each in holdings:
        await each.erase(session, subjects, now)
    changes: journal.Changes = {"held": ([each.name for each in holdings], [])}
    entries = [(subject, ERASED, changes) for subject in subjects]
    await journal.record_all(session, entries, by=by, noun=noun, now=now, personal=True)


async def _tell_journal(
    session: AsyncSession, subjects: Collection[UUID], _: datetime
) -> Sequence[Any]:
    return await journal.told_of(session, subjects)


async def _erase_journal(session: AsyncSession, subjects: Collection[UUID], _: datetime) -> None:
    await journal.erase_changes(session, subjects)


JOURNAL = Holding(name="journal", tell=_tell_journal, erase=_erase_journal)
"""What the journal tells of the subjects; who did what and when stays, chained."""
