"""Awards over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from etape.core.access import PUBLIC, allow
from etape.core.editing import Editing, editing_router
from etape.core.files import CSV, answers, file_for_all
from etape.core.http import NowDep, Route, SessionDep, keep_for_all
from etape.core.openapi import refusals
from etape.core.paging import Pager
from etape.core.problems import NotFound
from etape.core.texts import Slug
from etape.funding.awards import service
from etape.funding.awards.schemas import AwardFilter, AwardPage, AwardQuery, AwardRead
from etape.identity.members.rules import FUNDING_EDITOR

router = APIRouter(route_class=Route, tags=["money"])
tables = APIRouter(route_class=Route, tags=["money"])
editing = editing_router(
    Editing(
        noun=service.AWARD,
        path="awards",
        tag="money",
        policy=FUNDING_EDITOR,
        listing=FUNDING_EDITOR,
        problems=[service.UnknownWave],
    )
)


@router.get("/awards")
@allow(PUBLIC)
async def list_awards(
    wanted: Annotated[AwardQuery, Query()],
    request: Request,
    response: Response,
    session: SessionDep,
    now: NowDep,
) -> AwardPage:
    """Search the awards (*lauréats*): who was given money, for what, out of which call and wave.

    Words are found with or without accents, with one typo where no award has the word, the last one
    unfinished. Counts and sums of a facet ignore its own filter; those of `region` draw the map. An
    amount that is not stated is counted, never taken for nothing.
    """
    asked = wanted.model_dump_json(exclude={"limit", "cursor"})
    pager = Pager(request, f"awards {asked}", wanted.cursor)
    found, end = await service.search_awards(session, wanted, after=pager.after)
    keep_for_all(response, now=now)
    return found.model_copy(update={"next": pager.next(end, response)})


@router.get("/awards/{slug}", responses=refusals(NotFound))
@allow(PUBLIC)
async def read_award(slug: Slug, response: Response, session: SessionDep, now: NowDep) -> AwardRead:
    """Read one award, with the source that states it."""
    keep_for_all(response, now=now)
    return await service.read_award(session, slug)


@tables.get("/exports/awards.csv", response_class=Response, responses=answers(CSV, "CSV."))
@allow(PUBLIC)
async def export_awards(
    wanted: Annotated[AwardFilter, Query()], session: SessionDep, now: NowDep
) -> Response:
    """Take the awards found away as a table (*CSV*, UTF-8), the latest first.

    `amount_cents` is in integer euro cents, and empty where it is not stated. A cell that a
    spreadsheet would take for a formula begins with an apostrophe.
    """
    table = await service.write_table(session, wanted)
    headers = {"Content-Disposition": 'attachment; filename="laureats.csv"'}
    return file_for_all(table, CSV, now=now, headers=headers)
