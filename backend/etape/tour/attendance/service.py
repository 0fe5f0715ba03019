"""Who came to each session, who did not, and what becomes of their chairs."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import journal
from etape.core.cells import cell
from etape.core.columns import told
from etape.core.database import new_id
from etape.core.dates import day_text, hour_text
from etape.core.printing import pdf_of
from etape.core.problems import NotFound
from etape.core.texts import Language, fold
from etape.tour.attendance import rules
from etape.tour.attendance.schemas import (
    DOUBLES_AT_MOST,
    Arrivals,
    DoorRelease,
    DoubleEntry,
    FlowPoint,
    SessionArrivals,
)
from etape.tour.checkin import service as checkin
from etape.tour.checkin.rules import ENTRIES, local_day
from etape.tour.checkin.schemas import Means, ScanOutcome, SeatAtDoor
from etape.tour.checkin.service import Seats
from etape.tour.checkin.tables import Scan
from etape.tour.queues import service as queues
from etape.tour.registrations import service as registrations
from etape.tour.registrations.tables import Registration
from etape.tour.seats import service as seating
from etape.tour.seats.schemas import SeatStatus
from etape.tour.seats.tables import Seat
from etape.tour.sessions.schemas import Mode, Status
from etape.tour.sessions.tables import SeatPool, Session
from etape.tour.stops.tables import Stop


async def arrivals(session: AsyncSession, slug: str, *, now: datetime) -> Arrivals:
    """Return who came to a stop, in figures, and who entered twice. Raises NotFound."""
    stop = await checkin.stop_of(session, slug)
    scans = await checkin.scans_of(session, stop)
    entered = [scan for scan in scans if scan.outcome in ENTRIES]
    at_doors = [s for s in entered if s.means != Means.LINK and s.registration_id is not None]
    sessions = await checkin.sessions_of(session, stop)
    seats = await checkin.seats_of(session, stop)
    first = {scan.registration_id: scan for scan in reversed(at_doors)}
    flow = Counter(rules.flow_start(scan.scanned_at) for scan in first.values())
    return Arrivals(
        people=len(first),
        sessions=[
            _session_arrivals(attended, stop, seats, scans, now=now)
            for attended in sessions
            if attended.starts_at and attended.ends_at
        ],
        flow=[FlowPoint(at=at, count=count) for at, count in sorted(flow.items())],
        doubles=await _doubles(session, stop, at_doors, sessions),
    )


def _session_arrivals(
    attended: Session, stop: Stop, seats: Seats, scans: Sequence[Scan], *, now: datetime
) -> SessionArrivals:
    here, online = _arrived(attended, stop, scans), _joined(attended, scans)
    asked = [
        (person, seat)
        for person, held in seats.items()
        for seat in held
        if seat.session == attended.slug
    ]
    confirmed = [(person, seat) for person, seat in asked if seat.status is SeatStatus.CONFIRMED]
    on_site = {person for person, seat in confirmed if seat.mode is Mode.ON_SITE}
    at_home = {person for person, seat in confirmed if seat.mode is Mode.ONLINE}
    waiting = {
        person
        for person, seat in asked
        if seat.status is SeatStatus.WAITING and seat.mode is Mode.ON_SITE
    } & _waiting_at_door(attended, stop, scans)
    return told(
        attended,
        SessionArrivals,
        session=attended.slug,
        expected=len(on_site),
        arrived=len(on_site & here.keys()),
        waiting_at_door=len(waiting),
        online_expected=len(at_home),
        online_arrived=len(at_home & online.keys()),
        releasable=bool(waiting) and _may_release(stop, attended, now=now),
    )


def _arrived(attended: Session, stop: Stop, scans: Iterable[Scan]) -> dict[UUID, Scan]:
    """Return the first scan by which each person came to a session: at its door or the stop's."""
    came = (s for s in scans if s.outcome in ENTRIES and s.means != Means.LINK)
    return _by_person(_before_end(attended, stop, came))


def _joined(attended: Session, scans: Iterable[Scan]) -> dict[UUID, Scan]:
    return _by_person(s for s in scans if s.means == Means.LINK and s.session_id == attended.id)


def _waiting_at_door(attended: Session, stop: Stop, scans: Iterable[Scan]) -> set[UUID]:
    """Return who was scanned that day, whatever it came to: who has another seat is there too."""
    shown = (s for s in scans if s.means != Means.LINK and s.outcome != ScanOutcome.CANCELLED)
    return set(_by_person(_before_end(attended, stop, shown)))


