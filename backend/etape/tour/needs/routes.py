"""Accessibility needs over HTTP: from the link, and at the desk of the stop."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request, Response

from etape.core.access import OPEN, allow
from etape.core.http import ActorDep, NowDep, Route, SessionDep
from etape.core.openapi import refusals
from etape.core.paging import Cursor, Limit, Page, Pager
from etape.core.problems import NotFound
from etape.core.texts import Slug
from etape.identity.members.rules import STOP_ORGANISER, in_person
from etape.tour.needs import rules, service
from etape.tour.needs.schemas import (
    NeedAnswer,
    NeedAsked,
    NeedLine,
    NeedOwner,
    NeedRequest,
    NeedsRead,
)
from etape.tour.registrations.routes import Token
from etape.tour.registrations.rules import LinkUnknown, RegistrationCancelled

router = APIRouter(route_class=Route, tags=["registration"])


@router.get("/registrations/{token}/needs", responses=refusals(LinkUnknown))
@allow(OPEN)
async def read_needs(token: Token, session: SessionDep, now: NowDep) -> NeedsRead:
    """Read the accessibility needs of a registration (*besoins d’accessibilité*), with answers."""
    return await service.read(session, token, now=now)


@router.post(
    "/registrations/{token}/needs",
    status_code=HTTPStatus.CREATED,
    responses=refusals(LinkUnknown, RegistrationCancelled, rules.NeedsClosed, rules.TooManyNeeds),
)
@allow(OPEN)
async def ask_for_need(
    token: Token, wanted: NeedRequest, session: SessionDep, now: NowDep
) -> NeedAsked:
    """Ask for what one needs to take part: sign language, captioning, access, quiet.

    It is encrypted, read by the team of that stop alone, and deleted seven days after its last day.
    A letter comes when the team answers.
    """
    return NeedAsked(id=await service.ask(session, token, wanted, now=now))


@router.delete(
    "/registrations/{token}/needs/{need}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(LinkUnknown, rules.NeedUnknown),
)
@allow(OPEN)
async def withdraw_need(token: Token, need: UUID, session: SessionDep, now: NowDep) -> None:
    """Withdraw a need: it is deleted at once."""
    await service.withdraw(session, token, need, now=now)


@router.get("/manage/stops/{slug}/needs", responses=refusals(NotFound))
@allow(in_person(STOP_ORGANISER))
async def list_needs(
    slug: Slug,
    request: Request,
    response: Response,
    session: SessionDep,
    actor: ActorDep,
    now: NowDep,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[NeedLine]:
    """List the accessibility needs of those registered at a stop; it is journalled."""
    pager = Pager(request, f"needs {slug}", cursor)
    found = await service.list_needs(
        session, slug, limit=limit, after=pager.after, by=actor.name, now=now
    )
    return pager.page(found, response)


@router.get("/manage/stops/{slug}/needs/owners", responses=refusals(NotFound))
@allow(in_person(STOP_ORGANISER))
async def list_need_owners(
    slug: Slug,
    request: Request,
    response: Response,
    session: SessionDep,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[NeedOwner]:
    """List who of the team may take care of the needs of a stop (*à qui les confier*)."""
    pager = Pager(request, f"owners of needs {slug}", cursor)
    found = await service.list_owners(session, slug, limit=limit, after=pager.after)
    return pager.page(found, response)


@router.patch(
    "/manage/stops/{slug}/needs/{need}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(NotFound, rules.NeedUnknown, rules.OwnerElsewhere),
)
@allow(in_person(STOP_ORGANISER))
async def answer_need(
    slug: Slug, need: UUID, wanted: NeedAnswer, session: SessionDep, actor: ActorDep, now: NowDep
) -> None:
    """Answer a need: confirmed, or impossible with what is offered instead; the person is told.

    Somebody of the stop’s team owns it: whoever answers first, or the `owner` that is named. With
    an `owner` alone it is entrusted to them (*confier*): nothing is answered, nobody is written to.
    """
    await service.answer(
        session, slug, need, wanted, by=actor.name, member_id=actor.member_id, now=now
    )
