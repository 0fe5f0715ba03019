"""When people are reminded of what they registered for, on the clocks of the place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import chain
from uuid import UUID
from zoneinfo import ZoneInfo

from etape.tour.registrations.schemas import SeatRead
from etape.tour.seats.schemas import SeatStatus
from etape.tour.sessions.schemas import Mode, Status

HOUR_OF_LETTERS = time(10)
WAKING_HOURS = range(8, 20)
"""On the clocks of the stop: a letter that is late waits for the morning rather than for nobody."""

SETTLED_FOR = timedelta(hours=1)
"""Who got their seat less than this before a letter was due knows it from a fresher one."""

THANKED_WITHIN = timedelta(days=7)


class Kind(StrEnum):
    """What a letter reminds of, or that it thanks."""

    WEEK = "week"
    DAY = "day"
    HOUR = "hour"
    THANKS = "thanks"


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A session that is to take place."""

    id: UUID
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter to send from an instant on, before another.

    To who has a seat in `sessions`, in that `mode` if one is named, but for who has one in
    `unless`: they were reminded of it already.
    """

    kind: Kind
    about: str
    start: datetime
    end: datetime
    sessions: frozenset[UUID]
    unless: frozenset[UUID] = field(default=frozenset())
    mode: Mode | None = None


def planned(slots: Iterable[Slot], *, zone: str) -> list[Letter]:
    """Return every letter that the sessions of one stop call for."""
    days: defaultdict[date, list[Slot]] = defaultdict(list)
    for slot in sorted(slots, key=lambda slot: slot.starts_at):
        days[slot.starts_at.astimezone(ZoneInfo(zone)).date()].append(slot)
    return [*_before(days, zone), *_online(days), *_after(days, zone)]


def due(slots: Iterable[Slot], *, zone: str, now: datetime) -> list[Letter]:
    """Return the letters to send now. An online session is announced whatever its hour."""
    is_awake = now.astimezone(ZoneInfo(zone)).hour in WAKING_HOURS
    return [
        letter
        for letter in planned(slots, zone=zone)
        if letter.start <= now < letter.end and (is_awake or letter.kind is Kind.HOUR)
    ]


def seats_about(seats: Sequence[SeatRead], kind: Kind, about: str, *, zone: str) -> list[SeatRead]:
    """Return the seats that a letter speaks of, by what it is about."""
    if kind is Kind.THANKS:
        return [seat for seat in seats if is_expected(seat)]
    if kind is Kind.HOUR:
        attended = {
            seat.session
            for seat in seats
            if seat.mode is Mode.ONLINE and is_expected(seat) and _instant(seat.starts_at) == about
        }
        return [seat for seat in seats if seat.session in attended]
    days = [(seat, seat.starts_at.astimezone(ZoneInfo(zone)).date().isoformat()) for seat in seats]
    return [seat for seat, on in days if on == about or (on > about and kind is Kind.WEEK)]


def is_expected(seat: SeatRead) -> bool:
    """Whether somebody is awaited in that seat, of a session that takes place."""
    return seat.status is SeatStatus.CONFIRMED and seat.session_status is Status.SCHEDULED


def _before(days: dict[date, list[Slot]], zone: str) -> Iterator[Letter]:
    """A week before a day, then the day before: once for days that follow each other."""
    for day, slots in days.items():
        for kind, before in ((Kind.WEEK, 7), (Kind.DAY, 1)):
            first = day - timedelta(days=before)
            lately = [held for other, held in days.items() if first <= other < day]
            yield Letter(
                kind=kind,
                about=day.isoformat(),
                start=_morning(first, zone),
                end=datetime.combine(
                    first + timedelta(days=min(before, 2)), time(), ZoneInfo(zone)
                ),
                sessions=_ids(slots),
                unless=_ids(chain(*lately)),
            )


def _online(days: dict[date, list[Slot]]) -> Iterator[Letter]:
    """An hour before what one attends online."""
    together: defaultdict[datetime, list[Slot]] = defaultdict(list)
    for slots in days.values():
        for slot in slots:
            together[slot.starts_at].append(slot)
    for start, slots in together.items():
        yield Letter(
            kind=Kind.HOUR,
            about=_instant(start),
            start=start - timedelta(hours=1),
            end=start,
            sessions=_ids(slots),
            mode=Mode.ONLINE,
        )


def _after(days: dict[date, list[Slot]], zone: str) -> Iterator[Letter]:
    """On the morning after the last session."""
    slots = list(chain(*days.values()))
    if slots:
        last = max(slot.ends_at for slot in slots).astimezone(ZoneInfo(zone)).date()
        start = _morning(last + timedelta(days=1), zone)
        yield Letter(
            kind=Kind.THANKS,
            about=last.isoformat(),
            start=start,
            end=start + THANKED_WITHIN,
            sessions=_ids(slots),
        )


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%MZ}"


def _morning(day: date, zone: str) -> datetime:
    return datetime.combine(day, HOUR_OF_LETTERS, ZoneInfo(zone))


def _ids(slots: Iterable[Slot]) -> frozenset[UUID]:
    return frozenset(slot.id for slot in slots)
