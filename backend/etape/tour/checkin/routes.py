"""Checking in over HTTP: tickets for those who come, and what their hosts do with them."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from etape.core.access import OPEN, allow
from etape.core.http import ActorDep, NowDep, Route, SessionDep, settings_of
from etape.core.openapi import refusals
from etape.core.problems import NotFound
from etape.core.texts import Line, Slug
from etape.identity.members.rules import STOP_HOST
from etape.tour.checkin import service
from etape.tour.checkin.schemas import OfflineList, PeopleFound, ScanBatch, ScanResults
from etape.tour.registrations.routes import Token
from etape.tour.registrations.rules import LinkUnknown, RegistrationCancelled

router = APIRouter(route_class=Route, tags=["check-in"])

Name = Annotated[Line, Query(description="Words of a name, in any order.", examples=["lenoir"])]


@router.get(
    "/registrations/{token}/ticket.svg",
    response_class=Response,
    responses=refusals(LinkUnknown, RegistrationCancelled)
    | {200: {"content": {"image/svg+xml": {}}, "description": "The ticket, as a QR code."}},
)
@allow(OPEN)
async def read_ticket(token: Token, request: Request, session: SessionDep) -> Response:
    """Download the ticket (*billet*) of a registration; the same at each download.

    It says who comes and to which stop, signed: it opens nothing, and shows no name.
    """
    secret = settings_of(request).secret
    picture = await service.ticket_picture(session, token, secret=secret)
    return Response(picture, media_type="image/svg+xml")


@router.post("/manage/stops/{slug}/scans", responses=refusals(NotFound))
@allow(STOP_HOST)
async def keep_scans(
    slug: Slug,
    batch: ScanBatch,
    request: Request,
    session: SessionDep,
    actor: ActorDep,
    now: NowDep,
) -> ScanResults:
    """Tell who was scanned (*pointé*) at the doors of a stop, at once or much later.

    A scan is a fact: whatever it comes to it is kept, with the instant that its device says. Each
    is named by its device, so that a batch may be sent again until it is answered. `already_in`
    reports a double entry, with the first one.
    """
    keys = settings_of(request).sealing_keys
    return await service.keep_scans(session, slug, batch, keys=keys, by=actor.name, now=now)


@router.get("/manage/stops/{slug}/offline-list", responses=refusals(NotFound))
@allow(STOP_HOST)
async def read_offline_list(
    slug: Slug, request: Request, session: SessionDep, actor: ActorDep, now: NowDep
) -> OfflineList:
    """Take what a device needs to check people in without a network; it is journalled.

    A lost device reveals nobody: what the list says of somebody opens with their ticket only.
    """
    keys = settings_of(request).sealing_keys
    return await service.offline_list(session, slug, keys=keys, by=actor.name, now=now)


@router.get("/manage/stops/{slug}/people", responses=refusals(NotFound))
@allow(STOP_HOST)
async def find_people(
    slug: Slug, name: Name, session: SessionDep, actor: ActorDep, now: NowDep
) -> PeopleFound:
    """Find somebody registered at a stop by their name, ten at most; it is journalled."""
    return await service.find_people(session, slug, name, by=actor.name, now=now)
