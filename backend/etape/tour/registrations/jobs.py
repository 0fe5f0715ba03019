"""The letters of a registration; they alone carry its link.

A letter says what is true when it leaves, so that one that comes late or twice misleads nobody:
what was cancelled meanwhile is neither confirmed nor changed any more, and nothing is sent.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import calendar
from etape.core.calendar import Mailbox, Method
from etape.core.dates import day_text
from etape.core.jobs import JobContext, Jobs
from etape.core.mail import Invitation, Letter, MailRefused
from etape.core.moments import PARIS
from etape.core.settings import Settings, page_url
from etape.funding.calls.schemas import Contact
from etape.tour.queues import service as queues
from etape.tour.queues.service import PROMOTE_MORE
from etape.tour.registrations import rules, service
from etape.tour.registrations.schemas import Bounce, RegistrationRead, SeatRead
from etape.tour.registrations.tables import Registration
from etape.tour.seats import service as seating
from etape.tour.seats.schemas import SeatStatus
from etape.tour.sessions.schemas import Mode, VenueRead
from etape.tour.stops.tables import Stop

GREETED_AT_MOST = 60
"""Characters of a name that a letter repeats."""

jobs = Jobs()


@dataclass(frozen=True, kw_only=True)
class Case:
    """A registration as a letter needs it, read as of one instant."""

    id: UUID
    sequence: int
    bounce: str | None
    token: str
    read: RegistrationRead
    contact: Contact | None
    proof_hours: int | None
    last_act: str
    had_entry: bool
    given_up: list[SeatRead]
    moved_up: list[SeatRead]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A session in a letter: the seat wanted there, and the one had meanwhile, if any."""

    title: str
    hours: str
    hours_in_paris: str
    place: str
    start: str
    seat: SeatRead
    meanwhile: SeatRead | None

    @property
    def join_url(self) -> str | None:
        """Where to attend online, once that is confirmed."""
        return (self.meanwhile or self.seat).join_url

    @property
    def is_expected(self) -> bool:
        """Whether a place is confirmed, be it meanwhile."""
        return (self.meanwhile or self.seat).status is SeatStatus.CONFIRMED

    @property
    def is_online(self) -> bool:
        """Whether that place is online."""
        return self.is_expected and (self.meanwhile or self.seat).mode is Mode.ONLINE


@jobs.job(service.SEND_CONFIRMATION)
async def send_confirmation(context: JobContext, *, registration_id: str) -> None:
    """Tell somebody what came of their registration, and give them its link.

    The time that they have to prove their address starts when a mail server took the letter.
    """
    case = await read_case(context, registration_id)
    if case is None or case.read.cancelled_at is not None:
        return
    await send(context, case, "confirmation", invitation=_request(context, case))
    if case.proof_hours is not None and case.read.needs_proof:
        until = context.clock.now() + timedelta(hours=case.proof_hours)
        async with context.database.unit_of_work() as session:
            await seating.start_clock(session, case.id, until=until)


@jobs.job(service.SEND_CHANGE)
async def send_change(context: JobContext, *, registration_id: str) -> None:
    """Tell somebody what their registration became, by their own hand or the organisers'."""
    case = await read_case(context, registration_id)
    if case is not None and case.read.cancelled_at is None:
        invitation = _request(context, case) or _cancel(context, case)
        await send(context, case, "change", invitation=invitation)


@jobs.job(service.SEND_PROMOTION)
async def send_promotion(context: JobContext, *, registration_id: str) -> None:
    """Tell somebody which seat was freed for them, and until when they can give it back."""
    case = await read_case(context, registration_id)
    if case is not None and case.read.cancelled_at is None and case.moved_up:
        await send(context, case, "promotion", invitation=_request(context, case))


@jobs.job(service.SEND_CANCELLATION)
async def send_cancellation(context: JobContext, *, registration_id: str) -> None:
    """Tell somebody that their registration is cancelled, and withdraw its calendar entry."""
    case = await read_case(context, registration_id)
    if case is not None:
        await send(context, case, "cancellation", invitation=_cancel(context, case))


