"""The directory over HTTP."""

from fastapi import APIRouter, Request, Response

from etape.core.access import PUBLIC, allow
from etape.core.editing import Editing, editing_router
from etape.core.http import NowDep, Route, SessionDep, keep_for_all
from etape.core.paging import Cursor, Limit, Page, Pager
from etape.directory import service
from etape.directory.schemas import RegionRead, TermContent, ThemeContent
from etape.identity.members.rules import EDITOR

router = APIRouter(route_class=Route, tags=["directory"])
editing = editing_router(
    *(
        Editing(noun=noun, path=f"{noun.name}s", tag="directory", policy=EDITOR, listing=EDITOR)
        for noun in (service.ORGANISATION, service.PERSON, service.THEME, service.TERM)
    )
)


@router.get("/regions")
@allow(PUBLIC)
async def list_regions(
    request: Request,
    response: Response,
    session: SessionDep,
    now: NowDep,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[RegionRead]:
    """List the eighteen regions (INSEE codes), each with the time zone of the place."""
    pager = Pager(request, "regions", cursor)
    keep_for_all(response, now=now)
    found = await service.list_regions(session, limit=limit, after=pager.after)
    return pager.page(found, response)


@router.get("/themes")
@allow(PUBLIC)
async def list_themes(
    request: Request,
    response: Response,
    session: SessionDep,
    now: NowDep,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[ThemeContent]:
    """List the themes of calls and stops."""
    pager = Pager(request, "themes", cursor)
    keep_for_all(response, now=now)
    found = await service.list_themes(session, limit=limit, after=pager.after)
    return pager.page(found, response)


@router.get("/terms")
@allow(PUBLIC)
async def list_terms(
    request: Request,
    response: Response,
    session: SessionDep,
    now: NowDep,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[TermContent]:
    """List the glossary: what acronyms stand for, and the words that search takes for them."""
    pager = Pager(request, "terms", cursor)
    keep_for_all(response, now=now)
    found = await service.list_terms(session, limit=limit, after=pager.after)
    return pager.page(found, response)
