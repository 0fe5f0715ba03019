"""Scans are kept as they arrive, told what they came to, and made ready to be judged offline.

A scan is judged under the stop's lock, so that of eight devices that read one ticket at once one
admits it and seven are told; and no chair is passed on while its holder is being scanned.
"""

import io
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import segno
from pydantic import SecretStr
from sqlalchemy import func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from etape.core import journal
from etape.core.columns import told
from etape.core.holdings import Holding
from etape.core.problems import NotFound
from etape.core.publishing import by_slug
from etape.core.texts import fold
from etape.tour.checkin import rules
from etape.tour.checkin.schemas import (
    FOUND_AT_MOST,
    DoorEntry,
    DoorSession,
    DoorStop,
    EntryAtDoor,
    Means,
    OfflineList,
    PeopleFound,
    PersonFound,
    ScanBatch,
    ScanContent,
    ScanOutcome,
    ScanResult,
    ScanResults,
    SealedPerson,
    SeatAtDoor,
)
from etape.tour.checkin.tables import Scan
from etape.tour.registrations import rules as registration_rules
from etape.tour.registrations import service as registrations
from etape.tour.registrations.tables import Registration
from etape.tour.seats import service as seating
from etape.tour.seats.schemas import SeatStatus
from etape.tour.seats.tables import Seat
from etape.tour.sessions.schemas import Mode
from etape.tour.sessions.tables import SeatPool, Session
from etape.tour.stops.tables import Stop

SCAN = "scan"
Seats = defaultdict[UUID, list[SeatAtDoor]]
Entries = defaultdict[UUID, list[Scan]]


async def ticket_picture(session: AsyncSession, token: str, *, secret: SecretStr) -> bytes:
    """Return the ticket of a registration, as a QR code (SVG).

    Raises LinkUnknown, RegistrationCancelled.
    """
    registration = await registrations.by_token(session, token)
    if registration.cancelled_at is not None:
        raise registration_rules.RegistrationCancelled
    stop = await session.get_one(Stop, registration.stop_id)
    return picture_of(registration, stop, secret=secret)


def picture_of(registration: Registration, stop: Stop, *, secret: SecretStr) -> bytes:
    """Return a ticket as a QR code (SVG)."""
    ticket = rules.ticket_of(registration.id, stop.slug, secret=secret)
    picture = io.BytesIO()
    code = segno.make(rules.code_of(ticket), error="m", micro=False)
    code.save(picture, kind="svg", scale=4, border=4, dark="#000", light="#fff", xmldecl=False)
    return picture.getvalue()


async def keep_scans(
    session: AsyncSession,
    slug: str,
    batch: ScanBatch,
    *,
    keys: Sequence[SecretStr],
    by: str,
    now: datetime,
) -> ScanResults:
    """Keep what a device scanned at a stop, each scan once, and tell what each came to.

    No scan is refused: one that is sent again gets the answer that it had. Raises NotFound.
    """
    stop = await stop_of(session, slug)
    read = {scan.id: _whose(scan, keys) for scan in batch.scans}
    await seating.lock(session, stop.id)
    people = await people_of(session, read.values())
    seats = await seats_of(session, stop, people)
    doors = {row.slug: row.id for row in await sessions_of(session, stop)}
    entries = await _entries_of(session, stop, people)
    known = select(Scan).where(Scan.stop_id == stop.id, col(Scan.id).in_(read))
    kept = {scan.id: scan for scan in await session.exec(known)}
    results = []
    for content in batch.scans:
        scan = kept.get(content.id)
        if scan is None:
            session_id = doors.get(content.session or "")
            scan = Scan(
                stop_id=stop.id,
                id=content.id,
                session_id=session_id,
                means=Means.NAME if content.ticket is None else Means.TICKET,
                ticket_digest=rules.digest_of(content.ticket) if content.ticket else None,
                device=batch.device,
                device_name=batch.device_name,
                outcome=ScanOutcome.UNKNOWN,
                scanned_at=content.scanned_at,
                received_at=now,
                by=by,
            )
            whose = read[content.id]
            if whose in people:
                door = content.session if session_id else None
                _judge(scan, people[whose], stop, door, seats, entries)
            session.add(scan)
            kept[scan.id] = scan
        results.append(_result(scan, stop, people, seats, entries))
    await session.flush()
    await looked(session, stop, "scanned", len(batch.scans), by=by, now=now)
    return ScanResults(results=results)


