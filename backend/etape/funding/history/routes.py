"""The public history of a call over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from etape.core.access import PUBLIC, allow
from etape.core.http import NowDep, Route, SessionDep, keep_for_all
from etape.core.moments import BoundedDate
from etape.core.openapi import refusals
from etape.core.paging import Cursor, Limit, Page, Pager
from etape.core.problems import NotFound
from etape.core.texts import Slug
from etape.funding.history import service
from etape.funding.history.schemas import CallChange, CallDifference

router = APIRouter(route_class=Route, tags=["calls"])


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
    since: Annotated[BoundedDate, Query(description="The end of that day, in Paris.")],
    until: Annotated[BoundedDate, Query(description="The end of that day, in Paris.")],
) -> CallDifference:
    """Compare a call as it was at the ends of two days: what is not the same, in words."""
    told = await service.difference(session, slug, since=since, until=until)
    keep_for_all(response, now=now)
    return told
