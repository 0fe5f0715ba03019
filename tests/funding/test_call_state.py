"""Where a call is in its life, at any instant: dates, zones, grace, what was seen, a halt."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
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


@given(waves_of_any_kind, instants)
def test_the_state_changes_at_no_other_instant_than_those_foretold(
    waves: list[Wave], now: datetime
) -> None:
    change = rules.next_change(waves, [], None, now=now)
    before = rules.call_state(waves, [], None, now=now)
    last = change - timedelta(microseconds=1) if change else now + timedelta(days=4000)

    assert rules.call_state(waves, [], None, now=max(now, last)) == before


@given(waves_of_any_kind, instants)
def test_a_call_is_open_exactly_while_one_of_its_waves_is(waves: list[Wave], now: datetime) -> None:
    is_open = any(rules.wave_state(each, now=now) is WaveState.OPEN for each in waves)

    found = rules.call_state(waves, [], None, now=now)
    assert (found in {CallState.OPEN, CallState.CLOSING}) == is_open
