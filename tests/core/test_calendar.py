"""What a calendar program reads in the entries that Étape sends."""

import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from etape.core.calendar import Entry, Mailbox, Method, Period, cancel, publish, request

NOW = datetime(2027, 1, 4, 7, 30, tzinfo=UTC)
DESK = Mailbox(address="accueil@etape.example", name="Étape")
GUEST = Mailbox(address="camille@hopital.example", name="Camille Durand")
WINTER = Period(
    start=datetime(2027, 1, 12, 8, 0, tzinfo=UTC),
    end=datetime(2027, 1, 12, 10, 0, tzinfo=UTC),
    summary="Plénière",
    description="Accueil dès 8 h 30 ; café, thé\nPièce d'identité",
    location="Salle 1, Cité des congrès",
    url="https://etape.example/etapes/lille",
)
SUMMER = Period(
    start=datetime(2027, 7, 6, 12, 0, tzinfo=UTC),
    end=datetime(2027, 7, 6, 12, 15, tzinfo=UTC),
    summary="Rendez-vous",
)


def entry(*periods: Period, sequence: int = 0, zone: str = "Europe/Paris") -> Entry:
    return Entry(
        uid="8f0c@etape.example", sequence=sequence, zone=zone, organizer=DESK, periods=periods
    )


def events(written: bytes) -> list[Event]:
    return Calendar.from_ical(written).events


def offsets(written: bytes) -> dict[str, set[timedelta]]:
    """Return, per zone described, the offsets from UTC that its description gives."""
    return {
        zone.tz_name: {part["TZOFFSETTO"].td for part in (*zone.standard, *zone.daylight)}
        for zone in Calendar.from_ical(written).timezones
    }


def test_a_request_names_its_method_its_uid_its_sequence_and_its_stamp() -> None:
    written = request(entry(WINTER, sequence=3), attendee=GUEST, now=NOW)

    [event] = events(written)
    assert Calendar.from_ical(written)["METHOD"] == Method.REQUEST
    assert event["UID"] == "8f0c@etape.example"
    assert event["SEQUENCE"] == 3
    assert event["DTSTAMP"].dt == NOW
    assert event["STATUS"] == "CONFIRMED"
    assert event["ORGANIZER"] == "mailto:accueil@etape.example"


def test_the_person_is_the_only_guest_and_is_asked_no_answer() -> None:
    [event] = events(request(entry(WINTER), attendee=GUEST, now=NOW))

    guest = event["ATTENDEE"]
    assert guest == "mailto:camille@hopital.example"
    assert guest.params["RSVP"] == "FALSE"
    assert guest.params["PARTSTAT"] == "ACCEPTED"
    assert guest.params["CN"] == "Camille Durand"


@pytest.mark.parametrize(
    ("period", "zone", "local_hour"),
    [
        (WINTER, "Europe/Paris", 9),
        (SUMMER, "Europe/Paris", 14),
        (WINTER, "Indian/Reunion", 12),
        (SUMMER, "Indian/Reunion", 16),
        (WINTER, "America/Guadeloupe", 4),
    ],
)
def test_an_instant_is_written_in_the_time_of_the_place_and_stays_the_same_instant(
    period: Period, zone: str, local_hour: int
) -> None:
    [event] = events(request(entry(period, zone=zone), attendee=GUEST, now=NOW))

    assert event["DTSTART"].params["TZID"] == zone
    assert event.start.hour == local_hour
    assert event.start.astimezone(UTC) == period.start
    assert event.end.astimezone(UTC) == period.end


def test_paris_is_described_with_winter_and_summer_and_la_reunion_with_one_time() -> None:
    paris = request(entry(WINTER, SUMMER), attendee=GUEST, now=NOW)
    reunion = request(entry(WINTER, zone="Indian/Reunion"), attendee=GUEST, now=NOW)

    assert offsets(paris) == {"Europe/Paris": {timedelta(hours=1), timedelta(hours=2)}}
    assert offsets(reunion) == {"Indian/Reunion": {timedelta(hours=4)}}


def test_the_description_of_the_zone_alone_gives_the_right_instants() -> None:
    # A reader that does not know the zone's name must find all that it needs in VTIMEZONE.
    written = request(entry(WINTER, SUMMER), attendee=GUEST, now=NOW)

    winter, summer = events(written.replace(b"Europe/Paris", b"Here/Unknown"))

    assert winter.start.astimezone(UTC) == WINTER.start
    assert summer.start.astimezone(UTC) == SUMMER.start


