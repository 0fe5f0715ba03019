"""Search indexes kept true to the database: built in one snapshot, then fed by the journal.

A process sees its own writes at once, those of the others within a second; and what changes by
itself when its hour comes (a state computed from dates) is read again at that instant.
"""

import asyncio
import ctypes
from collections.abc import Callable, Collection, Coroutine, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn
from uuid import UUID

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from etape.core.clock import Clock
from etape.core.database import Database
from etape.core.followers import follow
from etape.core.journal import settled_position
from etape.core.search import Engine, Entry, Shape, Synonyms

_log = structlog.get_logger("etape.search")

TICK_SECONDS = 1.0
BATCH = 100


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the index holds of one subject, and when that changes by itself, if ever."""

    entries: Sequence[Entry]
    changes_at: datetime | None = None


Reader = Callable[
    [AsyncSession, Collection[UUID], datetime], Coroutine[Any, Any, Mapping[UUID, Indexed]]
]
"""Reads subjects by their identifiers; one that is gone is left out."""


class LiveIndex:
    """The index of the subjects of some noun, in this process."""

    def __init__(
        self, shape: Shape, subjects: SelectOfScalar[UUID], read: Reader, *, nouns: Collection[str]
    ) -> None:
        """`subjects` selects the identifiers of all that `read` reads."""
        self.engine = Engine(shape)
        self._subjects = subjects
        self._read = read
        self._nouns = frozenset(nouns)
        self._keys: dict[UUID, tuple[str, ...]] = {}
        self._changes_at: dict[UUID, datetime] = {}
        self.changes_at: datetime | None = None
        """The next instant at which something in the index changes by itself."""
        self._position = 0
        self._refreshing = asyncio.Lock()

    async def build(self, database: Database, synonyms: Synonyms, *, now: datetime) -> None:
        """Read everything in one snapshot, a batch at a time: all at once takes 400 MB more."""
        loop = asyncio.get_running_loop()
        self.engine.synonyms = synonyms
        async with database.snapshot() as session:
            self._position = await settled_position(session)
            ids = (await session.exec(self._subjects)).all()

            def entries() -> Iterator[Entry]:
                for first in range(0, len(ids), BATCH):
                    reading = self._read(session, ids[first : first + BATCH], now)
                    found = asyncio.run_coroutine_threadsafe(reading, loop).result()
                    self._remember(found)
                    for indexed in found.values():
                        yield from indexed.entries

            await asyncio.to_thread(self.engine.rebuild, entries())
        _give_back()
        self.changes_at = min(self._changes_at.values(), default=None)

    def witness(self, database: Database, clock: Clock) -> None:
        """See this process's own writes as soon as they are committed."""

        async def see(recorded: Sequence[tuple[str, UUID]]) -> None:
            ids = {subject_id for noun, subject_id in recorded if noun in self._nouns}
            await self.refresh(database, ids, now=clock.now())

        database.witnesses.append(see)

    async def run(self, database: Database, clock: Clock) -> NoReturn:
        """Follow the journal and the clock until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._follow(database, clock))
            tasks.create_task(self._watch_the_clock(database, clock))
        raise AssertionError("both run until cancelled")

    async def refresh(self, database: Database, ids: Collection[UUID], *, now: datetime) -> None:
        """Read these subjects again; those that are gone leave the index."""
        if not ids:
            return
        async with self._refreshing:
            async with database.unit_of_work() as session:
                found = await self._read(session, ids, now)
            entries = [entry for indexed in found.values() for entry in indexed.entries]
            kept = {entry.key for entry in entries}
            known = {key for subject in ids for key in self._keys.pop(subject, ())}
            for subject in ids:
                self._changes_at.pop(subject, None)
            if stale := known - kept:
                await asyncio.to_thread(self.engine.delete, stale)
            await asyncio.to_thread(self.engine.upsert, entries)
            self._remember(found)
            self.changes_at = min(self._changes_at.values(), default=None)

    def _remember(self, found: Mapping[UUID, Indexed]) -> None:
        for subject, indexed in found.items():
            self._keys[subject] = tuple(entry.key for entry in indexed.entries)
            if indexed.changes_at is not None:
                self._changes_at[subject] = indexed.changes_at

    async def _follow(self, database: Database, clock: Clock) -> None:
        async for entries in follow(database, after=self._position):
            ids = {entry.subject_id for entry in entries if entry.noun in self._nouns}
            await self._refresh_or_log(database, ids, clock)

    async def _watch_the_clock(self, database: Database, clock: Clock) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            now = clock.now()
            due = {subject for subject, at in self._changes_at.items() if at <= now}
            await self._refresh_or_log(database, due, clock)

    async def _refresh_or_log(
        self, database: Database, ids: Collection[UUID], clock: Clock
    ) -> None:
        while True:
            try:
                return await self.refresh(database, ids, now=clock.now())
            except Exception:  # noqa: BLE001 - skipping what could not be read would lose it
                _log.exception("index not refreshed")
                await asyncio.sleep(TICK_SECONDS)


def _give_back() -> None:
    """Return to the system the memory that a build is done with: glibc keeps it, 35 MB of 10,000.

    Another C library has no such call, and does so by itself.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
