"""Attending online over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Request

from etape.core.access import OPEN, allow
from etape.core.http import NowDep, Route, SessionDep, settings_of
from etape.core.openapi import refusals
from etape.core.texts import Slug
from etape.tour.joining import rules, service
from etape.tour.joining.schemas import JoinOpened, JoinRead
from etape.tour.registrations.rules import LinkUnknown, RegistrationCancelled

router = APIRouter(route_class=Route, tags=["check-in"])

# Longer than it is: a link that a mail program cut, or added to, opens nothing and is told so.
Proof = Annotated[
    str,
    Path(
        description="What proves the link, at its end: 43 characters.",
        max_length=200,
        pattern=r"^[^\x00]*$",
    ),
]


@router.get("/join/{session_slug}/{proof}", responses=refusals(LinkUnknown, RegistrationCancelled))
@allow(OPEN)
async def read_join(
    session_slug: Slug, proof: Proof, request: Request, session: SessionDep
) -> JoinRead:
    """Read which session a link leads to, and from when; nobody is checked in by it."""
    settings = settings_of(request)
    return await service.read_join(session, session_slug, proof, settings=settings)


@router.post(
    "/join/{session_slug}/{proof}",
    responses=refusals(LinkUnknown, RegistrationCancelled, rules.JoinNotOpen),
)
@allow(OPEN)
async def open_join(
    session_slug: Slug, proof: Proof, request: Request, session: SessionDep, now: NowDep
) -> JoinOpened:
    """Attend a session online, which is the check-in; from thirty minutes before it until its end.

    Opened again, it leads there again and counts once.
    """
    settings = settings_of(request)
    return await service.open_join(session, session_slug, proof, settings=settings, now=now)
