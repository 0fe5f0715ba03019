"""The door of a stop over HTTP: its team makes passes, hosts open them."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request, Response

from etape.core.access import OPEN, SESSION_COOKIE, allow
from etape.core.http import (
    ActorDep,
    NowDep,
    Route,
    SessionDep,
    browser_of,
    put_in_browser,
    settings_of,
)
from etape.core.openapi import refusals
from etape.core.paging import Cursor, Limit, Page, Pager
from etape.core.problems import NotFound
from etape.core.texts import Slug
from etape.identity.doors import rules, service
from etape.identity.doors.schemas import (
    DoorOpened,
    DoorPassMade,
    DoorPassRead,
    DoorPassRequest,
    DoorPassToken,
)
from etape.identity.members.rules import STOP_ORGANISER

router = APIRouter(route_class=Route, tags=["team"])


@router.post(
    "/manage/stops/{slug}/door-passes",
    status_code=HTTPStatus.CREATED,
    responses=refusals(rules.DayIsOver),
)
@allow(STOP_ORGANISER)
async def make_door_pass(
    slug: Slug,
    wanted: DoorPassRequest,
    request: Request,
    session: SessionDep,
    actor: ActorDep,
    now: NowDep,
) -> DoorPassMade:
    """Make a QR code for the hosts (*accueil*) of a stop, good for one day; it is shown this once.

    Any browser that opens it on that day checks people in at that stop, and does nothing else.
    """
    public_url = settings_of(request).public_url
    return await service.make_pass(
        session, slug, wanted, by=actor.name, public_url=public_url, now=now
    )


@router.get("/manage/stops/{slug}/door-passes")
@allow(STOP_ORGANISER)
async def list_door_passes(
    slug: Slug,
    request: Request,
    response: Response,
    session: SessionDep,
    now: NowDep,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[DoorPassRead]:
    """List the door passes of a stop that are not over."""
    pager = Pager(request, f"door passes {slug}", cursor)
    found = await service.list_passes(session, slug, limit=limit, after=pager.after, now=now)
    return pager.page(found, response)


@router.delete(
    "/manage/stops/{slug}/door-passes/{pass_id}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(NotFound),
)
@allow(STOP_ORGANISER)
async def revoke_door_pass(
    slug: Slug, pass_id: UUID, session: SessionDep, actor: ActorDep, now: NowDep
) -> None:
    """Revoke a door pass: the browsers that it opened are hosts no more, at once."""
    await service.revoke_pass(session, slug, pass_id, by=actor.name, now=now)


@router.post("/door-passes/open", responses=refusals(rules.DoorPassUnknown, rules.DoorNotYet))
@allow(OPEN)
async def open_door(
    shown: DoorPassToken, request: Request, response: Response, session: SessionDep, now: NowDep
) -> DoorOpened:
    """Make a host of this browser, until the end of the pass’s day at its stop."""
    opened, token = await service.open_door(
        session, shown.token, browser=browser_of(request), now=now
    )
    put_in_browser(response, SESSION_COOKIE, token, lifetime=opened.ends_at - now)
    return opened
