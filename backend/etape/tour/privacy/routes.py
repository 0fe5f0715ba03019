"""People's data over HTTP: taken away and erased from the link, or by the team when asked to."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from etape.core.access import OPEN, allow
from etape.core.holdings import Holding
from etape.core.http import ActorDep, NowDep, Route, SessionDep
from etape.core.openapi import refusals
from etape.core.problems import NotFound
from etape.core.texts import Slug
from etape.identity.members.rules import STOP_ORGANISER, freshly
from etape.tour.privacy import service
from etape.tour.privacy.schemas import PersonData
from etape.tour.registrations.routes import Token
from etape.tour.registrations.rules import LinkUnknown

router = APIRouter(route_class=Route, tags=["registration"])


async def holdings_of(request: Request) -> Sequence[Holding]:
    """Return what the rooms hold about people."""
    holdings: Sequence[Holding] = request.app.state.holdings
    return holdings


HoldingsDep = Annotated[Sequence[Holding], Depends(holdings_of)]


@router.get("/registrations/{token}/data", responses=refusals(LinkUnknown))
@allow(OPEN)
async def read_my_data(
    token: Token, response: Response, session: SessionDep, holdings: HoldingsDep, now: NowDep
) -> PersonData:
    """Take away all that is held about you (*mes données*): GDPR, articles 15 and 20."""
    response.headers["Content-Disposition"] = 'attachment; filename="etape.json"'
    return await service.data_of(session, token, holdings, now=now)


@router.delete(
    "/registrations/{token}/data",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(LinkUnknown),
)
@allow(OPEN)
async def erase_my_data(
    token: Token, session: SessionDep, holdings: HoldingsDep, now: NowDep
) -> None:
    """Erase all that is held about you at this stop (GDPR, article 17); it cannot be undone.

    Seats go to those who wait, the link opens nothing any more, and no letter says so.
    """
    await service.erase_mine(session, token, holdings, now=now)


@router.delete(
    "/manage/stops/{slug}/registrations/{registration}/data",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(NotFound),
)
@allow(freshly(STOP_ORGANISER))
async def erase_their_data(
    slug: Slug,
    registration: UUID,
    session: SessionDep,
    actor: ActorDep,
    holdings: HoldingsDep,
    now: NowDep,
) -> None:
    """Erase somebody who asked the team to; it wants a fresh proof, and it is journalled."""
    await service.erase_theirs(session, slug, registration, holdings, by=actor.name, now=now)
