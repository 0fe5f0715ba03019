"""Transfers over HTTP: who offers holds a registration's link, who accepts that of the offer."""

from http import HTTPStatus

from fastapi import APIRouter, Request

from etape.core.access import OPEN, allow
from etape.core.http import NowDep, Route, SessionDep, settings_of
from etape.core.limits import limited
from etape.core.openapi import refusals
from etape.tour.notices.rules import ConsentNeeded, NoticeIncomplete
from etape.tour.registrations.routes import Token
from etape.tour.registrations.rules import REGISTERING, LinkUnknown, RegistrationCancelled
from etape.tour.transfers import rules, service
from etape.tour.transfers.schemas import (
    TransferAcceptance,
    TransferOffer,
    TransferRequest,
    TransferState,
)

router = APIRouter(route_class=Route, tags=["registration"])


@router.post(
    "/registrations/{token}/transfer",
    status_code=HTTPStatus.CREATED,
    responses=refusals(LinkUnknown, RegistrationCancelled, rules.TransferOffered),
)
@allow(OPEN)
@limited(REGISTERING)
async def offer_transfer(
    token: Token, wanted: TransferRequest, request: Request, session: SessionDep, now: NowDep
) -> TransferState:
    """Offer one's seats to a colleague (*céder sa place*): a letter asks them.

    Nothing changes until they accept; then the seats are theirs with their ranks, and this link is
    over.
    """
    secret = settings_of(request).secret
    return await service.offer(session, token, wanted, secret=secret, now=now)


@router.get("/registrations/{token}/transfer", responses=refusals(LinkUnknown))
@allow(OPEN)
async def read_transfer(token: Token, session: SessionDep) -> TransferState:
    """Read whether a registration is offered to somebody."""
    return await service.read_state(session, token)


@router.delete(
    "/registrations/{token}/transfer",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(LinkUnknown, RegistrationCancelled),
)
@allow(OPEN)
async def take_transfer_back(token: Token, session: SessionDep, now: NowDep) -> None:
    """Take an offer back: its link gives nothing any more."""
    await service.take_back(session, token, now=now)


@router.get("/transfers/{token}", responses=refusals(LinkUnknown, rules.TransferEnded))
@allow(OPEN)
async def read_transfer_offer(token: Token, session: SessionDep, now: NowDep) -> TransferOffer:
    """Read what a colleague offers, from the mailed link."""
    return await service.read_offer(session, token, now=now)


@router.post(
    "/transfers/{token}/accept",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(
        LinkUnknown, rules.TransferEnded, rules.AddressRegistered, NoticeIncomplete, ConsentNeeded
    ),
)
@allow(OPEN)
async def accept_transfer(
    token: Token, person: TransferAcceptance, request: Request, session: SessionDep, now: NowDep
) -> None:
    """Take the seats that a colleague offers, with one's own data; one's own link comes by mail."""
    secret = settings_of(request).secret
    await service.accept(session, token, person, secret=secret, now=now)
