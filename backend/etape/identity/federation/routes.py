"""Signing in at the identity provider: where the page's button leads, and where one comes back."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response
from typing_extensions import override

from etape.core.access import OPEN, SESSION_COOKIE, allow
from etape.core.http import (
    ActorDep,
    DatabaseDep,
    NowDep,
    RemoteRoute,
    Route,
    SessionDep,
    browser_of,
    put_in_browser,
    settings_of,
    take_from_browser,
)
from etape.core.openapi import refusals
from etape.core.openid import Provider, ProviderNotBelieved, ProviderUnreachable
from etape.core.problems import NotFound, Problem
from etape.identity.federation import rules, service
from etape.identity.federation.schemas import Return, SignInMethods
from etape.identity.members.rules import COORDINATOR, freshly
from etape.identity.sessions.rules import ABSOLUTE

ATTEMPT_COOKIE = "__Host-etape-oidc"
PROOF_COOKIE = "__Secure-etape-oidc-proof"
OIDC = "/api/v1/sign-in/oidc"
CALLBACK = f"{OIDC}/callback"
HOME, SIGN_IN_PAGE = "/gestion", "/gestion/connexion"


class Journey(RemoteRoute):
    """A step of a person's browser: a refusal takes it back to the sign-in page, which tells it.

    Whoever does not ask for a page receives the problem. Providers add parameters of their own to
    the way back, which are ignored (RFC 6749, 4.1.2).
    """

    ignores_unknown = True

    @override
    def refuse(self, request: Request, problem: Problem) -> Response:
        if "text/html" not in request.headers.get("accept", ""):
            return super().refuse(request, problem)
        request.state.refused = problem
        return _see(f"{SIGN_IN_PAGE}?refus={problem.code()}")


router = APIRouter(route_class=Route, tags=["sign-in"])
journey = APIRouter(route_class=Journey, tags=["sign-in"])


async def provider_of(request: Request) -> Provider:
    """Return the identity provider. Raises NotFound where none is configured."""
    provider: Provider | None = request.app.state.provider
    if provider is None:
        raise NotFound
    return provider


ProviderDep = Annotated[Provider, Depends(provider_of)]
Sent = Annotated[str | None, Query(max_length=4096, pattern=r"^[ -~]*$")]


@router.get("/sign-in/methods")
@allow(OPEN)
async def read_sign_in_methods(request: Request) -> SignInMethods:
    """Read in which ways a member of the team may sign in (*se connecter*)."""
    settings = settings_of(request)
    return SignInMethods(mail=True, provider=settings.oidc_issuer and settings.oidc_name)


@journey.get(
    "/sign-in/oidc",
    status_code=HTTPStatus.FOUND,
    response_class=Response,
    responses=refusals(NotFound, ProviderUnreachable, ProviderNotBelieved),
)
@allow(OPEN)
async def start_provider_sign_in(
    provider: ProviderDep,
    database: DatabaseDep,
    now: NowDep,
    *,
    fresh: Annotated[
        bool, Query(description="True: ask to prove it again, even who is signed in there.")
    ] = False,
) -> Response:
    """Send a browser to sign in at the identity provider (*fournisseur d’identité*).

    A page links here; it is not fetched. The browser keeps a cookie for the ten minutes in which it
    may come back.
    """
    secret, address = await service.begin(database, provider, fresh=fresh, now=now)
    answer = RedirectResponse(address, status_code=HTTPStatus.FOUND)
    put_in_browser(answer, ATTEMPT_COOKIE, secret, lifetime=rules.ATTEMPT_FOR)
    return answer


@journey.get(
    "/sign-in/oidc/callback",
    status_code=HTTPStatus.SEE_OTHER,
    response_class=Response,
    responses=refusals(
        NotFound,
        rules.SignInNotBegun,
        rules.ProviderDeclined,
        rules.AddressNotProved,
        rules.NotOfTheTeam,
        rules.AnotherAccount,
        ProviderNotBelieved,
        ProviderUnreachable,
    ),
)
@allow(OPEN)
async def finish_provider_sign_in(
    request: Request,
    provider: ProviderDep,
    database: DatabaseDep,
    now: NowDep,
    *,
    state: Sent = None,
    code: Sent = None,
    error: Sent = None,
    iss: Sent = None,
) -> Response:
    """Take back a browser that the identity provider sends, and sign its member in.

    It changes things though it is a GET: only in the browser that left, once. A browser goes on to
    the organisers' pages, or back to the sign-in page with `refus`, the code of the problem.
    """
    token, id_token = await service.finish(
        database,
        provider,
        Return(state=state, code=code, error=error, issuer=iss),
        secret=request.cookies.get(ATTEMPT_COOKIE),
        browser=browser_of(request),
        now=now,
    )
    answer = _see(HOME)
    put_in_browser(answer, SESSION_COOKIE, token, lifetime=ABSOLUTE)
    take_from_browser(answer, ATTEMPT_COOKIE)
    answer.set_cookie(  # strict: no other site can send anybody to sign out
        PROOF_COOKIE,
        id_token,
        max_age=int(ABSOLUTE.total_seconds()),
        path=OIDC,
        secure=True,
        httponly=True,
        samesite="strict",
    )
    return answer


@journey.get(
    "/sign-in/oidc/sign-out",
    status_code=HTTPStatus.SEE_OTHER,
    response_class=Response,
    responses=refusals(NotFound, ProviderUnreachable, ProviderNotBelieved),
)
@allow(OPEN)
async def leave_provider(request: Request, provider: ProviderDep, now: NowDep) -> Response:
    """Send a browser to sign out at the identity provider too, then to the sign-in page.

    A page goes here once it has ended our own session. Who did not sign in there, or where the
    provider has no such address, goes straight to the sign-in page.
    """
    id_token = request.cookies.get(PROOF_COOKIE)
    back = str(settings_of(request).public_url).rstrip("/") + SIGN_IN_PAGE
    address = id_token and await provider.address_to_sign_out(id_token, back=back, now=now)
    answer = _see(address or SIGN_IN_PAGE)
    answer.delete_cookie(PROOF_COOKIE, path=OIDC, secure=True, httponly=True, samesite="strict")
    return answer


@router.delete(
    "/manage/members/{member_id}/provider-account",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(NotFound),
)
@allow(freshly(COORDINATOR))
async def unlink_provider_account(
    member_id: UUID, provider: ProviderDep, session: SessionDep, actor: ActorDep, now: NowDep
) -> None:
    """Unlink a member's account at the identity provider (*délier*), for whom it changed.

    The next account there that has their verified address is linked at its first sign-in.
    """
    await service.unlink(session, member_id, issuer=provider.issuer, by=actor.name, now=now)


def _see(address: str) -> RedirectResponse:
    return RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER)
