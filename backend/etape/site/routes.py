"""The site and its brand over HTTP."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from etape.core.access import PUBLIC, allow
from etape.core.files import answers, file_for_all
from etape.core.http import NowDep, Route, keep_for_all, settings_of
from etape.core.openapi import refusals
from etape.core.problems import NotFound
from etape.site import service
from etape.site.schemas import SiteRead

FOR_EVER = "public, max-age=31536000, immutable"
Version = Annotated[
    str | None,
    Query(
        pattern=r"^[0-9a-f]{12}$",
        description="Which content is meant: with it, the answer may be kept for ever.",
        examples=["5f0c1a9be27d"],
    ),
]
router = APIRouter(route_class=Route, tags=["pages"])
brand = APIRouter(route_class=Route, tags=["pages"])


@router.get("/site")
@allow(PUBLIC)
async def read_site(request: Request, response: Response, now: NowDep) -> SiteRead:
    """Read whose site this is: its name, its brand, and who answers for it.

    The pages *Mentions légales*, *Accessibilité* and *Contact* are made of it.
    """
    keep_for_all(response, now=now)
    return service.site_in(settings_of(request))


@brand.get(
    "/brand/logo",
    response_class=Response,
    responses=refusals(NotFound) | answers("image/*", "The logo."),
)
@allow(PUBLIC)
async def read_logo(request: Request, now: NowDep, v: Version = None) -> Response:
    """Read the logo of the site, where whoever runs it gave one."""
    return _answer(service.branded_in(settings_of(request)).logo, v, now=now)


@brand.get(
    "/brand/style.css",
    response_class=Response,
    responses=refusals(NotFound) | answers("text/css", "Styles."),
)
@allow(PUBLIC)
async def read_stylesheet(request: Request, now: NowDep, v: Version = None) -> Response:
    """Read the stylesheet of the site’s brand, which goes over that of the pages."""
    return _answer(service.branded_in(settings_of(request)).stylesheet, v, now=now)


def _answer(file: service.BrandFile | None, version: str | None, *, now: datetime) -> Response:
    if file is None:
        raise NotFound
    response = file_for_all(file.content, file.media_type, now=now)
    if version == file.version:
        response.headers["Cache-Control"] = FOR_EVER
    return response
