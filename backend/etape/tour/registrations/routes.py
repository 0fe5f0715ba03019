"""Registrations over HTTP: anybody may register; only the mailed link opens what was registered."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from starlette.convertors import StringConvertor, register_url_convertor

from etape.core.access import OPEN, allow
from etape.core.http import NowDep, Route, SessionDep, settings_of
from etape.core.limits import limited
from etape.core.openapi import refusals
from etape.core.problems import NotFound
from etape.core.texts import Slug
from etape.tour.notices.rules import ConsentNeeded, NoticeIncomplete
from etape.tour.registrations import rules, service
from etape.tour.registrations.schemas import (
    RegistrationOutcome,
    RegistrationRead,
    RegistrationRequest,
)
from etape.tour.wishes.rules import REFUSALS


class _Secret(StringConvertor):
    """What may be a link's secret: not the name of an address of its own (`tour/links`)."""

    regex = "(?!lost-link$)[^/]+"


register_url_convertor("secret", _Secret())
ONE = "/registrations/{token:secret}"
router = APIRouter(route_class=Route, tags=["registration"])

# Without a pattern: a link cut in two by a mail program is told so, as any that opens nothing.
Token = Annotated[str, Path(description="The secret of the mailed link: 43 characters.")]
Simulate = Annotated[bool, Query(description="True: tell the outcome, keep nothing, send nothing.")]


@router.post(
    "/stops/{slug}/registrations",
    status_code=HTTPStatus.CREATED,
    responses=refusals(NotFound, NoticeIncomplete, ConsentNeeded, *REFUSALS)
    | {200: {"model": RegistrationOutcome, "description": "What would come of it."}},
)
@allow(OPEN)
@limited(rules.REGISTERING)
async def register(
    slug: Slug,
    wanted: RegistrationRequest,
    request: Request,
    response: Response,
    session: SessionDep,
    now: NowDep,
    *,
    simulate: Simulate = False,
) -> RegistrationOutcome:
    """Register one person for sessions of a stop (*s’inscrire à une étape*).

    Seats are confirmed at once while some are left; after that one waits with a rank, online
    meanwhile where that is offered. Where the stop asks that the address be confirmed, they are
    held until then (`proof_hours`). The link to change or cancel comes by mail. An address that is
    registered already receives the same answer and its existing link. Send an `Idempotency-Key`:
    a retry then never registers twice.
    """
    if simulate:
        response.status_code = HTTPStatus.OK
    return await service.register(
        session, slug, wanted, secret=settings_of(request).secret, now=now, simulate=simulate
    )


@router.get(ONE, responses=refusals(rules.LinkUnknown))
@allow(OPEN)
async def read_registration(
    token: Token, request: Request, session: SessionDep, now: NowDep
) -> RegistrationRead:
    """Read a registration from its mailed link."""
    return await service.read(session, token, settings=settings_of(request), now=now)


@router.get(
    "/registrations/{token}/calendar.ics",
    response_class=Response,
    responses=refusals(rules.LinkUnknown, rules.RegistrationCancelled)
    | {200: {"content": {"text/calendar": {}}, "description": "An iCalendar file (RFC 5545)."}},
)
@allow(OPEN)
async def read_registration_calendar(
    token: Token, request: Request, session: SessionDep, now: NowDep
) -> Response:
    """Download the calendar entry of a registration; it holds no secret."""
    content = await service.calendar_file(session, token, settings=settings_of(request), now=now)
    return Response(content, media_type="text/calendar")
