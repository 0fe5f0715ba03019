"""The dates of the fictitious edition: whatever the day of loading, the demo shows every state."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from etape.demo.files import DemoInvalid, dated, read
from etape.demo.service import read_demo
from etape.directory.schemas import ThemeContent
from etape.funding.calls.rules import bounds, call_state
from etape.funding.calls.schemas import CallContent, WaveContent
from etape.funding.calls.tables import Wave
from etape.tour.stops.rules import registration_state
from etape.tour.stops.tables import Stop

SUNDAY = date(2026, 11, 22)
DAYS = [SUNDAY + timedelta(days=n) for n in range(7)] + [date(2028, 2, 29)]


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo("Europe/Paris")).astimezone(UTC)


@pytest.mark.parametrize("today", DAYS, ids=str)
@pytest.mark.parametrize("weekday", ["mon", "thu", "sun"])
def test_a_relative_date_is_that_weekday_of_that_week(today: date, weekday: str) -> None:
    resolved = date.fromisoformat(dated({"in_weeks": 2, "on": weekday}, today))
    assert resolved.strftime("%a").lower() == weekday
    assert timedelta(days=8) <= resolved - today <= timedelta(days=20)
    assert resolved.isocalendar()[:2] == (today + timedelta(weeks=2)).isocalendar()[:2]


def test_a_relative_date_is_found_wherever_it_stands() -> None:
    written = {"waves": [{"closes": {"at": {"in_weeks": 1, "on": "tue", "time": "12:00"}}}]}
    assert dated(written, SUNDAY) == {"waves": [{"closes": {"at": "2026-11-24T12:00"}}]}


def test_a_relative_month_begins_on_its_first_day() -> None:
    assert dated({"in_months": 0}, SUNDAY) == "2026-11-01"
    assert dated({"in_months": 2}, SUNDAY) == "2027-01-01"
    assert dated({"in_months": -11}, SUNDAY) == "2025-12-01"


def test_a_day_of_a_shape_is_not_taken_for_a_relative_date() -> None:
    assert dated({"on": "2026-11-22", "precision": "day"}, SUNDAY) == {
        "on": "2026-11-22",
        "precision": "day",
    }


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("slug: x", "label"),
        ("- {slug: x, label: {fr: x}}\n- {slug: X!, label: {fr: x}}", "slug"),
        ("{slug: x, label: {fr: x, on: x}}", "label.on"),
        ("{slug: x, label: {in_weeks: 1, on: dimanche}}", "label.in_weeks"),
    ],
)
def test_an_error_names_the_file_and_the_field(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "themes.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(DemoInvalid, match=fault) as refused:
        read(path, ThemeContent, SUNDAY)
    assert str(path) in str(refused.value)


def window(wave: WaveContent) -> Wave:
    opens_at, closes_at = bounds(wave.opens, wave.closes, grace_minutes=wave.grace_minutes)
    return Wave(rank=wave.rank, rolling=wave.rolling, opens_at=opens_at, closes_at=closes_at)


def state(call: CallContent, day: date) -> str:
    return call_state(
        [window(wave) for wave in call.waves], call.observations, call.halt, now=noon(day)
    )


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_on_any_day_of_loading_the_fictitious_calls_are_in_every_state(today: date) -> None:
    states = {call.slug: state(call, today) for call in read_demo(today).calls if call.fictitious}
    assert states == {
        "azimut-terrains": "closing",
        "azimut-donnees": "open",
        "azimut-domicile": "announced",
        "azimut-metiers": "between_waves",
        "azimut-cheque-reglementaire": "open",
        "azimut-iles": "open",
        "azimut-preuves": "exhausted",
        "azimut-prix-frontieres": "announced",
    }


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_on_any_day_of_loading_the_stops_are_to_come_and_registration_has_its_three_states(
    today: date,
) -> None:
    stops = [stop for stop in read_demo(today).stops if stop.fictitious]
    assert all(today < day.on for stop in stops for day in stop.days)
    states = {
        stop.slug: registration_state(
            Stop(
                status=stop.status,
                registration_opens_at=stop.registration_opens_at,
                registration_closes_at=stop.registration_closes_at,
            ),
            is_noticed=True,
            now=noon(today),
        )
        for stop in stops
    }
    assert states.pop("azimut-nancy") == "closed"
    assert states.pop("azimut-saint-denis") == "not_yet"
    assert set(states.values()) == {"open"}


def test_the_islands_close_one_minute_before_midnight_of_la_reunion() -> None:
    islands = next(call for call in read_demo(SUNDAY).calls if call.slug == "azimut-iles")
    closes = islands.waves[0].closes
    assert closes
    assert closes.at
    assert closes.at.astimezone(ZoneInfo("Indian/Reunion")).time() == time(23, 59)
    assert closes.zone == "Indian/Reunion"
