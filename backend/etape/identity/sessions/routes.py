"""The browsers in which a member is signed in, over HTTP."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request, Response

from etape.core.access import allow
from etape.core.http import ActorDep, NowDep, Route, SessionDep
from etape.core.openapi import refusals
from etape.core.paging import Cursor, Limit, Page, Pager
from etape.core.problems import NotFound
from etape.identity.members.rules import MEMBER
from etape.identity.sessions import service
from etape.identity.sessions.schemas import BrowserRead

router = APIRouter(route_class=Route, tags=["sign-in"])


@router.get("/me/sessions")
@allow(MEMBER)
async def list_sessions(
    request: Request,
    response: Response,
    session: SessionDep,
    actor: ActorDep,
    now: NowDep,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[BrowserRead]:
    """List the browsers in which you are signed in, the newest first."""
    pager = Pager(request, f"sessions {actor.member_id}", cursor)
    found = await service.list_sessions(session, actor, limit=limit, after=pager.after, now=now)
    return pager.page(found, response)


@router.delete(
    "/me/sessions/{session_id}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(NotFound),
)
@allow(MEMBER)
async def end_session(session_id: UUID, session: SessionDep, actor: ActorDep, now: NowDep) -> None:
    """Sign one of your browsers out, at once."""
    await service.end_session(session, actor, session_id, now=now)
