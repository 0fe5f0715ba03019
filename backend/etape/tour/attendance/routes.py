"""Attendance over HTTP: live figures for hosts, sheets for organisers."""

from fastapi import APIRouter, Request, Response

from etape.core.access import allow
from etape.core.files import CSV, PDF, answers
from etape.core.http import ActorDep, LanguageDep, NowDep, Route, SessionDep, settings_of
from etape.core.openapi import refusals
from etape.core.problems import NotFound
from etape.core.texts import Slug
from etape.identity.members.rules import STOP_HOST, STOP_ORGANISER, freshly
from etape.tour.attendance import rules, service
from etape.tour.attendance.schemas import Arrivals, DoorRelease

router = APIRouter(route_class=Route, tags=["check-in"])


@router.get("/manage/stops/{slug}/arrivals", responses=refusals(NotFound))
@allow(STOP_HOST)
async def read_arrivals(slug: Slug, session: SessionDep, now: NowDep) -> Arrivals:
    """Read who came so far (*les arrivées*), by session and by five minutes; ask again to follow.

    Somebody came to a session when they entered the stop that day before it ended, or by its own
    door. Who entered twice is told, with both instants and devices.
    """
    return await service.arrivals(session, slug, now=now)


@router.post(
    "/manage/stops/{slug}/sessions/{session_slug}/door-release",
    responses=refusals(NotFound, rules.NothingToRelease),
)
@allow(STOP_HOST)
async def release_chairs(
    slug: Slug, session_slug: Slug, session: SessionDep, actor: ActorDep, now: NowDep
) -> DoorRelease:
    """Give the chairs of those who did not come to those who wait at the door, by their rank.

    Only where the stop says so (`door_release_minutes`), so long after the start. Those at the door
    are whose ticket was scanned that day. Send every device's scans first: who was scanned is here.
    """
    return await service.release_chairs(session, slug, session_slug, by=actor.name, now=now)


@router.get(
    "/manage/stops/{slug}/attendance.csv",
    response_class=Response,
    responses=refusals(NotFound) | answers(CSV, "A line for each seat (RFC 4180)."),
)
@allow(freshly(STOP_ORGANISER))
async def export_attendance(
    slug: Slug, session: SessionDep, actor: ActorDep, now: NowDep
) -> Response:
    """Export who was expected and who came (*feuille de présence*), once and for all journalled."""
    content = await service.attendance_table(session, slug, by=actor.name, now=now)
    return Response(
        content,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{slug}-presences.csv"'},
    )


@router.get(
    "/manage/stops/{slug}/attendance.pdf",
    response_class=Response,
    responses=refusals(NotFound) | answers(PDF, "Sheets of A4."),
)
@allow(freshly(STOP_ORGANISER))
async def print_attendance(
    slug: Slug, session: SessionDep, actor: ActorDep, now: NowDep, language: LanguageDep
) -> Response:
    """Print a sheet for each session, to be signed by those expected on site; it is journalled."""
    content = await service.attendance_sheet(
        session, slug, language=language, by=actor.name, now=now
    )
    return _file(content, f"{slug}-presences.pdf")


@router.get(
    "/manage/stops/{slug}/badges.pdf",
    response_class=Response,
    responses=refusals(NotFound) | answers(PDF, "Sheets of A4."),
)
@allow(freshly(STOP_ORGANISER))
async def print_badges(
    slug: Slug,
    request: Request,
    session: SessionDep,
    actor: ActorDep,
    now: NowDep,
    language: LanguageDep,
) -> Response:
    """Print the badges of those expected on site, eight to a sheet with cut marks; journalled."""
    secret = settings_of(request).secret
    content = await service.badges(
        session, slug, secret=secret, language=language, by=actor.name, now=now
    )
    return _file(content, f"{slug}-badges.pdf")


def _file(content: bytes, name: str) -> Response:
    return Response(
        content,
        media_type=PDF,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
