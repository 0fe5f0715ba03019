"""Whose turn it is to write: a few at once, and behind them a line with an end.

What waits here holds nothing, neither a connection nor the loop, so that a crowd that registers
leaves pages as quick as before, and is served in the order in which it came.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from etape.core.problems import Unavailable
from etape.core.texts import Localized

PATIENCE_SECONDS = 15.0


class Crowded(Unavailable):
    """More people write at once than can be served within seconds."""

    title = Localized(fr="Trop de monde à la fois", en="Too many people at once")
    detail = Localized(
        fr="Beaucoup de monde s’inscrit en ce moment. Rien n’a été enregistré : réessayez dans "
        "quelques secondes.",
        en="Many people are registering just now. Nothing was saved: try again in a few seconds.",
    )


class Turns:
    """The turns of one process: `at_once` write, at most `waiting` more wait."""

    def __init__(self, *, at_once: int, waiting: int) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._places = waiting

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Wait for a turn, and keep it for the block. Raises Crowded where there is no waiting."""
        if self._free.locked() and self._places <= 0:
            raise Crowded
        self._places -= 1
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._free.acquire()
        except TimeoutError:
            raise Crowded from None
        finally:
            self._places += 1
        try:
            yield
        finally:
            self._free.release()
