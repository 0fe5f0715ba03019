"""What is wrong with a field is said in words of ours, not in those of Pydantic."""

from typing import get_args

import pytest
from pydantic import ValidationError
from pydantic_core import core_schema

from etape.core.texts import Localized
from etape.core.validation import errors_in

OF_TIME = [
    kind
    for kind in get_args(core_schema.ErrorType)
    if kind.startswith(("date_", "datetime_", "time_", "timezone_"))
]


def told(kind: str) -> Localized:
    context = {"error": "input is too short", "tz_expected": 0, "tz_actual": 60}
    detail = {"type": kind, "loc": ("at",), "input": "tomorrow", "ctx": context}
    [(pointer, words)] = errors_in(
        ValidationError.from_exception_data("body", [detail]), {"at": "tomorrow"}
    )
    assert pointer == "/at"
    return words


@pytest.mark.parametrize("kind", OF_TIME)
def test_what_is_no_day_and_no_hour_is_told_what_is_expected(kind: str) -> None:
    assert told(kind) != told("finite_number"), "which has no words of its own"


def test_a_day_an_hour_and_an_instant_are_shown_as_they_are_written() -> None:
    assert told("datetime_parsing") == Localized(
        fr="Une date et une heure sont attendues, par exemple 2027-03-15T12:00:00+01:00.",
        en="A date and an hour are expected, for example 2027-03-15T12:00:00+01:00.",
    )
    assert "17:00" in told("time_parsing").en
    assert "2027-03-15." in told("date_parsing").en