def _whose(scan: ScanContent, keys: Sequence[SecretStr]) -> UUID | None:
    if scan.ticket is None:
        return scan.registration
    return rules.registration_in(scan.ticket, keys=keys)


def _judge(
    scan: Scan,
    person: Registration,
    stop: Stop,
    door: str | None,
    seats: Seats,
    entries: Entries,
) -> None:
    """Say what a scan comes to. A door that the stop does not have (any more) is the stop's own.

    Nobody of another stop is told, nor kept.
    """
    if person.stop_id != stop.id:
        scan.outcome = ScanOutcome.ANOTHER_STOP
        return
    scan.registration_id = person.id
    scan.outcome = rules.outcome_of(
        seats[person.id],
        door=door,
        is_cancelled=person.cancelled_at is not None,
        is_in=bool(_others(scan, stop, entries)),
    )
    if scan.outcome in rules.ENTRIES:
        entries[person.id].append(scan)


def _others(scan: Scan, stop: Stop, entries: Entries) -> list[Scan]:
    """Return the other entries of the same person by the same door that day, the first first."""
    if scan.registration_id is None:
        return []
    day = rules.local_day(scan.scanned_at, stop.zone)
    return sorted(
        (
            other
            for other in entries[scan.registration_id]
            if other.id != scan.id
            and other.session_id == scan.session_id
            and rules.local_day(other.scanned_at, stop.zone) == day
        ),
        key=lambda other: other.scanned_at,
    )


def _result(
    scan: Scan,
    stop: Stop,
    people: dict[UUID, Registration],
    seats: Seats,
    entries: Entries,
) -> ScanResult:
    person = people.get(scan.registration_id) if scan.registration_id else None
    others = _others(scan, stop, entries) if scan.outcome == ScanOutcome.ALREADY_IN else []
    return ScanResult(
        id=scan.id,
        outcome=ScanOutcome(scan.outcome),
        name=person.name if person else None,
        organisation=person.organisation if person else None,
        seats=seats[person.id] if person else [],
        first=entry_of(others[0]) if others else None,
    )


def entry_of(scan: Scan) -> EntryAtDoor:
    """Return a scan as an entry."""
    return EntryAtDoor(at=scan.scanned_at, device=scan.device_name)


async def offline_list(
    session: AsyncSession, slug: str, *, keys: Sequence[SecretStr], by: str, now: datetime
) -> OfflineList:
    """Return what a device needs to check people in without a network; journalled.

    Raises NotFound.
    """
    stop = await stop_of(session, slug)
    people = {each.id: each for each in await session.exec(registered_at(stop))}
    seats = await seats_of(session, stop, people)
    entries = await _entries_of(session, stop, people)
    slugs = {row.id: row.slug for row in await sessions_of(session, stop)}
    sealed = {}
    for person in people.values():
        told_person = SealedPerson(
            name=person.name,
            organisation=person.organisation,
            cancelled=person.cancelled_at is not None,
            seats=seats[person.id],
            entries=[
                DoorEntry(
                    at=scan.scanned_at,
                    device=scan.device_name,
                    session=slugs.get(scan.session_id) if scan.session_id else None,
                )
                for scan in entries[person.id]
            ],
        )
        for key in keys:
            ticket = rules.ticket_of(person.id, stop.slug, secret=key)
            name, value = rules.sealed_entry(ticket, told_person)
            sealed[name] = value
    await looked(session, stop, "exported", len(people), by=by, now=now)
    return OfflineList(
        stop=await _door_stop(session, stop),
        stop_tag=rules.stop_tag(stop.slug).hex(),
        made_at=now,
        keys=rules.public_keys(keys),
        entries=sealed,
    )


async def find_people(
    session: AsyncSession, slug: str, name: str, *, by: str, now: datetime
) -> PeopleFound:
    """Return those registered at a stop whose name has these words; journalled. Raises NotFound."""
    stop = await stop_of(session, slug)
    wanted = registered_at(stop)
    for word in fold(name).split():
        wanted = wanted.where(func.folded(Registration.name).contains(word, autoescape=True))
    found = list(await session.exec(wanted.order_by(col(Registration.name)).limit(FOUND_AT_MOST)))
    seats = await seats_of(session, stop, [each.id for each in found])
    await looked(session, stop, "listed", len(found), by=by, now=now)
    return PeopleFound(
        people=[
            told(
                each,
                PersonFound,
                registration=each.id,
                cancelled=each.cancelled_at is not None,
                seats=seats[each.id],
            )
            for each in found
        ]
    )


