"""Changes over HTTP: only the mailed link opens what was registered."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Request

from etape.core.access import OPEN, allow
from etape.core.http import NowDep, Route, SessionDep, settings_of
from etape.core.openapi import refusals
from etape.core.texts import Slug
from etape.tour.changes import rules, service
from etape.tour.changes.schemas import ModeSwitch, RegistrationChange
from etape.tour.registrations.routes import ONE, Simulate, Token
from etape.tour.registrations.rules import LinkUnknown, RegistrationCancelled
from etape.tour.registrations.schemas import RegistrationOutcome, RegistrationRead
from etape.tour.wishes.rules import REFUSALS

router = APIRouter(route_class=Route, tags=["registration"])


@router.patch(
    ONE,
    responses=refusals(LinkUnknown, RegistrationCancelled, *REFUSALS),
)
@allow(OPEN)
async def change_registration(
    token: Token,
    wanted: RegistrationChange,
    session: SessionDep,
    now: NowDep,
    *,
    simulate: Simulate = False,
) -> RegistrationOutcome:
    """Change a registration: the sessions sent replace those it had.

    Seats kept keep their rank; a seat given up moves up the first who waits, in the same
    transaction. A new calendar entry comes by mail.
    """
    return await service.change(session, token, wanted, now=now, simulate=simulate)


@router.post(
    "/registrations/{token}/confirm",
    responses=refusals(LinkUnknown, RegistrationCancelled),
)
@allow(OPEN)
async def confirm_registration(
    token: Token, request: Request, session: SessionDep, now: NowDep
) -> RegistrationRead:
    """Confirm the address of a registration (*confirmer son adresse*), where the stop asks it.

    What was held is confirmed. Late, one is confirmed while seats are left, else keeps one's rank.
    """
    return await service.confirm(session, token, settings=settings_of(request), now=now)


@router.post(
    "/registrations/{token}/seats/{slug}/switch",
    responses=refusals(LinkUnknown, RegistrationCancelled, rules.SeatUnknown, *REFUSALS),
)
@allow(OPEN)
async def switch_mode(
    token: Token,
    slug: Annotated[Slug, Path(description="The session to attend the other way.")],
    wanted: ModeSwitch,
    session: SessionDep,
    now: NowDep,
) -> RegistrationOutcome:
    """Attend a session online or on site (*passer en ligne, revenir sur place*), in one act.

    The seat left moves up the first who waits, in the same transaction; the calendar entry is sent
    again. Where no chair is free one waits for it, and keeps the online seat meanwhile.
    """
    return await service.switch(session, token, slug, wanted.mode, now=now)


@router.delete(
    ONE,
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(LinkUnknown, RegistrationCancelled),
)
@allow(OPEN)
async def cancel_registration(token: Token, session: SessionDep, now: NowDep) -> None:
    """Cancel a registration; its seats go to those who wait, its calendar entry is withdrawn."""
    await service.cancel(session, token, now=now)
