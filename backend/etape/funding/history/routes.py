"""The public history of a call over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from etape.core.access import PUBLIC, allow
from etape.core.atom import MEDIA_TYPE
from etape.core.files import Lang, answers, file_for_all
from etape.core.http import NowDep, Route, SessionDep, keep_for_all
from etape.core.moments import BoundedDate, day_in_paris
from etape.core.openapi import refusals
from etape.core.paging import Cursor, Limit, Page, Pager
from etape.core.problems import NotFound
from etape.core.texts import Language, Slug
from etape.funding.calls.routes import reader_of
from etape.funding.history import rules, service
from etape.funding.history.schemas import CallChange, CallDifference

router = APIRouter(route_class=Route, tags=["calls"])
feeds = APIRouter(route_class=Route, tags=["calls"])
_FEED = answers(MEDIA_TYPE, "Atom.")


@router.get("/calls/{slug}/changes", responses=refusals(NotFound))
@allow(PUBLIC)
async def list_call_changes(
    slug: Slug,
    request: Request,
    response: Response,
    session: SessionDep,
    now: NowDep,
    *,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[CallChange]:
    """List what each publication changed in a call (*l’historique*), in words, the newest first.

    What changed before it was published here is in the call’s `amendments`, as sources tell it.
    """
    pager = Pager(request, f"changes of {slug}", cursor)
    found = await service.list_changes(session, slug, limit=limit, after=pager.after)
    keep_for_all(response, now=now)
    return pager.page(found, response)


@router.get("/calls/{slug}/difference", responses=refusals(NotFound))
@allow(PUBLIC)
async def compare_call(
    slug: Slug,
    response: Response,
    session: SessionDep,
    now: NowDep,
    *,
    since: Annotated[
        BoundedDate | None, Query(description="Its end, in Paris; a month before `until`.")
    ] = None,
    until: Annotated[BoundedDate | None, Query(description="Its end, in Paris; today.")] = None,
) -> CallDifference:
    """Compare a call as it was at the ends of two days: what is not the same, in words."""
    end = until or day_in_paris(now)
    start = since or end - rules.COMPARED_BY_DEFAULT
    told = await service.difference(session, slug, since=start, until=end)
    keep_for_all(response, now=now)
    return told


@feeds.get("/feeds/calls.atom", response_class=Response, responses=_FEED)
@allow(PUBLIC)
async def follow_calls(
    request: Request, session: SessionDep, now: NowDep, *, lang: Lang = Language.FR
) -> Response:
    """Follow what changes in the calls (*flux Atom*): an entry for each publication."""
    feed = await service.feed_of_all(session, reader_of(request, lang))
    return file_for_all(feed, MEDIA_TYPE, now=now)


@feeds.get(
    "/feeds/calls/{slug}.atom", response_class=Response, responses=refusals(NotFound) | _FEED
)
@allow(PUBLIC)
async def follow_call(
    slug: Slug, request: Request, session: SessionDep, now: NowDep, *, lang: Lang = Language.FR
) -> Response:
    """Follow what changes in one call (*flux Atom*): an entry for each publication."""
    feed = await service.feed_of(session, reader_of(request, lang), slug)
    return file_for_all(feed, MEDIA_TYPE, now=now)
