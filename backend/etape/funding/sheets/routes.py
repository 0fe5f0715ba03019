"""Sheets of calls over HTTP: nothing of the database is held while one is set."""

from fastapi import APIRouter, Request, Response

from etape.core.access import PUBLIC, allow
from etape.core.files import PDF, Lang, answers, file_for_all
from etape.core.http import DatabaseDep, NowDep, RemoteRoute
from etape.core.openapi import refusals
from etape.core.printing import pdf_of
from etape.core.problems import NotFound
from etape.core.texts import Language, Slug
from etape.funding.calls.routes import reader_of
from etape.funding.calls.service import read_call
from etape.funding.sheets.rules import sheet_of

router = APIRouter(route_class=RemoteRoute, tags=["calls"])


@router.get(
    "/sheets/calls/{slug}.pdf",
    response_class=Response,
    responses=refusals(NotFound) | answers(PDF, "One page of A4."),
)
@allow(PUBLIC)
async def print_call(
    slug: Slug,
    request: Request,
    database: DatabaseDep,
    now: NowDep,
    *,
    lang: Lang = Language.FR,
) -> Response:
    """Print a call on one page (*fiche à imprimer*), for whoever decides on paper.

    What is not stated is said so; a list that has no room for all its lines tells how many are
    left out, which are on the page that its QR code leads to.
    """
    call, changes_at = await database.run(lambda session: read_call(session, slug, now=now))
    data = sheet_of(call, reader_of(request, lang), now=now)
    sheet = await pdf_of("etape.funding.sheets", "call", data, now=now)
    headers = {"Content-Disposition": f'inline; filename="{slug}.pdf"'}
    return file_for_all(sheet, PDF, now=now, until=changes_at, headers=headers)
