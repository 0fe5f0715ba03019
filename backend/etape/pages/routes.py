"""What robots and previews ask for: the map of the pages, and a picture of each."""

from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from etape.core.access import PUBLIC, allow
from etape.core.http import NowDep, RemoteRoute, Route, SessionDep, keep_for_all, settings_of
from etape.core.inside import asking
from etape.core.openapi import Responses, refusals
from etape.core.printing import png_of
from etape.core.problems import NotFound
from etape.core.texts import Language, Slug
from etape.pages import service
from etape.site.service import site_in

router = APIRouter(route_class=Route, tags=["pages"])
cards = APIRouter(route_class=RemoteRoute, tags=["pages"])


def _said(media_type: str, description: str) -> Responses:
    content = {media_type: {"schema": {"type": "string"}}}
    return {200: {"content": content, "description": description}}


class CardNoun(StrEnum):
    """Where the pages are that a card is drawn of."""

    CALL = "appels"
    STOP = "etapes"
    TOUR = "tour"
    PROGRAMME = "budgets"


@router.get("/robots.txt", response_class=Response, responses=_said("text/plain", "Robots."))
@allow(PUBLIC)
async def read_robots(request: Request, now: NowDep) -> Response:
    """Read what robots may visit: every page but those that are somebody’s own."""
    site = service.site_of(settings_of(request))
    hidden = sorted(
        f"Disallow: {prefix}{address.path.partition('{')[0]}"
        for address in service.ADDRESSES
        for prefix in ("", "/en")
        if address.face is service.SILENT
    )
    lines = ["User-agent: *", *hidden, "", f"Sitemap: {site}/sitemap.xml", ""]
    response = Response("\n".join(lines), media_type="text/plain")
    keep_for_all(response, now=now)
    return response


@router.get("/sitemap.xml", response_class=Response, responses=_said("application/xml", "Maps."))
@allow(PUBLIC)
async def read_sitemap(request: Request, session: SessionDep, now: NowDep) -> Response:
    """Read where the maps of the pages are (*plan du site*); each names some thousands."""
    return _xml(await service.sitemap(session, settings_of(request)), now=now)


@router.get(
    "/sitemaps/{part}.xml",
    response_class=Response,
    responses=refusals(NotFound) | _said("application/xml", "A map."),
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
    return _xml(await service.sitemap_part(session, int(part), settings_of(request)), now=now)


def _xml(content: str, *, now: datetime) -> Response:
    response = Response(content, media_type="application/xml")
    keep_for_all(response, now=now)
    return response


@cards.get(
    "/cards/{noun}/{slug}.png",
    response_class=Response,
    responses=refusals(NotFound) | _said("image/png", "1200 × 630 pixels."),
)
@allow(PUBLIC)
async def read_card(
    noun: CardNoun,
    slug: Slug,
    request: Request,
    now: NowDep,
    *,
    lang: Annotated[Language, Query(description="The language of the card.")] = Language.FR,
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
        "site": service.site_of(settings_of(request)).partition("//")[2],
        "name": site_in(settings_of(request)).name,
    }
    response = Response(await png_of("etape.pages", "card", data, now=now), media_type="image/png")
    keep_for_all(response, now=now)
    return response
