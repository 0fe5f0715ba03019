"""After a stop, over HTTP: who came, and what they say."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from etape.core.access import OPEN, PUBLIC, allow
from etape.core.http import NowDep, Route, SessionDep, keep_for_all
from etape.core.openapi import refusals
from etape.core.paging import Cursor, Limit, Pager
from etape.core.problems import NotFound
from etape.core.texts import Slug
from etape.identity.members.rules import STOP_ORGANISER
from etape.tour.afterwards import rules, service
from etape.tour.afterwards.schemas import (
    Attendance,
    OpinionContent,
    OpinionInvitation,
    OpinionPage,
)
from etape.tour.registrations.rules import LinkUnknown

router = APIRouter(route_class=Route, tags=["registration"])

Token = Annotated[str, Path(description="The secret of the mailed link: 43 characters.")]


@router.get("/stops/{slug}/attendance", responses=refusals(NotFound))
@allow(PUBLIC)
async def read_attendance(
    slug: Slug, response: Response, session: SessionDep, now: NowDep
) -> Attendance:
    """Read how many people came to a stop (*la fréquentation*), as counted by its registrations.

    What sources state stands in the `figures` of the stop, and is another thing.
    """
    keep_for_all(response, now=now)
    return await service.attendance(session, slug)


@router.get("/registrations/{token}/opinion", responses=refusals(LinkUnknown))
@allow(OPEN)
async def read_opinion_state(token: Token, session: SessionDep, now: NowDep) -> OpinionInvitation:
    """Read whether whoever holds a link may say what they think of the stop (*donner son avis*)."""
    return OpinionInvitation(state=await service.opinion_state(session, token, now=now))


@router.post(
    "/registrations/{token}/opinion",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(LinkUnknown, rules.OpinionNotOpen),
)
@allow(OPEN)
async def give_opinion(
    token: Token, content: OpinionContent, session: SessionDep, now: NowDep
) -> None:
    """Say what one thinks of a stop that one attended, once.

    It is kept without a name: only that the link was used is remembered. What is written in words
    goes a year after the stop.
    """
    await service.give_opinion(session, token, content, now=now)


@router.get("/manage/stops/{slug}/opinions", responses=refusals(NotFound))
@allow(STOP_ORGANISER)
async def list_opinions(
    slug: Slug,
    request: Request,
    response: Response,
    session: SessionDep,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> OpinionPage:
    """List what those who came say of a stop (*les avis*), without their names."""
    pager = Pager(request, f"opinions {slug}", cursor)
    found, useful = await service.list_opinions(session, slug, limit=limit, after=pager.after)
    page = pager.page(found, response)
    return OpinionPage(items=page.items, total=page.total, next=page.next, useful=useful)
