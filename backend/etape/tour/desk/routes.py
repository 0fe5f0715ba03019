"""The organisers' desk over HTTP: tours, venues and stops are written here, and people listed."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from etape.core.access import allow
from etape.core.editing import Editing, editing_router
from etape.core.files import CSV, answers
from etape.core.http import ActorDep, NowDep, Route, SessionDep
from etape.core.openapi import refusals
from etape.core.paging import Cursor, Limit, Page, Pager
from etape.core.problems import NotFound
from etape.core.texts import Slug
from etape.identity.members.rules import ORGANISER, STOP_ORGANISER, TOUR_EDITOR, freshly
from etape.tour.desk import rules, service
from etape.tour.desk.schemas import RegistrationLine, RequestAnswer
from etape.tour.seats.schemas import SeatStatus
from etape.tour.sessions.rules import CapacityTaken, SessionHasRegistrations
from etape.tour.sessions.service import VENUE
from etape.tour.stops.schemas import StopRead, TourRead
from etape.tour.stops.service import TOUR

router = APIRouter(route_class=Route, tags=["registration"])
editing = editing_router(
    Editing(
        noun=TOUR,
        path="tours",
        tag="tour",
        policy=TOUR_EDITOR,
        listing=TOUR_EDITOR,
        preview=service.preview_tour,
        read=TourRead,
    ),
    Editing(noun=VENUE, path="venues", tag="tour", policy=ORGANISER, listing=ORGANISER),
    Editing(
        noun=service.STOP,
        path="stops",
        tag="tour",
        policy=STOP_ORGANISER,
        listing=ORGANISER,
        preview=service.preview_stop,
        read=StopRead,
        follow=service.follow_stop,
        problems=(CapacityTaken, SessionHasRegistrations, rules.StopHasRegistrations),
    ),
)


@router.get("/manage/stops/{slug}/registrations", responses=refusals(NotFound))
@allow(STOP_ORGANISER)
async def list_registrations(
    slug: Slug,
    request: Request,
    response: Response,
    session: SessionDep,
    actor: ActorDep,
    now: NowDep,
    status: Annotated[
        SeatStatus | None, Query(description="Only those who have a seat of that status.")
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[RegistrationLine]:
    """List those registered at a stop (*les inscrits*), by their address; it is journalled."""
    pager = Pager(request, f"registrations {slug} {status}", cursor)
    found = await service.list_registrations(
        session, slug, limit=limit, after=pager.after, status=status, by=actor.name, now=now
    )
    return pager.page(found, response)


@router.post(
    "/manage/stops/{slug}/registrations/{registration}/seats/{seat}/answer",
    responses=refusals(NotFound, rules.RequestSettled, rules.PoolFull),
)
@allow(STOP_ORGANISER)
async def answer_request(
    slug: Slug,
    registration: Annotated[UUID, Path(description="The registration of who asks.")],
    seat: Annotated[Slug, Path(description="The session that they ask for.")],
    answer: RequestAnswer,
    session: SessionDep,
    actor: ActorDep,
    now: NowDep,
) -> RegistrationLine:
    """Accept or refuse somebody who asks for a seat (*répondre à une demande*); a letter says so.

    A full session refuses one more, with the figure, unless the answer says that they may wait.
    """
    return await service.answer_request(
        session, slug, registration, seat, answer, by=actor.name, now=now
    )


@router.get(
    "/manage/stops/{slug}/registrations.csv",
    response_class=Response,
    responses=refusals(NotFound) | answers(CSV, "A line for each seat (RFC 4180)."),
)
@allow(freshly(STOP_ORGANISER))
async def export_registrations(
    slug: Slug, session: SessionDep, actor: ActorDep, now: NowDep
) -> Response:
    """Export those registered at a stop; it wants a fresh proof, and it is journalled."""
    content = await service.export_registrations(session, slug, by=actor.name, now=now)
    return Response(
        content,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{slug}.csv"'},
    )
