"""Calendars of stops over HTTP."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from etape.core.access import PUBLIC, allow
from etape.core.http import NowDep, Route, SessionDep, keep_for_all, settings_of
from etape.core.openapi import Responses, refusals
from etape.core.problems import NotFound
from etape.core.texts import Language, Slug
from etape.tour.calendars import service

router = APIRouter(route_class=Route, tags=["tour"])
MEDIA_TYPE = "text/calendar"
_FEED: Responses = {
    200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}, "description": "iCalendar."}
}
Lang = Annotated[Language, Query(description="The language of the entries.")]


@router.get(
    "/calendars/stops/{slug}.ics", response_class=Response, responses=refusals(NotFound) | _FEED
)
@allow(PUBLIC)
async def subscribe_to_stop(
    slug: Slug,
    request: Request,
    session: SessionDep,
    now: NowDep,
    *,
    lang: Lang = Language.FR,
) -> Response:
    """Subscribe to the days of a stop, as a calendar, without registering (*agenda d’une étape*).

    An entry moves when its day does: its UID stays, its SEQUENCE rises. A day without known hours
    is a whole day. A stop that is cancelled or postponed says so, and its days are struck out.
    """
    feed = await service.calendar_of_stop(session, slug, lang, settings_of(request), now=now)
    return _calendar(feed, now=now)


@router.get(
    "/calendars/tours/{slug}.ics", response_class=Response, responses=refusals(NotFound) | _FEED
)
@allow(PUBLIC)
async def subscribe_to_tour(
    slug: Slug,
    request: Request,
    session: SessionDep,
    now: NowDep,
    *,
    lang: Lang = Language.FR,
) -> Response:
    """Subscribe to the days of every stop of a tour, as a calendar (*agenda du tour*)."""
    feed = await service.calendar_of_tour(session, slug, lang, settings_of(request), now=now)
    return _calendar(feed, now=now)


def _calendar(feed: bytes, *, now: datetime) -> Response:
    response = Response(feed, media_type=MEDIA_TYPE)
    keep_for_all(response, now=now)
    return response