@jobs.job(service.SEND_LINK)
async def send_link(context: JobContext, *, registration_id: str) -> None:
    """Give somebody who registered again the link that they have already.

    A mailbox shows one letter of the same Message-ID, so the day is part of it: the letter asked
    for next week arrives, and a hundred asked for today to annoy somebody are one. Their address
    is tried anew: a mark that letters come back is wiped, until this one does.
    """
    case = await read_case(context, registration_id)
    if case is not None and case.read.cancelled_at is None:
        if case.bounce is not None:
            async with context.database.unit_of_work() as session:
                await service.mark_bounce(session, case.id, None, now=context.clock.now())
        await send(context, case, "link", suffix=f"-{context.clock.now():%Y%m%d}")


@jobs.job(PROMOTE_MORE)
async def promote_more(context: JobContext, *, pool_id: str) -> None:
    """Move up the next who wait in a pool, where more were to than one transaction does."""

    async def work(session: AsyncSession) -> None:
        await service.promote_more(session, UUID(pool_id), now=context.clock.now())

    await context.database.run(work)


async def read_case(context: JobContext, registration_id: str) -> Case | None:
    """Return the registration; None when it is gone. The transaction is over when this returns."""
    now, settings = context.clock.now(), context.settings
    async with context.database.snapshot() as session:
        registration = await session.get(Registration, UUID(registration_id))
        if registration is None:
            return None
        stop = await session.get_one(Stop, registration.stop_id)
        read = await service.read_registration(session, registration, settings=settings, now=now)
        acts = await service.history(session, registration.id)
        return Case(
            id=registration.id,
            sequence=registration.sequence,
            bounce=registration.bounce,
            token=service.mailed_secret(registration, settings=settings),
            read=read,
            contact=stop.contact,
            proof_hours=stop.proof_hours,
            last_act=acts[-1][0] if acts else "",
            had_entry=any(
                act in service.SEATING
                or any(seat.status is SeatStatus.CONFIRMED or seat.online_meanwhile for seat in got)
                for act, got in acts
            ),
            given_up=await service.seats_given_up(
                session, registration, settings=settings, now=now
            ),
            moved_up=await service.seats_moved_up(
                session, registration, settings=settings, now=now
            ),
        )


async def send(
    context: JobContext,
    case: Case,
    kind: str,
    *,
    invitation: Invitation | None = None,
    suffix: str = "",
    values: Mapping[str, Any] | None = None,
) -> None:
    """Send a letter of that kind about a registration; `values` are what it says of its own."""
    letter = Letter(
        template=f"tour/registration_{kind}",
        key=f"registration-{case.id}-{case.sequence}-{kind}{suffix}",
        to=_mailbox(case),
        language=case.read.language,
        values={**_values(case, context.settings), "invitation": invitation, **(values or {})},
        invitation=invitation,
    )
    try:
        await context.mailer.send(letter)
    except MailRefused:
        async with context.database.unit_of_work() as session:
            await service.mark_bounce(session, case.id, Bounce.HARD, now=context.clock.now())
        raise


def _mailbox(case: Case) -> Mailbox:
    return Mailbox(address=case.read.email, name=greeted(case.read.name))


def _request(context: JobContext, case: Case) -> Invitation | None:
    """Return what puts the confirmed seats in a calendar; None while nothing is confirmed."""
    entry = rules.entry_of(
        case.read,
        [seat for seat in case.read.seats if seat.status is SeatStatus.CONFIRMED],
        registration_id=case.id,
        sequence=case.sequence,
        settings=context.settings,
    )
    if entry is None:
        return None
    content = calendar.request(entry, attendee=_mailbox(case), now=context.clock.now())
    return Invitation(method=Method.REQUEST, content=content)


def _cancel(context: JobContext, case: Case) -> Invitation | None:
    """Return what withdraws the entry, at the hours last given up; None if none was ever sent."""
    entry = rules.entry_of(
        case.read,
        [wanted for wanted, _ in rules.by_session(case.given_up)],
        registration_id=case.id,
        sequence=case.sequence,
        settings=context.settings,
    )
    if entry is None or not case.had_entry:
        return None
    content = calendar.cancel(entry, attendee=_mailbox(case), now=context.clock.now())
    return Invitation(method=Method.CANCEL, content=content)


