"""Sources over HTTP."""

from fastapi import APIRouter, Request, Response

from etape.core.access import PUBLIC, allow
from etape.core.editing import Editing, editing_router
from etape.core.http import NowDep, Route, SessionDep, keep_for_all
from etape.core.openapi import refusals
from etape.core.paging import Cursor, Limit, Page, Pager
from etape.core.problems import NotFound
from etape.core.texts import Slug
from etape.identity.members.rules import EDITOR
from etape.sources import service
from etape.sources.schemas import SourceRead

router = APIRouter(route_class=Route, tags=["money"])
editing = editing_router(
    Editing(noun=service.SOURCE, path="sources", tag="money", policy=EDITOR, listing=EDITOR)
)


@router.get("/sources")
@allow(PUBLIC)
async def list_sources(
    request: Request,
    response: Response,
    session: SessionDep,
    now: NowDep,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[SourceRead]:
    """List the documents that state the facts published here, in the order of their slugs."""
    pager = Pager(request, "sources", cursor)
    keep_for_all(response, now=now)
    found = await service.list_sources(session, limit=limit, after=pager.after)
    return pager.page(found, response)


@router.get("/sources/{slug}", responses=refusals(NotFound))
@allow(PUBLIC)
async def read_source(
    slug: Slug, response: Response, session: SessionDep, now: NowDep
) -> SourceRead:
    """Read one source: who published it, when, and where it is."""
    keep_for_all(response, now=now)
    return await service.read_source(session, slug)
