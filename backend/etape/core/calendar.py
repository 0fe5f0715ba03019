"""Calendar entries that move: iCalendar (RFC 5545) objects exchanged by iTIP (RFC 5546).

One subject keeps one UID for ever; its SEQUENCE rises with each change. A calendar is shared:
nothing written here is a secret.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vDuration

from etape.core.moments import Moment

PRODUCT = "-//etape//etape//FR"
REFRESHED = timedelta(hours=1)


class Method(StrEnum):
    """What a calendar asks another to do, or answers (RFC 5546, 3.2)."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    REPLY = "REPLY"


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    """A person or a desk that a calendar can name."""

    address: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Period:
    """One stretch of time, between two instants, and what happens then and there."""

    start: datetime
    end: datetime
    summary: str
    description: str = ""
    location: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        """Refuse a time without a zone and an end that is not after its start."""
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a calendar entry needs instants, not bare local times")
        if self.end <= self.start:
            raise ValueError("a calendar entry ends after it starts")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One subject as a calendar knows it.

    `uid` looks like an address (`<id>@<host>`); `sequence` is stored by the caller, who raises it
    at each change of time, place or mode; `zone` is the IANA name of the place's time.
    """

    uid: str
    sequence: int
    zone: str
    organizer: Mailbox
    periods: tuple[Period, ...]

    def __post_init__(self) -> None:
        """Refuse an entry that happens at no time: a cancellation keeps its last periods."""
        if not self.periods:
            raise ValueError("a calendar entry needs a period")


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """A moment to keep in mind, in a calendar that is subscribed to; it takes nobody's time.

    `uid` names it for ever, within this site; `changed_at` is when it was last published;
    `ends` is when what begins then is over; `is_off` keeps it there, struck out.
    """

    uid: str
    sequence: int
    changed_at: datetime
    moment: Moment
    summary: str
    ends: datetime | None = None
    location: str = ""
    description: str = ""
    url: str = ""
    is_off: bool = False


def publish_milestones(milestones: Sequence[Milestone], *, name: str, site: str) -> bytes:
    """Return a public feed of milestones: the same bytes as long as none of them changes."""
    calendar = _calendar(Method.PUBLISH)
    calendar.calendar_name = name
    calendar.add("refresh-interval", REFRESHED, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESHED))
    host = urlsplit(site).hostname or "localhost"
    for milestone in milestones:
        calendar.add_component(_milestone(milestone, host=host))
    years = [milestone.moment.on.year for milestone in milestones]
    if years:
        calendar.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))
    written: bytes = calendar.to_ical()
    return written


def _milestone(milestone: Milestone, *, host: str) -> Event:
    """Return an event, without length unless its end is known; a whole day without an hour."""
    moment = milestone.moment
    event = Event()
    event.add("uid", f"{milestone.uid}@{host}")
    event.add("sequence", milestone.sequence)
    event.add("dtstamp", milestone.changed_at)
    event.add("last-modified", milestone.changed_at)
    if moment.at is not None:
        event.add("dtstart", moment.at.astimezone(ZoneInfo(moment.zone)))
        if milestone.ends is not None:
            event.add("dtend", milestone.ends.astimezone(ZoneInfo(moment.zone)))
    else:
        event.add("dtstart", moment.on)
        event.add("dtend", moment.on + timedelta(days=1))
    event.add("summary", one_line(milestone.summary))
    if milestone.location:
        event.add("location", one_line(milestone.location))
    event.add("description", _printable(milestone.description))
    event.add("url", milestone.url)
    event.add("status", "CANCELLED" if milestone.is_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def publish(entries: Sequence[Entry], *, name: str, now: datetime) -> bytes:
    """Return a public feed of `entries`; nobody is invited (RFC 5546, 3.2.1 forbids ATTENDEE)."""
    calendar = _calendar(Method.PUBLISH)
    calendar.calendar_name = name
    for entry in entries:
        for event in _events(entry, now=now):
            calendar.add_component(event)
    return _finished(calendar, entries)


def request(entry: Entry, *, attendee: Mailbox, now: datetime) -> bytes:
    """Return what creates or moves `entry` in the calendar of `attendee`, its only guest."""
    calendar = _calendar(Method.REQUEST)
    for event in _events(entry, now=now):
        event.add("attendee", _guest(attendee))
        calendar.add_component(event)
    return _finished(calendar, [entry])


def cancel(entry: Entry, *, attendee: Mailbox, now: datetime) -> bytes:
    """Return what removes `entry`, every period of it, from the calendar of `attendee`."""
    calendar = _calendar(Method.CANCEL)
    whole, *_ = _events(entry, now=now)
    whole["STATUS"] = "CANCELLED"
    whole.add("attendee", _guest(attendee))
    calendar.add_component(whole)
    return _finished(calendar, [entry])


def one_line(text: str) -> str:
    """Return `text` on one line and without control characters: fit for a property or a header."""
    return _printable(" ".join(text.split()))


def _calendar(method: Method) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    return calendar


def _finished(calendar: Calendar, entries: Sequence[Entry]) -> bytes:
    """Describe the zones of the entries, for the years that they touch, and write it all."""
    years = [instant.year for e in entries for p in e.periods for instant in (p.start, p.end)]
    if years:
        calendar.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))
    written: bytes = calendar.to_ical()
    return written


def _guest(attendee: Mailbox) -> vCalAddress:
    return vCalAddress.new(
        attendee.address,
        cn=one_line(attendee.name),
        cutype="INDIVIDUAL",
        role="REQ-PARTICIPANT",
        partstat="ACCEPTED",
        rsvp=False,
    )


def _events(entry: Entry, *, now: datetime) -> list[Event]:
    """Return the master event, then one override for each further period.

    One iTIP message carries one UID, so periods that follow no rule are the instances of one
    recurring event: RDATE names them, RECURRENCE-ID gives each its own end, place and title.
    """
    zone = ZoneInfo(entry.zone)
    periods = sorted(entry.periods, key=lambda period: (period.start, period.end))
    slots = _distinct([period.start.astimezone(zone) for period in periods])
    master, *overrides = [_event(entry, period, zone=zone, now=now) for period in periods]
    if overrides:
        master.add("rdate", slots[1:])
    for slot, override in zip(slots[1:], overrides, strict=True):
        override.add("recurrence-id", slot)
    return [master, *overrides]


def _distinct(slots: list[datetime]) -> list[datetime]:
    """Return sorted `slots` without a repetition.

    RECURRENCE-ID only names an instance, whose DTSTART says when it is: two periods that start
    together need two names.
    """
    if all(earlier < later for earlier, later in pairwise(slots)):
        return slots
    distinct = slots[:1]
    for slot in slots[1:]:
        distinct.append(max(slot, distinct[-1] + timedelta(seconds=1)))
    return distinct


def _event(entry: Entry, period: Period, *, zone: ZoneInfo, now: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", period.start.astimezone(zone))
    event.add("dtend", period.end.astimezone(zone))
    event.add("summary", one_line(period.summary))
    if period.description:
        event.add("description", _printable(period.description))
    if period.location:
        event.add("location", one_line(period.location))
    if period.url:
        event.add("url", period.url)
    event.add("status", "CONFIRMED")
    organizer = vCalAddress.new(entry.organizer.address, cn=one_line(entry.organizer.name))
    event.add("organizer", organizer)
    return event


def _printable(text: str) -> str:
    """Return `text` with its lines but without the control characters that RFC 5545 refuses."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) != "Cc")