def _before_end(attended: Session, stop: Stop, scans: Iterable[Scan]) -> Iterable[Scan]:
    """Keep what was scanned for a session: its day, before its end, at its door or the stop's."""
    if attended.starts_at is None or attended.ends_at is None:
        return
    day = local_day(attended.starts_at, stop.zone)
    for scan in scans:
        is_there = scan.session_id in {None, attended.id}
        is_then = scan.scanned_at < attended.ends_at
        if is_there and is_then and local_day(scan.scanned_at, stop.zone) == day:
            yield scan


def _by_person(scans: Iterable[Scan]) -> dict[UUID, Scan]:
    first: dict[UUID, Scan] = {}
    for scan in sorted(scans, key=lambda each: each.scanned_at):
        if scan.registration_id is not None:
            first.setdefault(scan.registration_id, scan)
    return first


async def _doubles(
    session: AsyncSession, stop: Stop, entered: Sequence[Scan], sessions: Sequence[Session]
) -> list[DoubleEntry]:
    """Return who entered twice by one door on one day, the latest first."""
    slugs = {row.id: row.slug for row in sessions}
    ways: defaultdict[tuple[object, ...], list[Scan]] = defaultdict(list)
    for scan in entered:
        day = local_day(scan.scanned_at, stop.zone)
        ways[scan.registration_id, scan.session_id, day].append(scan)
    pairs = [(taken[0], again) for taken in ways.values() for again in taken[1:]]
    pairs = sorted(pairs, key=lambda pair: pair[1].scanned_at, reverse=True)[:DOUBLES_AT_MOST]
    people = await checkin.people_of(session, [again.registration_id for _, again in pairs])
    return [
        DoubleEntry(
            name=people[again.registration_id].name if again.registration_id in people else None,
            session=slugs.get(again.session_id) if again.session_id else None,
            first=checkin.entry_of(first),
            again=checkin.entry_of(again),
        )
        for first, again in pairs
    ]


async def release_chairs(
    session: AsyncSession, slug: str, session_slug: str, *, by: str, now: datetime
) -> DoorRelease:
    """Give the chairs of those who did not come to those who wait at the door, by their rank.

    Those at the door are who was scanned that day; only as many chairs pass on as are wanted, the
    last taken first, and whoever held one waits last. Raises NotFound, NothingToRelease.
    """
    stop = await checkin.stop_of(session, slug)
    attended = next(
        (s for s in await checkin.sessions_of(session, stop) if s.slug == session_slug), None
    )
    if attended is None:
        raise NotFound
    if not _may_release(stop, attended, now=now):
        raise rules.NothingToRelease
    await seating.lock(session, stop.id)
    await registrations.free_expired(session, stop.id, now=now)
    pool = (
        await session.exec(
            select(SeatPool).where(
                SeatPool.session_id == attended.id, SeatPool.mode == Mode.ON_SITE
            )
        )
    ).one_or_none()
    if pool is None:
        raise rules.NothingToRelease
    scans = await checkin.scans_of(session, stop)
    seats = await session.exec(
        select(Seat.registration_id, Seat.status).where(
            Seat.pool_id == pool.id, col(Seat.status) != SeatStatus.CANCELLED
        )
    )
    status = {person: at for person, at in seats if person is not None}
    here = _arrived(attended, stop, scans).keys()
    shown = _waiting_at_door(attended, stop, scans)
    absent = [
        each for each, at in status.items() if at == SeatStatus.CONFIRMED and each not in here
    ]
    present = [each for each, at in status.items() if at == SeatStatus.WAITING and each in shown]
    left, given = await queues.pass_on(session, pool.id, absent=absent, present=present, now=now)
    session.add_all(
        Scan(
            stop_id=stop.id,
            id=new_id(),
            registration_id=each,
            session_id=attended.id,
            means=Means.RELEASE,
            device=attended.id,
            outcome=ScanOutcome.ADMITTED,
            scanned_at=now,
            received_at=now,
            by=by,
        )
        for each in given
    )
    await session.flush()
    acts = [(each, "released", None) for each in left]
    acts += [(each, registrations.PROMOTED, None) for each in given]
    if acts:
        noun = registrations.REGISTRATION
        await journal.record_all(session, acts, by=by, noun=noun, now=now, personal=True)
    people = await checkin.people_of(session, given)
    return DoorRelease(
        session=attended.slug,
        given=[people[each].name for each in given],
        left=len(present) - len(given),
    )


def _may_release(stop: Stop, attended: Session, *, now: datetime) -> bool:
    if attended.starts_at is None or attended.ends_at is None:
        return False
    minutes = stop.door_release_minutes
    return attended.status == Status.SCHEDULED and rules.may_release(
        attended.starts_at, attended.ends_at, minutes=minutes, now=now
    )


