"""Offering one's seats to a colleague, who accepts with their own data.

Until they accept nothing changes. Then the seats are theirs, with their ranks, under a new link;
the registration that gave them is over, and its link changes nothing any more.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import ColumnElement, delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import jobs
from etape.core.columns import told
from etape.core.database import new_id
from etape.core.holdings import Holding
from etape.core.mail import erase_kept_mail
from etape.core.settings import Settings
from etape.core.tokens import derived_token, digest_of, made_before, new_salt
from etape.tour.changes import service as changes
from etape.tour.groups.tables import Delegation
from etape.tour.registrations import service as registrations
from etape.tour.registrations.rules import LinkUnknown
from etape.tour.registrations.schemas import RegistrationRequest
from etape.tour.registrations.tables import Registration
from etape.tour.seats import service as seating
from etape.tour.seats.schemas import SeatChoice, SeatOutcome
from etape.tour.stops.tables import Stop
from etape.tour.transfers import rules
from etape.tour.transfers.schemas import (
    OfferedSeat,
    TransferAcceptance,
    TransferOffer,
    TransferRead,
    TransferRequest,
    TransferState,
)
from etape.tour.transfers.tables import Transfer

SEND_OFFER = "transfer.send_offer"


async def offer(
    session: AsyncSession,
    token: str,
    wanted: TransferRequest,
    *,
    secret: SecretStr,
    now: datetime,
) -> TransferState:
    """Offer one's seats to a colleague, by a letter that holds the link to accept.

    Raises LinkUnknown, RegistrationCancelled, TransferOffered.
    """
    registration, _ = await changes.opened(session, token, now=now)
    if await _offered(session, registration.id) is not None:
        raise rules.TransferOffered
    transfer_id, salt = new_id(), new_salt()
    transfer = Transfer(
        **wanted.model_dump(),
        id=transfer_id,
        registration_id=registration.id,
        link_salt=salt,
        link_digest=digest_of(link_secret(transfer_id, salt, secret=secret)),
        offered_at=now,
    )
    session.add(transfer)
    await jobs.defer(session, SEND_OFFER, transfer_id=str(transfer_id))
    await registrations.record(session, registration.id, "offered", now=now)
    return TransferState(offered=told(transfer, TransferRead))


def link_secret(transfer_id: UUID, salt: bytes, *, secret: SecretStr) -> str:
    """Return the secret of the link that accepts an offer, the same each time it is mailed."""
    return derived_token("transfer link", transfer_id, salt, secret=secret)


def mailed_secret(transfer: Transfer, *, settings: Settings) -> str:
    """Return the secret that opens an offer, be it from before `ETAPE_SECRET` changed."""
    make = partial(link_secret, transfer.id, transfer.link_salt)
    return made_before(transfer.link_digest, make, keys=settings.sealing_keys)


async def _offered(session: AsyncSession, registration_id: UUID) -> Transfer | None:
    found = select(Transfer).where(
        Transfer.registration_id == registration_id, col(Transfer.ended_at).is_(None)
    )
    return (await session.exec(found)).one_or_none()


async def read_state(session: AsyncSession, token: str) -> TransferState:
    """Return whether a registration is offered to somebody. Raises LinkUnknown."""
    registration = await registrations.by_token(session, token)
    transfer = await _offered(session, registration.id)
    return TransferState(offered=transfer and told(transfer, TransferRead))


async def take_back(session: AsyncSession, token: str, *, now: datetime) -> None:
    """Take an offer back; nothing happens where there is none.

    Raises LinkUnknown, RegistrationCancelled.
    """
    registration, _ = await changes.opened(session, token, now=now)
    transfer = await _offered(session, registration.id)
    if transfer is not None:
        transfer.ended_at = now
        session.add(transfer)
        await registrations.record(session, registration.id, "taken_back", now=now)


async def _by_token(session: AsyncSession, token: str) -> tuple[Transfer, Registration]:
    found = select(Transfer).where(Transfer.link_digest == digest_of(token))
    transfer = (await session.exec(found)).one_or_none()
    if transfer is None:
        raise LinkUnknown
    registration = await session.get_one(Registration, transfer.registration_id)
    if transfer.ended_at is not None or registration.cancelled_at is not None:
        raise rules.TransferEnded
    return transfer, registration


async def read_offer(session: AsyncSession, token: str, *, now: datetime) -> TransferOffer:
    """Return what is offered. Raises LinkUnknown, TransferEnded."""
    transfer, registration = await _by_token(session, token)
    read = await registrations.read_registration(session, registration, settings=None, now=now)
    return TransferOffer(
        giver=read.name,
        name=transfer.name,
        stop=read.stop,
        seats=[
            OfferedSeat.model_validate({n: getattr(seat, n) for n in OfferedSeat.model_fields})
            for seat in read.seats
            if not seat.is_meanwhile
        ],
    )


async def accept(
    session: AsyncSession,
    token: str,
    person: TransferAcceptance,
    *,
    secret: SecretStr,
    now: datetime,
) -> None:
    """Take the seats that are offered, with one's own data; both are told by letter.

    Raises LinkUnknown, TransferEnded, AddressRegistered.
    """
    transfer, giver = await _by_token(session, token)
    stop = await session.get_one(Stop, giver.stop_id)
    held = await changes.held_by(session, giver.id)
    wanted = {each.slug: SeatChoice(session=each.slug, mode=each.mode) for each in held}
    request = RegistrationRequest(
        **person.model_dump(),
        email=transfer.email,
        seats=list(wanted.values()),
        together=giver.together,
        online_meanwhile=giver.online_meanwhile,
        promote_until_hours=giver.promote_until_hours,
    )
    receiver_id, is_new = await registrations.enter(
        session, stop, request, vouched=True, secret=secret, now=now
    )
    if not is_new:
        raise rules.AddressRegistered
    await seating.lock(session, stop.id)
    await session.refresh(giver)
    await session.refresh(transfer)
    if transfer.ended_at is not None or giver.cancelled_at is not None:
        raise rules.TransferEnded
    transfer.ended_at = now
    giver.cancelled_at = now
    giver.sequence += 1
    session.add_all([transfer, giver])
    await session.flush()
    await seating.hand_over(session, giver.id, receiver_id, now=now)
    led = update(Delegation).where(col(Delegation.leader_id) == giver.id)
    await session.exec(led.values(leader_id=receiver_id))
    await jobs.defer(session, registrations.SEND_CANCELLATION, registration_id=str(giver.id))
    await registrations.record(session, giver.id, registrations.TRANSFERRED, now=now)
    await jobs.defer(session, registrations.SEND_CONFIRMATION, registration_id=str(receiver_id))
    receiver = await session.get_one(Registration, receiver_id)
    read = await registrations.read_registration(session, receiver, settings=None, now=now)
    seats = [
        SeatOutcome(
            session=seat.session,
            mode=seat.mode,
            status=seat.status,
            rank=seat.rank,
            online_meanwhile=False,
        )
        for seat in read.seats
    ]
    await registrations.record(session, receiver_id, "registered", seats, now=now)


async def _tell(session: AsyncSession, ids: Collection[UUID], _: datetime) -> Sequence[Any]:
    offers = select(Transfer).where(_concerns(ids)).order_by(col(Transfer.offered_at))
    return [
        {
            "name": offer.name,
            "email": offer.email,
            "offered_at": offer.offered_at,
            "ended_at": offer.ended_at,
        }
        for offer in await session.exec(offers)
    ]


async def _erase(session: AsyncSession, ids: Collection[UUID], _: datetime) -> None:
    offered = select(Transfer.email).where(_concerns(ids))
    await erase_kept_mail(session, list(await session.exec(offered)))
    await session.exec(delete(Transfer).where(_concerns(ids)))


def _concerns(ids: Collection[UUID]) -> ColumnElement[bool]:
    """Whether somebody offers their seats, or was offered some."""
    theirs = select(Registration.email_key).where(col(Registration.id).in_(ids))
    return col(Transfer.registration_id).in_(ids) | func.lower(Transfer.email).in_(theirs)


HOLDING = Holding(name="transfers", tell=_tell, erase=_erase)
