"""Tours and stops over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from etape.core.access import PUBLIC, allow
from etape.core.http import NowDep, Route, SessionDep, keep_for_all
from etape.core.openapi import refusals
from etape.core.paging import Cursor, Limit, Page, Pager
from etape.core.problems import NotFound
from etape.core.texts import Slug
from etape.directory.schemas import RegionCode
from etape.tour.stops import service
from etape.tour.stops.schemas import StopRead, StopSummary, TourRead, TourRef

router = APIRouter(route_class=Route, tags=["tour"])


@router.get("/tours")
@allow(PUBLIC)
async def list_tours(
    request: Request,
    response: Response,
    session: SessionDep,
    now: NowDep,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[TourRef]:
    """List the tours, one an edition."""
    pager = Pager(request, "tours", cursor)
    keep_for_all(response, now=now)
    found = await service.list_tours(session, limit=limit, after=pager.after)
    return pager.page(found, response)


@router.get("/tours/{slug}", responses=refusals(NotFound))
@allow(PUBLIC)
async def read_tour(slug: Slug, response: Response, session: SessionDep, now: NowDep) -> TourRead:
    """Read a tour with its stops; totals that sources state are figures, never sums."""
    keep_for_all(response, now=now)
    return await service.read_tour(session, slug, now=now)


@router.get("/stops")
@allow(PUBLIC)
async def list_stops(
    request: Request,
    response: Response,
    session: SessionDep,
    now: NowDep,
    tour: Annotated[Slug | None, Query(description="Only the stops of this tour.")] = None,
    region: Annotated[RegionCode | None, Query(description="Only the stops of a region.")] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[StopSummary]:
    """List the stops in the order of their first day."""
    pager = Pager(request, f"stops {tour} {region}", cursor)
    keep_for_all(response, now=now)
    found = await service.list_stops(
        session, limit=limit, after=pager.after, now=now, tour=tour, region=region
    )
    return pager.page(found, response)


@router.get("/stops/{slug}", responses=refusals(NotFound))
@allow(PUBLIC)
async def read_stop(slug: Slug, response: Response, session: SessionDep, now: NowDep) -> StopRead:
    """Read a stop with its programme and the seats that are left at this instant."""
    found = await service.read_stop(session, slug, now=now)
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return found
