"""Second factors over HTTP: passkeys, authenticator app, recovery codes, and fresh proofs.

Each proof gives the browser a new token, and the old one opens nothing any more.
"""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Request, Response

from etape.core.access import OPEN, SESSION_COOKIE, FreshProofNeeded, SecondFactorNeeded, allow
from etape.core.http import (
    ActorDep,
    NowDep,
    Route,
    SessionDep,
    browser_of,
    put_in_browser,
    settings_of,
)
from etape.core.limits import limited
from etape.core.openapi import refusals
from etape.core.paging import Cursor, Limit, Page, Pager
from etape.core.problems import NotFound
from etape.identity.authenticators.rules import NothingToConfirm, OneTimeCodeRefused
from etape.identity.authenticators.schemas import (
    AuthenticatorCode,
    AuthenticatorEnrolment,
    RecoveryCodes,
)
from etape.identity.codes.rules import PROVING
from etape.identity.members.rules import HALF_SIGNED_IN, MEMBER, freshly
from etape.identity.passkeys import service as passkeys
from etape.identity.passkeys.rules import House, PasskeyKnown, PasskeyRefused
from etape.identity.passkeys.schemas import (
    Assertion,
    PasskeyOptions,
    PasskeyRead,
    PasskeyRequest,
)
from etape.identity.proofs import rules, service
from etape.identity.proofs.schemas import Proof
from etape.identity.proofs.service import Browser
from etape.identity.sessions.rules import ABSOLUTE

router = APIRouter(route_class=Route, tags=["sign-in"])

ENROLMENT = (SecondFactorNeeded, FreshProofNeeded)


async def _browser(actor: ActorDep) -> Browser:
    return Browser.of(actor)


async def _house(request: Request) -> House:
    return House.at(settings_of(request).public_url)


BrowserDep = Annotated[Browser, Depends(_browser)]
HouseDep = Annotated[House, Depends(_house)]


@router.post("/sign-in/passkey/options")
@allow(OPEN)
async def ask_to_sign_in_by_passkey(
    session: SessionDep, house: HouseDep, now: NowDep
) -> PasskeyOptions:
    """Ask what to hand to `navigator.credentials.get()` to sign in by passkey (*clé d’accès*)."""
    return PasskeyOptions(options=await passkeys.request_options(session, house, now=now))


@router.post(
    "/sign-in/passkey",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(PasskeyRefused),
)
@allow(OPEN)
@limited(PROVING)
async def sign_in_by_passkey(
    shown: Assertion,
    request: Request,
    response: Response,
    session: SessionDep,
    house: HouseDep,
    now: NowDep,
) -> None:
    """Sign in with a passkey, in one gesture: no address, no code."""
    token = await service.sign_in_by_passkey(
        session,
        house,
        shown,
        browser=browser_of(request),
        instead_of=request.cookies.get(SESSION_COOKIE),
        now=now,
    )
    put_in_browser(response, SESSION_COOKIE, token, lifetime=ABSOLUTE)


@router.post("/me/proofs/options")
@allow(HALF_SIGNED_IN)
async def ask_to_prove_by_passkey(
    session: SessionDep, browser: BrowserDep, house: HouseDep, now: NowDep
) -> PasskeyOptions:
    """Ask what to hand to `navigator.credentials.get()` to show one of your passkeys."""
    options = await service.passkey_request_options(session, browser, house, now=now)
    return PasskeyOptions(options=options)


@router.post(
    "/me/proofs",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(PasskeyRefused, OneTimeCodeRefused),
)
@allow(HALF_SIGNED_IN)
@limited(PROVING)
async def prove(
    proof: Annotated[Proof, Body(discriminator="kind")],
    request: Request,
    response: Response,
    session: SessionDep,
    browser: BrowserDep,
    now: NowDep,
) -> None:
    """Show a second factor: to sign in after the mailed code, or again before a grave act.

    The proof is fresh for ten minutes.
    """
    token = await service.prove(session, browser, proof, settings=settings_of(request), now=now)
    put_in_browser(response, SESSION_COOKIE, token, lifetime=ABSOLUTE)


