"""Calendars of stops over HTTP."""

from fastapi import APIRouter, Request, Response

from etape.core.access import PUBLIC, allow
from etape.core.files import CALENDAR, Lang, answers, file_for_all
from etape.core.http import NowDep, Route, SessionDep, settings_of
from etape.core.openapi import refusals
from etape.core.problems import NotFound
from etape.core.texts import Language, Slug
from etape.tour.calendars import service

router = APIRouter(route_class=Route, tags=["tour"])
_FEED = answers(CALENDAR, "iCalendar.")


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
    return file_for_all(feed, CALENDAR, now=now)


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
    return file_for_all(feed, CALENDAR, now=now)