async def attendance_table(session: AsyncSession, slug: str, *, by: str, now: datetime) -> str:
    """Return who was expected at each session and who came, as CSV (RFC 4180); journalled.

    Raises NotFound.
    """
    stop = await checkin.stop_of(session, slug)
    registered = await _registered(session, stop)
    seats = await checkin.seats_of(session, stop, [each.id for each in registered])
    scans = await checkin.scans_of(session, stop)
    sessions = {row.slug: row for row in await checkin.sessions_of(session, stop)}
    came = {
        (each.slug, mode): _arrived(each, stop, scans) if on_site else _joined(each, scans)
        for each in sessions.values()
        for mode, on_site in ((Mode.ON_SITE, True), (Mode.ONLINE, False))
    }
    await checkin.looked(session, stop, "exported", len(registered), by=by, now=now)
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(
        ["name", "organisation", "session", "mode", "status", "arrived_at", "means", "device"]
    )
    for each in registered:
        for seat in seats[each.id]:
            scan = came[seat.session, seat.mode].get(each.id)
            arrived = scan.scanned_at.isoformat() if scan else None
            shown = (scan.means, scan.device_name) if scan else (None, None)
            line = (each.name, each.organisation, seat.session, seat.mode, seat.status, arrived)
            writer.writerow(cell(value) for value in (*line, *shown))
    return written.getvalue()


async def badges(
    session: AsyncSession,
    slug: str,
    *,
    secret: SecretStr,
    language: Language,
    by: str,
    now: datetime,
) -> bytes:
    """Return the badges of those expected on site, by name, as one PDF; journalled.

    Raises NotFound.
    """
    stop = await checkin.stop_of(session, slug)
    people = await _registered(session, stop)
    seats = await checkin.seats_of(session, stop, [each.id for each in people])
    expected = [each for each in people if any(_is_chair(seat) for seat in seats[each.id])]
    await checkin.looked(session, stop, "exported", len(expected), by=by, now=now)
    printed = {
        "title": rules.BADGES.in_language(language),
        "lang": language,
        "stop": _named(stop, language),
        "alt": rules.TICKET_ALT.in_language(language),
        "people": [
            {
                "name": each.name,
                "organisation": each.organisation or "",
                "ticket": checkin.picture_of(each, stop, secret=secret).decode(),
            }
            for each in expected
        ],
    }
    return await pdf_of("etape.tour", "badges", printed, now=now)


async def attendance_sheet(
    session: AsyncSession, slug: str, *, language: Language, by: str, now: datetime
) -> bytes:
    """Return a sheet for each session to be signed by those expected on site, as PDF; journalled.

    Raises NotFound.
    """
    stop = await checkin.stop_of(session, slug)
    people = await _registered(session, stop)
    seats = await checkin.seats_of(session, stop, [each.id for each in people])
    scans = await checkin.scans_of(session, stop)
    await checkin.looked(session, stop, "exported", len(people), by=by, now=now)
    sheets = []
    for attended in await checkin.sessions_of(session, stop):
        came = _arrived(attended, stop, scans)
        expected = [
            each
            for each in people
            if any(_is_chair(seat) and seat.session == attended.slug for seat in seats[each.id])
        ]
        if expected and attended.starts_at is not None:
            local = attended.starts_at.astimezone(ZoneInfo(stop.zone))
            lines = [
                {
                    "name": each.name,
                    "organisation": each.organisation or "",
                    "arrived": _hour(came.get(each.id), stop, language),
                }
                for each in expected
            ]
            when = f"{day_text(local.date(), language)}, {hour_text(local, language)}"
            title = attended.title.in_language(language)
            sheets.append({"title": title, "when": when, "people": lines})
    printed = {
        "title": rules.SHEET.in_language(language),
        "lang": language,
        "stop": _named(stop, language),
        "columns": [column.in_language(language) for column in rules.COLUMNS],
        "sessions": sheets,
    }
    return await pdf_of("etape.tour", "attendance", printed, now=now)


def _named(stop: Stop, language: Language) -> str:
    """Return a stop as it is named on paper: its name, and its title where it has one."""
    name = stop.name.in_language(language)
    return f"{name} · {stop.title.in_language(language)}" if stop.title else name


async def _registered(session: AsyncSession, stop: Stop) -> list[Registration]:
    """Return those registered at a stop who did not cancel, by name."""
    current = checkin.registered_at(stop).where(col(Registration.cancelled_at).is_(None))
    found = list(await session.exec(current))
    return sorted(found, key=lambda each: (fold(each.name), each.id))


def _is_chair(seat: SeatAtDoor) -> bool:
    return seat.mode is Mode.ON_SITE and seat.status is SeatStatus.CONFIRMED


def _hour(scan: Scan | None, stop: Stop, language: Language) -> str:
    return hour_text(scan.scanned_at.astimezone(ZoneInfo(stop.zone)), language) if scan else ""
