"""Groups over HTTP: who brings them holds a link, who comes with them a code."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from etape.core.access import OPEN, allow
from etape.core.http import ActorDep, NowDep, Route, SessionDep, settings_of
from etape.core.limits import limited
from etape.core.openapi import refusals
from etape.core.paging import Cursor, Limit, Page, Pager
from etape.core.problems import NotFound
from etape.core.texts import Line, Slug
from etape.identity.members.rules import STOP_ORGANISER
from etape.tour.groups import rules, service
from etape.tour.groups.schemas import (
    Claim,
    ClaimRequest,
    DelegationChange,
    DelegationRead,
    DelegationRequest,
    GroupInvitation,
    GroupRead,
)
from etape.tour.notices.rules import ConsentNeeded, NoticeIncomplete
from etape.tour.registrations.routes import Token
from etape.tour.registrations.rules import REGISTERING, LinkUnknown, RegistrationCancelled
from etape.tour.registrations.schemas import RegistrationOutcome
from etape.tour.wishes.rules import REFUSALS

router = APIRouter(route_class=Route, tags=["registration"])

Code = Annotated[
    Line, Path(description="The code of a group, in any case, with or without dashes.")
]
Group = Annotated[UUID, Path(description="The group.")]


@router.post(
    "/registrations/{token}/delegations",
    status_code=HTTPStatus.CREATED,
    responses=refusals(
        LinkUnknown, RegistrationCancelled, rules.GroupExists, rules.ClaimDateUnfit, *REFUSALS
    ),
)
@allow(OPEN)
async def bring_delegation(
    token: Token, wanted: DelegationRequest, session: SessionDep, now: NowDep
) -> DelegationRead:
    """Bring colleagues (*venir à plusieurs*): one code for n seats, which each of them claims.

    All n seats are taken, or the group waits whole and keeps its rank while fewer are free;
    without `together`, what is free is taken and the others wait one by one.
    """
    return await service.bring(session, token, wanted, now=now)


@router.get("/registrations/{token}/delegations", responses=refusals(LinkUnknown))
@allow(OPEN)
async def list_delegations(
    token: Token,
    request: Request,
    response: Response,
    session: SessionDep,
    now: NowDep,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[DelegationRead]:
    """List the groups that a registration answers for, with who came by name."""
    pager = Pager(request, "delegations of a registration", cursor)
    found = await service.list_brought(session, token, limit=limit, after=pager.after, now=now)
    return pager.page(found, response)


@router.patch(
    "/registrations/{token}/delegations/{group}",
    responses=refusals(LinkUnknown, RegistrationCancelled, NotFound),
)
@allow(OPEN)
async def split_delegation(
    token: Token,
    group: Group,
    wanted: DelegationChange,  # noqa: ARG001 - says `together: false`, the one thing to say
    session: SessionDep,
    now: NowDep,
) -> DelegationRead:
    """Split a group that waits whole (*accepter de se séparer*): what is free now is theirs."""
    return await service.split(session, token, group, now=now)


@router.delete(
    "/registrations/{token}/delegations/{group}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(LinkUnknown, RegistrationCancelled, NotFound),
)
@allow(OPEN)
async def disband_delegation(token: Token, group: Group, session: SessionDep, now: NowDep) -> None:
    """Give back the seats that nobody of a group has claimed; those who came keep theirs."""
    await service.disband(session, token, group, now=now)


@router.post(
    "/registrations/{token}/claims",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(LinkUnknown, RegistrationCancelled, rules.CodeUnknown, rules.GroupComplete),
)
@allow(OPEN)
async def join_delegation(token: Token, wanted: Claim, session: SessionDep, now: NowDep) -> None:
    """Take one's seat in a group while registered already: it replaces those in its sessions."""
    await service.join(session, token, wanted.code, now=now)


@router.get("/groups/{code}", responses=refusals(rules.CodeUnknown))
@allow(OPEN)
async def read_group(code: Code, session: SessionDep, now: NowDep) -> GroupRead:
    """Read what a code opens: the stop, the sessions, how many seats are left; nobody's name."""
    return await service.read_group(session, code, now=now)


@router.post(
    "/groups/{code}/registrations",
    status_code=HTTPStatus.CREATED,
    responses=refusals(rules.CodeUnknown, rules.GroupComplete, NoticeIncomplete, ConsentNeeded),
)
@allow(OPEN)
@limited(REGISTERING)
async def come_with_group(
    code: Code, person: ClaimRequest, request: Request, session: SessionDep, now: NowDep
) -> RegistrationOutcome:
    """Register with a group's code (*venir avec son groupe*): one's own data, one's own link.

    An address that is registered already receives the same answer and its existing link.
    """
    secret = settings_of(request).secret
    return await service.come(session, code, person, secret=secret, now=now)


@router.post(
    "/manage/stops/{slug}/delegations",
    status_code=HTTPStatus.CREATED,
    responses=refusals(NotFound, rules.ClaimDateUnfit, *REFUSALS),
)
@allow(STOP_ORGANISER)
async def invite_group(
    slug: Slug,
    wanted: GroupInvitation,
    session: SessionDep,
    actor: ActorDep,
    now: NowDep,
) -> DelegationRead:
    """Keep seats for people to invite (*inviter*), also in a session by invitation: one code."""
    return await service.invite(session, slug, wanted, by=actor.name, now=now)


@router.get("/manage/stops/{slug}/delegations", responses=refusals(NotFound))
@allow(STOP_ORGANISER)
async def list_groups(
    slug: Slug,
    request: Request,
    response: Response,
    session: SessionDep,
    now: NowDep,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[DelegationRead]:
    """List the groups of a stop, whoever brings them, with who came by name."""
    pager = Pager(request, f"delegations {slug}", cursor)
    found = await service.list_groups(session, slug, limit=limit, after=pager.after, now=now)
    return pager.page(found, response)


@router.delete(
    "/manage/stops/{slug}/delegations/{group}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(NotFound),
)
@allow(STOP_ORGANISER)
async def withdraw_group(
    slug: Slug, group: Group, session: SessionDep, actor: ActorDep, now: NowDep
) -> None:
    """Give back the seats of a group that nobody has claimed; those who came keep theirs."""
    await service.withdraw(session, slug, group, by=actor.name, now=now)
