"""Where a call is in its life, at any instant: dates, zones, grace, what was seen, a halt."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etape.core.moments import Day, Moment, Precision
from etape.core.texts import Localized
from etape.funding.calls import rules
from etape.funding.calls.schemas import CallState, Halt, Halting, WaveState

PARIS = ZoneInfo("Europe/Paris")


@dataclass
class Wave:
    opens_at: datetime | None
    closes_at: datetime | None
    rolling: bool = False


@dataclass
class Seen:
    state: str
    observed: Day


def wave(
    opens: str | None, closes: str | None, *, zone: str = "Europe/Paris", **others: object
) -> Wave:
    def moment(written: str | None) -> Moment | None:
        if written is None:
            return None
        stated = {"at": written} if "T" in written else {"on": written}
        return Moment.model_validate({**stated, "zone": zone})

    grace = int(others.pop("grace", 0))  # type: ignore[call-overload] # a figure of the test
    opens_at, closes_at = rules.bounds(moment(opens), moment(closes), grace_minutes=grace)
    return Wave(opens_at, closes_at, bool(others.get("rolling")))


def state(at: str, *waves: Wave, seen: list[Seen] | None = None, halt: Halt | None = None) -> str:
    now = datetime.fromisoformat(at)
    now = now if now.tzinfo else now.replace(tzinfo=PARIS)
    return rules.call_state(waves, seen or [], halt, now=now)


def test_a_deadline_at_noon_in_paris_ends_at_noon_in_paris() -> None:
    spring = wave("2022-02-24", "2022-05-25T12:00")

    assert state("2022-05-25T11:59", spring) == CallState.CLOSING
    assert state("2022-05-25T12:00", spring) == CallState.CLOSED
    assert state("2022-05-25T10:00+00:00", spring) == CallState.CLOSED


def test_a_day_whose_hour_is_not_stated_counts_as_a_whole() -> None:
    whole = wave("2022-02-01", "2022-02-28")

    assert state("2022-02-28T23:59", whole) == CallState.CLOSING
    assert state("2022-03-01T00:00", whole) == CallState.CLOSED


def test_a_day_in_la_reunion_ends_three_hours_before_paris_in_winter() -> None:
    island = wave("2026-11-01", "2026-12-01", zone="Indian/Reunion")

    assert state("2026-12-01T19:59+00:00", island) == CallState.CLOSING
    assert state("2026-12-01T20:00+00:00", island) == CallState.CLOSED


def test_grace_lets_an_application_pass_after_the_deadline() -> None:
    kind = wave("2022-02-24", "2022-05-25T12:00", grace=60)

    assert state("2022-05-25T12:59", kind) == CallState.CLOSING
    assert state("2022-05-25T13:00", kind) == CallState.CLOSED


def test_a_call_is_announced_before_its_first_wave_and_between_waves_after_it() -> None:
    waves = (wave("2022-02-24", "2022-05-25T12:00"), wave("2022-10-01", "2022-12-01"))

    assert state("2022-01-10T09:00", *waves) == CallState.ANNOUNCED
    assert state("2022-03-01T09:00", *waves) == CallState.OPEN
    assert state("2022-07-01T09:00", *waves) == CallState.BETWEEN_WAVES
    assert state("2023-01-01T09:00", *waves) == CallState.CLOSED


def test_a_wave_to_be_announced_keeps_the_call_alive() -> None:
    waves = (wave("2022-02-24", "2022-05-25T12:00"), wave(None, None))

    assert state("2022-07-01T09:00", *waves) == CallState.BETWEEN_WAVES


def test_a_rolling_wave_without_end_stays_open_and_never_closes_soon() -> None:
    assert state("2030-01-01T09:00", wave("2023-06-20", None, rolling=True)) == CallState.OPEN


def test_an_opening_that_is_not_stated_is_to_come_until_the_deadline() -> None:
    unknown = wave(None, "2022-10-11T12:00")

    assert rules.wave_state(unknown, now=datetime(2022, 10, 1, tzinfo=UTC)) is WaveState.TO_COME
    assert state("2022-10-12T09:00", unknown) == CallState.CLOSED


def test_what_a_source_saw_stands_where_there_are_no_dates() -> None:
    seen = [Seen("announced", Day(on=date(2022, 6, 15)))]

    assert state("2022-06-14T09:00", seen=seen) == CallState.NOT_STATED
    assert state("2022-06-20T09:00", seen=seen) == CallState.ANNOUNCED


def test_what_was_seen_grows_old_except_an_end() -> None:
    seen = [Seen("open", Day(on=date(2022, 6, 29), precision=Precision.AFTER))]
    ended = [Seen("closed", Day(on=date(2022, 6, 29)))]

    assert state("2023-06-01T09:00", seen=seen) == CallState.OPEN
    assert state("2023-07-01T09:00", seen=seen) == CallState.NOT_STATED
    assert state("2030-01-01T09:00", seen=ended) == CallState.CLOSED


def test_an_expert_review_seen_after_the_deadline_is_told() -> None:
    closed = wave("2021-03-01", "2021-06-30")
    seen = [Seen("under_review", Day(on=date(2021, 9, 7)))]

    assert state("2021-07-15T09:00", closed, seen=seen) == CallState.CLOSED
    assert state("2021-09-08T09:00", closed, seen=seen) == CallState.UNDER_REVIEW


def test_a_halt_wins_over_dates_from_its_day_on() -> None:
    window = wave("2022-01-01", None, rolling=True)
    spent = Halt(
        state=Halting.EXHAUSTED, since=Day(on=date(2022, 5, 1)), reason=Localized(fr="Plus rien.")
    )

    assert state("2022-04-30T09:00", window, halt=spent) == CallState.OPEN
    assert state("2022-05-01T12:00", window, halt=spent) == CallState.EXHAUSTED


@pytest.mark.parametrize("night", ["2026-03-29", "2026-10-25"])
def test_summer_time_moves_no_deadline(night: str) -> None:
    end = Moment.model_validate({"on": night}).end_instant()

    assert end is not None
    assert end.astimezone(PARIS).strftime("%H:%M") == "00:00"


instants = st.integers(
    int(datetime(2020, 1, 1, tzinfo=UTC).timestamp()),
    int(datetime(2030, 1, 1, tzinfo=UTC).timestamp()),
).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
waves_of_any_kind = st.lists(
    st.builds(
        lambda start, days, rolling: Wave(
            start, None if rolling and days % 2 else start + timedelta(days=days), rolling
        ),
        instants,
        st.integers(1, 400),
        st.booleans(),
    ),
    max_size=4,
)


zones = st.sampled_from(["Europe/Paris", "Indian/Reunion", "America/Cayenne", "Pacific/Noumea"])
nights = [datetime.fromisoformat(f"{day}T02:30") for day in ("2026-03-29", "2026-10-25")]
"""In Paris the clocks jump over the first, and show the second twice."""
hours = st.one_of(
    st.datetimes(*(datetime.fromisoformat(f"{year}-01-01") for year in (2024, 2028))),
    st.sampled_from(nights),
)


def as_written(local: datetime, zone: str, precision: Precision) -> Moment:
    stated = {"at": local} if precision is Precision.INSTANT else {"on": local.date()}
    return Moment.model_validate({**stated, "zone": zone, "precision": precision})


moments = st.builds(as_written, hours, zones, st.sampled_from(Precision))
stated_waves = st.builds(
    lambda opens, closes, grace, rolling: Wave(
        *rules.bounds(opens, closes, grace_minutes=grace), rolling
    ),
    moments | st.none(),
    moments | st.none(),
    st.integers(0, 1440),
    st.booleans(),
)
days = st.builds(Day, on=hours.map(datetime.date))
sightings = st.builds(Seen, st.sampled_from(CallState), days)
halts = st.builds(
    Halt, state=st.sampled_from(Halting), since=days, reason=st.just(Localized(fr="Plus rien."))
)
calls = st.tuples(
    st.lists(stated_waves, max_size=4), st.lists(sightings, max_size=3), halts | st.none()
)


@settings(max_examples=300)
@given(calls, instants, instants)
def test_a_state_holds_from_each_instant_foretold_to_the_next(
    call: tuple[list[Wave], list[Seen], Halt | None], one: datetime, other: datetime
) -> None:
    at, later = sorted((one, other))
    while (change := rules.next_change(*call, now=at)) and change <= later:
        assert change > at
        at = change

    assert rules.call_state(*call, now=at) == rules.call_state(*call, now=later)


@given(stated_waves, instants, instants)
def test_a_wave_never_goes_back(wave: Wave, one: datetime, other: datetime) -> None:
    order = [WaveState.TO_COME, WaveState.OPEN, WaveState.CLOSED]
    before, after = (rules.wave_state(wave, now=now) for now in sorted((one, other)))

    assert order.index(before) <= order.index(after)


@given(calls, instants, zones)
def test_one_instant_is_the_same_in_every_zone(
    call: tuple[list[Wave], list[Seen], Halt | None], now: datetime, zone: str
) -> None:
    there = now.astimezone(ZoneInfo(zone))

    assert rules.call_state(*call, now=there) == rules.call_state(*call, now=now)
    assert rules.next_change(*call, now=there) == rules.next_change(*call, now=now)


@given(hours, zones, zones)
def test_a_deadline_is_the_same_written_in_either_zone(
    local: datetime, zone: str, other: str
) -> None:
    here = as_written(local, zone, Precision.INSTANT)
    assert here.at is not None
    there = as_written(here.at.astimezone(ZoneInfo(other)), other, Precision.INSTANT)

    assert rules.bounds(None, here, grace_minutes=0) == rules.bounds(None, there, grace_minutes=0)


@given(hours.map(datetime.date), zones)
def test_a_day_whose_hour_is_not_stated_counts_until_its_end_where_it_is(
    day: date, zone: str
) -> None:
    _, closes_at = rules.bounds(None, Moment(on=day, zone=zone), grace_minutes=0)
    assert closes_at is not None
    midnight = closes_at.astimezone(ZoneInfo(zone))

    assert (midnight.date() - day, midnight.hour) == (timedelta(days=1), 0)
    last = closes_at - timedelta(microseconds=1)
    assert rules.wave_state(Wave(None, closes_at), now=last) is not WaveState.CLOSED
    assert rules.wave_state(Wave(None, closes_at), now=closes_at) is WaveState.CLOSED


@given(moments, st.integers(0, 1440))
def test_grace_delays_the_end_by_its_minutes(closes: Moment, grace: int) -> None:
    _, stated = rules.bounds(None, closes, grace_minutes=0)
    _, real = rules.bounds(None, closes, grace_minutes=grace)

    assert real == (stated and stated + timedelta(minutes=grace))


@pytest.mark.parametrize(("night", "utc"), [(nights[0], "01:30"), (nights[1], "00:30")])
def test_an_hour_that_clocks_skip_or_repeat_is_the_first_that_it_may_be(
    night: datetime, utc: str
) -> None:
    end = as_written(night, "Europe/Paris", Precision.INSTANT).end_instant()

    assert end is not None
    assert end.strftime("%H:%M") == utc


@given(waves_of_any_kind, instants)
def test_a_call_is_open_exactly_while_one_of_its_waves_is(waves: list[Wave], now: datetime) -> None:
    is_open = any(rules.wave_state(each, now=now) is WaveState.OPEN for each in waves)

    found = rules.call_state(waves, [], None, now=now)
    assert (found in {CallState.OPEN, CallState.CLOSING}) == is_open
