"""Publishing and reading tours and stops."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.columns import told
from etape.core.paging import Slice, slice_of
from etape.core.problems import NotFound
from etape.core.publishing import Noun, by_slug, one_by_one
from etape.core.texts import Localized
from etape.directory import service as directory
from etape.directory.tables import Organisation
from etape.funding.calls import service as calls
from etape.funding.programmes import service as programmes
from etape.sources import service as sources
from etape.tour.notices import service as notices
from etape.tour.sessions import service as sessions
from etape.tour.sessions.schemas import VenueRead
from etape.tour.sessions.tables import Venue
from etape.tour.stops import rules
from etape.tour.stops.schemas import (
    CallLinkRead,
    HostRead,
    StopContent,
    StopRead,
    StopSummary,
    StopVenueRead,
    TourContent,
    TourRead,
    TourRef,
)
from etape.tour.stops.tables import Stop, StopCall, StopHost, StopVenue, Tour


async def _apply_tour(
    session: AsyncSession, tour: Tour, content: TourContent, _now: datetime
) -> None:
    tour.programme_id = await programmes.programme_id(session, content.programme)
    session.add(tour)
    await session.flush()
    await sources.state(session, TOUR.name, tour.id, content.stated)


async def _apply_stop(
    session: AsyncSession, stop: Stop, content: StopContent, _now: datetime
) -> None:
    """Sessions are recognised by their slug, so that seats taken stay taken."""
    stop.tour_id = (await session.exec(select(Tour.id).where(Tour.slug == content.tour))).one()
    stop.first_day = min(day.on for day in content.days)
    session.add(stop)
    await session.flush()
    await _replace_links(session, stop.id, content)
    await sessions.publish_sessions(session, stop.id, content.sessions)
    await sources.state(session, STOP.name, stop.id, content.stated)


TOUR = Noun(
    name="tour",
    label=Localized(fr="le tour", en="the tour"),
    table=Tour,
    content=TourContent,
    apply=one_by_one(_apply_tour),
    parts=sources.STATED,
)
STOP = Noun(
    name="stop",
    label=Localized(fr="l’étape", en="the stop"),
    table=Stop,
    content=StopContent,
    apply=one_by_one(_apply_stop),
    parts=sources.STATED,
    not_copied=frozenset(
        {"stated", "status", "status_reason", "join_url"}
        | {"has_replay", "replay_url", "chapters", "documents"}
    ),
)


async def _replace_links(session: AsyncSession, stop_id: UUID, content: StopContent) -> None:
    for table in (StopVenue, StopHost, StopCall):
        await session.exec(delete(table).where(col(table.stop_id) == stop_id))
    venues = await sessions.venue_ids(session, [place.venue for place in content.venues])
    bodies = await directory.organisation_ids(session, [h.organisation for h in content.hosts])
    linked = await calls.call_ids(session, [link.call for link in content.calls])
    cited = await sources.ids_of(session, [link.source for link in content.calls if link.source])
    session.add_all(
        StopVenue(stop_id=stop_id, rank=rank, venue_id=venues[place.venue], on=place.on)
        for rank, place in enumerate(content.venues)
    )
    session.add_all(
        StopHost(stop_id=stop_id, rank=rank, organisation_id=bodies[h.organisation], role=h.role)
        for rank, h in enumerate(content.hosts)
    )
    session.add_all(
        StopCall(
            stop_id=stop_id,
            call_id=linked[link.call],
            rank=rank,
            link=link.link,
            source_id=cited.get(link.source or ""),
        )
        for rank, link in enumerate(content.calls)
    )


async def list_stops(
    session: AsyncSession,
    *,
    limit: int,
    after: list[Any] | None,
    now: datetime,
    tour: str | None = None,
    region: str | None = None,
) -> Slice[StopSummary]:
    """Return the stops after a slug, in the order of their first day."""
    wanted = select(Stop)
    if tour is not None:
        wanted = wanted.join(Tour).where(Tour.slug == tour)
    if region is not None:
        wanted = wanted.where(Stop.region == region)
    order = [Stop.first_day, Stop.slug]
    page = await slice_of(session, wanted, order=order, limit=limit, after=after)
    summaries = await summaries_of(session, page.rows, now=now)
    return page.map(lambda stop: summaries[stop.id])


async def summaries_of(
    session: AsyncSession, stops: Collection[Stop], *, now: datetime
) -> dict[UUID, StopSummary]:
    """Return stops as lists show them, by their identifiers."""
    tours = {tour.id: tour for tour in await session.exec(select(Tour))}
    places = await session.exec(
        select(StopVenue.stop_id, Venue)
        .join(Venue)
        .where(col(StopVenue.stop_id).in_({stop.id for stop in stops}))
        .order_by(col(StopVenue.rank))
    )
    cities: defaultdict[UUID, dict[str, None]] = defaultdict(dict)
    for stop_id, venue in places:
        if name := venue.city or venue.area:
            cities[stop_id][name] = None
    is_noticed = notices.is_complete(session)
    return {
        stop.id: told(
            stop,
            StopSummary,
            cities=list(cities[stop.id]),
            registration=rules.registration_state(stop, is_noticed=is_noticed, now=now),
            tour=told(tours[stop.tour_id], TourRef),
        )
        for stop in stops
    }


async def list_tours(
    session: AsyncSession, *, limit: int, after: list[Any] | None
) -> Slice[TourRef]:
    """Return the tours after a slug, in the order of their slugs."""
    page = await slice_of(session, select(Tour), order=[Tour.slug], limit=limit, after=after)
    return page.map(lambda tour: told(tour, TourRef))


async def read_tour(session: AsyncSession, slug: str, *, now: datetime) -> TourRead:
    """Return a tour with its stops, in the order of their ranks. Raises NotFound."""
    tour = await by_slug(session, Tour, slug)
    if tour is None:
        raise NotFound
    stops = list(
        await session.exec(select(Stop).where(Stop.tour_id == tour.id).order_by(col(Stop.rank)))
    )
    summaries = await summaries_of(session, stops, now=now)
    return told(
        tour,
        TourRead,
        stops=[summaries[stop.id] for stop in stops],
        figures=(await sources.figures_of(session, TOUR.name, [tour.id])).get(tour.id, []),
        sources=(await sources.sources_of(session, TOUR.name, [tour.id])).get(tour.id, []),
    )


async def read_stop(session: AsyncSession, slug: str, *, now: datetime) -> StopRead:
    """Return a stop, whole, with the seats that are left now. Raises NotFound."""
    stop = await by_slug(session, Stop, slug)
    if stop is None:
        raise NotFound
    summary = (await summaries_of(session, [stop], now=now))[stop.id]
    venues = await session.exec(
        select(StopVenue, Venue)
        .join(Venue)
        .where(StopVenue.stop_id == stop.id)
        .order_by(col(StopVenue.rank))
    )
    hosts = await session.exec(
        select(StopHost, Organisation)
        .join(Organisation)
        .where(StopHost.stop_id == stop.id)
        .order_by(col(StopHost.rank))
    )
    links = list(
        await session.exec(
            select(StopCall).where(StopCall.stop_id == stop.id).order_by(col(StopCall.rank))
        )
    )
    refs = await calls.refs_of(session, [link.call_id for link in links], now=now)
    return told(
        stop,
        StopRead,
        **{name: getattr(summary, name) for name in ("cities", "registration", "tour")},
        venues=[StopVenueRead(on=p.on, venue=told(v, VenueRead)) for p, v in venues],
        hosts=[told(body, HostRead, role=host.role) for host, body in hosts],
        calls=[CallLinkRead(link=link.link, call=refs[link.call_id]) for link in links],
        sessions=(await sessions.sessions_of(session, [stop.id], now=now)).get(stop.id, []),
        figures=(await sources.figures_of(session, STOP.name, [stop.id])).get(stop.id, []),
        sources=(await sources.sources_of(session, STOP.name, [stop.id])).get(stop.id, []),
    )