def _values(case: Case, settings: Settings) -> dict[str, Any]:
    """Return what the templates say, but for the words."""
    read, stop, language = case.read, case.read.stop, case.read.language
    lines = [_line(read, *pair) for pair in rules.by_session(read.seats)]
    days = [
        (day_text(day, language), list(group))
        for day, group in groupby(lines, lambda line: _local_day(line.seat, stop.zone))
    ]
    placed = [line.seat for line in lines if line.seat.mode is Mode.ON_SITE]
    place = ", ".join(stop.cities) or stop.name.in_language(language)
    is_refused = case.last_act == service.TURNED_DOWN
    return {
        "name": greeted(read.name),
        "stop": stop,
        "of_stop": rules.of_stop(stop, language),
        "days": days,
        "when": days[0][0] if len(days) == 1 else "",
        "local_time": place if _is_elsewhere(read.seats, stop.zone) else "",
        "lines": lines,
        "first": next((line.start for line in lines if line.is_expected), ""),
        "settled": sum(line.seat.status is SeatStatus.CONFIRMED for line in lines),
        "expected": sum(line.is_expected for line in lines),
        "waiting": sum(line.seat.status is SeatStatus.WAITING for line in lines),
        "promote_until_hours": read.promote_until_hours,
        "has_ticket": bool(placed),
        "venues": _venues(placed),
        "contact": case.contact,
        "needs_proof": read.needs_proof,
        "proof_hours": case.proof_hours,
        "is_proved": case.last_act == service.PROVED,
        "is_transferred": case.last_act == service.TRANSFERRED,
        "is_answered": case.last_act in {service.ACCEPTED, service.TURNED_DOWN},
        "turned_down": [each.title.in_language(language) for each in case.given_up if is_refused],
        "moved_up": [_line(read, *pair) for pair in rules.by_session(case.moved_up)],
        "is_moved": case.last_act == service.MOVED,
        "is_called_off": case.last_act == service.CALLED_OFF,
        "link": page_url(f"inscription/{case.token}", settings=settings, language=language),
        "stop_url": page_url(f"etapes/{stop.slug}", settings=settings, language=language),
    }


def _line(read: RegistrationRead, seat: SeatRead, meanwhile: SeatRead | None) -> Line:
    stop, language = read.stop, read.language
    is_online = Mode.ONLINE in {seat.mode, meanwhile.mode if meanwhile else seat.mode}
    in_paris = is_online and _is_elsewhere([seat], stop.zone)
    hours = (seat.starts_at, seat.ends_at)
    where = rules.place_text(seat.venue, stop) if seat.mode is Mode.ON_SITE else ""
    return Line(
        title=seat.title.in_language(language),
        hours=rules.hours_text(*hours, zone=stop.zone, language=language),
        hours_in_paris=rules.hours_text(*hours, zone=PARIS, language=language) if in_paris else "",
        start=rules.start_text(seat.starts_at, zone=stop.zone, language=language),
        place=", ".join(part for part in (seat.room, where) if part and where),
        seat=seat,
        meanwhile=meanwhile,
    )


def _venues(seats: Sequence[SeatRead]) -> list[VenueRead]:
    """Return the places to go to, each once, where something helps to get there."""
    found = {seat.venue.slug: seat.venue for seat in seats if seat.venue}
    return [v for v in found.values() if v.address or v.directions or v.accessibility]


def _local_day(seat: SeatRead, zone: str) -> date:
    return seat.starts_at.astimezone(ZoneInfo(zone)).date()


def _is_elsewhere(seats: Sequence[SeatRead], zone: str) -> bool:
    """Whether clocks there do not show the time of Paris."""
    there, paris = ZoneInfo(zone), ZoneInfo(PARIS)
    return any(
        seat.starts_at.astimezone(there).utcoffset() != seat.starts_at.astimezone(paris).utcoffset()
        for seat in seats
    )


def greeted(name: str) -> str:
    """Return a name fit for a letter; nothing when it could carry a message of its own.

    Anybody may register anybody's address: what is typed as a name is not to make a link, or an
    advertisement, in a letter of ours.
    """
    line = calendar.one_line(name)
    is_message = len(line) > GREETED_AT_MOST or re.search(r"[/:@<>\d]|\.\w", line)
    return "" if is_message else line


@jobs.job("seats.free_expired", cron="*/5 * * * *")
async def free_expired(context: JobContext) -> None:
    """Free what was held too long at stops where nobody acts, so that those who wait move up."""
    now = context.clock.now()
    async with context.database.unit_of_work() as session:
        stops = await queues.stops_with_expired(session, now=now)
    for stop_id in stops:
        async with context.database.unit_of_work() as session:
            await seating.lock(session, stop_id)
            await service.free_expired(session, stop_id, now=now)
