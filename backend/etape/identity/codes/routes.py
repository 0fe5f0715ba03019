"""Signing in by mail over HTTP; a GET spends nothing, whoever follows the link."""

from http import HTTPStatus

from fastapi import APIRouter, Request, Response

from etape.core.access import ASK_COOKIE, OPEN, SESSION_COOKIE, Level, allow
from etape.core.http import (
    NowDep,
    Route,
    SessionDep,
    browser_of,
    put_in_browser,
    settings_of,
    take_from_browser,
)
from etape.core.limits import limited
from etape.core.openapi import refusals
from etape.identity.codes import rules, service
from etape.identity.codes.schemas import SignInAsked, SignInProof, SignInRequest
from etape.identity.members import service as members
from etape.identity.sessions import service as sessions
from etape.identity.sessions.rules import ABSOLUTE

router = APIRouter(route_class=Route, tags=["sign-in"])


@router.post("/sign-in", status_code=HTTPStatus.ACCEPTED)
@allow(OPEN)
@limited(rules.SIGNING_IN)
async def ask_to_sign_in(
    asked: SignInRequest, response: Response, session: SessionDep, now: NowDep
) -> SignInAsked:
    """Ask for a code by mail (*se connecter*); the answer is the same, whoever asks.

    A member receives a code to type in this browser, and a link that opens it here. Both live ten
    minutes and serve once.
    """
    browser = await service.ask(session, asked, now=now)
    put_in_browser(response, ASK_COOKIE, browser, lifetime=rules.LIVES)
    return SignInAsked(expires_at=now + rules.LIVES)


@router.post(
    "/sign-in/proof",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(rules.CodeRefused, rules.AskedElsewhere),
)
@allow(OPEN)
@limited(rules.PROVING)
async def sign_in_by_mail(
    proof: SignInProof, request: Request, response: Response, session: SessionDep, now: NowDep
) -> None:
    """Sign in with the code of the mail, or with the token of its link, in the browser that asked.

    `GET /me` then says what comes next: a second factor to show, or one to enrol.
    """
    member_id = await service.spend(
        session,
        proof,
        request.cookies.get(ASK_COOKIE),
        secret=settings_of(request).secret,
        now=now,
    )
    await members.record(session, member_id, "address_proved", now=now)
    token = await sessions.open_session(
        session,
        member_id,
        level=Level.MAILED,
        browser=browser_of(request),
        now=now,
        instead_of=request.cookies.get(SESSION_COOKIE),
    )
    take_from_browser(response, ASK_COOKIE)
    put_in_browser(response, SESSION_COOKIE, token, lifetime=ABSOLUTE)