async def stop_of(session: AsyncSession, slug: str) -> Stop:
    """Return a stop. Raises NotFound."""
    stop = await by_slug(session, Stop, slug)
    if stop is None:
        raise NotFound
    return stop


async def sessions_of(session: AsyncSession, stop: Stop) -> list[Session]:
    """Return the sessions of a stop that have hours, in their order."""
    timed = select(Session).where(Session.stop_id == stop.id, col(Session.starts_at).is_not(None))
    ordered = timed.order_by(col(Session.starts_at), col(Session.rank))
    return list(await session.exec(ordered))


async def people_of(session: AsyncSession, ids: Iterable[UUID | None]) -> dict[UUID, Registration]:
    """Return registrations by their identifier, whatever their stop; those that there are."""
    wanted = {each for each in ids if each is not None}
    found = select(Registration).where(col(Registration.id).in_(wanted))
    return {each.id: each for each in await session.exec(found)}


async def seats_of(session: AsyncSession, stop: Stop, ids: Collection[UUID] | None = None) -> Seats:
    """Return the seats of people of a stop, of all of them by default, in the programme's order."""
    found = (
        select(Seat.registration_id, Session.slug, SeatPool.mode, Seat.status)
        .join(SeatPool, col(SeatPool.id) == col(Seat.pool_id))
        .join(Session, col(Session.id) == col(SeatPool.session_id))
        .where(Session.stop_id == stop.id, col(Seat.status) != SeatStatus.CANCELLED)
        .order_by(col(Session.starts_at), col(Session.rank), col(SeatPool.mode))
    )
    if ids is not None:
        found = found.where(col(Seat.registration_id).in_(ids))
    seats: Seats = defaultdict(list)
    for person, slug, mode, status in await session.exec(found):
        if person is None:  # a group's seat, which nobody claimed yet
            continue
        seats[person].append(SeatAtDoor(session=slug, mode=Mode(mode), status=SeatStatus(status)))
    return seats


async def scans_of(session: AsyncSession, stop: Stop) -> list[Scan]:
    """Return every scan of a stop, in the order of their instants."""
    found = select(Scan).where(Scan.stop_id == stop.id).order_by(col(Scan.scanned_at))
    return list(await session.exec(found))


async def looked(
    session: AsyncSession, stop: Stop, act: str, people: int, *, by: str, now: datetime
) -> None:
    """Journal that somebody saw people of a stop, or wrote who came, and how many."""
    await journal.record(
        session,
        by=by,
        noun=SCAN,
        subject_id=stop.id,
        act=act,
        changes={"stop": (None, stop.slug), "people": (None, people)},
        now=now,
        personal=True,
    )


async def _entries_of(session: AsyncSession, stop: Stop, ids: Collection[UUID]) -> Entries:
    found = select(Scan).where(
        Scan.stop_id == stop.id,
        col(Scan.registration_id).in_(ids),
        col(Scan.outcome).in_(rules.ENTRIES),
        Scan.means != Means.LINK,
    )
    entries: Entries = defaultdict(list)
    for scan in await session.exec(found):
        if scan.registration_id is not None:
            entries[scan.registration_id].append(scan)
    return entries


async def _door_stop(session: AsyncSession, stop: Stop) -> DoorStop:
    sessions = await sessions_of(session, stop)
    return told(
        stop, DoorStop, sessions=[told(row, DoorSession, session=row.slug) for row in sessions]
    )


def registered_at(stop: Stop) -> SelectOfScalar[Registration]:
    """Return the query of those registered at a stop, cancelled or not."""
    return select(Registration).where(Registration.stop_id == stop.id)


async def _tell(session: AsyncSession, ids: Collection[UUID], _: datetime) -> Sequence[Any]:
    scans = (
        select(Scan, Session.slug)
        .outerjoin(Session, col(Session.id) == col(Scan.session_id))
        .where(col(Scan.registration_id).in_(ids))
        .order_by(col(Scan.scanned_at))
    )
    return [
        {
            "session": slug,
            "means": scan.means,
            "outcome": scan.outcome,
            "scanned_at": scan.scanned_at,
        }
        for scan, slug in await session.exec(scans)
    ]


async def _erase(session: AsyncSession, ids: Collection[UUID], _: datetime) -> None:
    """Leave scans of nobody: that somebody came stays true."""
    of_nobody = {"registration_id": None, "ticket_digest": None}
    theirs = col(Scan.registration_id).in_(ids)
    await session.exec(update(Scan).where(theirs).values(of_nobody))


HOLDING = Holding(name="scans", tell=_tell, erase=_erase)
