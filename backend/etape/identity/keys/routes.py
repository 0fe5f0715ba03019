"""API keys over HTTP: asked for by mail or made by a member; a key looks after itself."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request, Response

from etape.core.access import OPEN, allow
from etape.core.http import ActorDep, NowDep, Route, SessionDep, keep_instead, settings_of
from etape.core.limits import limited
from etape.core.openapi import refusals
from etape.core.paging import Cursor, Limit, Page, Pager
from etape.core.problems import NotFound
from etape.identity.keys import rules, service
from etape.identity.keys.schemas import (
    ApiKeyAsked,
    ApiKeyRead,
    ApiKeyRequest,
    ApiKeyShown,
    HeldKeyRead,
    LinkSpent,
    MemberKeyRequest,
    Rotation,
)
from etape.identity.members.rules import COORDINATOR, MEMBER, freshly

router = APIRouter(route_class=Route, tags=["keys"])


def _shown(request: Request, made: ApiKeyShown) -> ApiKeyShown:
    keep_instead(request, made.model_copy(update={"key": None}))
    return made


@router.post("/api-keys", status_code=HTTPStatus.ACCEPTED)
@allow(OPEN)
@limited(rules.ASKING_FOR_KEYS)
async def ask_for_api_key(wanted: ApiKeyRequest, session: SessionDep, now: NowDep) -> ApiKeyAsked:
    """Ask for an API key (*demander une clé d’API*), which costs nothing.

    A letter to the address holds the link that gives it: `POST /api/v1/api-keys/confirm`. Public
    reads need no key; with one you have a quota of your own, wherever you ask from.
    """
    await service.ask(session, wanted, now=now)
    return ApiKeyAsked(link_works_for_hours=rules.LINK_WORKS_FOR // timedelta(hours=1))


@router.post(
    "/api-keys/confirm",
    status_code=HTTPStatus.CREATED,
    responses=refusals(rules.KeyLinkUnknown, rules.TooManyKeys),
)
@allow(OPEN)
async def confirm_api_key(
    spent: LinkSpent, request: Request, session: SessionDep, now: NowDep
) -> ApiKeyShown:
    """Spend the mailed link, once, and receive the key.

    It is shown in this answer and never again. Send it as `Authorization: Bearer etape_…`.
    """
    secret = settings_of(request).secret
    return _shown(request, await service.confirm(session, spent.token, secret=secret, now=now))


@router.post(
    "/api-keys/revoke",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(rules.KeyLinkUnknown),
)
@allow(OPEN)
async def revoke_api_key_by_link(
    spent: LinkSpent, request: Request, session: SessionDep, now: NowDep
) -> None:
    """Revoke, with a letter’s link, a key and all that it was rotated into.

    It works without the key, for one that leaked; what was only asked for is withdrawn.
    """
    secret = settings_of(request).secret
    await service.revoke_by_link(session, spent.token, secret=secret, now=now)


@router.get("/api-keys/self")
@allow(rules.KEY_ITSELF)
async def read_own_api_key(session: SessionDep, actor: ActorDep) -> ApiKeyRead:
    """Read what the key that asks may do, and until when."""
    return await service.read(session, by=actor)


@router.post(
    "/api-keys/self/rotate",
    status_code=HTTPStatus.CREATED,
    responses=refusals(rules.KeyAlreadyRotated),
)
@allow(rules.KEY_ITSELF)
async def rotate_own_api_key(
    wanted: Rotation, request: Request, session: SessionDep, actor: ActorDep, now: NowDep
) -> ApiKeyShown:
    """Make the key that replaces the one that asks, shown this once.

    The old one works until the overlap ends, so that nothing stops while you exchange them. The new
    one ends when the old one would have; its holder is told by mail.
    """
    overlap = timedelta(hours=wanted.overlap_hours)
    return _shown(request, await service.rotate(session, overlap=overlap, by=actor, now=now))


@router.delete("/api-keys/self", status_code=HTTPStatus.NO_CONTENT)
@allow(rules.KEY_ITSELF)
async def revoke_own_api_key(session: SessionDep, actor: ActorDep, now: NowDep) -> None:
    """Revoke the key that asks. Everywhere, it opens nothing any more within a second."""
    await service.revoke(session, actor.key_id, by=actor, now=now)


@router.get("/me/api-keys")
@allow(MEMBER)
async def list_my_api_keys(
    request: Request,
    response: Response,
    session: SessionDep,
    actor: ActorDep,
    *,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[ApiKeyRead]:
    """List the keys that the signed-in member made, the newest first."""
    pager = Pager(request, "my-api-keys", cursor)
    found = await service.list_own(session, by=actor, limit=limit, after=pager.after)
    return pager.page(found, response)


@router.post("/me/api-keys", status_code=HTTPStatus.CREATED, responses=refusals(rules.TooManyKeys))
@allow(freshly(MEMBER))
async def make_my_api_key(
    wanted: MemberKeyRequest, request: Request, session: SessionDep, actor: ActorDep, now: NowDep
) -> ApiKeyShown:
    """Make a key that acts for the signed-in member, shown this once.

    It may do what its scopes say, and never more than the member’s roles open at that moment.
    """
    return _shown(request, await service.make(session, wanted, by=actor, now=now))


@router.delete(
    "/me/api-keys/{key_id}", status_code=HTTPStatus.NO_CONTENT, responses=refusals(NotFound)
)
@allow(MEMBER)
async def revoke_my_api_key(
    key_id: UUID, session: SessionDep, actor: ActorDep, now: NowDep
) -> None:
    """Revoke a key of the signed-in member."""
    await service.revoke_own(session, key_id, by=actor, now=now)


@router.get("/manage/api-keys")
@allow(COORDINATOR)
async def list_api_keys(
    request: Request,
    response: Response,
    session: SessionDep,
    actor: ActorDep,
    now: NowDep,
    *,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[HeldKeyRead]:
    """List every key and who holds it, the newest first; that it was read is recorded."""
    pager = Pager(request, "api-keys", cursor)
    found = await service.list_all(session, by=actor, now=now, limit=limit, after=pager.after)
    return pager.page(found, response)


@router.delete(
    "/manage/api-keys/{key_id}", status_code=HTTPStatus.NO_CONTENT, responses=refusals(NotFound)
)
@allow(COORDINATOR)
async def revoke_api_key(key_id: UUID, session: SessionDep, actor: ActorDep, now: NowDep) -> None:
    """Revoke any key."""
    await service.revoke(session, key_id, by=actor, now=now)
