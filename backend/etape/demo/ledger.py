"""What the demo writes in the ledger: entries, some of which are reversed later."""

from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from etape.demo.files import read_files
from etape.funding.ledger.schemas import LedgerEntryContent, ReversalContent
from etape.funding.ledger.service import append, reverse


class Written(LedgerEntryContent):
    """An entry, and what takes it away if something does."""

    reversal: ReversalContent | None = None


def read_ledger(today: date) -> list[Written]:
    """Return the entries of the demo as of that day. Raises DemoInvalid."""
    return read_files("ledger.yaml", Written, today=today)


async def write_ledger(session: AsyncSession, *, today: date, by: str, now: datetime) -> None:
    """Write the entries of the demo, and reverse those that are."""
    for written in read_ledger(today):
        told = written.model_dump(exclude={"reversal"})
        entry = await append(session, LedgerEntryContent(**told), by=by, now=now)
        if written.reversal is not None:
            await reverse(session, entry.id, written.reversal, by=by, now=now)
