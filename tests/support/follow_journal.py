"""A follower in a process of its own, to be killed: it writes one row for each entry it is handed.

Usage: follow_journal.py DATABASE_URL [POSITION]; it stops for ever, its effects written and not
committed, when it is handed the entry at POSITION.
"""

import asyncio
import sys
from collections.abc import Sequence

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.clock import Clock
from etape.core.database import Database
from etape.core.followers import Follower, keep_following
from etape.core.journal import Entry

EFFECT = text("INSERT INTO effect (position) VALUES (:position)")


async def main(url: str, halt: int) -> None:
    async def handle(session: AsyncSession, entries: Sequence[Entry]) -> None:
        connection = await session.connection()
        await connection.execute(EFFECT, [{"position": entry.position} for entry in entries])
        is_halt = any(entry.position == halt for entry in entries)
        sys.stdout.write("halted\n" if is_halt else "handled\n")
        sys.stdout.flush()
        if is_halt:
            await asyncio.Event().wait()

    await keep_following(Database(url, pool_size=1), Follower("writer", handle), Clock())


asyncio.run(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0))