def test_days_that_do_not_follow_each_other_are_instances_of_one_uid() -> None:
    master, other = events(request(entry(SUMMER, WINTER, sequence=1), attendee=GUEST, now=NOW))

    assert master["UID"] == other["UID"]
    assert master["SEQUENCE"] == other["SEQUENCE"] == 1
    assert "RECURRENCE-ID" not in master
    assert [slot.dt.astimezone(UTC) for slot in master["RDATE"].dts] == [SUMMER.start]
    assert other["RECURRENCE-ID"].dt.astimezone(UTC) == SUMMER.start
    assert other.end.astimezone(UTC) == SUMMER.end
    assert other["SUMMARY"] == "Rendez-vous"


def test_two_periods_that_start_together_keep_their_times_under_two_names() -> None:
    longer = Period(start=WINTER.start, end=WINTER.end + timedelta(hours=1), summary="Atelier")

    written = events(request(entry(WINTER, longer, longer), attendee=GUEST, now=NOW))

    assert {event.start for event in written} == {WINTER.start}
    assert len({event["RECURRENCE-ID"].dt for event in written[1:]} | {WINTER.start}) == 3


def test_a_cancellation_removes_every_period_with_one_component() -> None:
    written = cancel(entry(WINTER, SUMMER, sequence=4), attendee=GUEST, now=NOW)

    [event] = events(written)
    assert Calendar.from_ical(written)["METHOD"] == Method.CANCEL
    assert event["STATUS"] == "CANCELLED"
    assert event["UID"] == "8f0c@etape.example"
    assert event["SEQUENCE"] == 4
    assert "RECURRENCE-ID" not in event
    assert event["ATTENDEE"] == "mailto:camille@hopital.example"


def test_a_public_feed_invites_nobody_and_describes_every_zone() -> None:
    other = Entry(uid="2@h", sequence=0, zone="Indian/Reunion", organizer=DESK, periods=(SUMMER,))

    written = publish([entry(WINTER), other], name="Le tour", now=NOW)

    assert Calendar.from_ical(written)["METHOD"] == Method.PUBLISH
    assert b"ATTENDEE" not in written
    assert set(offsets(written)) == {"Europe/Paris", "Indian/Reunion"}
    assert [event["UID"] for event in events(written)] == ["8f0c@etape.example", "2@h"]


def test_a_feed_of_nothing_is_still_a_calendar() -> None:
    assert events(publish([], name="Le tour", now=NOW)) == []


def test_texts_come_back_as_they_were_written() -> None:
    [event] = events(request(entry(WINTER), attendee=GUEST, now=NOW))

    assert event["DESCRIPTION"] == WINTER.description
    assert event["LOCATION"] == WINTER.location
    assert event["URL"] == WINTER.url


@given(typed=st.text(min_size=1, max_size=300))
def test_no_typed_text_can_add_a_line_or_pass_75_octets(typed: str) -> None:
    period = Period(
        start=WINTER.start,
        end=WINTER.end,
        summary=typed,
        description=typed,
        location=typed,
    )
    guest = Mailbox(address="camille@hopital.example", name=typed)

    written = request(entry(period), attendee=guest, now=NOW)

    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert names(written) <= names(request(entry(WINTER), attendee=GUEST, now=NOW))
    assert not any(unicodedata.category(c) == "Cc" for c in written.decode().replace("\r\n", ""))


def test_a_link_that_holds_a_line_break_is_refused() -> None:
    link = Period(start=WINTER.start, end=WINTER.end, summary="x", url="https://x\r\nATTENDEE:y")

    with pytest.raises(ValueError, match="CR or LF"):
        request(entry(link), attendee=GUEST, now=NOW)


def names(written: bytes) -> set[str]:
    """Return the property names of every line, found without the parser under test."""
    unfolded = written.decode().replace("\r\n ", "").split("\r\n")
    return {line.split(":", 1)[0].split(";", 1)[0] for line in unfolded}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"start": datetime(2027, 1, 12, 9)}, "bare local"),  # noqa: DTZ001 - the fault under test
        ({"end": WINTER.start}, "ends after"),
    ],
)
def test_a_time_without_zone_or_an_end_before_the_start_is_refused(
    change: dict[str, Any], complaint: str
) -> None:
    times = {"start": WINTER.start, "end": WINTER.end, "summary": "x"} | change

    with pytest.raises(ValueError, match=complaint):
        Period(**times)


def test_an_entry_without_a_period_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a period"):
        entry()
