"""Programmes and their envelopes over HTTP."""

from fastapi import APIRouter, Request, Response

from etape.core.access import PUBLIC, allow
from etape.core.editing import Editing, editing_router
from etape.core.http import NowDep, Route, SessionDep, keep_for_all
from etape.core.openapi import refusals
from etape.core.paging import Cursor, Limit, Page, Pager
from etape.core.problems import NotFound
from etape.core.texts import Slug
from etape.funding.programmes import service
from etape.funding.programmes.schemas import ProgrammeRead, ProgrammeSummary
from etape.identity.members.rules import FUNDING_EDITOR

router = APIRouter(route_class=Route, tags=["money"])
editing = editing_router(
    Editing(
        noun=service.PROGRAMME,
        path="programmes",
        tag="money",
        policy=FUNDING_EDITOR,
        listing=FUNDING_EDITOR,
        preview=service.preview_programme,
        read=ProgrammeRead,
    ),
    Editing(
        noun=service.ENVELOPE,
        path="envelopes",
        tag="money",
        policy=FUNDING_EDITOR,
        listing=FUNDING_EDITOR,
    ),
)


@router.get("/programmes")
@allow(PUBLIC)
async def list_programmes(
    request: Request,
    response: Response,
    session: SessionDep,
    now: NowDep,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[ProgrammeSummary]:
    """List the programmes that have money, with every figure stated for each."""
    pager = Pager(request, "programmes", cursor)
    keep_for_all(response, now=now)
    found = await service.list_programmes(session, limit=limit, after=pager.after)
    return pager.page(found, response)


@router.get("/programmes/{slug}", responses=refusals(NotFound))
@allow(PUBLIC)
async def read_programme(
    slug: Slug, response: Response, session: SessionDep, now: NowDep
) -> ProgrammeRead:
    """Read a programme with its aims, its envelopes and who pays for each."""
    keep_for_all(response, now=now)
    return await service.read_programme(session, slug)
