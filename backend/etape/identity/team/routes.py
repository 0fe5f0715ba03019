"""The team over HTTP: its coordinators invite, change and let in again; guests take their links."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request, Response

from etape.core.access import OPEN, SESSION_COOKIE, allow
from etape.core.http import (
    ActorDep,
    NowDep,
    Route,
    SessionDep,
    browser_of,
    put_in_browser,
    settings_of,
)
from etape.core.openapi import refusals
from etape.core.paging import Cursor, Limit, Page, Pager
from etape.core.problems import NotFound
from etape.identity.members import service as members
from etape.identity.members.rules import COORDINATOR, AlreadyMember, LastCoordinator, freshly
from etape.identity.members.schemas import MemberRead, RolesContent
from etape.identity.sessions.rules import ABSOLUTE
from etape.identity.team import rules, service
from etape.identity.team.schemas import (
    InvitationAcceptance,
    InvitationOpened,
    InvitationRead,
    InvitationRequest,
    InvitationToken,
)

router = APIRouter(route_class=Route, tags=["team"])


@router.get("/manage/members")
@allow(COORDINATOR)
async def list_members(
    request: Request,
    response: Response,
    session: SessionDep,
    actor: ActorDep,
    now: NowDep,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[MemberRead]:
    """List the team (*équipe*) with its roles, those who left included; the look is journalled."""
    pager = Pager(request, "members", cursor)
    found = await service.list_team(session, by=actor.name, limit=limit, after=pager.after, now=now)
    return pager.page(found, response)


@router.put("/manage/members/{member_id}/roles", responses=refusals(NotFound, LastCoordinator))
@allow(freshly(COORDINATOR))
async def change_member_roles(
    member_id: UUID, wanted: RolesContent, session: SessionDep, actor: ActorDep, now: NowDep
) -> MemberRead:
    """Give a member these roles (*rôles*) instead of those they had, at once."""
    await members.change_roles(session, member_id, wanted.roles, by=actor.name, now=now)
    return await service.read_member(session, member_id)


@router.post("/manage/members/{member_id}/disable", responses=refusals(NotFound, LastCoordinator))
@allow(freshly(COORDINATOR))
async def disable_member(
    member_id: UUID, session: SessionDep, actor: ActorDep, now: NowDep
) -> MemberRead:
    """Let a member in no more, and sign them out everywhere."""
    await service.disable(session, member_id, by=actor.name, now=now)
    return await service.read_member(session, member_id)


@router.post("/manage/members/{member_id}/enable", responses=refusals(NotFound))
@allow(freshly(COORDINATOR))
async def enable_member(
    member_id: UUID, session: SessionDep, actor: ActorDep, now: NowDep
) -> MemberRead:
    """Let a member in again, with the roles and second factors that they had."""
    await members.enable(session, member_id, by=actor.name, now=now)
    return await service.read_member(session, member_id)


@router.post(
    "/manage/members/{member_id}/recover",
    status_code=HTTPStatus.ACCEPTED,
    responses=refusals(NotFound),
)
@allow(freshly(COORDINATOR))
async def recover_member(
    member_id: UUID, request: Request, session: SessionDep, actor: ActorDep, now: NowDep
) -> MemberRead:
    """Let in again a member who lost their passkey: make sure first that it is really them.

    Their second factors are removed, they are signed out everywhere, and a mail lets them enrol
    anew. The journal says who did it.
    """
    await service.recover(
        session, member_id, by=actor.name, secret=settings_of(request).secret, now=now
    )
    return await service.read_member(session, member_id)


@router.post(
    "/manage/invitations",
    status_code=HTTPStatus.CREATED,
    responses=refusals(AlreadyMember),
)
@allow(freshly(COORDINATOR))
async def invite_member(
    wanted: InvitationRequest, request: Request, session: SessionDep, actor: ActorDep, now: NowDep
) -> InvitationRead:
    """Invite somebody by mail; the link lives seven days and serves once.

    An earlier invitation of the same address serves no more.
    """
    invitation, _ = await service.invite(
        session, wanted, by=actor.name, secret=settings_of(request).secret, now=now
    )
    return invitation


@router.get("/manage/invitations")
@allow(COORDINATOR)
async def list_invitations(
    request: Request,
    response: Response,
    session: SessionDep,
    actor: ActorDep,
    now: NowDep,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[InvitationRead]:
    """List the invitations that nobody took yet, the oldest first."""
    pager = Pager(request, "invitations", cursor)
    found = await service.list_invitations(
        session, by=actor.name, limit=limit, after=pager.after, now=now
    )
    return pager.page(found, response)


@router.delete(
    "/manage/invitations/{invitation_id}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(NotFound),
)
@allow(freshly(COORDINATOR))
async def withdraw_invitation(
    invitation_id: UUID, session: SessionDep, actor: ActorDep, now: NowDep
) -> None:
    """Take an invitation back: its link lets nobody in."""
    await service.withdraw(session, invitation_id, by=actor.name, now=now)


@router.post("/invitations/open", responses=refusals(rules.InvitationUnknown))
@allow(OPEN)
async def open_invitation(
    shown: InvitationToken, session: SessionDep, now: NowDep
) -> InvitationOpened:
    """Read what an invitation's link is for; it can still be taken afterwards."""
    return await service.read_invitation(session, shown.token, now=now)


@router.post(
    "/invitations/accept",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(rules.InvitationUnknown, AlreadyMember),
)
@allow(OPEN)
async def accept_invitation(
    taken: InvitationAcceptance,
    request: Request,
    response: Response,
    session: SessionDep,
    now: NowDep,
) -> None:
    """Take an invitation, once, in any browser; a second factor is to be enrolled next.

    The link of a first start makes the first coordinator, who gives their name and address.
    """
    token = await service.accept(
        session,
        taken,
        browser=browser_of(request),
        instead_of=request.cookies.get(SESSION_COOKIE),
        now=now,
    )
    put_in_browser(response, SESSION_COOKIE, token, lifetime=ABSOLUTE)