@router.post("/me/passkeys/options", responses=refusals(*ENROLMENT))
@allow(HALF_SIGNED_IN)
async def ask_for_passkey(
    session: SessionDep, browser: BrowserDep, house: HouseDep, now: NowDep
) -> PasskeyOptions:
    """Ask what to hand to `navigator.credentials.create()` to make a passkey.

    The first second factor needs the mailed code only; another one needs a fresh proof.
    """
    options = await service.passkey_creation_options(session, browser, house, now=now)
    return PasskeyOptions(options=options)


@router.post(
    "/me/passkeys",
    status_code=HTTPStatus.CREATED,
    responses=refusals(PasskeyRefused, PasskeyKnown, *ENROLMENT),
)
@allow(HALF_SIGNED_IN)
async def add_passkey(
    wanted: PasskeyRequest,
    response: Response,
    session: SessionDep,
    browser: BrowserDep,
    house: HouseDep,
    now: NowDep,
) -> PasskeyRead:
    """Keep the passkey that your browser just made; it counts as a fresh proof."""
    passkey, token = await service.enrol_passkey(session, browser, house, wanted, now=now)
    put_in_browser(response, SESSION_COOKIE, token, lifetime=ABSOLUTE)
    return passkey


@router.get("/me/passkeys")
@allow(MEMBER)
async def list_passkeys(
    request: Request,
    response: Response,
    session: SessionDep,
    browser: BrowserDep,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[PasskeyRead]:
    """List your passkeys, the oldest first."""
    pager = Pager(request, f"passkeys {browser.member_id}", cursor)
    found = await passkeys.list_passkeys(session, browser.member_id, limit=limit, after=pager.after)
    return pager.page(found, response)


@router.delete(
    "/me/passkeys/{passkey_id}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(NotFound, rules.LastSecondFactor),
)
@allow(freshly(MEMBER))
async def remove_passkey(
    passkey_id: UUID, session: SessionDep, browser: BrowserDep, now: NowDep
) -> None:
    """Remove one of your passkeys; never your last second factor."""
    await service.remove_passkey(session, browser, passkey_id, now=now)


@router.post("/me/authenticator", responses=refusals(*ENROLMENT))
@allow(HALF_SIGNED_IN)
async def add_authenticator(
    request: Request, session: SessionDep, browser: BrowserDep, now: NowDep
) -> AuthenticatorEnrolment:
    """Begin to use an authenticator app (*application d’authentification*), where passkeys are not.

    Nothing changes before `POST /me/authenticator/confirm` takes its first code. The first second
    factor needs the mailed code only; another one needs a fresh proof.
    """
    keys = settings_of(request).sealing_keys
    return await service.begin_authenticator(session, browser, keys=keys, now=now)


@router.post(
    "/me/authenticator/confirm",
    responses=refusals(OneTimeCodeRefused, NothingToConfirm, *ENROLMENT),
)
@allow(HALF_SIGNED_IN)
@limited(PROVING)
async def confirm_authenticator(
    first: AuthenticatorCode,
    request: Request,
    response: Response,
    session: SessionDep,
    browser: BrowserDep,
    now: NowDep,
) -> RecoveryCodes:
    """Confirm the authenticator app by its first code; it counts as a fresh proof.

    Answers ten recovery codes, this once. An app confirmed before is forgotten.
    """
    keys = settings_of(request).sealing_keys
    codes, token = await service.confirm_authenticator(
        session, browser, first.code, keys=keys, now=now
    )
    put_in_browser(response, SESSION_COOKIE, token, lifetime=ABSOLUTE)
    return codes


@router.delete(
    "/me/authenticator",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(NotFound, rules.LastSecondFactor),
)
@allow(freshly(MEMBER))
async def remove_authenticator(session: SessionDep, browser: BrowserDep, now: NowDep) -> None:
    """Forget your authenticator app; never your last second factor."""
    await service.remove_authenticator(session, browser, now=now)


@router.post("/me/recovery-codes")
@allow(freshly(MEMBER))
async def renew_recovery_codes(
    session: SessionDep, browser: BrowserDep, now: NowDep
) -> RecoveryCodes:
    """Get ten new recovery codes (*codes de secours*), this once; those you had serve no more."""
    return await service.renew_recovery_codes(session, browser, now=now)
