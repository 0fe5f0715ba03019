"""What robots and previews ask for: the map of the pages, and a picture of each."""

from enum import StrEnum
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from etape.core.access import PUBLIC, allow
from etape.core.files import Lang, answers, file_for_all
from etape.core.http import NowDep, RemoteRoute, Route, SessionDep, settings_of
from etape.core.inside import asking
from etape.core.openapi import refusals
from etape.core.printing import png_of
from etape.core.problems import NotFound
from etape.core.texts import Language, Slug
from etape.pages import service
from etape.site.service import site_in

router = APIRouter(route_class=Route, tags=["pages"])
cards = APIRouter(route_class=RemoteRoute, tags=["pages"])
XML = "application/xml"


class CardNoun(StrEnum):
    """Where the pages are that a card is drawn of."""

    CALL = "appels"
    STOP = "etapes"
    TOUR = "tour"
    PROGRAMME = "budgets"


@router.get("/robots.txt", response_class=Response, responses=answers("text/plain", "Robots."))
@allow(PUBLIC)
async def read_robots(request: Request, now: NowDep) -> Response:
    """Read what robots may visit: every page but those that are somebody’s own."""
    return file_for_all(service.robots(settings_of(request)), "text/plain", now=now)


@router.get("/sitemap.xml", response_class=Response, responses=answers(XML, "Maps."))
@allow(PUBLIC)
async def read_sitemap(request: Request, session: SessionDep, now: NowDep) -> Response:
    """Read where the maps of the pages are (*plan du site*); each names some thousands."""
    return file_for_all(await service.sitemap(session, settings_of(request)), XML, now=now)


@router.get(
    "/sitemaps/{part}.xml",
    response_class=Response,
    responses=refusals(NotFound) | answers(XML, "A map."),
)
@allow(PUBLIC)
async def read_sitemap_part(
    part: Annotated[str, Path(pattern=r"^[0-9]{1,4}$", description="Which, counted from 0.")],
    request: Request,
    session: SessionDep,
    now: NowDep,
) -> Response:
    """Read one map of the pages: each in both languages, and when it last changed.

    Nothing that was invented to show the service is in it.
    """
    found = await service.sitemap_part(session, int(part), settings_of(request))
    return file_for_all(found, XML, now=now)


@cards.get(
    "/cards/{noun}/{slug}.png",
    response_class=Response,
    responses=refusals(NotFound) | answers("image/png", "1200 × 630 pixels."),
)
@allow(PUBLIC)
async def read_card(
    noun: CardNoun,
    slug: Slug,
    request: Request,
    now: NowDep,
    *,
    lang: Lang = Language.FR,
) -> Response:
    """Read the picture that a link to a page is shown with (*carte de partage*)."""
    seen = await service.seen_at(f"/{noun}/{slug}", "", lang, ask=asking(request.scope))
    if seen.status is not HTTPStatus.OK:
        raise NotFound
    data = {
        "lang": lang,
        "title": seen.face.title,
        "description": seen.face.description,
        "trail": seen.face.trail[-2].text,
        "site": str(settings_of(request).public_url).partition("//")[2].rstrip("/"),
        "name": site_in(settings_of(request)).name,
    }
    card = await png_of("etape.pages", "card", data, now=now)
    return file_for_all(card, "image/png", now=now)
