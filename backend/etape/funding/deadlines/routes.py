"""Deadlines over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from etape.core.access import PUBLIC, allow
from etape.core.files import CALENDAR, Lang, answers, file_for_all
from etape.core.http import NowDep, Route, SessionDep, keep_for_all
from etape.core.openapi import refusals
from etape.core.paging import Page, Pager
from etape.core.problems import NotFound
from etape.core.texts import Language, Slug
from etape.funding.calls.routes import reader_of
from etape.funding.deadlines import service
from etape.funding.deadlines.schemas import CalendarQuery, Deadline, DeadlineQuery
from etape.funding.finding.followers import slugs_found
from etape.funding.finding.routes import CallIndexDep

router = APIRouter(route_class=Route, tags=["calls"])
calendars = APIRouter(route_class=Route, tags=["calls"])
_FEED = answers(CALENDAR, "iCalendar.")


@router.get("/deadlines")
@allow(PUBLIC)
async def list_deadlines(
    wanted: Annotated[DeadlineQuery, Query()],
    request: Request,
    response: Response,
    session: SessionDep,
    index: CallIndexDep,
    now: NowDep,
) -> Page[Deadline]:
    """List the deadlines of the calls found (*clôtures, relèves*), the first to close first.

    A wave whose closing is not stated has none. The filters are those of the calls.
    """
    asked = wanted.model_dump_json(exclude={"limit", "cursor"})
    pager = Pager(request, f"deadlines {asked}", wanted.cursor)
    found = await service.list_deadlines(
        session, wanted, among=slugs_found(index, wanted), after=pager.after, now=now
    )
    keep_for_all(response, now=now, until=index.changes_at)
    return pager.page(found, response)


@calendars.get("/calendars/calls.ics", response_class=Response, responses=_FEED)
@allow(PUBLIC)
async def subscribe_to_deadlines(
    wanted: Annotated[CalendarQuery, Query()],
    request: Request,
    session: SessionDep,
    index: CallIndexDep,
    now: NowDep,
) -> Response:
    """Subscribe to the deadlines of the calls found, as a calendar (*s’abonner aux clôtures*).

    An entry moves when its deadline does: its UID stays, its SEQUENCE rises. A day whose hour is
    not stated is a whole day. What closed three months ago is left out.
    """
    reader = reader_of(request, wanted.lang)
    feed = await service.calendar_of_all(session, reader, among=slugs_found(index, wanted), now=now)
    return file_for_all(feed, CALENDAR, now=now)


@calendars.get(
    "/calendars/calls/{slug}.ics", response_class=Response, responses=refusals(NotFound) | _FEED
)
@allow(PUBLIC)
async def subscribe_to_call(
    slug: Slug,
    request: Request,
    session: SessionDep,
    now: NowDep,
    *,
    lang: Lang = Language.FR,
) -> Response:
    """Subscribe to the deadlines of one call, all its waves, as a calendar."""
    feed = await service.calendar_of(session, reader_of(request, lang), slug, now=now)
    return file_for_all(feed, CALENDAR, now=now)
