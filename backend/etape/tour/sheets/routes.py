"""Posters of stops over HTTP: nothing of the database is held while one is set."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from etape.core.access import PUBLIC, allow
from etape.core.files import PDF, Lang, answers, file_for_all
from etape.core.http import DatabaseDep, NowDep, RemoteRoute, settings_of
from etape.core.openapi import refusals
from etape.core.printing import leading_back, pdf_of
from etape.core.problems import NotFound
from etape.core.settings import page_url
from etape.core.texts import Language, Slug
from etape.tour.sheets.rules import poster_of
from etape.tour.stops.service import read_stop

router = APIRouter(route_class=RemoteRoute, tags=["tour"])


@router.get(
    "/sheets/stops/{slug}/poster.pdf",
    response_class=Response,
    responses=refusals(NotFound) | answers(PDF, "One page of A4."),
)
@allow(PUBLIC)
async def print_poster(
    slug: Slug,
    request: Request,
    database: DatabaseDep,
    now: NowDep,
    *,
    session: Annotated[
        Slug | None, Query(description="A session: the poster is of its room, that day.")
    ] = None,
    lang: Lang = Language.FR,
) -> Response:
    """Print the programme of a stop, or of one room, to put on a door (*affiche d’une salle*).

    Its codes lead to the stop's page, which stays up to date, and to the documents of what it
    shows.
    """
    stop = await database.run(lambda reading: read_stop(reading, slug, now=now))
    shown = next((each for each in stop.sessions if each.slug == session), None)
    if session is not None and shown is None:
        raise NotFound
    address = page_url(f"etapes/{slug}", settings=settings_of(request), language=lang)
    data = {**poster_of(stop, shown, lang), **leading_back(address, lang, now=now)}
    poster = await pdf_of("etape.tour.sheets", "poster", data, now=now)
    headers = {"Content-Disposition": f'inline; filename="{slug}.pdf"'}
    return file_for_all(poster, PDF, now=now, headers=headers)
