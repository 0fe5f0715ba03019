"""Who asks, over HTTP: a member, or a host of a day."""

from http import HTTPStatus

from fastapi import APIRouter, Response

from etape.core.access import SESSION_COOKIE, allow
from etape.core.http import ActorDep, NowDep, Route, SessionDep, take_from_browser
from etape.identity.admission import service
from etape.identity.admission.schemas import Me
from etape.identity.members.rules import ANY_ROLE

router = APIRouter(route_class=Route, tags=["sign-in"])


@router.get("/me")
@allow(ANY_ROLE)
async def read_me(session: SessionDep, actor: ActorDep, now: NowDep) -> Me:
    """Read who you are, your roles, how surely we know it, and your second factors."""
    return await service.who_asks(session, actor, now=now)


@router.delete("/me/session", status_code=HTTPStatus.NO_CONTENT)
@allow(ANY_ROLE)
async def sign_out(response: Response, session: SessionDep, actor: ActorDep, now: NowDep) -> None:
    """Sign out of this browser (*se déconnecter*)."""
    await service.sign_out(session, actor, now=now)
    take_from_browser(response, SESSION_COOKIE)
