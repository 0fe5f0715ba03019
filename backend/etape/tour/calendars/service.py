"""The days of stops, as calendars that are subscribed to."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import calendar
from etape.core.problems import NotFound
from etape.core.publishing import by_slug
from etape.core.settings import Settings, page_url
from etape.core.texts import Language, Localized
from etape.tour.calendars import rules
from etape.tour.sessions import service as sessions
from etape.tour.stops.service import summaries_of
from etape.tour.stops.tables import Stop, Tour


async def calendar_of_stop(
    session: AsyncSession, slug: str, language: Language, settings: Settings, *, now: datetime
) -> bytes:
    """Return the days of a stop as iCalendar. Raises NotFound."""
    stop = await by_slug(session, Stop, slug)
    if stop is None:
        raise NotFound
    return await _calendar(session, stop.name, [stop], language, settings, now=now)


async def calendar_of_tour(
    session: AsyncSession, slug: str, language: Language, settings: Settings, *, now: datetime
) -> bytes:
    """Return the days of every stop of a tour as iCalendar. Raises NotFound."""
    tour = await by_slug(session, Tour, slug)
    if tour is None:
        raise NotFound
    stops = await session.exec(
        select(Stop).where(Stop.tour_id == tour.id).order_by(col(Stop.first_day), col(Stop.slug))
    )
    return await _calendar(session, tour.name, list(stops), language, settings, now=now)


async def _calendar(
    session: AsyncSession,
    name: Localized,
    stops: Sequence[Stop],
    language: Language,
    settings: Settings,
    *,
    now: datetime,
) -> bytes:
    summaries = await summaries_of(session, stops, now=now)
    held = await sessions.sessions_of(session, [stop.id for stop in stops], now=now)
    milestones = [
        milestone
        for stop in stops
        for milestone in rules.milestones_of(
            stop,
            held.get(stop.id, []),
            cities=summaries[stop.id].cities,
            url=page_url(f"etapes/{stop.slug}", settings=settings, language=language),
            language=language,
        )
    ]
    site = str(settings.public_url)
    return calendar.publish_milestones(milestones, name=name.in_language(language), site=site)
