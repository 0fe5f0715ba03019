"""Deadlines in order, and as calendars that are subscribed to."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import calendar
from etape.core.moments import PARIS, midnight
from etape.core.paging import Slice, slice_of
from etape.core.problems import NotFound
from etape.core.publishing import by_slug
from etape.core.texts import Localized
from etape.funding.calls import service as calls
from etape.funding.calls.rules import Reader
from etape.funding.calls.tables import Call, Wave
from etape.funding.deadlines import rules
from etape.funding.deadlines.schemas import Deadline, DeadlineQuery
from etape.sources import service as sources

_EVERY = Localized(fr="Clôtures des appels", en="Deadlines of the calls")


async def list_deadlines(
    session: AsyncSession,
    wanted: DeadlineQuery,
    *,
    among: Collection[str],
    after: Sequence[Any] | None,
    now: datetime,
) -> Slice[Deadline]:
    """Return the deadlines of these calls, the first to close first."""
    rows = (
        select(Wave)
        .join(Call, col(Call.id) == col(Wave.call_id))
        .where(col(Wave.closes_at).is_not(None), col(Call.slug).in_(among))
    )
    if wanted.since is not None:
        rows = rows.where(col(Wave.closes_at) > midnight(wanted.since, PARIS))
    if wanted.until is not None:
        end = midnight(wanted.until + timedelta(days=1), PARIS)
        rows = rows.where(col(Wave.closes_at) <= end)
    page = await slice_of(
        session, rows, order=[Wave.closes_at, Wave.id], limit=wanted.limit, after=after
    )
    ids = {wave.call_id for wave in page.rows}
    named = await calls.refs_of(session, ids, now=now)
    counts = await _wave_counts(session, ids)
    cited = await sources.by_ids(session, [wave.source_id for wave in page.rows])
    return page.map(
        lambda wave: Deadline(
            call=named[wave.call_id],
            wave=calls.wave_read(wave, cited, now=now),
            wave_count=counts[wave.call_id],
        )
    )


async def calendar_of_all(
    session: AsyncSession, reader: Reader, *, among: Collection[str], now: datetime
) -> bytes:
    """Return the deadlines of these calls, those to come and of late, as iCalendar."""
    since = now - rules.SHOWN_AFTER
    wanted = select(Call, Wave).where(col(Call.slug).in_(among), col(Wave.closes_at) > since)
    return await _calendar(session, wanted, reader, name=_EVERY, now=now)


async def calendar_of(session: AsyncSession, reader: Reader, slug: str, *, now: datetime) -> bytes:
    """Return every deadline of a call as iCalendar. Raises NotFound."""
    call = await by_slug(session, Call, slug)
    if call is None:
        raise NotFound
    wanted = select(Call, Wave).where(Call.id == call.id)
    return await _calendar(session, wanted, reader, name=call.name, now=now)


async def _calendar(
    session: AsyncSession, wanted: Any, reader: Reader, *, name: Localized, now: datetime
) -> bytes:
    of_call = wanted.join(Wave, col(Wave.call_id) == col(Call.id))
    ordered = of_call.order_by(Wave.closes_at, Call.slug, Wave.rank)
    rows = (await session.exec(ordered)).all()
    counts = await _wave_counts(session, {call.id for call, _ in rows})
    said = (
        rules.milestone_of(call, wave, reader, wave_count=counts[call.id], now=now)
        for call, wave in rows
    )
    return calendar.publish_milestones(
        [each for each in said if each],
        name=name.in_language(reader.language),
        site=reader.site,
    )


async def _wave_counts(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, int]:
    counted = select(Wave.call_id, func.count()).where(col(Wave.call_id).in_(ids))
    return dict((await session.exec(counted.group_by(col(Wave.call_id)))).all())
